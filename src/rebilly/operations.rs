//! The operation table: what of Rebilly's API is simulated.

use hyper::Method;

use super::state::State;
use super::{
    attachments, comments, custom_events, customers, instruments, lead_sources, merge, reports,
    search, status, timeline, websites,
};
use crate::engine::vendor::Operation;
use crate::engine::vendor::Run::{self, Read, Write};

/// Every operation of Rebilly's, as an index: what is not in the table below
/// is answered with `501` and its name.
pub(super) const INDEX: &str = include_str!("../../fixtures/rebilly/operations.txt");

/// The operations in the vendor's order.
#[rustfmt::skip]
pub(super) static OPERATIONS: &[Operation<State>] = &[
    on(Method::GET,    "customers",                                               "GetCustomerCollection",                          Read(customers::list)),
    on(Method::POST,   "customers",                                               "PostCustomer",                                   Write(customers::create)),
    on(Method::GET,    "customers/{id}",                                          "GetCustomer",                                    Read(customers::get)),
    on(Method::PUT,    "customers/{id}",                                          "PutCustomer",                                    Write(customers::upsert)),
    on(Method::DELETE, "customers/{id}",                                          "DeleteCustomer",                                 Write(merge::merge)),
    on(Method::GET,    "customers/{id}/lead-source",                              "GetCustomerLeadSource",                          Read(lead_sources::get)),
    on(Method::PUT,    "customers/{id}/lead-source",                              "PutCustomerLeadSource",                          Write(lead_sources::put)),
    on(Method::DELETE, "customers/{id}/lead-source",                              "DeleteCustomerLeadSource",                       Write(lead_sources::delete)),
    on(Method::GET,    "customers/{id}/timeline",                                 "GetCustomerTimelineCollection",                  Read(timeline::list)),
    on(Method::POST,   "customers/{id}/timeline",                                 "PostCustomerTimeline",                           Write(comments::post)),
    on(Method::GET,    "customers/{id}/timeline/{messageId}",                     "GetCustomerTimeline",                            Read(timeline::get)),
    on(Method::DELETE, "customers/{id}/timeline/{messageId}",                     "DeleteCustomerTimeline",                         Write(timeline::delete)),
    on(Method::GET,    "customers/{id}/credit-balance",                           "GetCustomerCreditBalance",                       Read(reports::credit_balance)),
    on(Method::POST,   "customers/{id}/compliance-screening-report",              SCREENING,                                        Write(reports::screening)),
    on(Method::GET,    "experimental/customers/{customerId}/summary-metrics",     "GetCustomerSummaryMetricReport",                 Read(reports::summary_metrics)),
    on(Method::GET,    "customer-timeline-custom-events",                         "GetCustomerTimelineCustomEventTypeCollection",   Read(custom_events::list)),
    on(Method::POST,   "customer-timeline-custom-events",                         "PostCustomerTimelineCustomEventType",            Write(custom_events::create)),
    on(Method::GET,    "customer-timeline-custom-events/{id}",                    "GetCustomerTimelineCustomEventType",             Read(custom_events::get)),
    on(Method::GET,    "status",                                                  STATUS,                                           Read(status::get)),
    // What customers lead to, in the depth that they need.
    on(Method::GET,    "attachments",                                             "GetAttachmentCollection",                        Read(attachments::list)),
    on(Method::POST,   "attachments",                                             "PostAttachment",                                 Write(attachments::create)),
    on(Method::GET,    "attachments/{id}",                                        "GetAttachment",                                  Read(attachments::get)),
    on(Method::PUT,    "attachments/{id}",                                        "PutAttachment",                                  Write(attachments::upsert)),
    on(Method::DELETE, "attachments/{id}",                                        "DeleteAttachment",                               Write(attachments::delete)),
    on(Method::GET,    "payment-instruments/{id}",                                "GetPaymentInstrument",                           Read(instruments::get)),
    on(Method::GET,    "search",                                                  "GetSearch",                                      Read(search::get)),
    on(Method::GET,    "websites",                                                "GetWebsiteCollection",                           Read(websites::list)),
    on(Method::POST,   "websites",                                                "PostWebsite",                                    Write(websites::create)),
    on(Method::GET,    "websites/{id}",                                           "GetWebsite",                                     Read(websites::get)),
    on(Method::PUT,    "websites/{id}",                                           "PutWebsite",                                     Write(websites::upsert)),
    on(Method::DELETE, "websites/{id}",                                           "DeleteWebsite",                                  Write(websites::delete)),
    // What the experimental SDK of the same vendor still calls.
    on(Method::GET,    "experimental/customers/{id}/timeline",                    "GetCustomerTimelineCollection",                  Read(timeline::list)),
];

/// The one operation that needs no credentials.
pub(super) const STATUS: &str = "GetStatus";

/// The one operation that needs products which an organization may not have.
pub(super) const SCREENING: &str = "PostCustomerComplianceScreeningReport";

const fn on(
    method: Method,
    path: &'static str,
    id: &'static str,
    run: Run<State>,
) -> Operation<State> {
    Operation { method, path, id, run }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_one_of_the_vendors() {
        for operation in OPERATIONS
            .iter()
            .filter(|it| !it.path.starts_with("experimental/customers/{id}/timeline"))
        {
            let line =
                format!("{:<6} /{} {}", operation.method.as_str(), operation.path, operation.id);
            assert!(INDEX.lines().any(|known| known == line), "the index has no `{line}`");
        }
    }
}
