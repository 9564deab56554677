//! [`Customer`]: the thing that the mission is about.

use std::sync::Arc;

use super::company::Company;
use super::contact::Contact;
use super::lead_source::LeadSource;
use super::link::link;
use super::payments::Payments;
use super::tag::Tag;
use super::tax_number::TaxNumber;
use crate::engine::clock::Timestamp;
use crate::engine::id::Id;
use crate::engine::json::Member;
use crate::engine::rare::Rare;
use crate::engine::render::{Mark, Object, Rendered, Writer};
use crate::engine::table::{Record, Row};
use crate::engine::text::Text;

/// A customer as the vendor keeps it. Members stand in the order of its answers.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Customer {
    /// `cus_` and 26 characters, or whatever a `PUT` named it.
    pub id: Id,
    /// The website it belongs to. Not shown while unset: the schema does not let it be `null`.
    pub website_id: Option<Text>,
    /// What its renewals are paid with.
    pub default_payment_instrument: Option<Box<Instrument>>,
    /// What it is paid out with.
    pub preferred_payout_instrument_id: Option<Id>,
    /// When it was created. Never changes.
    pub created_time: Timestamp,
    /// When its state last changed.
    pub updated_time: Timestamp,
    /// What the organization wants to know of its customers, in the order sent.
    pub custom_fields: Vec<Member>,
    /// `None` until one is given.
    pub primary_address: Option<Contact>,
    /// The company behind the domain of its e-mail address, if a fixture knows one.
    pub company: Option<Box<Company>>,
    /// What it was billed and paid. No call changes that, but a fixture may say it.
    pub payments: Arc<Payments>,
    /// In the order in which it was tagged: a row's place says when.
    pub tags: Rare<Arc<Row<Tag>>>,
    /// How often it was modified.
    pub revision: i64,
    /// Whether enhanced due diligence is required. Gone from today's definition.
    pub is_edd_required: bool,
    /// Whether it was identified.
    pub has_fulfilled_kyc: bool,
    /// An RFC 5646 language tag.
    pub locale: Option<Text>,
    /// `None` only after a client wrote `null`.
    pub tax_numbers: Option<Vec<TaxNumber>>,
    /// The person it belongs to.
    pub person_id: Option<Id>,
    /// Who else is notified.
    pub notification_emails: Vec<String>,
    /// What its credit memos have left, by currency. A resource of its own.
    pub credit_balances: Rare<(String, f64)>,
    /// Where it came from. A resource of its own, not part of a customer's answer.
    pub lead_source: Option<Arc<Row<LeadSource>>>,
}

/// A payment instrument. Clients in use need both members.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Instrument {
    /// One of the published payment methods.
    pub method: &'static str,
    /// `inst_` and 26 characters, or what a client named.
    pub payment_instrument_id: String,
}

/// The method of an instrument that was named by its id alone, until it is looked up.
pub(in crate::rebilly) const UNKNOWN: &str = "";

impl Customer {
    /// What is shown of a customer, beside `_links` and `_embedded`.
    #[rustfmt::skip]
    pub(in crate::rebilly) const MEMBERS: [&str; 26] = [
        "id", "email", "firstName", "lastName", "websiteId", "defaultPaymentInstrument",
        "preferredPayoutInstrumentId", "createdTime", "updatedTime", "customFields",
        "primaryAddress", "company", "averageValue", "paymentCount", "lastPaymentTime",
        "lifetimeRevenue", "invoiceCount", "tags", "revision", "isEddRequired", "hasFulfilledKyc",
        "organizationId", "locale", "taxNumbers", "personId", "notificationEmails",
    ];

    /// A customer of whom nothing is known.
    pub(in crate::rebilly) fn new(id: impl Into<Id>, now: Timestamp) -> Customer {
        Customer {
            id: id.into(),
            website_id: None,
            default_payment_instrument: None,
            preferred_payout_instrument_id: None,
            created_time: now,
            updated_time: now,
            custom_fields: Vec::new(),
            primary_address: None,
            company: None,
            payments: Payments::none(),
            tags: Rare::default(),
            revision: 0,
            is_edd_required: false,
            has_fulfilled_kyc: false,
            locale: None,
            tax_numbers: Some(Vec::new()),
            person_id: None,
            notification_emails: Vec::new(),
            credit_balances: Rare::default(),
            lead_source: None,
        }
    }

    /// The e-mail address of the primary address that counts.
    #[must_use]
    pub fn email(&self) -> Option<&str> {
        self.primary_address.as_ref()?.email()
    }

    /// The first name of the primary address.
    #[must_use]
    pub fn first_name(&self) -> Option<&str> {
        self.primary_address.as_ref()?.first_name.as_deref()
    }

    /// The last name of the primary address.
    #[must_use]
    pub fn last_name(&self) -> Option<&str> {
        self.primary_address.as_ref()?.last_name.as_deref()
    }

    /// Takes the company that one of these customers knows behind the domain of
    /// its address, if that is this one's domain, too; else none is known.
    pub(in crate::rebilly) fn find_company(&mut self, among: &[&Customer]) {
        let domain = self.domain();
        let known = |it: &&&Customer| it.company.is_some() && it.domain() == domain;
        self.company = among.iter().find(known).and_then(|it| it.company.clone());
    }

    /// The domain of the address that counts; the case of its letters does not.
    fn domain(&self) -> Option<String> {
        let (_, domain) = self.email()?.rsplit_once('@')?;
        Some(domain.to_ascii_lowercase())
    }

    /// What its credit memos have left, as a resource of its own.
    pub(in crate::rebilly) fn balances(&self) -> Rendered {
        Rendered::object(|object| {
            object.member("balances").list(&self.credit_balances, |writer, (currency, amount)| {
                writer.object(|balance| {
                    balance.text("currency", currency);
                    balance.number("unallocatedAmount", *amount);
                });
            });
        })
    }

    /// Whether it carries the tag of that id.
    pub(in crate::rebilly) fn carries(&self, tag_id: &str) -> bool {
        self.tags.iter().any(|tag| tag.id == tag_id)
    }

    /// Adds a tag where its place is among the others. Nothing happens when it is carried already.
    pub(in crate::rebilly) fn add_tag(&mut self, tag: Arc<Row<Tag>>) {
        if !self.carries(&tag.id) {
            let at = self.tags.partition_point(|known| known.place < tag.place);
            self.tags.list().insert(at, tag);
        }
    }
}

impl Record for Customer {
    const KIND: &'static str = "Customer";

    fn id(&self) -> &str {
        &self.id
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("id", &self.id);
        let address = self.primary_address.as_ref();
        object.text_or_null("email", address.and_then(Contact::kept_email));
        object.text_or_null("firstName", address.and_then(|it| it.first_name.as_ref()));
        object.text_or_null("lastName", address.and_then(|it| it.last_name.as_ref()));
        if let Some(website_id) = &self.website_id {
            object.text("websiteId", website_id);
        }
        self.write_instruments(object);
        object.time("createdTime", self.created_time);
        object.time("updatedTime", self.updated_time);
        object.member("customFields").object(|fields| {
            for (name, value) in &self.custom_fields {
                fields.named(name).json(value);
            }
        });
        match &self.primary_address {
            Some(address) => object.member("primaryAddress").object(|it| address.write(it)),
            None => object.null("primaryAddress"),
        }
        match &self.company {
            Some(company) => object.member("company").object(|it| company.write(it)),
            None => object.null("company"),
        }
        self.payments.write(object);
        object.member("tags").list(&self.tags, |item, tag| item.object(|it| tag.write(it)));
        object.whole("revision", self.revision);
        object.flag("isEddRequired", self.is_edd_required);
        object.flag("hasFulfilledKyc", self.has_fulfilled_kyc);
        object.member("organizationId").quoted(|quoted| quoted.mark(Mark::Realm));
        object.text_or_null("locale", self.locale.as_ref());
        match &self.tax_numbers {
            Some(numbers) => object.member("taxNumbers").list(numbers, |item, number| {
                item.object(|it| number.write(it));
            }),
            None => object.null("taxNumbers"),
        }
        object.text_or_null("personId", self.person_id.as_deref());
        object.member("notificationEmails").list(&self.notification_emails, Writer::text);
        self.write_links(object);
    }
}

impl Customer {
    fn write_instruments(&self, object: &mut Object<'_>) {
        match &self.default_payment_instrument {
            Some(instrument) => object.member("defaultPaymentInstrument").object(|it| {
                it.word("method", instrument.method);
                it.text("paymentInstrumentId", &instrument.payment_instrument_id);
            }),
            None => object.null("defaultPaymentInstrument"),
        }
        let payout = self.preferred_payout_instrument_id.as_deref();
        object.text_or_null("preferredPayoutInstrumentId", payout);
    }

    /// The definition names the relations, and not where they lead.
    fn write_links(&self, object: &mut Object<'_>) {
        object.member("_links").items(|list| {
            let mut to =
                |rel: &'static str, before: &'static str, id: &[u8], after: &'static str| {
                    link(list, rel, |path| {
                        path.word(before);
                        path.text(id);
                        path.word(after);
                    });
                };
            to("self", "/customers/", self.id.as_ref(), "");
            to("leadSource", "/customers/", self.id.as_ref(), "/lead-source");
            if let Some(website_id) = &self.website_id {
                to("website", "/websites/", website_id.as_bytes(), "");
            }
            if let Some(instrument) = &self.default_payment_instrument {
                let id = instrument.payment_instrument_id.as_bytes();
                to("defaultPaymentInstrument", "/payment-instruments/", id, "");
            }
            to("attachments", "/attachments?filter=relatedId:", self.id.as_ref(), "");
        });
    }
}
