//! What a list can be asked for: a page of it, in an order, filtered.

use proptest::char::range;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::strategy::{BoxedStrategy, Union};

use super::flaw::Invalid;
use super::text::day;

/// The parameters of a query, not yet encoded.
pub(super) type Pairs = Vec<(&'static str, String)>;

/// The fields of customers that are made use of here, by what they are.
const TEXTS: [&str; 8] = [
    "id",
    "firstName",
    "primaryAddress.city",
    "primaryAddress.country",
    "primaryAddress.emails.value",
    "tags.name",
    "leadSource.source",
    "customFields.plan",
];
const NUMBERS: [&str; 3] = ["revision", "paymentCount", "lifetimeRevenue.amount"];
const FLAGS: [&str; 1] = ["hasFulfilledKyc"];
const TIMES: [&str; 2] = ["createdTime", "updatedTime"];
const DAYS: [&str; 1] = ["primaryAddress.dob"];

pub(super) fn paging() -> BoxedStrategy<Pairs> {
    let limit = option::of(prop_oneof![4 => 0..=20_u32, 1 => Just(1_000)]);
    let offset = option::of(prop_oneof![4 => 0..=20_u32, 1 => 0..=1_000_u32]);
    (limit, offset)
        .prop_map(|(limit, offset)| {
            let pair = |name, number: Option<u32>| number.map(|number| (name, number.to_string()));
            [pair("limit", limit), pair("offset", offset)].into_iter().flatten().collect()
        })
        .boxed()
}

pub(super) fn no_paging() -> BoxedStrategy<Invalid<Pairs>> {
    let texts = ["-1", "many", "1.5", "", "0x10", "1e3", "٣", "1,000"];
    let wrong = (select(vec!["limit", "offset"]), select(texts.to_vec()));
    (paging(), wrong)
        .prop_map(|(mut pairs, (name, text))| {
            pairs.retain(|(known, _)| *known != name);
            pairs.push((name, text.to_owned()));
            Invalid::new(pairs, name)
        })
        .boxed()
}

pub(super) fn sort() -> BoxedStrategy<String> {
    joined(vec(order(), 0..4).boxed(), ",")
}

pub(super) fn no_sort() -> BoxedStrategy<Invalid<String>> {
    let strange = select(vec!["colour", "-size", "firstname", "customFields", "name.first"]);
    (vec(order(), 0..3), strange)
        .prop_map(|(mut orders, strange)| {
            orders.push(strange.to_owned());
            Invalid::new(orders.join(","), "sort")
        })
        .boxed()
}

fn order() -> BoxedStrategy<String> {
    let names: Vec<&str> = [&TEXTS[..], &NUMBERS, &FLAGS, &TIMES, &DAYS].concat();
    (select(names), any::<bool>())
        .prop_map(|(name, descending)| format!("{}{name}", if descending { "-" } else { "" }))
        .boxed()
}

pub(super) fn filter() -> BoxedStrategy<String> {
    joined(vec(clause(), 0..4).boxed(), ";")
}

pub(super) fn no_filter() -> BoxedStrategy<Invalid<String>> {
    let strange = [
        "colour:red",
        "firstName",
        "firstName:",
        "firstName:ada,",
        "firstName:true",
        "firstName:@vips",
        "revision:many",
        "revision:..",
        "revision:1..many",
        "hasFulfilledKyc:yes",
        "createdTime:today",
        "primaryAddress.dob:1815-12",
    ];
    (vec(clause(), 0..3), select(strange.to_vec()))
        .prop_map(|(mut clauses, strange)| {
            clauses.push(strange.to_owned());
            Invalid::new(clauses.join(";"), "filter")
        })
        .boxed()
}

/// One field and its values, which are wanted or not; a `null` among them is no value.
fn clause() -> BoxedStrategy<String> {
    let number = || (-50..50_i32).prop_map(|it| it.to_string()).boxed();
    let moment = || prop_oneof![2 => day(), 1 => day().prop_map(|day| day + "T12:00:00Z")].boxed();
    let flag = any::<bool>().prop_map(|flag| flag.to_string()).boxed();
    Union::new([
        field(&TEXTS, word()),
        field(&NUMBERS, prop_oneof![2 => number(), 1 => spans(number())].boxed()),
        field(&FLAGS, flag),
        field(&TIMES, prop_oneof![2 => moment(), 1 => spans(moment())].boxed()),
        field(&DAYS, prop_oneof![2 => day(), 1 => spans(day())].boxed()),
    ])
    .boxed()
}

fn field(names: &'static [&'static str], value: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let value = prop_oneof![6 => value, 1 => Just("null".to_owned())];
    let value = (value, any::<bool>());
    let value = value.prop_map(|(value, not)| if not { format!("!{value}") } else { value });
    (select(names), vec(value, 1..4))
        .prop_map(|(name, values)| format!("{name}:{}", values.join(",")))
        .boxed()
}

/// From one to another, or from one on, or up to one. An end may stand before
/// the beginning: then nothing is between them.
fn spans(ends: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let both = (ends.clone(), ends.clone()).prop_map(|(from, to)| format!("{from}..{to}"));
    let open = (ends, any::<bool>());
    let open = open.prop_map(|(end, up)| if up { format!("..{end}") } else { format!("{end}..") });
    prop_oneof![both, open].boxed()
}

/// A text value. What separates values is escaped.
fn word() -> BoxedStrategy<String> {
    let plain = vec(prop_oneof![8 => range('a', 'z'), 1 => Just('é')], 1..8);
    // The one plain text of texts that has a meaning of its own.
    let plain = plain
        .prop_map(String::from_iter)
        .prop_map(|it| if it == "true" { "a".to_owned() } else { it });
    let escaped = select(vec!["Bo\\, Jr.", "a\\;b", "a\\:b", "GB", "Zoë"]).prop_map(str::to_owned);
    prop_oneof![5 => plain, 1 => escaped].boxed()
}

fn joined(parts: BoxedStrategy<Vec<String>>, between: &'static str) -> BoxedStrategy<String> {
    parts.prop_map(move |parts| parts.join(between)).boxed()
}
