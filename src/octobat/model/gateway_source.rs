//! [`GatewaySource`]: by which name a payment gateway knows a customer.

use super::reading::text;
use crate::engine::input::Input;
use crate::engine::render::Object;

/// One of a customer's `sources`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GatewaySource {
    /// Which gateway: `stripe`.
    pub gateway: Option<String>,
    /// What the identifier names there.
    pub source_type: Option<String>,
    /// The id there: `cus_1`.
    pub identifier: Option<String>,
}

impl GatewaySource {
    /// The members of one.
    pub(crate) const MEMBERS: [&'static str; 3] = ["gateway", "source_type", "identifier"];

    pub(crate) fn read(input: &Input<'_>) -> GatewaySource {
        GatewaySource {
            gateway: text(input, "gateway").value(),
            source_type: text(input, "source_type").value(),
            identifier: text(input, "identifier").value(),
        }
    }

    pub(crate) fn write(&self, object: &mut Object<'_>) {
        object.text_or_null("gateway", self.gateway.as_deref());
        object.text_or_null("source_type", self.source_type.as_deref());
        object.text_or_null("identifier", self.identifier.as_deref());
    }
}
