//! What a test puts there and takes away: as a fixture would have it, and
//! without a word to anybody.

use std::time::Duration;

use mock_rebilly::rebilly::model::Customer;
use mock_rebilly::{Builder, MockRebilly, Rebilly, Shelf, ShelfError};
use serde_json::{Value, json};

use crate::golden::golden;
use crate::support::{Api, Ask, caught, header};

/// What is wrong, a line for each: pointer and reason.
fn problems<T>(outcome: Result<T, ShelfError>) -> Vec<String> {
    let Err(error) = outcome else { panic!("it must be refused") };
    error.problems.iter().map(ToString::to_string).collect()
}

fn empty() -> MockRebilly {
    MockRebilly::builder().empty().without_socket()
}

/// Adds a document of a fixture file to the shelf of its kind.
fn add(rebilly: &MockRebilly, kind: &str, document: &Value) -> Result<(), ShelfError> {
    let document = document.clone();
    match kind {
        "customers" => rebilly.customers().try_add(document).map(drop),
        "tags" => rebilly.tags().try_add(document).map(drop),
        "customFields" => {
            let resource = document["resource"].as_str().unwrap_or("customers");
            let fields = rebilly.custom_fields(resource);
            fields.try_add(document).map(drop)
        }
        "websites" => rebilly.websites().try_add(document).map(drop),
        "attachments" => rebilly.attachments().try_add(document).map(drop),
        "paymentInstruments" => rebilly.payment_instruments().try_add(document).map(drop),
        "customEventTypes" => rebilly.custom_event_types().try_add(document).map(drop),
        "webhooks" => rebilly.webhooks().try_add(document).map(drop),
        other => panic!("there is no kind {other}"),
    }
}

/// A fixture with every kind in it; the documents that can go without an id do.
fn every_kind() -> Value {
    json!({
        "tags": [{ "name": "VIP", "createdTime": "2020-01-01T00:00:00Z" }],
        "customFields": [{ "name": "plan", "type": "string", "additionalSchema": { "default": "free" } }],
        "websites": [{ "name": "Shop", "url": "https://shop.example.com", "servicePhone": "1", "serviceEmail": "help@example.com" }],
        "paymentInstruments": [{ "method": "paypal" }],
        "customEventTypes": [{ "name": "called" }],
        "attachments": [{ "fileId": "file_1", "relatedType": "customer", "relatedId": "ada" }],
        "webhooks": [{ "method": "POST", "url": "http://localhost/hook", "credentialHash": "any", "createdTime": "2021-01-01T00:00:00Z" }],
        "customers": [
            { "locale": "de" },
            {
                "id": "ada", "createdTime": "2023-01-01T00:00:00Z", "revision": 7, "tags": ["vip", "New"],
                "primaryAddress": { "firstName": "Ada", "emails": [{ "label": "main", "value": "ada@engines.example" }] },
                "company": { "name": "Analytical Engines Ltd", "domain": "engines.example" },
                "taxNumbers": [{ "type": "eu-vat", "value": "GB1", "isValid": true }],
                "lifetimeRevenue": { "currency": "GBP", "amount": 12.5 },
                "creditBalances": [{ "currency": "GBP", "unallocatedAmount": 1.5 }],
                "leadSource": { "medium": "email", "original": { "medium": "cpc" } },
                "timeline": [{ "message": "Called.", "details": { "a": 2, "b": 1 } }, { "id": "tmln_1", "message": "Again." }]
            }
        ]
    })
}

#[test]
fn what_is_added_is_what_a_fixture_would_have_planted_to_the_last_id() {
    let mut fixture = every_kind();
    let rebilly = empty();
    let kinds = fixture.as_object_mut().unwrap().iter_mut();
    let documents = kinds
        .flat_map(|(kind, list)| list.as_array_mut().unwrap().iter_mut().map(move |it| (kind, it)));
    let mut documents: Vec<(&String, &mut Value)> = documents.collect();
    // A fixture is planted in the order of the file, which `Value` may have lost.
    documents.sort_by_key(|(kind, _)| (*kind == "customers", kind.as_str()));
    let mut text = Vec::new();
    for (kind, document) in &mut documents {
        document["organizationId"] = json!(Rebilly::ORGANIZATION);
        add(&rebilly, kind, document).unwrap();
        text.push(json!({ kind.as_str(): [document] }).to_string());
    }
    let builder = MockRebilly::builder().empty();
    let builder = text.iter().fold(builder, |builder, text| builder.fixture("part.json", text));
    let planted = builder.without_socket();

    let differences = rebilly.snapshot().diff(&planted.snapshot());
    assert!(differences.is_empty(), "{differences}");
    assert_eq!(rebilly.fingerprint(), planted.fingerprint());
    assert_eq!(rebilly.timeline("ada").ids(), planted.timeline("ada").ids());
    assert_eq!(
        rebilly.customers().one("ada").company.as_ref().unwrap().domain.as_deref(),
        Some("engines.example")
    );
}

#[test]
fn what_is_put_is_read_over_a_socket_and_nobody_is_told() {
    let rebilly = MockRebilly::builder()
        .rate_limit(1)
        .auto_advance(Duration::from_secs(1))
        .deliver_webhooks()
        .start_blocking();
    let api = Api::new(&rebilly);
    let acme = rebilly.organization("acme");

    acme.webhooks().put(
        "hook",
        json!({ "method": "POST", "url": "http://localhost/", "credentialHash": "any" }),
    );
    acme.customers()
        .put("bob", json!({ "primaryAddress": { "firstName": "Bob" }, "tags": ["New"] }));
    acme.timeline("bob").put("tmln_1", json!({ "message": "call back" }));
    acme.lead_source("bob").put(json!({ "medium": "email" }));
    acme.custom_fields("customers").put("plan", json!({ "type": "string" }));
    acme.websites().put(
        "web",
        json!({ "name": "Shop", "url": "u", "servicePhone": "1", "serviceEmail": "a@example.com" }),
    );
    acme.attachments()
        .put("att", json!({ "fileId": "f", "relatedType": "customer", "relatedId": "bob" }));
    acme.payment_instruments().put("inst", json!({ "method": "ach" }));
    acme.custom_event_types().put("type", json!({ "name": "called" }));
    acme.tags().put("tag", json!({ "name": "Old" }));

    let get = |path: &str| api.get(&format!("/organizations/acme{path}"), 200);
    assert_eq!(get("/customers/bob")["firstName"], "Bob");
    assert_eq!(get("/customers/bob")["tags"][0]["name"], "New");
    assert_eq!(get("/customers/bob/timeline/tmln_1")["message"], "call back");
    assert_eq!(get("/customers/bob/lead-source")["medium"], "email");
    assert_eq!(get("/custom-fields/customers/plan")["type"], "string");
    assert_eq!(get("/websites/web")["name"], "Shop");
    assert_eq!(get("/attachments/att")["relatedId"], "bob");
    assert_eq!(get("/payment-instruments/inst")["method"], "ach");
    assert_eq!(get("/customer-timeline-custom-events/type")["name"], "called");
    assert_eq!(get("/tags/old")["id"], "tag");
    assert_eq!(get("/webhooks/hook")["status"], "active");
    api.get("/customers/bob", 404);

    assert_eq!(rebilly.journal().len(), 12, "{}", rebilly.journal());
    assert!(acme.events().is_empty());
    assert!(rebilly.deliver_blocking().is_empty());
    assert_eq!(rebilly.now().to_string(), "2024-01-01T00:00:00Z");
    assert_eq!(acme.timeline("bob").len(), 2, "what is put tells of itself, and no more");
    let first =
        api.ask(&Ask::new("PUT", "/organizations/acme/customers/eve").key().json(&json!({})));
    assert_eq!(
        (first.status().as_u16(), header(&first, "x-ratelimit-remaining")),
        (201, Some("0"))
    );
}

#[test]
fn everything_can_be_removed_and_is_gone_for_clients() {
    let rebilly = empty();
    let fixture = every_kind();
    for kind in [
        "websites",
        "paymentInstruments",
        "customEventTypes",
        "attachments",
        "webhooks",
        "customers",
    ] {
        fixture[kind].as_array().unwrap().iter().for_each(|it| add(&rebilly, kind, it).unwrap());
    }
    add(&rebilly, "customFields", &json!({ "name": "free", "type": "string" })).unwrap();
    let api = Api::direct(&rebilly);
    let newest = |ids: Vec<String>| ids.into_iter().next().unwrap();

    let website = newest(rebilly.websites().ids());
    assert_eq!(rebilly.websites().remove(&website).id, website);
    api.get(&format!("/websites/{website}"), 404);
    let instrument = newest(rebilly.payment_instruments().ids());
    rebilly.payment_instruments().remove(&instrument);
    api.get(&format!("/payment-instruments/{instrument}"), 404);
    rebilly.custom_event_types().remove("called");
    assert_eq!(api.get("/customer-timeline-custom-events", 200), json!([]));
    rebilly.attachments().remove(&newest(rebilly.attachments().ids()));
    assert_eq!(api.get("/attachments", 200), json!([]));
    rebilly.webhooks().remove(&newest(rebilly.webhooks().ids()));
    assert_eq!(api.get("/webhooks", 200), json!([]));
    rebilly.custom_fields("customers").remove("free");
    api.get("/custom-fields/customers/free", 404);
    rebilly.timeline("ada").remove("tmln_1");
    api.get("/customers/ada/timeline/tmln_1", 404);
    rebilly.lead_source("ada").remove();
    api.get("/customers/ada/lead-source", 404);
    rebilly.tags().remove("vip");
    api.get("/tags/VIP", 404);
    let ada = rebilly.customers().remove("ada");
    assert_eq!((ada.tags.len(), ada.revision), (1, 7), "a tag goes without a word");
    api.get("/customers/ada", 404);
    api.get("/customers/ada/timeline", 404);
    assert!(rebilly.timeline("ada").is_empty());

    // Nothing of it is in the way of another.
    rebilly.customers().add(fixture["customers"][1].clone());
    assert_eq!(rebilly.timeline("ada").len(), 2);
    assert!(rebilly.events().is_empty());
}

#[test]
fn a_put_replaces_all_of_a_customer_but_when_it_was_created_and_its_place() {
    let rebilly = MockRebilly::start_blocking();
    let before = rebilly.customers().one("cus_grace");
    rebilly.advance(Duration::from_secs(60));

    let grace = rebilly.customers().put("cus_grace", json!({ "locale": "en" }));

    assert_eq!((grace.created_time, grace.revision), (before.created_time, 0));
    assert!(grace.primary_address.is_none() && grace.tags.is_empty());
    let timeline = rebilly.timeline("cus_grace").all();
    assert_eq!((timeline.len(), timeline[0].occurred_time), (1, before.created_time));
    assert_eq!(rebilly.customers().ids(), ["cus_lead", "cus_alan", "cus_grace", "cus_ada"]);
    rebilly.customers().put("cus_grace", json!({ "createdTime": "2024-01-01T00:00:30Z" }));
    assert_eq!(rebilly.customers().ids(), ["cus_grace", "cus_lead", "cus_alan", "cus_ada"]);
    rebilly.customers().put("bob", json!({}));
    assert_eq!(rebilly.customers().ids()[0], "bob");
}

#[test]
fn what_else_is_put_again_keeps_its_place_too() {
    let rebilly = empty();
    let hook = |url: &str| json!({ "method": "POST", "url": url, "credentialHash": "any" });
    let shop = |name: &str| json!({ "name": name, "url": "u", "servicePhone": "1", "serviceEmail": "a@example.com" });
    for id in ["a", "b"] {
        rebilly.webhooks().put(id, hook("http://localhost/"));
        rebilly.websites().put(id, shop("Shop"));
        rebilly.custom_event_types().put(id, json!({ "name": id }));
        rebilly.tags().put(id, json!({ "name": format!("tag {id}") }));
        rebilly.advance(Duration::from_secs(1));
    }
    rebilly.customers().put("ada", json!({}));
    rebilly.timeline("ada").put("m1", json!({ "message": "one" }));
    rebilly.advance(Duration::from_secs(1));
    rebilly.timeline("ada").put("m2", json!({ "message": "two" }));

    assert_eq!(
        rebilly.webhooks().put("a", hook("http://localhost/new")).url,
        "http://localhost/new"
    );
    assert_eq!(rebilly.websites().put("a", shop("Store")).name, "Store");
    assert_eq!(rebilly.custom_event_types().put("a", json!({ "name": "c" })).name, "c");
    assert_eq!(rebilly.tags().put("a", json!({ "name": "c" })).name, "c");
    assert_eq!(rebilly.timeline("ada").put("m1", json!({ "message": "uno" })).message, "uno");

    let lists = [
        rebilly.webhooks().ids(),
        rebilly.websites().ids(),
        rebilly.custom_event_types().ids(),
        rebilly.tags().ids(),
    ];
    assert_eq!(lists, [(); 4].map(|()| ["b".to_owned(), "a".to_owned()]));
    assert_eq!(rebilly.timeline("ada").ids()[..2], ["m2", "m1"]);
    assert_eq!(rebilly.webhooks().one("a").created_time.to_string(), "2024-01-01T00:00:00Z");
    assert_eq!(rebilly.websites().one("a").created_time.to_string(), "2024-01-01T00:00:00Z");
    assert!(rebilly.custom_event_types().get("a").is_some_and(|it| it.name == "c"));
}

#[test]
fn a_refused_document_changes_nothing_and_wastes_no_id() {
    let [rebilly, undisturbed] =
        [(); 2].map(|()| MockRebilly::builder().sequential_ids().without_socket());
    let before = rebilly.snapshot();
    let wrong = json!({
        "primaryAddress": { "country": "gb", "emails": [{ "value": "nobody" }] },
        "locale": "?", "color": "red", "tags": ["Brand new", "VIP", "vip"],
        "timeline": [{ "message": "fine" }, { "message": 7 }],
    });

    let error = rebilly.customers().try_put("cus_ada", wrong).unwrap_err();

    golden("put-refused.txt", &error.to_string());
    assert_eq!(error.problems[1].pointer, "/primaryAddress/country");
    assert!(rebilly.diff(&before).is_empty() && rebilly.fingerprint() == before.fingerprint());
    let [one, other] = [&rebilly, &undisturbed].map(|it| it.customers().add(json!({})).id.clone());
    assert_eq!(one, other);
}

#[test]
fn a_document_must_fit_where_it_is_put() {
    let rebilly = MockRebilly::start_blocking();
    let put = |id: &str, document: Value| problems(rebilly.customers().try_put(id, document));
    assert_eq!(put("b b", json!({})), ["/id: must be 1 to 50 letters, digits and @ ~ - . _"]);
    assert_eq!(
        put("bob", json!({ "id": "eve" })),
        ["/id: must be `bob`, under which it is put, or left out, but is `eve`"]
    );
    assert_eq!(put("bob", json!([])), ["must be an object, but is a list"]);
    assert_eq!(
        put("bob", json!({ "organizationId": "acme" })),
        ["it says that it belongs to acme"]
    );
    assert!(
        rebilly
            .customers()
            .try_put("bob", json!({ "id": "bob", "organizationId": "org_default" }))
            .is_ok()
    );
    assert_eq!(
        problems(rebilly.customers().try_add(json!({ "id": "bob" }))),
        ["/id: there is another customer with the id `bob`"]
    );
    assert_eq!(
        problems(rebilly.custom_fields("kittens").try_put("fur", json!({ "type": "string" })))[0]
            .split(',')
            .next(),
        Some("/resource: must be one of customers")
    );
    assert_eq!(
        problems(
            rebilly
                .custom_fields("websites")
                .try_put("a", json!({ "type": "string", "resource": "customers" }))
        ),
        ["/resource: must be `websites`, but is `customers`"]
    );
}

#[test]
fn a_timeline_takes_messages_of_its_customer_and_no_id_twice() {
    let rebilly = MockRebilly::start_blocking();
    let (ada, grace) = (rebilly.timeline("cus_ada"), rebilly.timeline("cus_grace"));
    let say = |text: &str| json!({ "message": text });

    let added = ada.add(say("one"));
    assert_eq!((added.customer_id.as_str(), added.occurred_time), ("cus_ada", rebilly.now()));
    assert_eq!(ada.all()[0].id, added.id, "it is the newest");
    assert_eq!(
        problems(grace.try_put("tmln_ada_call", say("x"))),
        ["/id: there is another message `tmln_ada_call`"]
    );
    assert_eq!(
        problems(ada.try_add(json!({ "id": "tmln_ada_call", "message": "x" }))),
        ["/id: there is another message `tmln_ada_call`"]
    );
    assert_eq!(problems(ada.try_add(json!({}))), ["/message: is required"]);
    assert_eq!(
        problems(rebilly.timeline("nobody").try_add(say("x"))),
        ["there is no customer `nobody`"]
    );

    // What a client has deleted is in nobody's way.
    Api::direct(&rebilly).delete("/customers/cus_ada/timeline/tmln_ada_call", 204);
    grace.put("tmln_ada_call", say("moved"));
    assert_eq!(
        problems(ada.try_put("tmln_ada_call", say("x"))),
        ["/id: there is another message `tmln_ada_call`"]
    );
}

#[test]
fn a_lead_source_is_there_or_not() {
    let rebilly = MockRebilly::start_blocking();
    let revision = rebilly.customers().one("cus_ada").revision;
    let source = rebilly.lead_source("cus_ada");

    let put = source.put(json!({ "medium": "mail", "createdTime": "2023-01-01T00:00:00Z" }));
    assert_eq!(put.original, put.latest, "what is put replaces the original, too");
    assert_eq!(source.one().latest.data.medium.as_deref(), Some("mail"));
    assert_eq!(rebilly.customers().one("cus_ada").revision, revision);
    assert_eq!(
        problems(source.try_put(json!({ "color": "red" })))[0].split(';').next(),
        Some("/color: is not known here")
    );
    source.remove();
    assert!(source.get().is_none());
    assert_eq!(problems(source.try_remove()), ["it is not there"]);
    assert_eq!(
        problems(rebilly.lead_source("nobody").try_put(json!({}))),
        ["there is no customer `nobody`"]
    );
}

#[test]
fn a_tag_is_known_by_its_name_and_is_the_same_on_everyone_who_carries_it() {
    let rebilly = MockRebilly::start_blocking();
    let vip = rebilly.tags().one("vip");

    let put = rebilly.tags().put("VIP", json!({ "name": "Very important" }));

    assert_eq!((put.id.as_str(), put.created_time), (vip.id.as_str(), vip.created_time));
    let ada = rebilly.customers().one("cus_ada");
    assert_eq!((ada.tags[0].name.as_str(), ada.revision), ("Very important", 4));
    assert!(rebilly.tags().get("VIP").is_none());
    Api::direct(&rebilly).get("/tags/very%20important", 200);
    assert_eq!(
        problems(rebilly.tags().try_put(&vip.id, json!({ "name": "newsletter" }))),
        [
            "/name: there is another tag `newsletter`; a tag stands before the customers that carry it"
        ]
    );
    assert_eq!(
        problems(rebilly.tags().try_put(&vip.id, json!({ "name": "x", "type": "aml-check" }))),
        [
            "/type: must be a tag of type customer, but \"x\" is of type aml-check, and customers carry it"
        ]
    );
    rebilly.tags().remove(&vip.id);
    assert_eq!(rebilly.customers().one("cus_ada").tags.len(), 1);
    assert_eq!(rebilly.customers().one("cus_ada").revision, 4);
    rebilly.tags().add(json!({ "name": "VIP", "type": "aml-check" }));
}

#[test]
fn what_something_needs_is_not_taken_away_or_made_unfit() {
    let rebilly = MockRebilly::start_blocking();
    let plan = rebilly.custom_fields("customers");
    plan.put("plan", json!({ "type": "string" }));
    assert_eq!(
        problems(rebilly.websites().try_remove("web_main")),
        ["website 'web_main' has customers"]
    );
    assert_eq!(
        problems(rebilly.payment_instruments().try_remove("inst_ada_card")),
        ["payment instrument 'inst_ada_card' is a customer's default"]
    );
    let in_use = "the schema of this custom field is in use, so";
    assert_eq!(
        problems(plan.try_remove("plan")),
        [format!("{in_use} it cannot be deleted before its values are removed")]
    );
    assert_eq!(
        problems(plan.try_put("plan", json!({ "type": "integer" }))),
        ["the type of a custom field cannot be changed: it is string, not integer"]
    );
    assert_eq!(
        problems(
            plan.try_put(
                "plan",
                json!({ "type": "string", "additionalSchema": { "maxLength": 1 } })
            )
        ),
        [format!("{in_use} its maxLength cannot be tightened before its values are removed")]
    );
    rebilly.customers().remove("cus_ada");
    rebilly.websites().remove("web_main");
    rebilly.payment_instruments().remove("inst_ada_card");
    plan.remove("plan");
}

#[test]
fn a_webhook_takes_what_was_due_to_it_along() {
    let rebilly = MockRebilly::builder().deliver_webhooks().without_socket();
    let hook = || json!({ "method": "POST", "url": "http://localhost/", "credentialHash": "any" });
    (0..25).for_each(|number| drop(rebilly.webhooks().put(&format!("hook_{number}"), hook())));
    assert_eq!(
        problems(rebilly.webhooks().try_put("one_more", hook())),
        ["/status: must be inactive: 25 webhooks are active, the most allowed"]
    );
    assert!(rebilly.webhooks().try_put("hook_0", hook()).is_ok(), "it is one of them");
    Api::direct(&rebilly).post("/customers", &json!({}), 201);

    rebilly.webhooks().ids().iter().for_each(|id| drop(rebilly.webhooks().remove(id)));

    assert!(rebilly.deliver_blocking().is_empty());
}

#[test]
fn ids_derive_from_what_is_put_and_how_often() {
    let ids = |builder: Builder<Rebilly>| {
        let rebilly = builder.empty().without_socket();
        [(); 2].map(|()| rebilly.customers().add(json!({ "locale": "en" })).id.clone())
    };
    let one = ids(MockRebilly::builder());
    assert_ne!(one[0], one[1]);
    assert_eq!(one, ids(MockRebilly::builder()));
    assert_ne!(one, ids(MockRebilly::builder().seed(7)));
    assert_eq!(
        ids(MockRebilly::builder().sequential_ids()),
        [1, 2].map(|n| format!("cus_{n:026}"))
    );

    // A put is in no call's way: the same call gets the same id with it and without it.
    let created = |before: &dyn Fn(&MockRebilly)| {
        let rebilly = empty();
        before(&rebilly);
        Api::direct(&rebilly).post("/customers", &json!({ "locale": "en" }), 201)["id"].clone()
    };
    let disturbed = created(&|rebilly| drop(rebilly.customers().add(json!({ "locale": "en" }))));
    assert_eq!(disturbed, created(&|_| {}));
}

#[test]
fn members_stand_in_the_order_of_their_names_whatever_the_build_does_to_values() {
    let rebilly = empty();
    let ada = rebilly
        .customers()
        .put("ada", json!({ "customFields": { "b": 1, "a": { "d": 1.5, "c": null } } }));
    assert_eq!(
        format!("{:?}", ada.custom_fields),
        r#"[("a", Object([("c", Null), ("d", Float(1.5))])), ("b", Whole(1))]"#
    );
}

#[test]
fn puts_of_an_order_independent_double_are_in_no_order() {
    let play = |ids: [&str; 3]| {
        let rebilly = MockRebilly::builder().empty().order_independent().without_socket();
        ids.iter().for_each(|id| drop(rebilly.customers().put(id, json!({}))));
        (rebilly.customers().ids(), rebilly.fingerprint())
    };
    assert_eq!(play(["a", "b", "c"]), play(["c", "a", "b"]));
}

#[test]
fn what_is_not_there_fails_the_test_where_it_asks_and_says_what_is() {
    let rebilly = MockRebilly::start_blocking();
    let said = [
        caught(|| rebilly.customers().one("cus_eve")),
        caught(|| rebilly.tags().one("vips")),
        caught(|| rebilly.timeline("cus_ada").one("tmln_none")),
        caught(|| rebilly.websites().one("shop")),
        caught(|| rebilly.organization("acme").webhooks().one("hook")),
        caught(|| rebilly.lead_source("cus_grace").one()),
        caught(|| {
            (0..30).for_each(|number| {
                drop(rebilly.customers().put(&format!("cus_{number}"), json!({})));
            });
            rebilly.customers().one("cus_eve")
        }),
        caught(|| rebilly.customers().remove("cus_eve")),
        caught(|| rebilly.lead_source("cus_grace").remove()),
        caught(|| rebilly.websites().remove("web_main")),
        caught(|| rebilly.timeline("cus_eve").add(json!({ "message": "x" }))),
    ];
    let lines: Vec<&str> = said.iter().map(|it| it.said.as_str()).collect();
    golden("one-missing.txt", &lines.join("\n"));
}

#[test]
fn a_panic_points_at_the_line_of_the_test() {
    let rebilly = MockRebilly::start_blocking();
    let (customers, source) = (rebilly.customers(), rebilly.lead_source("cus_grace"));
    let wrong = || json!({ "locale": 7 });
    let first = line!() + 2;
    let panics = [
        caught(|| customers.one("eve")),
        caught(|| customers.put("eve", wrong())),
        caught(|| customers.add(wrong())),
        caught(|| customers.remove("eve")),
        caught(|| source.one()),
        caught(|| source.put(json!({ "medium": 7 }))),
        caught(|| source.remove()),
    ];
    let lines: Vec<u32> = panics.iter().map(|it| it.line).collect();
    assert_eq!(lines, (first..first + 7).collect::<Vec<u32>>(), "{panics:?}");
    assert!(panics.iter().all(|it| it.file.ends_with("shelves.rs")), "{panics:?}");
}

#[test]
fn a_row_that_was_read_does_not_change_and_a_shelf_does() {
    let rebilly = MockRebilly::start_blocking();
    let customers: Shelf<'_, Rebilly, Customer> = rebilly.customers().clone();
    let before = customers.one("cus_alan");
    Api::new(&rebilly).put("/customers/cus_alan", &json!({ "locale": "de" }), 200);
    assert_eq!(
        (before.locale.as_deref(), customers.one("cus_alan").locale.as_deref()),
        (None, Some("de"))
    );
    assert!(!customers.is_empty());
    assert_eq!(customers.all().len(), customers.len());
}
