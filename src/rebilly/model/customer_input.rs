//! [`CustomerInput`]: what a request says about a customer.

use std::sync::Arc;

use super::contact::{Contact, email};
use super::custom_field;
use super::customer::{Customer, Instrument, UNKNOWN};
use super::lead_source::LeadSourceData;
use super::payment_method::{PAYMENT_METHOD, payment_method};
use super::tax_number::TaxNumber;
use crate::engine::clock::Date;
use crate::engine::given::Given;
use crate::engine::id::Id;
use crate::engine::ids::named;
use crate::engine::input::Input;
use crate::engine::rule::TextRule;
use crate::engine::text::Text;
use crate::rebilly::assumed;

/// The members of a request's body that a client may write. All others are
/// ignored: clients send back whole customers that they fetched.
pub(in crate::rebilly) struct CustomerInput {
    website_id: Given<Text>,
    pub(in crate::rebilly) payment_token: Option<String>,
    instrument_id: Given<String>,
    instrument: Given<(&'static str, Option<String>)>,
    preferred_payout_instrument_id: Option<Id>,
    pub(in crate::rebilly) custom_fields: custom_field::Values,
    primary_address: Option<Contact>,
    is_edd_required: bool,
    locale: Option<Text>,
    tax_numbers: Given<Vec<TaxNumber>>,
    pub(in crate::rebilly) lead_source: Option<LeadSourceData>,
    person_id: Option<Id>,
    notification_emails: Vec<String>,
}

const ID: TextRule = TextRule::max(50);

/// Assumed: the shape of an RFC 5646 tag is checked, not its subtags (`locale-shape`).
const LOCALE: TextRule = TextRule::max(usize::MAX).form(is_tag, "a language tag such as en-GB");

/// Whether a text is two to eight letters, and parts of one to eight letters and digits, with
/// hyphens between them.
fn is_tag(text: &str) -> bool {
    let (text, mut at, mut start) = (text.as_bytes(), 0, 0);
    while at <= text.len() {
        if at == text.len() || text[at] == b'-' {
            let least = if start == 0 { 2 } else { 1 };
            if at - start < least || at - start > 8 {
                return false;
            }
            start = at + 1;
        } else if !(text[at].is_ascii_alphabetic() || (start > 0 && text[at].is_ascii_digit())) {
            return false;
        }
        at += 1;
    }
    true
}

impl CustomerInput {
    /// What is written of a customer and never shown.
    pub(in crate::rebilly) const WRITE_ONLY: [&str; 3] =
        ["paymentToken", "defaultPaymentInstrumentId", "leadSource"];

    pub(in crate::rebilly) fn read(input: &Input<'_>) -> CustomerInput {
        note_members(input);
        if input.says("locale") {
            input.assume(&assumed::LOCALE);
        }
        let tax_numbers = input.objects("taxNumbers", TaxNumber::read);
        if matches!(&tax_numbers, Given::Value(numbers) if !numbers.is_empty()) {
            input.assume(&assumed::TAX_NUMBER);
        }
        CustomerInput {
            website_id: input.kept_text("websiteId", ID),
            payment_token: input.text("paymentToken", TextRule::max(usize::MAX)).value(),
            instrument: read_instrument(input),
            instrument_id: input.text("defaultPaymentInstrumentId", ID),
            preferred_payout_instrument_id: input
                .text("preferredPayoutInstrumentId", ID)
                .value()
                .map(Id::from),
            custom_fields: custom_field::values(input),
            primary_address: input.object("primaryAddress", Contact::read).value(),
            is_edd_required: input.flag("isEddRequired").value().unwrap_or(false),
            locale: input.kept_text("locale", LOCALE).value(),
            tax_numbers,
            lead_source: input.object("leadSource", LeadSourceData::read).value(),
            person_id: input.text("personId", ID).value().map(Id::from),
            notification_emails: input
                .texts("notificationEmails", email(usize::MAX))
                .value()
                .unwrap_or_default(),
        }
    }

    /// The day of birth that was said.
    pub(in crate::rebilly) fn dob(&self) -> Option<Date> {
        self.primary_address.as_ref()?.dob
    }

    /// The customer with all that was said.
    ///
    /// Assumed: what is absent goes back to its default, but for `websiteId` and
    /// the write-only members, which are not state and stay as they are (`put-replaces`).
    /// What is known of a tax number's validity stays with it.
    pub(in crate::rebilly) fn written_to(
        self,
        before: &Customer,
        new_instrument: impl FnOnce() -> String,
    ) -> Customer {
        let instrument =
            self.instrument(before.default_payment_instrument.as_deref(), new_instrument);
        Customer {
            id: before.id.clone(),
            website_id: self.website_id.or_keep(before.website_id.clone()),
            default_payment_instrument: instrument
                .map(Box::new)
                .or_keep(before.default_payment_instrument.clone()),
            preferred_payout_instrument_id: self.preferred_payout_instrument_id,
            created_time: before.created_time,
            updated_time: before.updated_time,
            custom_fields: self.custom_fields,
            primary_address: self.primary_address,
            company: before.company.clone(),
            payments: Arc::clone(&before.payments),
            tags: before.tags.clone(),
            revision: before.revision,
            is_edd_required: self.is_edd_required,
            has_fulfilled_kyc: before.has_fulfilled_kyc,
            locale: self.locale,
            tax_numbers: match self.tax_numbers {
                Given::Absent => Some(Vec::new()),
                Given::Null => None,
                Given::Value(mut numbers) => {
                    let before = before.tax_numbers.as_deref().unwrap_or_default();
                    TaxNumber::keep_validity(&mut numbers, before);
                    Some(numbers)
                }
            },
            person_id: self.person_id,
            notification_emails: self.notification_emails,
            credit_balances: before.credit_balances.clone(),
            lead_source: before.lead_source.clone(),
        }
    }

    /// The instrument that was asked for: a token wins over an id, an id over
    /// the object of older clients.
    fn instrument(
        &self,
        before: Option<&Instrument>,
        new_instrument: impl FnOnce() -> String,
    ) -> Given<Instrument> {
        if let Some(token) = &self.payment_token {
            let payment_instrument_id = named("inst_", token);
            return Given::Value(Instrument { method: "payment-card", payment_instrument_id });
        }
        match &self.instrument_id {
            Given::Null => return Given::Null,
            Given::Value(id) => {
                let payment_instrument_id = id.clone();
                return Given::Value(Instrument { method: UNKNOWN, payment_instrument_id });
            }
            Given::Absent => {}
        }
        match &self.instrument {
            Given::Absent => Given::Absent,
            Given::Null => Given::Null,
            Given::Value((method, id)) => {
                // Assumed: alternative methods came without an id; clients now need one (`instrument-object`).
                let same = before.filter(|before| before.method == *method);
                let id = id.clone().or_else(|| same.map(|it| it.payment_instrument_id.clone()));
                let payment_instrument_id = id.unwrap_or_else(new_instrument);
                Given::Value(Instrument { method, payment_instrument_id })
            }
        }
    }
}

/// Notes what is guessed of members, whatever their values.
fn note_members(input: &Input<'_>) {
    let known: [&[&str]; 2] = [&Customer::MEMBERS, &CustomerInput::WRITE_ONLY];
    input.assume_beside_all(&known, &assumed::UNKNOWN_MEMBERS);
    let not_null = ["websiteId", "customFields", "notificationEmails", "isEddRequired"];
    input.assume_null(&not_null, &assumed::NULL_MEMBERS);
    input.assume_null(&["paymentToken", "leadSource"], &assumed::NULL_MEMBERS);
    if input.has("isEddRequired") {
        input.assume(&assumed::EDD);
    }
}

fn read_instrument(input: &Input<'_>) -> Given<(&'static str, Option<String>)> {
    let read = |it: &Input<'_>| {
        it.assume(&assumed::NAMELESS_INSTRUMENT);
        it.assume_beside(&["method", "paymentInstrumentId"], &assumed::UNKNOWN_MEMBERS);
        let method = it.required_text("method", PAYMENT_METHOD);
        let id = it.text("paymentInstrumentId", ID).value();
        let method = method.as_deref().and_then(payment_method).unwrap_or_default();
        if !it.says("paymentInstrumentId") && matches!(method, "payment-card" | "ach" | "paypal") {
            it.refuse("paymentInstrumentId", "is required for a vaulted instrument");
        }
        (method, id)
    };
    input.object("defaultPaymentInstrument", read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_tag_is_told_by_its_shape() {
        for good in ["en", "en-GB", "abcdefgh-1-a-12345678", "de-1996"] {
            assert!(is_tag(good), "{good}");
        }
        for bad in [
            "",
            "e",
            "e1",
            "en-",
            "-en",
            "en--GB",
            "abcdefghi",
            "en-123456789",
            "en_GB",
            "en-\u{e4}",
        ] {
            assert!(!is_tag(bad), "{bad}");
        }
    }
}
