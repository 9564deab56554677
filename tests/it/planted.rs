//! What fixtures may say that no request can: companies, the validity of tax
//! numbers, the actions of messages; and what is said of a bad one.

use mock_rebilly::MockRebilly;
use mock_rebilly::rebilly::model::{MessageAction, MessageTable};
use serde_json::json;

use crate::support::{Api, Ask};

/// A customer of whom everything is known.
const ADA: &str = r#"{
    "id": "ada",
    "primaryAddress": { "emails": [{ "label": "main", "value": "ada@engines.example" }] },
    "company": {
        "name": "Analytical Engines Ltd", "domain": "engines.example", "yearFounded": 1837.0,
        "industry": null, "employeesCount": 12, "country": "united kingdom",
        "_links": [{ "rel": "linkedin", "href": "https://linkedin.example/engines" }]
    },
    "taxNumbers": [{ "type": "eu-vat", "value": "GB1", "isValid": true }, { "type": "other", "value": "7", "isValid": null }],
    "timeline": [{
        "id": "tmln_sent", "type": "email-message-sent", "message": "E-mail was sent.",
        "extraData": { "actions": [
            { "action": "resend-email", "messageId": "msg_1" },
            { "action": "redemption-cancel", "redemptionId": "red_1" },
            { "action": "ruleset-restore", "version": 3 }
        ] },
        "details": ["Your invoice"]
    }]
}"#;

fn planted(customers: &[&str]) -> MockRebilly {
    let text = format!(r#"{{ "customers": [{}] }}"#, customers.join(","));
    MockRebilly::builder().fixture("acme.json", &text).without_socket()
}

/// All that is said of a fixture file, a line for each problem.
#[track_caller]
fn refusal(text: &str) -> String {
    let started = MockRebilly::builder().fixture("acme.json", text).try_start();
    let Err(error) = started else { panic!("it starts with {text}") };
    error.to_string()
}

/// What is said of a customer's document, without the way to it.
#[track_caller]
fn of_customer(members: &str) -> String {
    let said = refusal(&format!(r#"{{ "customers": [{{ "id": "ada", {members} }}] }}"#));
    said.replace("acme.json: /customers/0", "")
}

/// The same of its only message.
#[track_caller]
fn of_message(members: &str) -> String {
    let said = of_customer(&format!(r#""timeline": [{{ "message": "Hm.", {members} }}]"#));
    said.replace("/timeline/0", "")
}

#[test]
fn what_was_planted_is_read_from_rust() {
    let rebilly = planted(&[ADA, r#"{ "id": "bob" }"#]);

    let ada = rebilly.customer("ada").unwrap();
    let company = ada.company.as_ref().unwrap();
    assert_eq!(company.name.as_deref(), Some("Analytical Engines Ltd"));
    assert_eq!((company.year_founded, company.employees_count), (Some(1837), Some(12)));
    assert_eq!((&company.industry, &company.locality), (&None, &None));
    assert_eq!(company.linkedin, ["https://linkedin.example/engines"]);
    let valid: Vec<_> = ada.tax_numbers.iter().flatten().map(|it| it.is_valid).collect();
    assert_eq!(valid, [Some(true), None]);
    assert!(rebilly.customer("bob").unwrap().company.is_none());

    let sent = rebilly.timeline("ada").all().pop().unwrap();
    let (redemption_id, message_id) = ("red_1".to_owned(), "msg_1".to_owned());
    let expected = [
        MessageAction::ResendEmail { message_id },
        MessageAction::CancelRedemption { redemption_id },
        MessageAction::RestoreRuleset { version: 3 },
    ];
    assert_eq!(sent.actions, expected);
    assert_eq!(
        expected.map(|it| it.as_str()),
        ["resend-email", "redemption-cancel", "ruleset-restore"]
    );
    let lines = vec!["Your invoice".to_owned()];
    assert_eq!(sent.tables, [MessageTable::List("Details".to_owned(), lines)]);
}

#[test]
fn what_was_planted_is_shown_in_the_published_order() {
    let rebilly = planted(&[ADA]);
    let api = Api::direct(&rebilly);
    let shown = |path: &str| {
        let answer = api.ask(&Ask::new("GET", path).key());
        String::from_utf8(answer.into_body()).unwrap()
    };

    let customer = shown("/customers/ada");
    for part in [
        r#""company":{"name":"Analytical Engines Ltd","domain":"engines.example","yearFounded":1837,"industry":null,"employeesCount":12,"country":"united kingdom","locality":null,"_links":[{"rel":"linkedin","href":"https://linkedin.example/engines"}]},"averageValue":"#,
        r#""taxNumbers":[{"type":"eu-vat","value":"GB1","isValid":true},{"type":"other","value":"7","isValid":null}]"#,
    ] {
        assert!(customer.contains(part), "{customer}");
    }
    let message = shown("/customers/ada/timeline/tmln_sent");
    let extra = r#""extraData":{"actions":[{"action":"resend-email","messageId":"msg_1"},{"action":"redemption-cancel","redemptionId":"red_1"},{"action":"ruleset-restore","version":3}],"tables":[{"type":"list","title":"Details","footer":"","data":["Your invoice"]}],"#;
    assert!(message.contains(extra), "{message}");
}

#[test]
fn a_put_leaves_what_only_fixtures_say_as_it_is() {
    let rebilly = planted(&[ADA]);
    let before = rebilly.customer("ada").unwrap();
    let message = rebilly.timeline("ada").all().pop().unwrap();
    let api = Api::direct(&rebilly);

    // As a client does it: what was fetched is sent back, with some of it altered.
    let mut fetched = api.get("/customers/ada", 200);
    fetched["locale"] = json!("en-GB");
    fetched["company"] = json!({ "name": 7 });
    fetched["taxNumbers"][0]["isValid"] = json!(false);
    fetched["taxNumbers"][0]["isDefault"] = json!(true);
    api.put("/customers/ada", &fetched, 200);

    let after = rebilly.customer("ada").unwrap();
    assert_eq!(after.locale.as_deref(), Some("en-GB"));
    assert_eq!(after.company, before.company);
    let numbers = after.tax_numbers.as_deref().unwrap();
    assert_eq!((numbers[0].is_default, numbers[0].is_valid), (Some(true), Some(true)));
    assert!(rebilly.timeline("ada").all().iter().any(|it| it.record == message.record));
}

#[test]
fn a_merge_leaves_what_only_fixtures_say_as_it_is() {
    let duplicate = r#"{
        "id": "dup",
        "primaryAddress": { "emails": [{ "label": "main", "value": "dup@looms.example" }] },
        "company": { "name": "Jacquard Looms" },
        "taxNumbers": [{ "type": "eu-vat", "value": "GB1", "isValid": false }]
    }"#;
    let rebilly = planted(&[ADA, duplicate, r#"{ "id": "blank" }"#]);
    let before = rebilly.customer("ada").unwrap();
    let message = rebilly.timeline("ada").all().pop().unwrap();
    let api = Api::direct(&rebilly);

    api.delete("/customers/dup?targetCustomerId=ada", 204);
    let after = rebilly.customer("ada").unwrap();
    assert_eq!((&after.company, &after.tax_numbers), (&before.company, &before.tax_numbers));
    assert!(rebilly.timeline("ada").all().iter().any(|it| it.record == message.record));

    // Where the address goes, the company that belongs to its domain goes, and a message keeps its actions.
    api.delete("/customers/ada?targetCustomerId=blank", 204);
    assert_eq!(rebilly.customer("blank").unwrap().company, before.company);
    let moved = rebilly.timeline("blank").one(&message.id);
    assert_eq!(moved.actions, message.actions);
}

#[test]
fn a_company_is_gone_with_the_domain_that_it_belonged_to() {
    let rebilly = planted(&[ADA, r#"{ "id": "bob", "company": { "name": "No address" } }"#]);
    let api = Api::direct(&rebilly);
    let known = |id: &str| rebilly.customer(id).unwrap().company.is_some();
    let address = |value: &str| json!({ "primaryAddress": { "emails": [{ "label": "main", "value": value }] } });

    api.put("/customers/ada", &address("ada@ENGINES.example"), 200);
    api.put("/customers/bob", &json!({ "locale": "en" }), 200);
    assert!(known("ada") && known("bob"), "the domain is the same");
    api.put("/customers/ada", &address("ada@sub.engines.example"), 200);
    api.put("/customers/bob", &address("bob@looms.example"), 200);
    assert!(!known("ada") && !known("bob"), "the domain is another");
    api.put("/customers/ada", &address("ada@engines.example"), 200);
    assert!(!known("ada"), "what was forgotten is not looked up");
}

#[test]
fn a_company_is_of_the_published_types() {
    assert_eq!(
        of_customer(r#""company": "Engines""#),
        "/company: must be an object, but is a string"
    );
    let company = r#""company": { "name": 7, "domain": true, "yearFounded": "1837", "industry": [],
        "employeesCount": 1.5, "country": {}, "locality": 0, "_links": {"self": "/"} }"#;
    let expected = "\
/company/name: must be a string, but is a number
/company/domain: must be a string, but is a boolean
/company/yearFounded: must be a whole number, but is a string
/company/industry: must be a string, but is a list
/company/employeesCount: must be a whole number, but is a number
/company/country: must be a string, but is an object
/company/locality: must be a string, but is a number
/company/_links: must be a list, but is an object";
    assert_eq!(of_customer(company), expected);
}

#[test]
fn the_numbers_of_a_company_are_none_that_json_cannot_keep() {
    let company = r#""company": { "yearFounded": -1, "employeesCount": 9007199254740993 }"#;
    let expected = "\
/company/yearFounded: must be between 0 and 9007199254740992, but is -1
/company/employeesCount: must be between 0 and 9007199254740992, but is 9007199254740993";
    assert_eq!(of_customer(company), expected);
}

#[test]
fn a_company_links_to_linkedin_only_and_says_where() {
    let company = r#""company": { "_links": [{ "rel": "self", "href": "/" }, {}, 7] }"#;
    let expected = "\
/company/_links/0/rel: must be linkedin, the only relation that is published
/company/_links/1/rel: is required
/company/_links/1/href: is required
/company/_links/2: must be an object, but is a number";
    assert_eq!(of_customer(company), expected);
}

#[test]
fn the_validity_of_a_tax_number_is_yes_or_no_or_unknown() {
    let numbers = r#""taxNumbers": [{ "type": "eu-vat", "value": "GB1", "isValid": "yes" }]"#;
    assert_eq!(of_customer(numbers), "/taxNumbers/0/isValid: must be a boolean, but is a string");
}

#[test]
fn an_action_is_a_published_one() {
    let actions = r#""extraData": { "actions": [{ "action": "refund" }, {}, "resend-email", { "action": null }] }"#;
    let expected = "\
/extraData/actions/0/action: must be one of redemption-cancel, resend-email, ruleset-restore, but is \"refund\"
/extraData/actions/1/action: is required
/extraData/actions/2: must be an object, but is a string
/extraData/actions/3/action: is required";
    assert_eq!(of_message(actions), expected);
    assert_eq!(
        of_message(r#""extraData": { "actions": 7 }"#),
        "/extraData/actions: must be a list, but is a number"
    );
    assert_eq!(of_message(r#""extraData": 7"#), "/extraData: must be an object, but is a number");
}

#[test]
fn an_action_says_what_it_is_done_to() {
    let long = "x".repeat(51);
    let actions = format!(
        r#""extraData": {{ "actions": [
            {{ "action": "redemption-cancel" }},
            {{ "action": "redemption-cancel", "redemptionId": 7 }},
            {{ "action": "resend-email", "messageId": "{long}" }},
            {{ "action": "ruleset-restore" }},
            {{ "action": "ruleset-restore", "version": "3" }},
            {{ "action": "ruleset-restore", "version": 3.5 }}
        ] }}"#
    );
    let expected = "\
/extraData/actions/0/redemptionId: is required
/extraData/actions/1/redemptionId: must be a string, but is a number
/extraData/actions/2/messageId: must have at most 50 characters, but has 51
/extraData/actions/3/version: is required
/extraData/actions/4/version: must be a whole number, but is a string
/extraData/actions/5/version: must be a whole number, but is a number";
    assert_eq!(of_message(&actions), expected);
}

#[test]
fn the_lines_of_a_list_are_texts() {
    assert_eq!(
        of_message(r#""details": ["one", 2]"#),
        "/details/1: must be a string, but is a number"
    );
    assert_eq!(of_message(r#""details": "one""#), "/details: must be an object, but is a string");
}

#[test]
fn a_member_that_is_not_known_is_a_slip_of_the_pen() {
    assert_eq!(
        of_customer(r#""company": { "nmae": "Engines" }"#),
        "/company/nmae: is not known here; known are name, domain, yearFounded, industry, employeesCount, country, locality, _links"
    );
    assert_eq!(
        of_customer(r#""taxNumbers": [{ "type": "other", "value": "1", "valid": true }]"#),
        "/taxNumbers/0/valid: is not known here; known are type, value, isDefault, isValid"
    );
    assert_eq!(
        of_message(r#""extraData": { "tables": [] }"#),
        "/extraData/tables: is not known here; known are actions"
    );
    assert_eq!(
        of_message(
            r#""extraData": { "actions": [{ "action": "resend-email", "messageId": "m", "version": 3 }] }"#
        ),
        "/extraData/actions/0/version: is not known here; known are action, messageId"
    );
}

#[test]
fn no_two_messages_of_an_organization_have_one_id() {
    let message = r#"{ "id": "tmln_1", "message": "Once." }"#;
    let text = |organization: &str| {
        format!(
            r#"{{ "customers": [
                {{ "id": "ada", "timeline": [{message}] }},
                {{ "id": "bob", "timeline": [{{ "message": "No id." }}, {{ "message": "No id." }}, {message}] {organization} }}
            ] }}"#
        )
    };
    let said = "there is another message `tmln_1`";
    assert_eq!(refusal(&text("")), format!("acme.json: /customers/1/timeline/2/id: {said}"));
    let twice = format!(r#"{{ "customers": [{{ "timeline": [{message}, {message}] }}] }}"#);
    assert_eq!(refusal(&twice), format!("acme.json: /customers/0/timeline/1/id: {said}"));
    // A document without an organization is in all of them.
    let also_here = refusal(&text(r#", "organizationId": "acme""#));
    assert_eq!(also_here, format!("acme.json: /customers/1/timeline/2/id: {said}"));
    let apart = text(r#", "organizationId": "acme""#)
        .replace(r#""id": "ada","#, r#""id": "ada", "organizationId": "umbrella","#);
    let rebilly = MockRebilly::builder().fixture("acme.json", &apart).without_socket();
    assert_eq!(rebilly.organization("acme").timeline("bob").len(), 3);
    assert_eq!(rebilly.organization("umbrella").timeline("ada").len(), 1);
}

#[test]
fn a_member_that_stands_twice_in_a_fixture_stops_the_start_and_in_a_request_the_last_one_counts() {
    let text = r#"{
        "customers": [{ "id": "ada", "locale": "en", "customFields": { "a/b": 1, "a/b": 2 }, "locale": "de" }],
        "tags": [{ "name": "VIP" }],
        "customers": [{ "id": "bob" }]
    }"#;
    let expected = "\
acme.json: /customers/0/customFields/a~1b: stands there twice
acme.json: /customers/0/locale: stands there twice
acme.json: /customers: stands there twice";
    assert_eq!(refusal(text), expected);

    let rebilly = planted(&[]);
    let request =
        Ask::new("PUT", "/customers/ada").key().text(r#"{ "locale": "en", "locale": "de" }"#);
    Api::direct(&rebilly).expect(&request, 201);
    assert_eq!(rebilly.customer("ada").unwrap().locale.as_deref(), Some("de"));
}
