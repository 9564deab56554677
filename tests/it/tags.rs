//! What no conversation says of tags: fixtures, lengths, and the order of arrival.

use mock_rebilly::{Builder, MockRebilly, Rebilly};
use serde_json::{Value, json};

use crate::support::{Api, Ask, Way};

fn with(fixture: &str) -> Builder<Rebilly> {
    MockRebilly::builder().fixture("acme.json", fixture)
}

/// The names of a customer's tags, in its order.
fn tags(rebilly: &MockRebilly, id: &str) -> Vec<String> {
    let customer = rebilly.customer(id).unwrap();
    customer.tags.iter().map(|tag| tag.name.clone()).collect()
}

#[test]
fn a_tag_of_a_fixture_may_say_all_that_it_shows() {
    let rebilly = with(
        r#"{
            "tags": [
                { "id": "tag_vip", "name": "VIP", "type": "customer", "createdTime": "2020-01-02T03:04:05Z", "updatedTime": "2021-01-02T03:04:05Z", "_links": [] },
                { "name": "Passport", "type": "kyc-document", "createdTime": "2022-01-02T03:04:05Z" },
                { "name": "Bare" }
            ],
            "customers": [{ "id": "ada", "createdTime": "2023-01-01T00:00:00Z", "tags": ["vip", "New one"] }]
        }"#,
    )
    .without_socket();
    let api = Api::by(&rebilly, Way::Direct);
    assert_eq!(
        api.get("/tags/VIP", 200),
        json!({
            "id": "tag_vip", "name": "VIP", "type": "customer",
            "createdTime": "2020-01-02T03:04:05Z", "updatedTime": "2021-01-02T03:04:05Z",
            "_links": [{ "rel": "self", "href": "http://localhost/organizations/org_default/tags/VIP" }]
        })
    );
    let passport = api.get("/tags/Passport", 200);
    assert_eq!(passport["updatedTime"], "2022-01-02T03:04:05Z");
    assert_eq!(api.get("/tags/Bare", 200)["createdTime"], "2024-01-01T00:00:00Z");
    assert_eq!(tags(&rebilly, "ada"), ["VIP", "New one"]);
    assert_eq!(rebilly.customer("ada").unwrap().tags[0].id, "tag_vip");
    assert_eq!(api.get("/tags/new%20ONE", 200)["createdTime"], "2023-01-01T00:00:00Z");
    let names = api.get("/tags", 200);
    let names: Vec<&str> =
        names.as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Bare", "New one", "Passport", "VIP"], "the newest first");
}

#[test]
fn a_tag_that_a_fixture_makes_has_the_same_id_everywhere() {
    let one = with(r#"{ "customers": [{ "id": "ada", "tags": ["VIP"] }] }"#).without_socket();
    let two = with(r#"{ "tags": [{ "name": "vip" }] }"#).seed(7).without_socket();
    let id = |rebilly| Api::by(rebilly, Way::Direct).get("/tags/VIP", 200)["id"].clone();
    assert_eq!(id(&one), id(&two));
}

#[test]
fn a_tag_that_is_planted_does_not_take_the_place_of_one_that_had_its_name() {
    let rebilly = with(r#"{ "customers": [{ "id": "ada", "tags": ["VIP"] }] }"#).without_socket();
    let api = Api::direct(&rebilly);
    let gold =
        api.expect(&Ask::new("PATCH", "/tags/VIP").key().json(&json!({ "name": "Gold" })), 200);

    rebilly.customers().put("bob", json!({ "tags": ["VIP"] }));

    assert_eq!(api.get("/tags/Gold", 200)["id"], gold["id"]);
    assert_ne!(api.get("/tags/VIP", 200)["id"], gold["id"]);
    assert_eq!(
        (tags(&rebilly, "ada"), tags(&rebilly, "bob")),
        (vec!["Gold".into()], vec!["VIP".into()])
    );
}

#[test]
fn a_tag_may_belong_to_one_organization() {
    let rebilly = with(
        r#"{ "tags": [
            { "name": "Ours", "organizationId": "acme" }, { "name": "Ours", "organizationId": "umbrella" }, { "name": "Everyone's" }
        ] }"#,
    );
    let error = rebilly.try_start().unwrap_err().to_string();
    assert!(error.starts_with("acme.json: /tags/2/name: must be letters"), "{error}");

    let rebilly = with(
        r#"{ "tags": [
            { "name": "Ours", "organizationId": "acme" }, { "name": "ours", "organizationId": "umbrella" }, { "name": "All" }
        ] }"#,
    )
    .without_socket();
    let api = Api::by(&rebilly, Way::Direct);
    let names = |path: &str| {
        let tags = api.get(&format!("{path}?sort=name"), 200);
        tags.as_array().unwrap().iter().map(|tag| tag["name"].clone()).collect::<Vec<Value>>()
    };
    assert_eq!(names("/organizations/acme/tags"), ["All", "Ours"]);
    assert_eq!(names("/organizations/umbrella/tags"), ["All", "ours"]);
    assert_eq!(names("/tags"), ["All"]);
}

#[test]
fn fixtures_are_held_to_the_rules_of_requests_and_to_what_can_be_meant() {
    let refusals = [
        (r#"{ "tags": [{}] }"#, "/tags/0/name: is required"),
        (
            r#"{ "tags": [{ "name": "a/b" }] }"#,
            "/tags/0/name: must be letters, digits, spaces and @ ~ - . _ +",
        ),
        (
            r#"{ "tags": [{ "name": "a", "type": "invoice" }] }"#,
            "/tags/0/type: must be one of customer, kyc-document, aml-check, but is \"invoice\"",
        ),
        (
            r#"{ "tags": [{ "name": "a", "id": "x y" }] }"#,
            "/tags/0/id: must be 1 to 50 letters, digits and @ ~ - . _",
        ),
        (
            r#"{ "tags": [{ "name": "a", "colour": "red" }] }"#,
            "/tags/0/colour: is not known here; known are id, organizationId, name, type, createdTime, updatedTime",
        ),
        (
            r#"{ "tags": [{ "name": "a", "createdTime": "soon" }] }"#,
            "/tags/0/createdTime: must be an RFC 3339 date-time, but is \"soon\"",
        ),
        (
            r#"{ "tags": [{ "name": "a" }, { "name": "A" }] }"#,
            "/tags/1/name: there is another tag `A`; a tag stands before the customers that carry it",
        ),
        (
            r#"{ "customers": [{ "tags": ["a"] }], "tags": [{ "name": "a" }] }"#,
            "/tags/0/name: there is another tag `a`; a tag stands before the customers that carry it",
        ),
        (
            r#"{ "tags": [{ "name": "a", "id": "t" }, { "name": "b", "id": "t" }] }"#,
            "/tags/1/id: there is another tag with the id `t`",
        ),
        (
            r#"{ "tags": [{ "name": "a", "type": "aml-check" }], "customers": [{ "tags": ["A"] }] }"#,
            "/customers/0/tags: must be a tag of type customer, but \"a\" is of type aml-check",
        ),
        (
            r#"{ "customers": [{ "tags": ["a", "A"] }] }"#,
            "/customers/0/tags: names the tag `a` twice",
        ),
        (
            r#"{ "customers": [{ "tags": ["a/b"] }] }"#,
            "/customers/0/tags/0: must be letters, digits, spaces and @ ~ - . _ +",
        ),
        (
            r#"{ "tag": [{ "name": "a" }] }"#,
            "/tag/0: there is no kind `tag`; the kinds are: attachments, customers, customEventTypes, customFields, paymentInstruments, tags, webhooks, websites",
        ),
    ];
    for (fixture, reason) in refusals {
        let error = with(fixture).try_start().unwrap_err();
        assert_eq!(error.to_string(), format!("acme.json: {reason}"), "{fixture}");
    }
}

#[test]
fn a_thousand_customers_are_tagged_at_once_and_not_one_more() {
    let rebilly = with(
        r#"{ "tags": [{ "name": "VIP" }], "customers": [{ "id": "c999" }, { "id": "c1000" }] }"#,
    )
    .without_socket();
    let api = Api::by(&rebilly, Way::Direct);
    let body = |count: usize| json!({ "customerIds": (0..count).map(|number| format!("c{number}")).collect::<Vec<_>>() });
    let refused = api.post("/tags/VIP/customers", &body(1_001), 422);
    assert_eq!(
        refused["invalidFields"],
        json!([{ "field": "customerIds", "message": "must have 1 to 1000 items, but has 1001" }])
    );
    assert!(tags(&rebilly, "c999").is_empty());
    api.post("/tags/VIP/customers", &body(1_000), 204);
    assert_eq!((tags(&rebilly, "c999").len(), tags(&rebilly, "c1000").len()), (1, 0));
    let untag = |count| Ask::new("DELETE", "/tags/VIP/customers").key().json(&body(count));
    api.expect(&untag(1_001), 422);
    api.expect(&untag(1_000), 204);
    assert!(tags(&rebilly, "c999").is_empty());
}

/// Tags of one moment stand in an order that does not tell who came first.
#[test]
fn the_order_of_arrival_leaves_no_trace_when_a_test_wants_none() {
    let ground = r#"{ "tags": [{ "name": "A" }, { "name": "B" }, { "name": "C" }], "customers": [{ "id": "ada" }, { "id": "bob" }] }"#;
    let calls = ["/tags/A/customers/ada", "/tags/B/customers/ada", "/tags/C/customers/ada"];
    let after = |order: [usize; 3]| {
        let rebilly = with(ground).order_independent().without_socket();
        let api = Api::by(&rebilly, Way::Direct);
        for index in order {
            api.expect(&Ask::new("POST", calls[index]).key(), 204);
        }
        (api.get("/customers/ada", 200), api.get("/customers/ada/timeline", 200))
    };
    let orders = [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    let first = after([0, 1, 2]);
    for order in orders {
        assert_eq!(after(order), first, "{order:?}");
    }
    // Otherwise the first to come stands first.
    let rebilly = with(ground).without_socket();
    let api = Api::by(&rebilly, Way::Direct);
    for index in [2, 0, 1] {
        api.expect(&Ask::new("POST", calls[index]).key(), 204);
    }
    assert_eq!(tags(&rebilly, "ada"), ["C", "A", "B"]);
}

/// A snapshot that a test has taken is not rewritten by a later rename.
#[test]
fn what_was_seen_of_a_customer_stays_as_it_was() {
    let rebilly = with(r#"{ "customers": [{ "id": "ada", "tags": ["VIP"] }] }"#).without_socket();
    let api = Api::by(&rebilly, Way::Direct);
    let before = rebilly.customer("ada").unwrap();
    assert_eq!(api.get("/customers/ada", 200)["tags"][0]["name"], "VIP");
    let rename = Ask::new("PATCH", "/tags/VIP").key().json(&json!({ "name": "Gold" }));
    api.expect(&rename, 200);
    assert_eq!(before.tags[0].name, "VIP");
    assert_eq!(api.get("/customers/ada", 200)["tags"][0]["name"], "Gold");
}

/// What the answers lean on is told call by call.
#[test]
fn each_guess_about_tags_is_noted_where_it_is_made() {
    let rebilly = with(
        r#"{
            "tags": [{ "id": "tag_vip", "name": "VIP" }, { "name": "Passport", "type": "kyc-document" }],
            "customers": [{ "id": "ada" }, { "id": "bob", "tags": ["VIP"] }]
        }"#,
    )
    .without_socket();
    let api = Api::by(&rebilly, Way::Direct);
    let leans = |ask: Ask, status: u16| {
        api.expect(&ask.key(), status);
        let journal = rebilly.journal();
        let last = journal.iter().last().unwrap();
        last.assumed().into_iter().map(|rule| rule.name).collect::<Vec<_>>().join(" ")
    };
    let post = |path: &str| Ask::new("POST", path);
    let patch = |path: &str| Ask::new("PATCH", path);
    let delete = |path: &str| Ask::new("DELETE", path);
    let ids = |ids: &[&str]| json!({ "customerIds": ids });
    let name = |name: &str| json!({ "name": name, "type": "customer" });

    assert_eq!(leans(post("/tags").json(&name("Typed")), 201), "");
    assert_eq!(leans(post("/tags").json(&name("Typed")), 409), "");
    assert_eq!(leans(post("/tags").json(&json!({ "name": "Bare" })), 201), "tag-type");
    assert_eq!(leans(post("/tags").json(&name("Passport")), 409), "tag-taken");

    assert_eq!(leans(Ask::new("GET", "/tags/VIP"), 200), "");
    assert_eq!(leans(Ask::new("GET", "/tags/tag_vip"), 200), "tag-by-id");
    assert_eq!(leans(Ask::new("GET", "/tags/nothing"), 404), "");

    assert_eq!(leans(post("/tags/VIP/customers/ada"), 204), "tag-counts");
    assert_eq!(leans(post("/tags/VIP/customers/ada"), 204), "tag-twice");
    assert_eq!(leans(delete("/tags/VIP/customers/ada"), 204), "tag-counts");
    assert_eq!(leans(delete("/tags/VIP/customers/ada"), 204), "tag-twice");
    assert_eq!(leans(post("/tags/VIP/customers/nobody"), 404), "");
    assert_eq!(leans(post("/tags/Passport/customers/ada"), 422), "tag-misfit");
    assert_eq!(leans(delete("/tags/Passport/customers/ada"), 204), "tag-misfit");

    let (many, passport) = ("/tags/VIP/customers", "/tags/Passport/customers");
    assert_eq!(leans(post(many).json(&ids(&["bob"])), 204), "");
    assert_eq!(leans(post(many).json(&ids(&["nobody"])), 204), "tag-strangers");
    assert_eq!(leans(post(many).json(&ids(&["ada"])), 204), "tag-counts");
    assert_eq!(leans(post(many).json(&ids(&[])), 422), "");
    assert_eq!(leans(post("/tags/no/customers").json(&ids(&["ada"])), 404), "tag-unknown");
    assert_eq!(leans(post(passport).json(&ids(&["ada"])), 422), "tag-misfit");
    assert_eq!(leans(delete(many).json(&ids(&["ada"])), 204), "tag-counts");

    assert_eq!(leans(patch("/tags/VIP").json(&name("Passport")), 409), "tag-taken");
    assert_eq!(leans(patch("/tags/VIP").json(&name("Gold")), 200), "tag-counts");
    assert_eq!(leans(patch("/tags/Bare").json(&name("Silver")), 200), "");
    assert_eq!(leans(delete("/tags/Silver"), 204), "");
    assert_eq!(leans(delete("/tags/Gold"), 204), "tag-counts");
}
