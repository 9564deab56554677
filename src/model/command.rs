//! [`Command`]: what may happen next.

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select};
use proptest::strategy::BoxedStrategy;
use serde_json::Value;

use super::profile::{Profile, Source, profile, source};
use crate::strategies::{Invalid, invalid};

/// Whoever is there is meant by number, so that every sequence of commands
/// means something, and still does when some of them are left out.
#[derive(Clone, Debug)]
pub(super) enum Command {
    Create(Said<Profile>),
    Upsert(Id, Said<Profile>, Times),
    Merge(Who, Target),
    Comment(Who, &'static str),
    /// A message of the one, perhaps looked for on the timeline of another.
    DeleteMessage(Who, Option<Who>, Index),
    PutLeadSource(Who, Said<Source>),
    DeleteLeadSource(Who),
    CreateTag(&'static str),
    Tag(Who, &'static str),
    Untag(Who, &'static str),
    Look(Who),
    Pages(usize),
    TimelinePages(Who, usize),
    Advance(u32),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Who {
    Here(Index),
    Nobody,
}

/// Into whom somebody is merged.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    Other(Index),
    Themselves,
    Nobody,
}

/// What a body says: something that the model understands, or something that is refused.
#[derive(Clone, Debug)]
pub(super) enum Said<T> {
    Plain(T),
    Unfit(Invalid<Value>),
}

/// The id that an upsert names.
#[derive(Clone, Debug)]
pub(super) enum Id {
    Fit(&'static str),
    Unfit(String),
}

/// How often something is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Times {
    Once,
    Twice,
}

/// The last is refused.
const TEXTS: [&str; 4] =
    ["call back", "@bob@example.com: see #customers-ada", "ü \"\u{1}\" 😀", ""];
const TAGS: [&str; 2] = ["model-vip", "model late"];

pub(super) fn command() -> BoxedStrategy<Command> {
    let upsert = (id(), said(profile(), invalid::customer()), times());
    let source = said(source(), invalid::lead_source());
    let tag = || select(&TAGS[..]);
    prop_oneof![
        4 => said(profile(), invalid::customer()).prop_map(Command::Create),
        4 => upsert.prop_map(|(id, said, times)| Command::Upsert(id, said, times)),
        3 => (who(), target()).prop_map(|(from, to)| Command::Merge(from, to)),
        3 => (who(), select(&TEXTS[..])).prop_map(|(who, text)| Command::Comment(who, text)),
        2 => (who(), elsewhere(), any::<Index>())
            .prop_map(|(who, on, which)| Command::DeleteMessage(who, on, which)),
        2 => (who(), source).prop_map(|(who, source)| Command::PutLeadSource(who, source)),
        1 => who().prop_map(Command::DeleteLeadSource),
        2 => tag().prop_map(Command::CreateTag),
        2 => (who(), tag()).prop_map(|(who, tag)| Command::Tag(who, tag)),
        1 => (who(), tag()).prop_map(|(who, tag)| Command::Untag(who, tag)),
        1 => who().prop_map(Command::Look),
        2 => (1..4_usize).prop_map(Command::Pages),
        1 => (who(), 1..4_usize).prop_map(|(who, size)| Command::TimelinePages(who, size)),
        1 => (1..1_000_u32).prop_map(Command::Advance),
    ]
    .boxed()
}

fn who() -> BoxedStrategy<Who> {
    prop_oneof![14 => any::<Index>().prop_map(Who::Here), 1 => Just(Who::Nobody)].boxed()
}

fn target() -> BoxedStrategy<Target> {
    let other = any::<Index>().prop_map(Target::Other);
    prop_oneof![14 => other, 1 => Just(Target::Themselves), 1 => Just(Target::Nobody)].boxed()
}

fn elsewhere() -> BoxedStrategy<Option<Who>> {
    prop_oneof![6 => Just(None), 1 => who().prop_map(Some)].boxed()
}

fn id() -> BoxedStrategy<Id> {
    let unfit = invalid::id().prop_map(|id| Id::Unfit(id.input));
    prop_oneof![20 => select(&["ada", "eve", "fay@x"][..]).prop_map(Id::Fit), 1 => unfit].boxed()
}

fn times() -> BoxedStrategy<Times> {
    prop_oneof![2 => Just(Times::Once), 1 => Just(Times::Twice)].boxed()
}

fn said<T: Clone + std::fmt::Debug + 'static>(
    plain: impl Strategy<Value = T> + 'static,
    unfit: BoxedStrategy<Invalid<Value>>,
) -> BoxedStrategy<Said<T>> {
    prop_oneof![8 => plain.prop_map(Said::Plain), 1 => unfit.prop_map(Said::Unfit)].boxed()
}
