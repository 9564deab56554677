//! The tables of the vendor's grammar, row by row, on records of a few fields.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};
use proptest::sample::{select, subsequence};

use super::*;
use crate::engine::blocks::Bits;
use crate::engine::clock::Timestamp;
use crate::engine::failure::Failure;
use crate::engine::json::Json;
use crate::engine::render::Object;
use crate::engine::table::{Place, Record, Row, Table};
use crate::rebilly::assumed::SORT_TIES;

#[derive(Clone, Debug)]
struct Person {
    id: &'static str,
    name: Option<&'static str>,
    spent: f64,
    vip: bool,
    born: Option<&'static str>,
    joined: Timestamp,
    emails: Vec<&'static str>,
    tags: Vec<&'static str>,
    custom: Json,
}

impl Queryable for Person {
    const FIELDS: &'static [Field<Person>] = &[
        Field { name: "id", kind: Kind::Text, read: |one, see| see(Datum::Text(one.id)) },
        Field {
            name: "firstName",
            kind: Kind::Text,
            read: |one, see| one.name.into_iter().for_each(|name| see(Datum::Text(name))),
        },
        Field {
            name: "lifetimeRevenue.amount",
            kind: Kind::Number,
            read: |one, see| see(Datum::Number(one.spent)),
        },
        Field {
            name: "lifetimeRevenue.currency",
            kind: Kind::Text,
            read: |_, see| see(Datum::Text("USD")),
        },
        Field { name: "isVip", kind: Kind::Flag, read: |one, see| see(Datum::Flag(one.vip)) },
        Field {
            name: "createdTime",
            kind: Kind::Time,
            read: |one, see| see(Datum::Time(one.joined)),
        },
        Field {
            name: "primaryAddress.dob",
            kind: Kind::Date,
            read: |one, see| one.born.into_iter().for_each(|born| see(Datum::Text(born))),
        },
        Field {
            name: "primaryAddress.emails.value",
            kind: Kind::Text,
            read: |one, see| one.emails.iter().for_each(|email| see(Datum::Text(email))),
        },
        Field {
            name: "tags.name",
            kind: Kind::Text,
            read: |one, see| one.tags.iter().for_each(|tag| see(Datum::Text(tag))),
        },
    ];
    const ALIASES: &'static [(&'static str, &'static str)] =
        &[("lifetimeRevenue", "lifetimeRevenue.amount"), ("tags", "tags.name")];
    const FREE: &'static [(&'static str, &'static str)] = &[("customFields", "customers")];

    fn free(&self, _prefix: &str, meaning: &Meaning, see: &mut dyn FnMut(Datum<'_>)) {
        let Some(value) = self.custom.get(&meaning.name) else { return };
        value.as_text().into_iter().for_each(|text| see(Datum::Text(text)));
        value.as_number().into_iter().for_each(|number| see(Datum::Number(number)));
        if let Json::Bool(flag) = value {
            see(Datum::Flag(*flag));
        }
    }

    fn texts(&self, see: &mut dyn FnMut(&str)) {
        see(self.id);
        self.name.into_iter().for_each(&mut *see);
        self.tags.iter().for_each(|tag| see(tag));
    }
}

impl Record for Person {
    const KIND: &'static str = "Person";

    fn id(&self) -> &str {
        self.id
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("id", self.id);
    }
}

/// Ann spent nothing, Bob spent 10, Zoë spent 100; the last one has nothing but an id.
fn people() -> Vec<Person> {
    let nobody = Person {
        id: "nil",
        name: None,
        spent: 0.0,
        vip: false,
        born: None,
        joined: time("2020-01-01T00:00:00Z"),
        emails: vec![],
        tags: vec![],
        custom: Json::Null,
    };
    let ann = Person {
        id: "ann",
        name: Some("Ann"),
        born: Some("1990-05-01"),
        joined: time("2021-02-14T11:30:00Z"),
        emails: vec!["ann@example.com", "a@example.org"],
        tags: vec!["New", "a;b,c:d"],
        custom: Json::parse(br#"{"size":7,"foo":"bar","on":true,"null":null}"#).unwrap(),
        ..nobody.clone()
    };
    let bob = Person {
        id: "bob",
        name: Some("bob"),
        spent: 10.0,
        vip: true,
        born: Some("1985-12-31"),
        joined: time("2024-01-31T23:59:59Z").plus(Duration::from_millis(600)),
        emails: vec!["bob@example.com"],
        tags: vec!["old"],
        custom: Json::parse(br#"{"size":"7","foo":"true","on":"x"}"#).unwrap(),
    };
    let zoe = Person {
        id: "zoe",
        name: Some("ZOË"),
        spent: 100.0,
        joined: time("2024-02-01T00:00:00Z"),
        tags: vec!["new", "old"],
        custom: Json::parse(br#"{"size":10}"#).unwrap(),
        ..nobody.clone()
    };
    vec![ann, bob, zoe, nobody]
}

fn time(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// The ids of those whom the filter keeps.
#[track_caller]
fn kept(filter: &str) -> String {
    let filter = match Filter::parse(&names(), filter, "acme") {
        Ok(filter) => filter,
        Err(failure) => panic!("{filter}: {failure:?}"),
    };
    listed(&Sort::default(), |block| filter.kept(block))
}

fn names() -> Names<'static> {
    Names::of::<Person>()
}

/// People in this order.
fn table(people: Vec<Person>) -> Table<Person> {
    let mut table = Table::default();
    for (nth, person) in (0..).zip(people) {
        let place = Place::new(Timestamp::START, u64::MAX - nth, 0, person.id);
        table.put(Row::new(place, person));
    }
    table
}

/// The ids of those who are chosen, in order.
fn listed(sort: &Sort, choose: impl Fn(&dyn Records) -> Bits) -> String {
    let table = table(people());
    let blocks = records(table.blocks());
    let sorted = sort.page(&blocks, &Chosen::from(&blocks, choose), 0..usize::MAX);
    rows_at(&sorted.rows, table.blocks()).iter().map(|row| row.id).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn refused(filter: &str) -> Vec<String> {
    messages(Filter::parse(&names(), filter, "acme").err(), "filter")
}

#[track_caller]
fn messages(failure: Option<Failure>, field: &str) -> Vec<String> {
    let Some(Failure::Invalid(errors)) = failure else { panic!("{failure:?}") };
    assert!(errors.iter().all(|error| error.dotted() == field));
    errors.into_iter().map(|error| error.message).collect()
}

#[track_caller]
fn sorted(sort: &str) -> String {
    let sort = Sort::parse(&names(), sort).unwrap_or_else(|failure| panic!("{failure:?}"));
    listed(&sort, |block| block.all())
}

#[test]
fn values_are_alternatives_and_clauses_add_up() {
    assert_eq!(kept("firstName:ANN"), "ann");
    assert_eq!(kept("firstName:zoë"), "zoe");
    assert_eq!(kept("firstName:An"), "");
    assert_eq!(kept(" firstName : Ann , Bob ; isVip : true ; ; "), "bob");
    assert_eq!(kept("isVip:false;lifetimeRevenue.amount:0,1e2"), "ann zoe nil");
    assert_eq!(kept(" ; "), "ann bob zoe nil");
}

#[test]
fn negation_excludes_and_its_old_form_excludes_the_whole_list() {
    assert_eq!(kept("firstName:!Ann"), "bob zoe nil");
    assert_eq!(kept("firstName:!Ann,!Bob"), "zoe nil");
    assert_eq!(kept("firstName:!Ann,Bob"), "zoe nil");
    assert_eq!(kept("tags:new,!old"), "ann");
    assert_eq!(kept("lifetimeRevenue:! 5..10"), "ann zoe nil");
}

#[test]
fn null_is_the_absence_of_every_value() {
    assert_eq!(kept("firstName:null"), "nil");
    assert_eq!(kept("firstName:!null"), "ann bob zoe");
    assert_eq!(kept("firstName:null,Ann"), "ann nil");
    assert_eq!(kept("tags.name:null"), "nil");
    assert_eq!(kept("customFields.null:null"), "ann bob zoe nil");
}

#[test]
fn one_element_of_a_list_is_enough_and_negation_wants_none() {
    assert_eq!(kept("tags:NEW"), "ann zoe");
    assert_eq!(kept("tags.name:!new"), "bob nil");
    assert_eq!(kept("primaryAddress.emails.value:a@example.org"), "ann");
}

#[test]
fn a_star_stands_for_a_segment_and_the_singular_for_its_list() {
    assert_eq!(kept("primaryAddress.*.email:bob@example.com"), "bob");
    assert_eq!(kept("*.email:bob@example.com"), "bob");
    assert_eq!(kept("primaryAddress.*.value:bob@example.com"), "bob");
    assert_eq!(kept("lifetimeRevenue.*:usd;lifetimeRevenue.*:10"), "bob");
    assert_eq!(kept("lifetimeRevenue/amount:10"), "bob");
    assert_eq!(refused("primaryAddress.*.emial:x").len(), 1);
    assert_eq!(refused("customFields.*:x").len(), 1);
}

#[test]
fn date_times_are_instants_and_days_are_whole() {
    assert_eq!(kept("createdTime:2021-02-14T13:30:00+02:00"), "ann");
    assert_eq!(kept("createdTime:2021-02-14T13:30:00 02:00"), "ann");
    assert_eq!(kept("createdTime:2021-02-14T11:30:00"), "ann");
    assert_eq!(kept("createdTime:2021-02-14T13:30:00+02:00.."), "ann bob zoe");
    assert_eq!(kept("createdTime:2021-02-14 11:30:00..2024-01-31T23:59:59Z"), "ann bob");
    assert_eq!(kept("createdTime:2024-01-31"), "bob");
    assert_eq!(kept("createdTime:..2024-01-31"), "ann bob nil");
    assert_eq!(kept("createdTime:2024-02-01.."), "zoe");
}

#[test]
fn what_an_answer_shows_to_the_second_is_found_by_it() {
    assert_eq!(kept("createdTime:2024-01-31T23:59:59Z"), "bob");
    assert_eq!(kept("createdTime:2024-01-31T23:59:59.600Z"), "bob");
    assert_eq!(kept("createdTime:2024-01-31T23:59:59.0Z"), "");
}

#[test]
fn days_of_birth_are_compared_by_the_calendar() {
    assert_eq!(kept("primaryAddress.dob:1990-05-01"), "ann");
    assert_eq!(kept("primaryAddress.dob:..1989-12-31"), "bob");
}

#[test]
fn free_values_are_compared_by_what_they_are() {
    assert_eq!(kept("customFields.size:7.0"), "ann");
    assert_eq!(kept("customFields.size:7"), "ann bob");
    assert_eq!(kept("customFields.size:8..20"), "zoe");
    assert_eq!(kept("customFields.on:true"), "ann");
    assert_eq!(kept("customFields.foo:true,BAR"), "ann bob");
}

#[test]
fn a_backslash_takes_a_separator_for_what_it_is() {
    assert_eq!(kept(r"tags:a\;b\,c\:d"), "ann");
    assert_eq!(kept(r"tags:a\;b\,c:d;id:ann"), "ann");
    assert_eq!(kept(r"tags:a\b"), "");
}

#[test]
fn every_faulty_clause_is_reported() {
    assert_eq!(
        refused("fristName:Ann;id:ann;lifetimeRevenue:1,ten;isVip:yes;firstName:true;firstName"),
        [
            "in `fristName:Ann`: there is no field `fristName`, did you mean `firstName`?",
            "in `lifetimeRevenue:1,ten`: found `ten`, expected a number",
            "in `isVip:yes`: found `yes`, expected `true` or `false`",
            "in `firstName:true`: found `true`, expected a text other than `true` and `false`",
            "in `firstName`: found no colon, expected `field:value`",
        ]
    );
}

#[test]
fn what_cannot_be_meant_is_refused() {
    for (filter, said) in [
        ("id:..", "found a range without ends, expected at least one"),
        ("id:a,", "found an empty value, expected `null` where none is meant"),
        ("id:!", "found an empty value, expected `null` where none is meant"),
        ("id:!@friends", "there is no value list named `friends`"),
        ("isVip:false..true", "found `false..true`, expected `true` or `false`"),
        ("lifetimeRevenue:1..NaN", "found `1..NaN`, expected a number"),
        ("primaryAddress.dob:1990-02-30", "found `1990-02-30`, expected a day such as 2024-01-31"),
        (
            "createdTime:2024-01-31T12:00",
            "found `2024-01-31T12:00`, expected a date-time such as 2024-01-31T12:00:00Z or a day such as 2024-01-31",
        ),
        ("dob:null", "there is no field `dob`, did you mean `primaryAddress.dob`?"),
        ("createdtime:null", "there is no field `createdtime`, did you mean `createdTime`?"),
        (
            "lifetimeRevenue.amount.cents:1",
            "there is no field `lifetimeRevenue.amount.cents`, did you mean `lifetimeRevenue.amount`?",
        ),
    ] {
        assert_eq!(refused(filter), [format!("in `{filter}`: {said}")]);
    }
    let [all] = &refused("colour:red")[..] else { panic!("one error") };
    assert!(all.contains("`colour`, expected one of id, firstName, "), "{all}");
    assert!(all.ends_with("tags, customFields.<name>"), "{all}");
}

#[test]
fn ranges_agree_with_their_definition() {
    let ends = ["", "-1", "0", "9.5", "10", "99", "100", "1e3"];
    for (from, to) in ends.iter().flat_map(|from| ends.iter().map(move |to| (from, to))) {
        if from.is_empty() && to.is_empty() {
            continue;
        }
        let outside = |spent: f64| {
            from.parse().is_ok_and(|from: f64| spent < from)
                || to.parse().is_ok_and(|to: f64| spent > to)
        };
        let naive: Vec<&str> =
            people().iter().filter(|one| !outside(one.spent)).map(|one| one.id).collect();
        assert_eq!(kept(&format!("lifetimeRevenue:{from}..{to}")), naive.join(" "), "{from}..{to}");
    }
    let ends = ["", "A", "ann", "B", "bob", "c", "zo", "ZOË", "zz"];
    for (from, to) in ends.iter().flat_map(|from| ends.iter().map(move |to| (from, to))) {
        if from.is_empty() && to.is_empty() {
            continue;
        }
        let (low, high) = (from.to_lowercase(), to.to_lowercase());
        let inside =
            |name: &str| name >= low.as_str() && (high.is_empty() || name <= high.as_str());
        let naive: Vec<&str> = people()
            .iter()
            .filter(|one| one.name.is_some_and(|name| inside(&name.to_lowercase())))
            .map(|one| one.id)
            .collect();
        assert_eq!(kept(&format!("firstName:{from}..{to}")), naive.join(" "), "{from}..{to}");
    }
}

#[test]
fn every_word_of_a_search_is_part_of_some_text() {
    let found = |q: &str| {
        let search = Search::parse(q);
        listed(&Sort::default(), |block| search.kept(block, block.all()))
    };
    assert_eq!(found("NE"), "ann zoe");
    assert_eq!(found(" oë  OLD "), "zoe");
    assert_eq!(found("ann old"), "");
    assert_eq!(found("annnew"), "");
    assert_eq!(found(" "), "ann bob zoe nil");
}

#[test]
fn nulls_come_first_and_equals_keep_their_order() {
    assert_eq!(sorted("firstName"), "nil ann bob zoe");
    assert_eq!(sorted("-firstName"), "zoe bob ann nil");
    assert_eq!(sorted("lifetimeRevenue"), "ann nil bob zoe");
    assert_eq!(sorted("-isVip"), "bob ann zoe nil");
    assert_eq!(sorted("+isVip, -createdTime"), "zoe ann nil bob");
    assert_eq!(sorted("customFields.size"), "nil ann zoe bob");
    assert_eq!(sorted("-tags"), "bob ann zoe nil");
    assert_eq!(sorted(" ,, "), "ann bob zoe nil");
}

#[test]
fn every_unknown_field_of_an_order_is_reported() {
    let failure = Sort::parse(&names(), "-createTime,id,firstname").err();
    assert_eq!(
        messages(failure, "sort"),
        [
            "there is no field `createTime`, did you mean `createdTime`?",
            "there is no field `firstname`, did you mean `firstName`?",
        ]
    );
}

/// The guesses that a page of people leans on, beside that this field can be sorted by.
#[track_caller]
fn guessed(people: Vec<Person>, sort: &str, page: Range<usize>) -> String {
    let table = table(people);
    let sort = Sort::parse(&names(), sort).unwrap_or_else(|failure| panic!("{failure:?}"));
    let blocks = records(table.blocks());
    let sorted = sort.page(&blocks, &Chosen::from(&blocks, |block| block.all()), page);
    let names: BTreeSet<&str> = sorted.guesses.iter().map(|guess| guess.name).collect();
    names.into_iter().filter(|name| *name != "sort-any-field").collect::<Vec<_>>().join(" ")
}

fn named(names: &[&'static str]) -> Vec<Person> {
    let nobody = people().pop().unwrap();
    names.iter().map(|name| Person { id: name, name: Some(name), ..nobody.clone() }).collect()
}

#[test]
fn a_page_leans_on_its_own_ties_and_on_those_at_its_edges() {
    // Ann and the last one spent nothing, Bob and Zoë something.
    let spent = |page| guessed(people(), "lifetimeRevenue.amount", page);
    assert_eq!(spent(0..1), "sort-ties");
    assert_eq!(spent(1..4), "sort-ties");
    assert_eq!(spent(2..4), "");
    assert_eq!(spent(4..9), "");
    assert_eq!(guessed(people(), "lifetimeRevenue.amount,id", 0..4), "");
}

#[test]
fn a_page_leans_on_where_the_unset_stand_also_when_it_has_none_of_them() {
    let born = |page| guessed(people(), "primaryAddress.dob", page);
    assert_eq!(born(3..4), "sort-unset-first");
    assert_eq!(born(0..1), "sort-ties sort-unset-first");
    assert_eq!(guessed(people()[..2].to_vec(), "primaryAddress.dob", 0..1), "");
    // Among those who are alike, only whose turn it is.
    assert_eq!(guessed(people(), "lifetimeRevenue.amount,primaryAddress.dob", 2..4), "");
    assert_eq!(
        guessed(people(), "lifetimeRevenue.amount,primaryAddress.dob", 1..4),
        "sort-unset-first"
    );
}

#[test]
fn a_page_leans_on_letters_where_their_case_or_a_language_could_change_it() {
    let names = |names, page| guessed(named(names), "firstName", page);
    assert_eq!(names(&["ann", "bob", "cid"], 0..3), "");
    assert_eq!(names(&["Ann", "Bob", "Cid"], 0..3), "");
    // By case, Cid would stand first, and nobody else where they are.
    assert_eq!(names(&["ann", "bob", "Cid"], 0..1), "sort-texts");
    // Only the last two would change places.
    assert_eq!(names(&["ann", "bob", "Cid", "Bo"], 3..4), "sort-texts");
    assert_eq!(names(&["Ann", "bob", "Cid"], 0..1), "");
    assert_eq!(names(&["Ann", "bob", "Cid"], 1..2), "sort-texts");
    assert_eq!(names(&["Ann", "ANN"], 0..1), "sort-texts sort-ties");
    assert_eq!(names(&["ann", "zoë"], 0..1), "sort-texts");
    assert_eq!(guessed(named(&["zoë"]), "firstName", 0..1), "");
}

#[test]
fn a_page_leans_on_the_first_of_several_values() {
    let emails = |people: &[Person]| guessed(people.to_vec(), "primaryAddress.emails.value", 0..1);
    // Ann has two, Bob has one.
    assert_eq!(emails(&people()[..2]), "sort-first-value");
    assert_eq!(emails(&people()[..1]), "");
    assert_eq!(emails(&people()[1..3]), "sort-unset-first");
}

/// People of whom many are alike.
fn crowd() -> impl Strategy<Value = Vec<Person>> {
    let names = [None, Some("Ann"), Some("ann"), Some("Bob"), Some("Zoë")];
    let person =
        (select(names.to_vec()), 0..4_u8, any::<bool>(), subsequence(vec!["a", "B"], 0..3));
    vec(person, 0..400).prop_map(|crowd| {
        let nobody = people().pop().unwrap();
        let numbered = (0..).zip(crowd).map(|(number, (name, spent, vip, tags))| Person {
            id: NUMBERS[number],
            name,
            spent: spent.into(),
            vip,
            tags,
            ..nobody.clone()
        });
        numbered.collect()
    })
}

/// The ids of a crowd: texts that live as long as the test.
static NUMBERS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| (0..400).map(|number| &*number.to_string().leak()).collect());

proptest! {
    #[test]
    fn pages_of_many_agree_with_a_naive_reading(
        crowd in crowd(),
        filter in 0..FILTERS.len(),
        sort in 0..SORTS.len(),
        offset in 0..450_usize,
        limit in 0..450_usize,
    ) {
        let ((filter, keeps), (sort, compare)) = (FILTERS[filter], SORTS[sort]);
        let page = offset..offset + limit;
        let mut naive: Vec<&Person> = crowd.iter().filter(|one| keeps(one)).collect();
        naive.sort_by(|one, other| compare(one, other));
        let ties = (1..naive.len()).any(|nth| {
            compare(naive[nth - 1], naive[nth]).is_eq() && (page.contains(&nth) || page.contains(&(nth - 1)))
        });
        let expected: Vec<&str> =
            naive.iter().skip(offset).take(limit).map(|one| one.id).collect();

        let table = table(crowd.clone());
        let filter = Filter::parse(&names(), filter, "acme").unwrap();
        let blocks = records(table.blocks());
        let kept = Chosen::from(&blocks, |block| filter.kept(block));
        prop_assert_eq!(kept.len(), naive.len());
        let sorted = Sort::parse(&names(), sort).unwrap().page(&blocks, &kept, page);
        let rows = rows_at(&sorted.rows, table.blocks());
        prop_assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), expected);
        prop_assert_eq!(sorted.guesses.contains(&&SORT_TIES), ties);
    }
}

type Keeps = fn(&Person) -> bool;

const FILTERS: [(&str, Keeps); 5] = [
    ("", |_| true),
    ("firstName:ann,null", |one| one.name.is_none_or(|name| name.eq_ignore_ascii_case("ann"))),
    ("lifetimeRevenue:1..2;isVip:!true", |one| (1.0..=2.0).contains(&one.spent) && !one.vip),
    ("tags:a,!b", |one| one.tags == ["a"]),
    ("lifetimeRevenue.*:!0..1,!eur", |one| one.spent > 1.0),
];

type Compares = fn(&Person, &Person) -> Ordering;

const SORTS: [(&str, Compares); 5] = [
    ("", |_, _| Ordering::Equal),
    ("firstName", |one, other| folded(one.name).cmp(&folded(other.name))),
    ("-isVip,firstName", |one, other| {
        other.vip.cmp(&one.vip).then(folded(one.name).cmp(&folded(other.name)))
    }),
    ("createdTime,-lifetimeRevenue,id", |one, other| {
        other.spent.total_cmp(&one.spent).then(one.id.cmp(other.id))
    }),
    ("-tags", |one, other| {
        let first = |one: &Person| folded(one.tags.first().copied());
        first(other).cmp(&first(one))
    }),
];

fn folded(text: Option<&str>) -> Option<String> {
    text.map(str::to_lowercase)
}
