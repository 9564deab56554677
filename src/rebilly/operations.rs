//! The operation table: what of Rebilly's API is simulated.

use hyper::Method;

use super::state::State;
use super::{
    attachments, comments, custom_events, custom_fields, customers, instruments, lead_sources,
    merge, reports, search, status, system_events, tagging, tags, timeline, webhook_tracking,
    webhooks, websites,
};
use crate::engine::evidence::Source::{self, Definition, Sdk};
use crate::engine::vendor::Operation;
use crate::engine::vendor::Run::{self, Read, Write};

/// Every operation of Rebilly's, as an index: what is not in the table below
/// is answered with `501` and its name.
pub(super) const INDEX: &str = include_str!("../../fixtures/rebilly/operations.txt");

/// The operations in the vendor's order.
#[rustfmt::skip]
pub(super) static OPERATIONS: &[Operation<State>] = &[
    on(Method::GET,    "customers",                                               "GetCustomerCollection",                          Definition, Read(customers::list)),
    on(Method::POST,   "customers",                                               "PostCustomer",                                   Definition, Write(customers::create)),
    on(Method::GET,    "customers/{id}",                                          "GetCustomer",                                    Definition, Read(customers::get)),
    on(Method::PUT,    "customers/{id}",                                          "PutCustomer",                                    Definition, Write(customers::upsert)),
    on(Method::DELETE, "customers/{id}",                                          "DeleteCustomer",                                 Definition, Write(merge::merge)),
    on(Method::GET,    "customers/{id}/lead-source",                              "GetCustomerLeadSource",                          Definition, Read(lead_sources::get)),
    on(Method::PUT,    "customers/{id}/lead-source",                              "PutCustomerLeadSource",                          Definition, Write(lead_sources::put)),
    on(Method::DELETE, "customers/{id}/lead-source",                              "DeleteCustomerLeadSource",                       Definition, Write(lead_sources::delete)),
    on(Method::GET,    "customers/{id}/timeline",                                 "GetCustomerTimelineCollection",                  Definition, Read(timeline::list)),
    on(Method::POST,   "customers/{id}/timeline",                                 "PostCustomerTimeline",                           Definition, Write(comments::post)),
    on(Method::GET,    "customers/{id}/timeline/{messageId}",                     "GetCustomerTimeline",                            Definition, Read(timeline::get)),
    on(Method::DELETE, "customers/{id}/timeline/{messageId}",                     "DeleteCustomerTimeline",                         Definition, Write(timeline::delete)),
    on(Method::GET,    "customers/{id}/credit-balance",                           "GetCustomerCreditBalance",                       Definition, Read(reports::credit_balance)),
    on(Method::POST,   "customers/{id}/compliance-screening-report",              SCREENING,                                        Definition, Write(reports::screening)),
    on(Method::GET,    "experimental/customers/{customerId}/summary-metrics",     "GetCustomerSummaryMetricReport",                 Definition, Read(reports::summary_metrics)),
    on(Method::GET,    "customer-timeline-custom-events",                         "GetCustomerTimelineCustomEventTypeCollection",   Definition, Read(custom_events::list)),
    on(Method::POST,   "customer-timeline-custom-events",                         "PostCustomerTimelineCustomEventType",            Definition, Write(custom_events::create)),
    on(Method::GET,    "customer-timeline-custom-events/{id}",                    "GetCustomerTimelineCustomEventType",             Definition, Read(custom_events::get)),
    on(Method::GET,    "custom-fields/{resource}",                                "GetCustomFieldCollection",                       Definition, Read(custom_fields::list)),
    on(Method::GET,    "custom-fields/{resource}/{name}",                         "GetCustomField",                                 Definition, Read(custom_fields::get)),
    on(Method::PUT,    "custom-fields/{resource}/{name}",                         "PutCustomField",                                 Definition, Write(custom_fields::put)),
    on(Method::GET,    "status",                                                  STATUS,                                           Definition, Read(status::get)),
    on(Method::GET,    "tags",                                                    "GetTagCollection",                               Definition, Read(tags::list)),
    on(Method::POST,   "tags",                                                    "PostTag",                                        Definition, Write(tags::create)),
    on(Method::GET,    "tags/{tag}",                                              "GetTag",                                         Definition, Read(tags::get)),
    on(Method::PATCH,  "tags/{tag}",                                              "PatchTag",                                       Definition, Write(tags::rename)),
    on(Method::DELETE, "tags/{tag}",                                              "DeleteTag",                                      Definition, Write(tags::delete)),
    on(Method::POST,   "tags/{tag}/customers",                                    "PostTagCustomerCollection",                      Definition, Write(tagging::tag_many)),
    on(Method::DELETE, "tags/{tag}/customers",                                    "DeleteTagCustomerCollection",                    Definition, Write(tagging::untag_many)),
    on(Method::POST,   "tags/{tag}/customers/{customerId}",                       "PostTagCustomer",                                Definition, Write(tagging::tag_one)),
    on(Method::DELETE, "tags/{tag}/customers/{customerId}",                       "DeleteTagCustomer",                              Definition, Write(tagging::untag_one)),
    // What customers lead to, in the depth that they need.
    on(Method::GET,    "attachments",                                             "GetAttachmentCollection",                        Definition, Read(attachments::list)),
    on(Method::POST,   "attachments",                                             "PostAttachment",                                 Definition, Write(attachments::create)),
    on(Method::GET,    "attachments/{id}",                                        "GetAttachment",                                  Definition, Read(attachments::get)),
    on(Method::PUT,    "attachments/{id}",                                        "PutAttachment",                                  Definition, Write(attachments::upsert)),
    on(Method::DELETE, "attachments/{id}",                                        "DeleteAttachment",                               Definition, Write(attachments::delete)),
    on(Method::GET,    "payment-instruments/{id}",                                "GetPaymentInstrument",                           Definition, Read(instruments::get)),
    on(Method::GET,    "search",                                                  "GetSearch",                                      Definition, Read(search::get)),
    on(Method::GET,    "websites",                                                "GetWebsiteCollection",                           Definition, Read(websites::list)),
    on(Method::POST,   "websites",                                                "PostWebsite",                                    Definition, Write(websites::create)),
    on(Method::GET,    "websites/{id}",                                           "GetWebsite",                                     Definition, Read(websites::get)),
    on(Method::PUT,    "websites/{id}",                                           "PutWebsite",                                     Definition, Write(websites::upsert)),
    on(Method::DELETE, "websites/{id}",                                           "DeleteWebsite",                                  Definition, Write(websites::delete)),
    // Events, and who is told of them.
    on(Method::GET,    "events",                                                 "GetEventCollection",                             Definition, Read(system_events::list)),
    on(Method::GET,    "events/{eventType}",                                     "GetEvent",                                       Definition, Read(system_events::get)),
    on(Method::POST,   "previews/webhooks",                                      "PostPreviewWebhook",                             Definition, Write(webhooks::preview)),
    on(Method::GET,    "tracking/webhooks",                                      "GetTrackingWebhookCollection",                   Definition, Read(webhook_tracking::list)),
    on(Method::GET,    "tracking/webhooks/{id}",                                 "GetTrackingWebhook",                             Definition, Read(webhook_tracking::get)),
    on(Method::POST,   "tracking/webhooks/{id}/resend",                          "PostTrackingWebhookResendRequest",               Definition, Write(webhook_tracking::resend)),
    on(Method::GET,    "webhooks",                                               "GetWebhookCollection",                           Definition, Read(webhooks::list)),
    on(Method::POST,   "webhooks",                                               "PostWebhook",                                    Definition, Write(webhooks::create)),
    on(Method::GET,    "webhooks/{id}",                                          "GetWebhook",                                     Definition, Read(webhooks::get)),
    on(Method::PUT,    "webhooks/{id}",                                          "PutWebhook",                                     Definition, Write(webhooks::upsert)),
    on(Method::DELETE, "webhooks/{id}",                                          "DeleteWebhook",                                  Definition, Write(webhooks::delete)),
    // What the experimental SDK of the same vendor still calls.
    on(Method::GET,    "experimental/customers/{id}/timeline",                    "GetCustomerTimelineCollection",                  Sdk,        Read(timeline::list)),
    // What older SDKs of the same vendor call, and the definition no longer has.
    on(Method::DELETE, "custom-fields/{resource}/{name}",                         DELETE_CUSTOM_FIELD,                              Sdk,        Write(custom_fields::delete)),
];

/// The one operation that needs no credentials.
pub(super) const STATUS: &str = "GetStatus";

/// The one operation that needs products which an organization may not have.
pub(super) const SCREENING: &str = "PostCustomerComplianceScreeningReport";

/// The one operation that the vendor's index no longer has.
const DELETE_CUSTOM_FIELD: &str = "DeleteCustomField";

const fn on(
    method: Method,
    path: &'static str,
    id: &'static str,
    source: Source,
    run: Run<State>,
) -> Operation<State> {
    Operation { method, path, id, source, run }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_one_of_the_vendors() {
        for operation in OPERATIONS
            .iter()
            .filter(|it| !it.path.starts_with("experimental/customers/{id}/timeline"))
            .filter(|it| it.id != DELETE_CUSTOM_FIELD)
        {
            let line =
                format!("{:<6} /{} {}", operation.method.as_str(), operation.path, operation.id);
            assert!(INDEX.lines().any(|known| known == line), "the index has no `{line}`");
        }
    }
}
