//! [`TaxNumber`]: a number by which a tax office knows a customer.

use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::render::Object;
use crate::engine::rule::TextRule;
use crate::engine::text::Text;
use crate::rebilly::assumed::{NULL_MEMBERS, UNKNOWN_MEMBERS};

/// A tax number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TaxNumber {
    /// Which kind.
    pub kind: TaxNumberType,
    /// The number.
    pub value: Text,
    /// Whether it is the one to use, if anything was said about that.
    pub is_default: Option<bool>,
    /// Whether the tax office knows it, if a fixture says that it was asked.
    pub is_valid: Option<bool>,
}

/// The kind of a tax number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TaxNumberType {
    /// `eu-vat`
    EuVat,
    /// `other`
    Other,
}

impl TaxNumberType {
    const NAMES: [(&'static str, TaxNumberType); 2] =
        [("eu-vat", TaxNumberType::EuVat), ("other", TaxNumberType::Other)];

    /// As it is written: `eu-vat`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            TaxNumberType::EuVat => "eu-vat",
            TaxNumberType::Other => "other",
        }
    }
}

impl TaxNumber {
    /// The members of a tax number, of which a fixture may say any.
    pub(in crate::rebilly) const MEMBERS: [&str; 4] = ["type", "value", "isDefault", "isValid"];

    /// Reads what a client may write of one: all but whether it is valid.
    pub(in crate::rebilly) fn read(input: &Input<'_>) -> TaxNumber {
        input.assume_beside(&TaxNumber::MEMBERS, &UNKNOWN_MEMBERS);
        input.assume_null(&["isDefault"], &NULL_MEMBERS);
        let kind = input.one_of("type", &TaxNumberType::NAMES);
        if !matches!(kind, Given::Value(_)) && !input.says("type") {
            input.refuse("type", "is required");
        }
        TaxNumber {
            kind: kind.value().unwrap_or(TaxNumberType::Other),
            value: input.required_kept_text("value", TextRule::max(usize::MAX)).unwrap_or_default(),
            is_default: input.flag("isDefault").value(),
            is_valid: None,
        }
    }

    /// Takes over what is known of numbers that are also among those from before.
    pub(in crate::rebilly) fn keep_validity(numbers: &mut [TaxNumber], before: &[TaxNumber]) {
        let known: Vec<&TaxNumber> = before.iter().filter(|it| it.is_valid.is_some()).collect();
        for number in numbers {
            let same = |it: &&&TaxNumber| it.kind == number.kind && it.value == number.value;
            number.is_valid = known.iter().find(same).and_then(|it| it.is_valid);
        }
    }

    pub(in crate::rebilly) fn write(&self, object: &mut Object<'_>) {
        object.word("type", self.kind.as_str());
        object.text("value", &self.value);
        if let Some(is_default) = self.is_default {
            object.flag("isDefault", is_default);
        }
        match self.is_valid {
            Some(is_valid) => object.flag("isValid", is_valid),
            None => object.null("isValid"),
        }
    }
}
