//! [`LeadSource`]: where a customer came from.

use super::link::{is_uri, links};
use super::message::Cell;
use crate::engine::clock::Timestamp;
use crate::engine::id::Id;
use crate::engine::input::Input;
use crate::engine::json::Json;
use crate::engine::render::Object;
use crate::engine::rule::TextRule;
use crate::engine::table::Record;
use crate::engine::value::Value;
use crate::rebilly::assumed::{LEAD_SOURCE_OLDER, LEAD_SOURCE_REFERRER, UNKNOWN_MEMBERS};

/// What is said of a visit: the published schema `LeadSourceData`, and three
/// members of 2018 that clients still send.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LeadSourceData {
    /// At most 512 characters, like all that follow but `referrer`.
    pub medium: Option<String>,
    /// Where the visit came from.
    pub source: Option<String>,
    /// The campaign.
    pub campaign: Option<String>,
    /// The search term.
    pub term: Option<String>,
    /// Which of several advertisements.
    pub content: Option<String>,
    /// The affiliate.
    pub affiliate: Option<String>,
    /// The affiliate's affiliate.
    pub sub_affiliate: Option<String>,
    /// The sales agent.
    pub sales_agent: Option<String>,
    /// The id of a click.
    pub click_id: Option<String>,
    /// The page on which the visit began.
    pub path: Option<String>,
    /// The page before it, at most 2083 characters.
    pub referrer: Option<String>,
    /// `ipAddress`, `currency` and `amount`, as far as they were sent.
    /// Assumed: what clients of 2018 send is kept and shown to them again (`lead-source-older-members`).
    pub older: Vec<(&'static str, Json)>,
}

/// Members that only clients of 2018 to 2021 know.
const OLDER: [&str; 3] = ["ipAddress", "currency", "amount"];

/// The members of the published schema, in its order.
type Members<'a> = [(&'static str, Option<&'a str>); 11];

impl LeadSourceData {
    pub(in crate::rebilly) fn read(input: &Input<'_>) -> LeadSourceData {
        if OLDER.iter().any(|name| input.has(name)) {
            input.assume(&LEAD_SOURCE_OLDER);
        }
        input.assume_beside(&LeadSourceData::names(), &UNKNOWN_MEMBERS);
        if input.raw("referrer").and_then(Value::as_text).is_some_and(|text| !is_uri(text)) {
            input.assume(&LEAD_SOURCE_REFERRER);
        }
        let text = |name| input.text(name, TextRule::max(512)).value();
        LeadSourceData {
            medium: text("medium"),
            source: text("source"),
            campaign: text("campaign"),
            term: text("term"),
            content: text("content"),
            affiliate: text("affiliate"),
            sub_affiliate: text("subAffiliate"),
            sales_agent: text("salesAgent"),
            click_id: text("clickId"),
            path: text("path"),
            // Assumed: any text. It was a plain string until the format `uri` was added
            // (`lead-source-referrer`).
            referrer: input.text("referrer", TextRule::max(2083)).value(),
            older: OLDER
                .into_iter()
                .filter_map(|name| Some((name, input.raw(name)?.to_json())))
                .collect(),
        }
    }

    /// The names of everything that is shown of a visit, and was once.
    pub(in crate::rebilly) fn names() -> Vec<&'static str> {
        let members = LeadSourceData::default();
        let members = members.members().map(|(name, _)| name);
        let times = ["createdTime", "updatedTime", "original"];
        members.into_iter().chain(OLDER).chain(times).collect()
    }

    pub(in crate::rebilly) fn members(&self) -> Members<'_> {
        [
            ("medium", self.medium.as_deref()),
            ("source", self.source.as_deref()),
            ("campaign", self.campaign.as_deref()),
            ("term", self.term.as_deref()),
            ("content", self.content.as_deref()),
            ("affiliate", self.affiliate.as_deref()),
            ("subAffiliate", self.sub_affiliate.as_deref()),
            ("salesAgent", self.sales_agent.as_deref()),
            ("clickId", self.click_id.as_deref()),
            ("path", self.path.as_deref()),
            ("referrer", self.referrer.as_deref()),
        ]
    }

    /// Every member as a cell of a timeline table.
    pub(in crate::rebilly) fn cells(&self) -> Vec<(&'static str, Cell)> {
        let members =
            self.members().map(|(name, value)| (name, Cell::text(value.unwrap_or_default())));
        let older = self.older.iter().map(|(name, value)| (*name, Cell::of(value)));
        members.into_iter().chain(older).collect()
    }

    fn write(&self, object: &mut Object<'_>) {
        for (name, value) in self.members() {
            object.text_or_null(name, value);
        }
        for (name, value) in &self.older {
            object.member(name).json(value);
        }
    }
}

/// One visit that was recorded.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LeadSourceVisit {
    /// What is known of it.
    pub data: LeadSourceData,
    /// When it was recorded.
    pub created_time: Timestamp,
    /// When that was last changed.
    pub updated_time: Timestamp,
}

/// The lead source of a customer: the latest visit, and the first.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LeadSource {
    /// Whose it is.
    pub customer_id: Id,
    /// The most recent visit.
    pub latest: LeadSourceVisit,
    /// The first visit ever recorded.
    pub original: LeadSourceVisit,
}

impl Record for LeadSource {
    const KIND: &'static str = "Lead source";

    fn id(&self) -> &str {
        &self.customer_id
    }

    fn write(&self, object: &mut Object<'_>) {
        self.write_visit(object, &self.latest);
        object.member("original").object(|original| self.write_visit(original, &self.original));
    }
}

impl LeadSource {
    fn write_visit(&self, object: &mut Object<'_>, visit: &LeadSourceVisit) {
        visit.data.write(object);
        object.time("createdTime", visit.created_time);
        object.time("updatedTime", visit.updated_time);
        let customer = ["/customers/", self.customer_id.as_str()];
        let own = [customer[0], customer[1], "/lead-source"];
        links(object, &[("self", &own), ("customer", &customer)]);
    }
}
