//! Definitions of custom fields in fixtures, and as a test author sees them.

use mock_rebilly::MockRebilly;
use mock_rebilly::rebilly::model::CustomFieldType;
use serde_json::json;

use crate::support::{Api, Ask};

const TIER: &str = r#"{ "name": "tier", "type": "string",
    "additionalSchema": { "allowedValues": ["gold", "silver"], "default": "silver" } }"#;

#[test]
fn a_planted_definition_counts_for_customers_planted_after_it_and_for_requests() {
    let text = format!(
        r#"{{ "customFields": [{TIER}],
              "customers": [{{ "id": "ada", "customFields": {{ "tier": "gold" }} }}, {{ "id": "bob" }}] }}"#
    );
    let rebilly = MockRebilly::builder().empty().fixture("acme.json", &text).start_blocking();
    let api = Api::new(&rebilly);

    let acme = rebilly.organization("acme");
    let bob = acme.customers().one("bob");
    assert_eq!(format!("{:?}", bob.custom_fields), r#"[("tier", Text("silver"))]"#);
    let tier = acme.custom_fields("customers").one("tier");
    assert_eq!((tier.kind, tier.is_enabled), (CustomFieldType::String, true));

    let refused = api.put(
        "/organizations/acme/customers/ada",
        &json!({ "customFields": { "tier": "tin" } }),
        422,
    );
    assert_eq!(refused["invalidFields"][0]["field"], "customFields.tier");
    let delete = Ask::new("DELETE", "/organizations/acme/custom-fields/customers/tier").key();
    api.expect(&delete, 409);
}

#[test]
fn a_definition_of_one_organization_is_not_anothers() {
    let text = r#"{ "customFields": [{ "organizationId": "acme", "resource": "websites", "name": "theme", "type": "string" }] }"#;
    let rebilly = MockRebilly::builder().empty().fixture("acme.json", text).start_blocking();
    let api = Api::direct(&rebilly);

    api.get("/organizations/acme/custom-fields/websites/theme", 200);
    api.get("/organizations/acme/custom-fields/customers/theme", 404);
    api.get("/organizations/other/custom-fields/websites/theme", 404);
}

#[test]
fn a_bad_definition_and_what_breaks_a_good_one_stop_the_start() {
    let text = format!(
        r#"{{ "customFields": [{TIER}, {TIER},
                {{ "resource": "websites", "name": "theme", "type": "string" }},
                {{ "resource": "kittens", "name": "two words", "type": "integer", "required": true,
                   "additionalSchema": {{ "maxLength": 7, "minimum": 2, "default": 1 }} }}],
              "customers": [{{ "id": "ada", "customFields": {{ "tier": "tin" }} }}],
              "websites": [{{ "name": "Shop", "url": "https://shop.example.com", "servicePhone": "1",
                "serviceEmail": "help@example.com", "customFields": {{ "tier": "tin", "theme": 7 }} }}] }}"#
    );
    let error = MockRebilly::builder().empty().fixture("acme.json", &text).try_start();
    let Err(error) = error else { panic!("it is refused") };
    let said = error.to_string();
    let places = [
        "/customFields/1/name: there is another custom field `tier` of customers",
        "/customFields/3/required: is not known here",
        "/customFields/3/resource: must be the name of a resource that has custom fields",
        "/customFields/3/name: must be letters, digits, _ and -",
        "/customFields/3/additionalSchema/default: must be at least 2, but is 1",
        "/customFields/3/additionalSchema/maxLength: is not known here",
        "/customers/0/customFields/tier: must be one of gold, silver, but is \"tin\"",
        "/websites/0/customFields/theme: must be a string, but is a number",
    ];
    for place in places {
        assert!(said.contains(place), "`{place}` is not in {said}");
    }
    assert_eq!(said.matches("acme.json: ").count(), places.len(), "{said}");
}

#[test]
fn defining_a_field_leans_on_no_guess_and_holding_customers_to_it_does() {
    let rebilly = MockRebilly::builder().empty().deny_assumed().without_socket();
    let api = Api::direct(&rebilly);
    let tier = json!({ "type": "string", "additionalSchema": { "maxLength": 9 } });
    api.put("/custom-fields/customers/tier", &tier, 201);
    api.get("/custom-fields/customers/tier", 200);
    api.get("/custom-fields/customers", 200);
    drop(rebilly); // which fails the test if one of them was a guess

    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    api.put("/custom-fields/customers/tier", &tier, 201);
    api.put("/customers/ada", &json!({ "customFields": { "tier": "gold", "free": 1 } }), 201);
    let journal = rebilly.journal();
    let rules = journal.last().expect("it was just made").assumed();
    let names: Vec<&str> = rules.iter().map(|rule| rule.name).collect();
    assert_eq!(names, ["free-custom-fields", "defined-custom-fields"]);
}

#[test]
fn organizations_that_share_fixtures_filter_them_by_their_own_definitions() {
    let text =
        r#"{ "customers": [{ "id": "a", "customFields": { "code": "2024-01-01t00:00:00Z" } }] }"#;
    let rebilly = MockRebilly::builder().empty().fixture("all.json", text).without_socket();
    let api = Api::direct(&rebilly);
    let found = |organization: &str| {
        let path = "customers?filter=customFields.code:2024-01-01";
        api.get(&format!("/organizations/{organization}/{path}"), 200).as_array().unwrap().len()
    };
    api.put("/organizations/one/custom-fields/customers/code", &json!({ "type": "string" }), 201);
    assert_eq!((found("one"), found("two"), found("one")), (0, 1, 0));

    let before = rebilly.snapshot();
    api.put("/organizations/two/custom-fields/customers/code", &json!({ "type": "datetime" }), 201);
    assert_eq!(found("two"), 1);
    api.get("/organizations/two/customers?filter=customFields.code:abc", 422);
    rebilly.restore(&before);
    api.get("/organizations/two/customers?filter=customFields.code:abc", 200);
}

#[test]
fn what_is_text_to_one_organization_may_be_of_another_type_to_the_next() {
    let text = r#"{ "customers": [{ "id": "a", "customFields": { "code": ["x"] } }] }"#;
    let rebilly = MockRebilly::builder().empty().fixture("all.json", text).without_socket();
    let api = Api::direct(&rebilly);
    api.put("/organizations/one/custom-fields/customers/code", &json!({ "type": "string" }), 201);
    api.put("/organizations/two/custom-fields/customers/code", &json!({ "type": "array" }), 201);
    let found = |organization: &str| {
        let path = format!("/organizations/{organization}/customers?filter=customFields.code:x");
        api.get(&path, 200).as_array().unwrap().len()
    };
    assert_eq!((found("one"), found("two"), found("one"), found("three")), (0, 1, 0, 1));
}

#[test]
fn a_member_that_no_value_of_a_field_has_is_told_by_its_name() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    api.put("/custom-fields/customers/budget", &json!({ "type": "monetary" }), 201);
    for query in ["sort=customFields.budget.cents", "filter=customFields.budget.cents:1"] {
        let refused = api.get(&format!("/customers?{query}"), 422);
        let message = refused["invalidFields"][0]["message"].as_str().unwrap();
        let expected = "the custom field `budget` has no member `cents`";
        assert!(message.ends_with(expected), "{message}");
    }
}

#[test]
fn a_pattern_below_a_custom_field_is_told_as_no_field() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    api.put("/custom-fields/customers/budget", &json!({ "type": "monetary" }), 201);
    for name in ["customFields.budget.*", "customFields.free.*", "customFields.b*.amount"] {
        for query in [format!("sort={name}"), format!("filter={name}:1")] {
            let refused = api.get(&format!("/customers?{query}"), 422);
            let message = refused["invalidFields"][0]["message"].as_str().unwrap();
            assert!(message.contains(&format!("there is no field `{name}`")), "{message}");
        }
    }
}
