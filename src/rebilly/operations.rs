//! The operation table: what of Rebilly's API is simulated.

use hyper::Method;

use super::state::State;
use super::{
    customers, lead_sources, merge, status, system_events, timeline, webhook_tracking, webhooks,
};
use crate::engine::vendor::Operation;
use crate::engine::vendor::Run::{self, Read, Write};

/// Every operation of Rebilly's, as an index: what is not in the table below
/// is answered with `501` and its name.
pub(super) const INDEX: &str = include_str!("../../fixtures/rebilly/operations.txt");

/// The operations in the vendor's order.
#[rustfmt::skip]
pub(super) static OPERATIONS: &[Operation<State>] = &[
    on(Method::GET,    "customers",                           "GetCustomerCollection",         Read(customers::list)),
    on(Method::POST,   "customers",                           "PostCustomer",                  Write(customers::create)),
    on(Method::GET,    "customers/{id}",                      "GetCustomer",                   Read(customers::get)),
    on(Method::PUT,    "customers/{id}",                      "PutCustomer",                   Write(customers::upsert)),
    on(Method::DELETE, "customers/{id}",                      "DeleteCustomer",                Write(merge::merge)),
    on(Method::GET,    "customers/{id}/lead-source",          "GetCustomerLeadSource",         Read(lead_sources::get)),
    on(Method::PUT,    "customers/{id}/lead-source",          "PutCustomerLeadSource",         Write(lead_sources::put)),
    on(Method::DELETE, "customers/{id}/lead-source",          "DeleteCustomerLeadSource",      Write(lead_sources::delete)),
    on(Method::GET,    "customers/{id}/timeline",             "GetCustomerTimelineCollection", Read(timeline::list)),
    on(Method::POST,   "customers/{id}/timeline",             "PostCustomerTimeline",          Write(timeline::comment)),
    on(Method::GET,    "customers/{id}/timeline/{messageId}", "GetCustomerTimeline",           Read(timeline::get)),
    on(Method::DELETE, "customers/{id}/timeline/{messageId}", "DeleteCustomerTimeline",        Write(timeline::delete)),
    on(Method::GET,    "status",                              STATUS,                          Read(status::get)),
    // Events, and who is told of them.
    on(Method::GET,    "events",                              "GetEventCollection",            Read(system_events::list)),
    on(Method::GET,    "events/{eventType}",                  "GetEvent",                      Read(system_events::get)),
    on(Method::POST,   "previews/webhooks",                   "PostPreviewWebhook",            Write(webhooks::preview)),
    on(Method::GET,    "tracking/webhooks",                   "GetTrackingWebhookCollection",  Read(webhook_tracking::list)),
    on(Method::GET,    "tracking/webhooks/{id}",              "GetTrackingWebhook",            Read(webhook_tracking::get)),
    on(Method::POST,   "tracking/webhooks/{id}/resend",       "PostTrackingWebhookResendRequest", Write(webhook_tracking::resend)),
    on(Method::GET,    "webhooks",                            "GetWebhookCollection",          Read(webhooks::list)),
    on(Method::POST,   "webhooks",                            "PostWebhook",                   Write(webhooks::create)),
    on(Method::GET,    "webhooks/{id}",                       "GetWebhook",                    Read(webhooks::get)),
    on(Method::PUT,    "webhooks/{id}",                       "PutWebhook",                    Write(webhooks::upsert)),
    on(Method::DELETE, "webhooks/{id}",                       "DeleteWebhook",                 Write(webhooks::delete)),
    // What the experimental SDK of the same vendor still calls.
    on(Method::GET,    "experimental/customers/{id}/timeline", "GetCustomerTimelineCollection", Read(timeline::list)),
];

/// The one operation that needs no credentials.
pub(super) const STATUS: &str = "GetStatus";

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
