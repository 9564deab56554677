//! The strategies of feature `proptest`: what is valid is taken, what is not is
//! refused for the field that it names, and both also after shrinking.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use form_urlencoded::byte_serialize;
use mock_rebilly::MockRebilly;
use mock_rebilly::strategies::{Invalid, invalid, valid};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::{Just, Strategy};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::support::{Api, Ask};

/// How often each strategy is asked.
const CASES: usize = 300;
/// How often what it gives is made simpler.
const STEPS: usize = 60;

/// Every value that a strategy gives, always the same ones, and what they shrink to.
fn each<S: Strategy>(strategy: &S, mut see: impl FnMut(S::Value)) {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    for case in 0..CASES {
        let mut tree = strategy.new_tree(&mut runner).unwrap();
        see(tree.current());
        // A walk to the simplest, one in eight times.
        for _ in 0..if case % 8 == 0 { STEPS } else { 0 } {
            if !tree.simplify() {
                break;
            }
            see(tree.current());
        }
    }
}

/// A world that every question is asked in, and how to ask.
struct World {
    rebilly: MockRebilly,
}

impl World {
    fn new() -> World {
        let rebilly = MockRebilly::builder()
            .fixture("ground.json", r#"{ "customers": [{ "id": "ada" }] }"#)
            .without_socket();
        World { rebilly }
    }

    #[track_caller]
    fn takes(&self, ask: &Ask) {
        let answer = Api::direct(&self.rebilly).ask(ask);
        let body = String::from_utf8_lossy(answer.body());
        assert!(answer.status().is_success(), "{ask:?}\n{body}");
    }

    /// For this field and for no other, once for each rule that it breaks.
    #[track_caller]
    fn refuses(&self, ask: &Ask, field: &str) {
        let problem = Api::direct(&self.rebilly).expect(ask, 422);
        let fields = problem["invalidFields"].as_array().unwrap().iter().map(|it| &it["field"]);
        let mut fields: Vec<_> = fields.collect();
        fields.dedup();
        assert_eq!(fields, [field], "{ask:?}\n{problem}");
    }
}

fn post(target: &str, body: &Value) -> Ask {
    Ask::new("POST", target).key().json(body)
}

fn put(target: &str, body: &Value) -> Ask {
    Ask::new("PUT", target).key().json(body)
}

fn get(target: &str, pairs: &[(&str, &str)]) -> Ask {
    let pairs = pairs.iter().map(|(name, value)| {
        format!("{name}={}", byte_serialize(value.as_bytes()).collect::<String>())
    });
    Ask::new("GET", &format!("{target}?{}", pairs.collect::<Vec<_>>().join("&"))).key()
}

fn path(prefix: &str, name: &str) -> String {
    format!("{prefix}/{}", utf8_percent_encode(name, NON_ALPHANUMERIC))
}

/// Bodies: how they are asked with, those that are valid, and those that are not.
#[track_caller]
fn bodies(
    ask: impl Fn(&Value) -> Ask,
    valid: &impl Strategy<Value = Value>,
    invalid: &impl Strategy<Value = Invalid<Value>>,
) {
    let world = World::new();
    each(valid, |body| world.takes(&ask(&body)));
    let fields = RefCell::new(BTreeSet::new());
    each(invalid, |it| {
        world.refuses(&ask(&it.input), &it.field);
        fields.borrow_mut().insert(it.field);
    });
    assert!(fields.borrow().len() > 1, "{fields:?}");
}

/// The same of what stands in a list of a customer, such as `primaryAddress.emails`.
#[track_caller]
fn entries(
    list: &str,
    valid: &impl Strategy<Value = Value>,
    invalid: &impl Strategy<Value = Invalid<Value>>,
) {
    let within =
        |entry: Value| list.rsplit('.').fold(json!([entry]), |value, name| json!({ name: value }));
    let world = World::new();
    each(valid, |entry| world.takes(&post("/customers", &within(entry))));
    each(invalid, |it| {
        let below = if it.field.is_empty() { String::new() } else { format!(".{}", it.field) };
        world.refuses(&post("/customers", &within(it.input)), &format!("{list}.0{below}"));
    });
}

#[test]
fn customers() {
    bodies(|body| post("/customers", body), &valid::customer(), &invalid::customer());
    bodies(|body| put("/customers/ada", body), &valid::customer(), &invalid::customer());
}

#[test]
fn contacts() {
    let valid = valid::contact().prop_map(|contact| json!({ "primaryAddress": contact }));
    let invalid = invalid::contact().prop_map(|contact| contact.within("primaryAddress"));
    bodies(|body| post("/customers", body), &valid, &invalid);
}

#[test]
fn emails_phone_numbers_and_tax_numbers() {
    entries("primaryAddress.emails", &valid::email(), &invalid::email());
    entries("primaryAddress.phoneNumbers", &valid::phone_number(), &invalid::phone_number());
    entries("taxNumbers", &valid::tax_number(), &invalid::tax_number());
    let whole = invalid::email_address().prop_map(|address| json!(address));
    let valid = valid::email_address().prop_map(|address| json!(address));
    let world = World::new();
    let body = |address: &Value| post("/customers", &json!({ "notificationEmails": [address] }));
    each(&valid, |address| world.takes(&body(&address)));
    each(&whole, |address| world.refuses(&body(&address), "notificationEmails.0"));
}

#[test]
fn lead_sources() {
    let ask = |body: &Value| put("/customers/ada/lead-source", body);
    bodies(ask, &valid::lead_source(), &invalid::lead_source());
}

#[test]
fn comments() {
    let ask = |body: &Value| post("/customers/ada/timeline", body);
    bodies(ask, &valid::comment(), &invalid::comment());
}

#[test]
fn custom_events() {
    let world = World::new();
    world.takes(&post("/customer-timeline-custom-events", &json!({ "name": "called" })));
    let ask = |body: &Value| post("/customers/ada/timeline", body);
    each(&valid::custom_event("called"), |body| world.takes(&ask(&body)));
    each(&invalid::custom_event("called"), |it| world.refuses(&ask(&it.input), &it.field));
}

#[test]
fn tags() {
    // Each in a world of its own, where no other has its name.
    each(&valid::tag(), |body| World::new().takes(&post("/tags", &body)));
    let world = World::new();
    each(&invalid::tag(), |it| world.refuses(&post("/tags", &it.input), &it.field));
    each(&valid::tag_name(), |name| {
        let world = World::new();
        world.takes(&post("/tags", &json!({ "name": name, "type": "customer" })));
        world.takes(&get(&path("/tags", &name), &[]));
        world.takes(&post(&(path("/tags", &name) + "/customers/ada"), &json!({})));
    });
    each(&invalid::tag_name(), |it| {
        world.refuses(&post("/tags", &json!({ "name": it.input, "type": "customer" })), &it.field);
    });
}

#[test]
fn taggings_of_many() {
    let world = World::new();
    world.takes(&post("/tags", &json!({ "name": "many", "type": "customer" })));
    for method in ["POST", "DELETE"] {
        let ask = |body: &Value| Ask::new(method, "/tags/many/customers").key().json(body);
        each(&valid::tagging(), |body| world.takes(&ask(&body)));
        each(&invalid::tagging(), |it| world.refuses(&ask(&it.input), &it.field));
    }
}

#[test]
fn custom_event_types() {
    let ask = |body: &Value| post("/customer-timeline-custom-events", body);
    // Each in a world of its own, where no other has its name.
    each(&valid::custom_event_type(), |body| World::new().takes(&ask(&body)));
    let world = World::new();
    each(&invalid::custom_event_type(), |it| world.refuses(&ask(&it.input), &it.field));
}

#[test]
fn ids() {
    let world = World::new();
    each(&valid::id(), |id| {
        world.takes(&put(&path("/customers", &id), &json!({})));
        assert!(world.rebilly.customer(&id).is_some(), "{id}");
    });
    each(&invalid::id(), |it| {
        world.refuses(&put(&path("/customers", &it.input), &json!({})), &it.field);
    });
}

#[test]
fn definitions_of_custom_fields() {
    let plain = json!({ "type": "boolean" });
    let world = World::new();
    each(&valid::custom_field_name(), |name| {
        world.takes(&put(&path("/custom-fields/customers", &name), &plain));
    });
    each(&invalid::custom_field_name(), |it| {
        world.refuses(&put(&path("/custom-fields/customers", &it.input), &plain), &it.field);
    });
    // A field keeps its type, so each definition is one of a new field.
    let number = RefCell::new(0);
    let ask = |body: &Value| {
        *number.borrow_mut() += 1;
        put(&format!("/custom-fields/customers/field-{}", number.borrow()), body)
    };
    bodies(ask, &valid::custom_field(), &invalid::custom_field());
}

#[test]
fn values_of_custom_fields() {
    let field = |value: Value| json!({ "customFields": { "it": value } });
    let fits = valid::custom_field().prop_flat_map(|definition| {
        let value = valid::custom_value(&definition);
        (Just(definition), value)
    });
    let kinds = RefCell::new(BTreeMap::<String, usize>::new());
    let with = |definition: &Value| {
        let mut definition = definition.clone();
        definition["isEnabled"] = json!(true);
        let world = World::new();
        world.takes(&put("/custom-fields/customers/it", &definition));
        *kinds.borrow_mut().entry(definition["type"].to_string()).or_default() += 1;
        world
    };
    each(&fits, |(definition, value)| with(&definition).takes(&post("/customers", &field(value))));
    let unfit = valid::custom_field().prop_flat_map(|definition| {
        let value = invalid::custom_value(&definition);
        (Just(definition), value)
    });
    each(&unfit, |(definition, value)| {
        let customer = value.within("customFields.it");
        with(&definition).refuses(&post("/customers", &customer.input), &customer.field);
    });
    assert_eq!(kinds.borrow().len(), 8, "{kinds:?}");
}

#[test]
#[should_panic(expected = "texts that match /^x/ cannot be made up")]
fn a_pattern_of_ones_own_is_not_guessed_at() {
    let definition = json!({ "type": "string", "additionalSchema": { "pattern": "/^x/" } });
    drop(valid::custom_value(&definition));
}

#[test]
fn pages_filters_and_orders() {
    let world = World::new();
    let list = |pairs: &[(&str, &str)]| get("/customers", pairs);
    let borrowed = |pairs: &[(&'static str, String)]| {
        list(&pairs.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>())
    };
    each(&valid::paging(), |pairs| world.takes(&borrowed(&pairs)));
    each(&invalid::paging(), |it| world.refuses(&borrowed(&it.input), &it.field));
    each(&valid::filter(), |filter| world.takes(&list(&[("filter", &filter)])));
    each(&invalid::filter(), |it| world.refuses(&list(&[("filter", &it.input)]), &it.field));
    each(&valid::sort(), |sort| world.takes(&list(&[("sort", &sort)])));
    each(&invalid::sort(), |it| world.refuses(&list(&[("sort", &it.input)]), &it.field));
}

/// What a strategy shrinks to when everything it gives is a failure.
fn simplest<T: Debug>(strategy: &impl Strategy<Value = T>) -> Vec<T> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let shrunk = |runner: &mut TestRunner| {
        let mut tree = strategy.new_tree(runner).unwrap();
        while tree.simplify() {}
        tree.current()
    };
    (0..20).map(|_| shrunk(&mut runner)).collect()
}

#[test]
fn the_simplest_of_all_is_next_to_nothing() {
    assert!(simplest(&valid::customer()).iter().all(|it| *it == json!({})));
    assert!(simplest(&valid::contact()).iter().all(|it| *it == json!({})));
    assert!(simplest(&valid::id()).iter().all(|it| it == "a"));
    assert!(simplest(&valid::comment()).iter().all(|it| *it == json!({ "message": "a" })));
    assert!(simplest(&valid::filter()).iter().all(String::is_empty));
    // One thing is still wrong, and nothing else is left.
    for it in simplest(&invalid::contact()) {
        let members = it.input.as_object().unwrap();
        assert_eq!(members.len(), 1, "{it:?}");
        assert!(it.field.starts_with(members.keys().next().unwrap().as_str()), "{it:?}");
    }
}

#[test]
fn every_part_of_a_customer_is_spoilt_now_and_then() {
    let mut fields = BTreeSet::new();
    each(&invalid::customer(), |it| {
        fields.insert(it.field.replace(|letter: char| letter.is_ascii_digit(), "#"));
    });
    for field in [
        "customFields",
        "leadSource",
        "leadSource.referrer",
        "locale",
        "notificationEmails.#",
        "personId",
        "primaryAddress",
        "primaryAddress.country",
        "primaryAddress.dob",
        "primaryAddress.emails.#.value",
        "primaryAddress.firstName",
        "primaryAddress.phoneNumbers.#.label",
        "primaryAddress.postalCode",
        "taxNumbers.#.type",
        "websiteId",
    ] {
        assert!(fields.contains(field), "{field} is not among {fields:?}");
    }
}
