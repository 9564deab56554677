//! [`Message`]: what a customer was told, and how it went.

use super::customer::Customer;
use super::mechanism::{ContactType, Mechanism};
use super::template::Template;
use crate::engine::render::Object;
use crate::engine::table::Record;

/// A message, with all that was known when it was sent.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// A UUID.
    pub message_id: String,
    /// What it was made from.
    pub template: Template,
    /// What the template was filled with: a JSON text.
    pub model: String,
    /// Who was told.
    pub customer_id: String,
    /// The customer's language then.
    pub language_preference: Option<String>,
    /// The ways by which the customer wanted messages of this kind then.
    pub mechanism_preference: Vec<Mechanism>,
    /// One for each way that it took or was kept from.
    pub deliveries: Vec<Delivery>,
}

/// One way of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// The way.
    pub mechanism: Mechanism,
    /// How it went.
    pub status: DeliveryStatus,
}

/// How a delivery went, as far as the vendor's documents show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeliveryStatus {
    /// It will go out.
    WaitingInQueue,
    /// The customer does not want such messages by this way.
    SkippedByMechanism,
    /// The customer reads another language.
    SkippedByLanguage,
}

impl DeliveryStatus {
    /// All of them, by the vendor's words.
    pub(in crate::notihub) const ALL: [(&'static str, DeliveryStatus); 3] = [
        ("WAITING_IN_QUEUE", DeliveryStatus::WaitingInQueue),
        ("SKIPPED_BY_CUSTOMER_MECHANISM_PREFERENCE", DeliveryStatus::SkippedByMechanism),
        ("SKIPPED_BY_CUSTOMER_LANGUAGE_PREFERENCE", DeliveryStatus::SkippedByLanguage),
    ];

    /// The vendor's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            DeliveryStatus::WaitingInQueue => "WAITING_IN_QUEUE",
            DeliveryStatus::SkippedByMechanism => "SKIPPED_BY_CUSTOMER_MECHANISM_PREFERENCE",
            DeliveryStatus::SkippedByLanguage => "SKIPPED_BY_CUSTOMER_LANGUAGE_PREFERENCE",
        }
    }
}

impl Delivery {
    /// What becomes of a way for this customer. Assumed: there is no delivery where the
    /// customer has no contact; what is forced goes out whatever they want; a language
    /// counts where both sides have one (`deliveries`).
    pub(in crate::notihub) fn decide(
        mechanism: Mechanism,
        customer: &Customer,
        template: &Template,
        wanted: &[Mechanism],
        forced: &[Mechanism],
    ) -> Option<Delivery> {
        let reached = mechanism.reaches()?;
        customer.contact(reached)?;
        let among = |list: &[Mechanism]| list.iter().any(|it| it.reaches() == Some(reached));
        let reads_another = match (&customer.language, &template.language) {
            (Some(reads), Some(written)) => reads != written,
            _ => false,
        };
        let status = if among(forced) {
            DeliveryStatus::WaitingInQueue
        } else if !wanted.is_empty() && !among(wanted) {
            DeliveryStatus::SkippedByMechanism
        } else if reads_another {
            DeliveryStatus::SkippedByLanguage
        } else {
            DeliveryStatus::WaitingInQueue
        };
        Some(Delivery { mechanism, status })
    }

    /// Who carries it.
    #[must_use]
    pub fn provider(self) -> &'static str {
        self.mechanism.reaches().map_or("", ContactType::provider)
    }
}

impl Record for Message {
    const KIND: &'static str = "Message";

    fn id(&self) -> &str {
        &self.message_id
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("messageId", &self.message_id);
        object.member("request").object(|request| {
            request.text("customerId", &self.customer_id);
            request.text("templateId", &self.template.template_id);
            request.whole("version", self.template.version);
            request.text("model", &self.model);
        });
        object.member("template").object(|template| self.template.show(template));
        object.member("customer").object(|customer| {
            customer.text("customerId", &self.customer_id);
            customer.text_or_null("languagePreference", self.language_preference.as_deref());
            customer
                .member("mechanismPreference")
                .list(&self.mechanism_preference, |writer, it| writer.text(it.as_str()));
        });
        object.member("deliveries").list(&self.deliveries, |writer, delivery| {
            writer.object(|it| {
                it.text("mechanism", delivery.mechanism.as_str());
                it.text("provider", delivery.provider());
                it.text("status", delivery.status.as_str());
            });
        });
    }
}
