//! [`Customer`]: who is billed.

use super::gateway_source::GatewaySource;
use super::reading::{is_cleared, map, objects, text};
use crate::engine::clock::Timestamp;
use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::json::Member;
use crate::engine::render::{Object, Rendered};
use crate::engine::table::Record;
use crate::octobat::assumed::{
    BUSINESS_TYPE_CLEARED, BUSINESS_TYPE_OTHER, COUNTRY_CLEARED, EXTRAS, READ_ONLY,
    TAX_NUMBER_TYPE, WRONG_TYPES,
};

/// What a billing page's address begins with.
const BILLING_PAGE: &str = "https://bp.octobat.com/c/";

/// What the id of a customer begins with.
pub(crate) const PREFIX: &str = "oc_cu_";

/// A customer, without its payment sources, which have tables of their own.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Customer {
    /// `oc_cu_` and 22 letters and digits, or what a fixture chose.
    pub id: String,
    /// What the customer is called.
    pub name: Option<String>,
    /// Where e-mails go.
    pub email: Option<String>,
    /// A telephone number, as it was sent.
    pub phone_number: Option<String>,
    /// The first line of the address.
    pub billing_address_line1: Option<String>,
    /// The second line of the address.
    pub billing_address_line2: Option<String>,
    /// The city.
    pub billing_address_city: Option<String>,
    /// The postal code.
    pub billing_address_zip: Option<String>,
    /// The state or region.
    pub billing_address_state: Option<String>,
    /// The country, as it was sent: the documents write both codes and names.
    pub billing_address_country: String,
    /// Whether it is a business.
    pub business_type: BusinessType,
    /// Its number for value added tax, as it was sent.
    pub tax_number: Option<String>,
    /// By which names payment gateways know it; not shown unless they were sent.
    pub sources: Option<Vec<GatewaySource>>,
    /// A website; not shown unless it was sent.
    pub website: Option<String>,
    /// What a client wants to remember, in the order sent; not shown unless it was sent.
    pub metadata: Option<Vec<Member>>,
    /// When it was created. No answer shows it.
    pub created_at: Timestamp,
}

/// Whether a customer is a business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BusinessType {
    /// It is.
    B2B,
    /// It is a person.
    B2C,
}

impl BusinessType {
    /// As the vendor writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            BusinessType::B2B => "B2B",
            BusinessType::B2C => "B2C",
        }
    }
}

impl Customer {
    /// What a request may say of one.
    pub(crate) const WRITABLE: [&'static str; 14] = [
        "name",
        "email",
        "phone_number",
        "billing_address_line1",
        "billing_address_line2",
        "billing_address_city",
        "billing_address_zip",
        "billing_address_state",
        "billing_address_country",
        "business_type",
        "tax_number",
        "sources",
        "website",
        "metadata",
    ];

    /// What a request may send along, and what nobody listens to.
    pub(crate) const READ_ONLY: [&'static str; 5] =
        ["id", "object", "livemode", "octobat_billing_page", "payment_sources"];

    /// Reads what a request says of a new customer, or of one that was `before`:
    /// what it does not name stays. What is noted on the way makes the result worthless.
    ///
    /// Assumed: what cannot be written is ignored (`read-only-ignored`), and what only
    /// later documents have is kept (`extra-members`).
    pub(crate) fn read(
        input: &Input<'_>,
        id: &str,
        before: Option<&Customer>,
        created_at: Timestamp,
    ) -> Customer {
        if Customer::READ_ONLY.iter().any(|name| input.has(name)) {
            input.assume(&READ_ONLY);
        }
        let kept = |name: &str, get: fn(&Customer) -> Option<&String>| {
            text(input, name).or_keep(before.and_then(get).cloned())
        };
        let tax_number = kept("tax_number", |it| it.tax_number.as_ref());
        Customer {
            id: id.to_owned(),
            name: kept("name", |it| it.name.as_ref()),
            email: kept("email", |it| it.email.as_ref()),
            phone_number: kept("phone_number", |it| it.phone_number.as_ref()),
            billing_address_line1: kept("billing_address_line1", |it| {
                it.billing_address_line1.as_ref()
            }),
            billing_address_line2: kept("billing_address_line2", |it| {
                it.billing_address_line2.as_ref()
            }),
            billing_address_city: kept("billing_address_city", |it| {
                it.billing_address_city.as_ref()
            }),
            billing_address_zip: kept("billing_address_zip", |it| it.billing_address_zip.as_ref()),
            billing_address_state: kept("billing_address_state", |it| {
                it.billing_address_state.as_ref()
            }),
            billing_address_country: country(input, before),
            business_type: business_type(input, before, tax_number.is_some()),
            tax_number,
            sources: sources(input, before),
            website: kept("website", |it| it.website.as_ref()),
            metadata: metadata(input, before),
            created_at,
        }
    }

    /// What is shown of it: in `is_live` mode, with what `inside` writes where
    /// its payment sources stand.
    pub(crate) fn shown(&self, is_live: bool, inside: impl FnOnce(&mut Object<'_>)) -> Rendered {
        Rendered::object(|object| {
            self.write_head(object);
            object.flag("livemode", is_live);
            self.write_documented(object);
            inside(object);
            self.write_extras(object);
        })
    }

    /// Whether a payment gateway knows it by this id.
    pub(crate) fn is_known_as(&self, identifier: &str) -> bool {
        let mut known = self.sources.iter().flatten().map(|it| it.identifier.as_deref());
        known.any(|known| known == Some(identifier))
    }

    fn write_head(&self, object: &mut Object<'_>) {
        object.text("id", &self.id);
        object.text("object", "customer");
    }

    fn write_documented(&self, object: &mut Object<'_>) {
        object.text_or_null("name", self.name.as_deref());
        object.text_or_null("email", self.email.as_deref());
        object.text_or_null("phone_number", self.phone_number.as_deref());
        object.text_or_null("billing_address_line1", self.billing_address_line1.as_deref());
        object.text_or_null("billing_address_line2", self.billing_address_line2.as_deref());
        object.text_or_null("billing_address_city", self.billing_address_city.as_deref());
        object.text_or_null("billing_address_zip", self.billing_address_zip.as_deref());
        object.text_or_null("billing_address_state", self.billing_address_state.as_deref());
        object.text("billing_address_country", &self.billing_address_country);
        object.text("business_type", self.business_type.name());
        object.text_or_null("tax_number", self.tax_number.as_deref());
        let page = self.id.strip_prefix(PREFIX).unwrap_or(&self.id);
        object.text("octobat_billing_page", format!("{BILLING_PAGE}{page}"));
    }

    fn write_extras(&self, object: &mut Object<'_>) {
        if let Some(sources) = &self.sources {
            object.member("sources").list(sources, |writer, source| {
                writer.object(|object| source.write(object));
            });
        }
        if let Some(website) = &self.website {
            object.text("website", website);
        }
        if let Some(metadata) = &self.metadata {
            object.member("metadata").object(|object| {
                for (name, value) in metadata {
                    object.named(name).json(value);
                }
            });
        }
    }
}

/// Assumed: a country cannot be cleared (`country-cleared`).
fn country(input: &Input<'_>, before: Option<&Customer>) -> String {
    const NAME: &str = "billing_address_country";
    match (text(input, NAME), before) {
        (Given::Value(country), _) if !country.trim().is_empty() => return country,
        (Given::Absent, Some(before)) => return before.billing_address_country.clone(),
        // It is something else than a text, which is told already.
        (Given::Absent, None) if input.says(NAME) => {}
        (_, Some(_)) => {
            input.assume(&COUNTRY_CLEARED);
            input.refuse(NAME, "is required, and cannot be cleared");
        }
        (_, None) => input.refuse(NAME, "is required"),
    }
    String::new()
}

/// Documented: `B2C`, where neither it nor a tax number is said. Assumed: `B2B` with
/// a tax number (`business-type-of-tax-number`), nothing else (`business-type-other`),
/// and empty is none (`business-type-cleared`).
fn business_type(
    input: &Input<'_>,
    before: Option<&Customer>,
    has_tax_number: bool,
) -> BusinessType {
    const NAME: &str = "business_type";
    let known = [BusinessType::B2B, BusinessType::B2C].map(|it| (it.name(), it));
    let given = if is_cleared(input, NAME) { Given::Null } else { input.one_of(NAME, &known) };
    match (given, before) {
        (Given::Value(said), _) => return said,
        (Given::Absent, _) if input.says(NAME) => input.assume(&BUSINESS_TYPE_OTHER),
        (Given::Absent, Some(before)) => return before.business_type,
        (Given::Absent, None) => {}
        (Given::Null, _) => input.assume(&BUSINESS_TYPE_CLEARED),
    }
    if has_tax_number {
        input.assume(&TAX_NUMBER_TYPE);
        BusinessType::B2B
    } else {
        BusinessType::B2C
    }
}

fn sources(input: &Input<'_>, before: Option<&Customer>) -> Option<Vec<GatewaySource>> {
    note_extra(input, "sources");
    let sources = objects(input, "sources", GatewaySource::read);
    if let Given::Value(sources) = &sources
        && input.length("sources").is_some_and(|length| length > sources.len())
    {
        input.assume(&WRONG_TYPES);
    }
    sources.or_keep(before.and_then(|it| it.sources.clone()))
}

fn metadata(input: &Input<'_>, before: Option<&Customer>) -> Option<Vec<Member>> {
    note_extra(input, "metadata");
    if input.has("website") {
        input.assume(&EXTRAS);
    }
    map(input, "metadata").or_keep(before.and_then(|it| it.metadata.clone()))
}

fn note_extra(input: &Input<'_>, name: &str) {
    if input.has(name) {
        input.assume(&EXTRAS);
    }
}

impl Record for Customer {
    const KIND: &'static str = "Customer";

    fn id(&self) -> &str {
        &self.id
    }

    /// As reports show it: whose it is and what belongs to it stand elsewhere.
    fn write(&self, object: &mut Object<'_>) {
        self.write_head(object);
        self.write_documented(object);
        self.write_extras(object);
        object.time("created_at", self.created_at);
    }
}
