//! [`Op`] and the operation table: what of Rebilly's API is simulated.

use super::state::State;
use super::{
    attachments, comments, custom_events, custom_fields, customers, instruments, lead_sources,
    merge, reports, search, status, system_events, tagging, tags, timeline, webhook_tracking,
    webhooks, websites,
};
use crate::engine::operation_table::operations;
use crate::engine::vendor::Run::{Read, Write};

/// Every operation of Rebilly's, as an index: what is not in the table below
/// is answered with `501` and its name.
pub(super) const INDEX: &str = include_str!("../../fixtures/rebilly/operations.txt");

operations! {
    /// The operations of Rebilly's that are simulated, by the vendor's names.
    pub enum Op of State, in "rebilly" {
        GET    "customers"                                           GetCustomerCollection                        Definition Read(customers::list);
        POST   "customers"                                           PostCustomer                                 Definition Write(customers::create);
        GET    "customers/{id}"                                      GetCustomer                                  Definition Read(customers::get);
        PUT    "customers/{id}"                                      PutCustomer                                  Definition Write(customers::upsert);
        DELETE "customers/{id}"                                      DeleteCustomer                               Definition Write(merge::merge);
        GET    "customers/{id}/lead-source"                          GetCustomerLeadSource                        Definition Read(lead_sources::get);
        PUT    "customers/{id}/lead-source"                          PutCustomerLeadSource                        Definition Write(lead_sources::put);
        DELETE "customers/{id}/lead-source"                          DeleteCustomerLeadSource                     Definition Write(lead_sources::delete);
        GET    "customers/{id}/timeline"                             GetCustomerTimelineCollection                Definition Read(timeline::list);
        POST   "customers/{id}/timeline"                             PostCustomerTimeline                         Definition Write(comments::post);
        GET    "customers/{id}/timeline/{messageId}"                 GetCustomerTimeline                          Definition Read(timeline::get);
        DELETE "customers/{id}/timeline/{messageId}"                 DeleteCustomerTimeline                       Definition Write(timeline::delete);
        GET    "customers/{id}/credit-balance"                       GetCustomerCreditBalance                     Definition Read(reports::credit_balance);
        POST   "customers/{id}/compliance-screening-report"          PostCustomerComplianceScreeningReport        Definition Write(reports::screening);
        GET    "experimental/customers/{customerId}/summary-metrics" GetCustomerSummaryMetricReport               Definition Read(reports::summary_metrics);
        GET    "customer-timeline-custom-events"                     GetCustomerTimelineCustomEventTypeCollection Definition Read(custom_events::list);
        POST   "customer-timeline-custom-events"                     PostCustomerTimelineCustomEventType          Definition Write(custom_events::create);
        GET    "customer-timeline-custom-events/{id}"                GetCustomerTimelineCustomEventType           Definition Read(custom_events::get);
        GET    "custom-fields/{resource}"                            GetCustomFieldCollection                     Definition Read(custom_fields::list);
        GET    "custom-fields/{resource}/{name}"                     GetCustomField                               Definition Read(custom_fields::get);
        PUT    "custom-fields/{resource}/{name}"                     PutCustomField                               Definition Write(custom_fields::put);
        GET    "status"                                              GetStatus                                    Definition Read(status::get);
        GET    "tags"                                                GetTagCollection                             Definition Read(tags::list);
        POST   "tags"                                                PostTag                                      Definition Write(tags::create);
        GET    "tags/{tag}"                                          GetTag                                       Definition Read(tags::get);
        PATCH  "tags/{tag}"                                          PatchTag                                     Definition Write(tags::rename);
        DELETE "tags/{tag}"                                          DeleteTag                                    Definition Write(tags::delete);
        POST   "tags/{tag}/customers"                                PostTagCustomerCollection                    Definition Write(tagging::tag_many);
        DELETE "tags/{tag}/customers"                                DeleteTagCustomerCollection                  Definition Write(tagging::untag_many);
        POST   "tags/{tag}/customers/{customerId}"                   PostTagCustomer                              Definition Write(tagging::tag_one);
        DELETE "tags/{tag}/customers/{customerId}"                   DeleteTagCustomer                            Definition Write(tagging::untag_one);
        // What customers lead to, in the depth that they need.
        GET    "attachments"                                         GetAttachmentCollection                      Definition Read(attachments::list);
        POST   "attachments"                                         PostAttachment                               Definition Write(attachments::create);
        GET    "attachments/{id}"                                    GetAttachment                                Definition Read(attachments::get);
        PUT    "attachments/{id}"                                    PutAttachment                                Definition Write(attachments::upsert);
        DELETE "attachments/{id}"                                    DeleteAttachment                             Definition Write(attachments::delete);
        GET    "payment-instruments/{id}"                            GetPaymentInstrument                         Definition Read(instruments::get);
        GET    "search"                                              GetSearch                                    Definition Read(search::get);
        GET    "websites"                                            GetWebsiteCollection                         Definition Read(websites::list);
        POST   "websites"                                            PostWebsite                                  Definition Write(websites::create);
        GET    "websites/{id}"                                       GetWebsite                                   Definition Read(websites::get);
        PUT    "websites/{id}"                                       PutWebsite                                   Definition Write(websites::upsert);
        DELETE "websites/{id}"                                       DeleteWebsite                                Definition Write(websites::delete);
        // Events, and who is told of them.
        GET    "events"                                              GetEventCollection                           Definition Read(system_events::list);
        GET    "events/{eventType}"                                  GetEvent                                     Definition Read(system_events::get);
        POST   "previews/webhooks"                                   PostPreviewWebhook                           Definition Write(webhooks::preview);
        GET    "tracking/webhooks"                                   GetTrackingWebhookCollection                 Definition Read(webhook_tracking::list);
        GET    "tracking/webhooks/{id}"                              GetTrackingWebhook                           Definition Read(webhook_tracking::get);
        POST   "tracking/webhooks/{id}/resend"                       PostTrackingWebhookResendRequest             Definition Write(webhook_tracking::resend);
        GET    "webhooks"                                            GetWebhookCollection                         Definition Read(webhooks::list);
        POST   "webhooks"                                            PostWebhook                                  Definition Write(webhooks::create);
        GET    "webhooks/{id}"                                       GetWebhook                                   Definition Read(webhooks::get);
        PUT    "webhooks/{id}"                                       PutWebhook                                   Definition Write(webhooks::upsert);
        DELETE "webhooks/{id}"                                       DeleteWebhook                                Definition Write(webhooks::delete);
        // What older SDKs of the same vendor call, and the definition no longer has.
        DELETE "custom-fields/{resource}/{name}"                     DeleteCustomField                            Sdk        Write(custom_fields::delete);
    }
    also {
        // What the experimental SDK of the same vendor still calls.
        GET    "experimental/customers/{id}/timeline"                GetCustomerTimelineCollection                Sdk        Read(timeline::list);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_one_of_the_vendors() {
        for operation in OPERATIONS
            .iter()
            .filter(|it| !it.path.starts_with("experimental/customers/{id}/timeline"))
            .filter(|it| it.id != Op::DeleteCustomField.name())
        {
            let line =
                format!("{:<6} /{} {}", operation.method.as_str(), operation.path, operation.id);
            assert!(INDEX.lines().any(|known| known == line), "the index has no `{line}`");
        }
    }
}
