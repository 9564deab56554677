//! [`Receiver`]: listens for webhooks; and what it ought to hear.

use std::convert::Infallible;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use mock_rebilly::http::{HeaderMap, Request, Response};
use mock_rebilly::rebilly::model::EVENTS_MAX;
use mock_rebilly::{Delivery, Event, EventKind, MockRebilly, WebhookOutcome};
use serde_json::{Value, json};

use crate::support::{Api, Ask};

/// A server of the test's own, on the runtime of the test.
struct Receiver {
    url: String,
    heard: Arc<Mutex<Vec<Heard>>>,
}

/// What it was told.
#[derive(Clone, Debug)]
struct Heard {
    method: String,
    target: String,
    headers: HeaderMap,
    body: String,
}

impl Receiver {
    async fn start(
        answer: impl Fn(&Heard) -> Response<String> + Send + Sync + 'static,
    ) -> Receiver {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (heard, answer) = (Arc::new(Mutex::new(Vec::new())), Arc::new(answer));
        let told = Arc::clone(&heard);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (told, answer) = (Arc::clone(&told), Arc::clone(&answer));
                let listen = move |request: Request<Incoming>| {
                    let (told, answer) = (Arc::clone(&told), Arc::clone(&answer));
                    async move {
                        let heard = hear(request).await;
                        let answer = answer(&heard);
                        told.lock().unwrap().push(heard);
                        Ok::<_, Infallible>(answer.map(|body| Full::new(Bytes::from(body))))
                    }
                };
                let serve = http1::Builder::new();
                tokio::spawn(serve.serve_connection(TokioIo::new(stream), service_fn(listen)));
            }
        });
        Receiver { url, heard }
    }

    async fn content() -> Receiver {
        Receiver::start(|_| Response::new("thanks".to_owned())).await
    }

    fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    /// The types of events that it was told of, with their customers.
    fn told(&self) -> Vec<String> {
        self.heard().iter().map(|it| told(&serde_json::from_str(&it.body).unwrap())).collect()
    }
}

async fn hear(request: Request<Incoming>) -> Heard {
    let (head, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Heard {
        method: head.method.to_string(),
        target: head.uri.to_string(),
        headers: head.headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

fn told(payload: &Value) -> String {
    let customer = payload.get("customerId").or_else(|| payload.get("targetCustomerId"));
    let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    format!("{} {}", text(&payload["eventType"]), text(customer.unwrap_or(&Value::Null)))
}

fn delivering() -> MockRebilly {
    MockRebilly::builder().empty().deliver_webhooks().start_blocking()
}

fn hook(url: &str) -> Value {
    json!({ "method": "POST", "url": url, "credentialHash": "any" })
}

/// The same with other members.
fn hook_with(url: &str, more: &Value) -> Value {
    let mut hook = hook(url);
    for (name, value) in more.as_object().unwrap() {
        hook[name] = value.clone();
    }
    hook
}

fn lines(rebilly: &MockRebilly) -> Vec<String> {
    let line = |event: &Event| format!("{} {}", event.kind(), event.customer_id());
    rebilly.events().iter().map(line).collect()
}

// The log.

#[test]
fn every_change_of_a_customer_is_an_event() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    api.put("/customers/ada", &json!({ "leadSource": { "source": "ads" } }), 201);
    api.put("/customers/ada", &json!({}), 200);
    api.put("/customers/ada/lead-source", &json!({ "source": "mail" }), 201);
    api.put("/customers/ada/lead-source", &json!({ "source": "mail" }), 201);
    api.post("/customers/ada/timeline", &json!({ "message": "call back" }), 201);
    api.put("/customers/ada", &json!({ "leadSource": { "source": "ads" } }), 200);
    api.delete("/customers/ada/lead-source", 204);
    let dup = api.post("/customers", &json!({}), 201)["id"].as_str().unwrap().to_owned();
    api.delete(&format!("/customers/{dup}?targetCustomerId=ada"), 204);
    let expected = [
        "customer-created ada",
        "lead-source-changed ada",
        "customer-updated ada",
        "lead-source-changed ada",
        "customer-updated ada",
        "lead-source-changed ada",
        "lead-source-changed ada",
        &format!("customer-created {dup}"),
        "customer-merged ada",
        "customer-updated ada",
    ];
    assert_eq!(lines(&rebilly), expected);
    let merged = rebilly.events();
    let merged = merged.of(EventKind::CUSTOMER_MERGED).next().unwrap();
    assert_eq!(merged.duplicate().unwrap().id, dup);
    assert_eq!((merged.number(), merged.customer().revision), (9, 3));
}

#[test]
fn tagging_that_changes_a_customer_is_an_update() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    for id in ["ada", "bob"] {
        api.put(&format!("/customers/{id}"), &json!({}), 201);
    }
    api.post("/tags", &json!({ "name": "vip" }), 201);
    api.post("/tags/vip/customers/ada", &json!({}), 204);
    api.post("/tags/vip/customers", &json!({ "customerIds": ["ada", "bob", "nobody"] }), 204);
    let call = Ask::new("PATCH", "/tags/vip").key().json(&json!({ "name": "VIP" }));
    api.expect(&call, 200);
    api.delete("/tags/vip/customers/bob", 204);
    api.delete("/tags/vip/customers/bob", 204);
    api.delete("/tags/vip", 204);
    let expected = ["ada", "bob", "bob", "ada"].map(|id| format!("customer-updated {id}"));
    assert_eq!(lines(&rebilly)[2..], expected);
    let last = rebilly.events();
    let tags: Vec<usize> = last.iter().map(|event| event.customer().tags.len()).collect();
    assert_eq!(tags, [0, 0, 1, 1, 0, 0]);
}

#[test]
fn an_event_shows_the_customer_as_it_was_then() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    let named = |name: &str| json!({ "primaryAddress": { "firstName": name } });
    api.put("/organizations/acme/customers/ada", &named("Ada"), 201);
    let first = api.get("/organizations/acme/customers/ada", 200);
    rebilly.advance(Duration::from_secs(60));
    api.put("/organizations/acme/customers/ada", &named("Augusta"), 200);
    let events = rebilly.organization("acme").events();
    let href = "http://localhost/organizations/acme/customers/ada";
    let payload = json!({
        "customerId": "ada",
        "eventType": "customer-created",
        "_embedded": { "customer": first },
        "_links": [{ "rel": "customer", "href": href }],
    });
    assert_eq!(events.iter().next().unwrap().payload(), payload);
    let last = events.last().unwrap();
    assert_eq!(last.payload()["_embedded"]["customer"]["firstName"], "Augusta");
    assert_eq!(last.at().to_string(), "2024-01-01T00:01:00Z");
    assert_eq!(
        events.to_string(),
        "#1 2024-01-01T00:00:00Z customer-created ada\n#2 2024-01-01T00:01:00Z customer-updated ada\n"
    );
}

#[test]
fn the_event_of_a_merge_shows_both_customers() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    api.put("/customers/ada", &json!({}), 201);
    api.put("/customers/dup", &json!({ "primaryAddress": { "city": "York" } }), 201);
    let before = api.get("/customers/dup", 200);
    api.delete("/customers/dup?targetCustomerId=ada", 204);
    let target = api.get("/customers/ada", 200);
    let events = rebilly.events();
    let merged = events.of(EventKind::CUSTOMER_MERGED).next().unwrap();
    let expected = json!({
        "targetCustomerId": "ada",
        "eventType": "customer-merged",
        "duplicatedCustomer": before,
        "_embedded": { "targetCustomer": target },
        "_links": target["_links"].as_array().unwrap()[..1].iter()
            .map(|own| json!({ "rel": "customer", "href": own["href"] })).collect::<Vec<_>>(),
    });
    assert_eq!(merged.payload(), expected);
}

#[test]
fn what_is_refused_and_what_fixtures_plant_is_no_event() {
    let rebilly = MockRebilly::builder().without_socket();
    let api = Api::direct(&rebilly);
    api.put("/customers/cus_ada", &json!({ "primaryAddress": { "country": "gb" } }), 422);
    api.put("/customers/cus_ada", &json!({ "leadSource": { "source": 1 } }), 422);
    api.delete("/customers/cus_ada?targetCustomerId=nobody", 404);
    api.get("/customers/cus_ada", 200);
    assert!(rebilly.events().is_empty(), "{}", rebilly.events());
}

#[test]
fn organizations_do_not_see_each_others_events() {
    let rebilly = MockRebilly::builder().empty().organization("acme").without_socket();
    let api = Api::direct(&rebilly);
    api.put("/customers/ada", &json!({}), 201);
    api.put("/organizations/other/customers/bob", &json!({}), 201);
    assert_eq!(lines(&rebilly), ["customer-created ada"]);
    assert_eq!(rebilly.organization("acme").events().len(), 1);
    assert_eq!(rebilly.organization("other").events().last().unwrap().customer_id(), "bob");
    assert!(rebilly.organization("third").events().is_empty());
}

#[test]
fn where_arrival_does_not_count_events_stand_in_another_order() {
    let after = |order: [&str; 3]| {
        let rebilly = MockRebilly::builder().empty().order_independent().without_socket();
        let api = Api::direct(&rebilly);
        for id in order {
            api.put(&format!("/customers/{id}"), &json!({ "leadSource": { "source": id } }), 201);
        }
        lines(&rebilly)
    };
    assert_eq!(after(["a", "b", "c"]), after(["c", "a", "b"]));
}

#[test]
fn the_oldest_events_make_room_and_that_is_said() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    for _ in 0..EVENTS_MAX + 2 {
        api.ask(&Ask::new("PUT", "/customers/ada").key().json(&json!({})));
    }
    let events = rebilly.events();
    assert_eq!((events.len(), events.dropped()), (EVENTS_MAX, 2));
    assert_eq!(events.iter().next().unwrap().number(), 3);
    assert!(events.to_string().starts_with("(2 older events were dropped)\n#3 "));
}

// Delivery.

#[tokio::test]
async fn webhooks_are_told_in_order_on_the_runtime_of_the_test() {
    let (receiver, rebilly) = (Receiver::content().await, delivering());
    let api = Api::direct(&rebilly);
    let more = json!({ "headers": [
        { "name": "X-Env", "value": "test" },
        { "name": "X-Off", "value": "1", "status": "inactive" },
        { "name": "Host", "value": "example.com" },
    ]});
    api.put("/webhooks/hook_1", &hook_with(&format!("{}/one?x=1", receiver.url), &more), 201);
    api.put("/webhooks/hook_2", &hook(&format!("{}/two", receiver.url)), 201);
    api.put("/customers/ada", &json!({ "leadSource": { "source": "ads" } }), 201);
    api.put("/customers/ada", &json!({}), 200);
    assert_eq!(receiver.heard().len(), 0);

    let deliveries = rebilly.deliver().await;

    assert!(deliveries.all_acknowledged(), "{deliveries}");
    assert_eq!((deliveries.len(), deliveries.left(), deliveries.dropped()), (6, 0, 0));
    let twice = |it: &str| [it.to_owned(), it.to_owned()];
    let expected = ["customer-created ada", "lead-source-changed ada", "customer-updated ada"];
    assert_eq!(receiver.told(), expected.map(twice).concat());
    let heard = receiver.heard();
    let targets: Vec<&str> = heard.iter().map(|it| it.target.as_str()).collect();
    assert_eq!(targets[..2], ["/one?x=1", "/two"]);
    let said = |name: &str| heard[0].headers.get(name).map(|it| it.to_str().unwrap().to_owned());
    assert_eq!(heard[0].method, "POST");
    assert!(said("user-agent").unwrap().starts_with("Rebilly/"));
    assert_eq!(said("content-type").unwrap(), "application/json; charset=utf-8");
    assert_eq!(said("connection").unwrap(), "close");
    assert_eq!(said("x-env").unwrap(), "test");
    assert_eq!((said("x-off"), said("authorization")), (None, None));
    assert_eq!(format!("http://{}", said("host").unwrap()), receiver.url);
    let payload: Value = serde_json::from_str(&heard[4].body).unwrap();
    assert_eq!(payload, rebilly.events().last().unwrap().payload());

    assert!(rebilly.deliver().await.is_empty());
}

#[tokio::test]
async fn every_attempt_is_tracked() {
    let (receiver, rebilly) = (Receiver::content().await, delivering());
    let api = Api::new(&rebilly);
    api.put("/webhooks/hook_1", &hook(&receiver.url), 201);
    api.put("/customers/ada", &json!({}), 201);
    rebilly.advance(Duration::from_secs(5));
    let deliveries = rebilly.deliver().await;
    let log = api.get("/tracking/webhooks", 200);
    let payload = rebilly.events().last().unwrap().payload();
    let id = log[0]["id"].as_str().unwrap();
    assert!(id.starts_with("hook_log_") && id == deliveries.iter().next().unwrap().id);
    assert_eq!(
        serde_json::from_str::<Value>(log[0]["request"].as_str().unwrap()).unwrap(),
        payload
    );
    let expected = json!({
        "id": id, "status": 200, "duration": 0, "url": receiver.url, "method": "POST",
        "request": log[0]["request"], "response": "thanks",
        "requestHeaders": log[0]["requestHeaders"], "responseHeaders": log[0]["responseHeaders"],
        "entityId": "ada", "organizationId": "org_default", "eventType": "customer-created",
        "source": "webhooks", "attempt": 1,
        "initiatedTime": "2024-01-01T00:00:00Z", "sentTime": "2024-01-01T00:00:05Z",
        "createdTime": "2024-01-01T00:00:00Z", "updatedTime": "2024-01-01T00:00:05Z",
        "_links": [{ "rel": "self", "href": format!("{}/organizations/org_default/tracking/webhooks/{id}", rebilly.url()) }],
    });
    let shown = api.get(&format!("/tracking/webhooks/{id}"), 200);
    assert_eq!(shown, log[0]);
    assert_eq!(shown, expected);
    assert!(shown["requestHeaders"]["User-Agent"].is_string());
    assert_eq!(shown["responseHeaders"]["content-length"], "6");
    api.put("/customers/ada", &json!({}), 200);
    let _ = rebilly.deliver().await;
    let of = |filter: &str| {
        let log = api.get(&format!("/tracking/webhooks?filter={filter}&sort=eventType"), 200);
        log.as_array().unwrap().iter().map(|it| it["eventType"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("status:200;attempt:1;entityId:ada"), ["customer-created", "customer-updated"]);
    assert_eq!(of("eventType:customer-updated"), ["customer-updated"]);
    assert!(of("status:500").is_empty());
}

#[tokio::test]
async fn a_webhook_is_told_of_what_it_wants_from_when_it_was_there() {
    let (receiver, rebilly) = (Receiver::content().await, delivering());
    let api = Api::direct(&rebilly);
    let wants = |id: &str, more: Value| {
        let url = format!("{}/{id}", receiver.url);
        api.put(&format!("/webhooks/{id}"), &hook_with(&url, &more), 201);
    };
    api.put("/customers/early", &json!({}), 201);
    wants("created", json!({ "eventsFilter": ["customer-created", "invoice-issued"] }));
    wants("off", json!({ "status": "inactive" }));
    wants("british", json!({ "filter": "primaryAddress.country:GB" }));
    wants("invoices", json!({ "filter": "invoice.amount:1.." }));
    api.put("/organizations/other/customers/bob", &json!({}), 201);
    api.put("/customers/ada", &json!({ "primaryAddress": { "country": "GB" } }), 201);
    api.put("/customers/ada", &json!({}), 200);
    let deliveries = rebilly.deliver().await;
    assert!(deliveries.all_acknowledged(), "{deliveries}");
    let targets: Vec<String> = receiver.heard().into_iter().map(|it| it.target).collect();
    assert_eq!(targets, ["/created", "/british"]);
    assert_eq!(receiver.told(), ["customer-created ada", "customer-created ada"]);
}

#[tokio::test]
async fn a_webhooks_filter_is_held_to_the_definitions_that_there_are() {
    let (receiver, rebilly) = (Receiver::content().await, delivering());
    let api = Api::direct(&rebilly);
    let hook = |filter: &str| {
        let wanted = json!({ "filter": filter, "eventsFilter": ["customer-created"] });
        hook_with(&receiver.url, &wanted)
    };
    let seats = |seats: u8| json!({ "customFields": { "seats": seats } });
    api.put("/webhooks/free", &hook("customFields.seats:!abc"), 201);
    api.put("/customers/early", &seats(1), 201);
    api.put("/custom-fields/customers/seats", &json!({ "type": "integer" }), 201);

    let refused = api.put("/webhooks/typed", &hook("customFields.seats:abc"), 422);
    assert_eq!(refused["invalidFields"][0]["field"], "filter");
    api.put("/webhooks/typed", &hook("customFields.seats:5.."), 201);
    api.put("/customers/small", &seats(4), 201);
    api.put("/customers/large", &seats(6), 201);
    assert!(rebilly.deliver().await.all_acknowledged());
    assert_eq!(receiver.told(), ["customer-created early", "customer-created large"]);
}

#[tokio::test]
async fn a_webhook_says_it_by_its_method_and_its_template() {
    let (receiver, rebilly) = (Receiver::content().await, delivering());
    let api = Api::direct(&rebilly);
    for method in ["GET", "PUT", "PATCH", "DELETE"] {
        let more =
            json!({ "method": method, "body": "{{eventType}} {{customer.email}}{{nothing}}!" });
        api.put(&format!("/webhooks/{method}"), &hook_with(&receiver.url, &more), 201);
    }
    let emails = json!([{ "label": "main", "value": "ada@example.com" }]);
    api.put("/customers/ada", &json!({ "primaryAddress": { "emails": emails } }), 201);
    let _ = rebilly.deliver().await;
    let heard: Vec<(String, String)> =
        receiver.heard().into_iter().map(|it| (it.method, it.body)).collect();
    let said = "customer-created ada@example.com!";
    let expected = [("GET", ""), ("PUT", said), ("PATCH", said), ("DELETE", said)];
    assert_eq!(heard, expected.map(|(method, body)| (method.to_owned(), body.to_owned())));
}

#[tokio::test]
async fn another_double_may_be_the_receiver() {
    let (app, rebilly) = (MockRebilly::builder().empty().start().await, delivering());
    let api = Api::new(&rebilly);
    let key = json!({ "headers": [{ "name": "REB-APIKEY", "value": "sk_sandbox_x" }] });
    let url = app.url().replace("127.0.0.1", "localhost");
    api.put("/webhooks/hook_1", &hook_with(&format!("{url}/customers"), &key), 201);
    api.put("/customers/ada", &json!({}), 201);
    let deliveries = rebilly.deliver().await;
    assert!(deliveries.all_acknowledged(), "{deliveries}");
    assert_eq!(app.organization("org_default").customers().len(), 1);
}

#[tokio::test]
async fn a_planted_webhook_is_told_as_one_that_was_posted_is() {
    let receiver = Receiver::content().await;
    let planted = json!({ "webhooks": [
        hook_with(&format!("{}/all", receiver.url), &json!({
            "id": "hook_all",
            "headers": { "0": { "name": "X-Env", "value": "test" } },
            "createdTime": "2020-01-01T00:00:00Z",
        })),
        hook_with(&format!("{}/acme", receiver.url), &json!({
            "organizationId": "acme", "eventsFilter": ["customer-updated"],
        })),
    ]});
    let builder = MockRebilly::builder().fixture("hooks.json", &planted.to_string());
    let rebilly = builder.deliver_webhooks().start_blocking();
    let api = Api::new(&rebilly);

    let shown = api.get("/organizations/other/webhooks", 200);
    assert_eq!(shown.as_array().unwrap().len(), 1);
    let expected = json!({
        "id": "hook_all", "eventsFilter": [], "status": "active", "method": "POST",
        "url": format!("{}/all", receiver.url), "credentialHash": "any",
        "headers": [{ "name": "X-Env", "value": "test", "status": "active" }],
        "body": null, "filter": null,
        "createdTime": "2020-01-01T00:00:00Z", "updatedTime": "2020-01-01T00:00:00Z",
        "_links": [{ "rel": "self", "href": format!("{}/organizations/other/webhooks/hook_all", rebilly.url()) }],
    });
    assert_eq!(shown[0], expected);
    assert_eq!(api.get("/organizations/acme/webhooks", 200).as_array().unwrap().len(), 2);

    for organization in ["other", "acme"] {
        let customer = format!("/organizations/{organization}/customers/ada");
        api.put(&customer, &json!({}), 201);
        api.put(&customer, &json!({}), 200);
    }
    let deliveries = rebilly.deliver().await;
    assert!(deliveries.all_acknowledged(), "{deliveries}");
    let heard = receiver.heard();
    let targets: Vec<&str> = heard.iter().map(|it| it.target.as_str()).collect();
    assert_eq!(targets, ["/all", "/all", "/acme", "/all", "/all"]);
    assert_eq!(heard[0].headers["x-env"], "test");
}

#[test]
fn planted_webhooks_are_held_to_the_rules_of_requests() {
    let bad = json!({ "webhooks": [
        { "id": "a hook", "method": "TRACE", "url": "hook", "secret": "x" },
        { "id": "hook_1", "method": "GET", "url": "http://localhost/", "credentialHash": "any" },
        { "id": "hook_1", "method": "GET", "url": "http://localhost/", "credentialHash": "any",
          "eventsFilter": ["customer-deleted"], "headers": [{ "name": "a b", "value": "x", "on": true }] },
        { "method": "GET", "url": "http://localhost/", "credentialHash": "any",
          "eventsFilter": ["customer-created"], "filter": "nonsense:1" },
    ]});
    let error = MockRebilly::builder().fixture("hooks.json", &bad.to_string()).try_start();
    let Err(error) = error else { panic!("it is refused") };
    let said = error.to_string();
    let places = [
        "/webhooks/0/secret: is not known here",
        "/webhooks/0/id: ",
        "/webhooks/0/method: must be one of",
        "/webhooks/0/url: must be an absolute address",
        "/webhooks/0/credentialHash: is required",
        "/webhooks/2/id: there is another webhook with the id `hook_1`",
        "/webhooks/2/eventsFilter/0: must be a published type of event",
        "/webhooks/2/headers/0/on: is not known here",
        "/webhooks/2/headers/0/name: must be the name of a header",
        "/webhooks/3/filter: ",
    ];
    for place in places {
        assert!(said.contains(place), "`{place}` is not in {said}");
    }
    assert_eq!(said.matches("hooks.json: ").count(), places.len(), "{said}");

    let hooks = vec![hook("http://localhost/"); 26];
    let many = json!({ "webhooks": hooks }).to_string();
    let error = MockRebilly::builder().fixture("hooks.json", &many).try_start();
    let Err(error) = error else { panic!("it is refused") };
    assert!(error.to_string().starts_with("hooks.json: /webhooks/25/status: "), "{error}");
}

#[tokio::test]
async fn nobody_outside_loopback_is_contacted() {
    let rebilly = delivering();
    let api = Api::direct(&rebilly);
    let urls = [
        "http://example.com/hook",
        "https://example.com/hook",
        "http://192.0.2.1/",
        "http://127.0.0.1@example.com/",
        "http://localhost.example.com/",
        "https://localhost/",
    ];
    for url in urls {
        api.post("/webhooks", &hook(url), 201);
    }
    api.put("/customers/ada", &json!({}), 201);
    let deliveries = rebilly.deliver().await;
    assert_eq!(deliveries.len(), urls.len());
    for delivery in &deliveries {
        assert!(matches!(delivery.outcome(), WebhookOutcome::Refused(_)), "{delivery}");
    }
    let log = api.get("/tracking/webhooks", 200);
    for entry in log.as_array().unwrap() {
        assert_eq!(entry.get("status"), None);
        assert!(entry["response"].as_str().unwrap().contains("nobody was contacted"), "{entry}");
    }
}

#[tokio::test]
async fn what_receivers_answer_is_recorded_and_nothing_is_tried_again() {
    let answer = |heard: &Heard| match heard.target.as_str() {
        "/moved" => Response::builder().status(302).header("location", "/").body(String::new()),
        "/broken" => Response::builder().status(500).body("oh dear".to_owned()),
        _ => Response::builder().status(204).body(String::new()),
    };
    let receiver = Receiver::start(move |heard| answer(heard).unwrap()).await;
    let rebilly = delivering();
    let api = Api::direct(&rebilly);
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}/", gone.local_addr().unwrap());
    drop(gone);
    for path in ["/moved", "/broken", "/fine"] {
        api.post("/webhooks", &hook(&format!("{}{path}", receiver.url)), 201);
    }
    api.post("/webhooks", &hook(&nobody), 201);
    api.put("/customers/ada", &json!({}), 201);
    let deliveries = rebilly.deliver().await;
    assert!(!deliveries.all_acknowledged());
    let found: Vec<Option<u16>> = deliveries.iter().map(|it| it.outcome().status()).collect();
    assert_eq!(found, [Some(302), Some(500), Some(204), None]);
    let last = deliveries.iter().last().unwrap();
    assert!(matches!(last.outcome(), WebhookOutcome::Failed(_)), "{last}");
    assert_eq!(receiver.heard().len(), 3);
    assert!(rebilly.deliver().await.is_empty());
}

#[tokio::test]
async fn an_attempt_can_be_asked_for_again() {
    let (receiver, rebilly) = (Receiver::content().await, delivering());
    let api = Api::direct(&rebilly);
    api.put("/webhooks/hook_1", &hook(&receiver.url), 201);
    api.put("/customers/ada", &json!({}), 201);
    let first = rebilly.deliver().await.iter().next().unwrap().id.clone();
    api.put("/webhooks/hook_1", &hook_with(&receiver.url, &json!({ "status": "inactive" })), 200);
    api.put("/customers/ada", &json!({ "locale": "en" }), 200);
    api.post(&format!("/tracking/webhooks/{first}/resend"), &json!({}), 204);
    let again = rebilly.deliver().await;
    assert_eq!(again.iter().map(|it| it.attempt).collect::<Vec<_>>(), [2]);
    let heard = receiver.heard();
    assert_eq!((heard.len(), &heard[0].body), (2, &heard[1].body));
    let log = api.get("/tracking/webhooks", 200);
    assert_eq!((&log[0]["attempt"], &log[1]["attempt"]), (&json!(2), &json!(1)));
    assert_ne!(log[0]["id"], log[1]["id"]);
}

#[tokio::test]
async fn a_webhook_can_be_tried_out() {
    let (receiver, rebilly) = (Receiver::content().await, delivering());
    let api = Api::direct(&rebilly);
    let wants = json!({ "eventsFilter": ["customer-merged", "customer-created"] });
    let hook = hook_with(&receiver.url, &wants);
    api.post("/previews/webhooks", &hook, 204);
    let _ = rebilly.deliver().await;
    api.put("/customers/ada", &json!({}), 201);
    api.put("/customers/ada", &json!({}), 200);
    api.post("/previews/webhooks", &hook, 204);
    let _ = rebilly.deliver().await;
    assert_eq!(receiver.told(), ["customer-merged ?", "customer-created ada"]);
    assert_eq!(api.get("/webhooks", 200), json!([]));
}

#[tokio::test]
async fn what_receivers_cause_is_due_the_next_time() {
    let rebilly = Arc::new(delivering());
    let echo = Arc::downgrade(&rebilly);
    let receiver = Receiver::start(move |_| {
        // The world is not locked meanwhile, or this would never end.
        let rebilly = echo.upgrade().unwrap();
        Api::direct(&rebilly).put("/customers/ada", &json!({}), 200);
        Response::new(String::new())
    })
    .await;
    let api = Api::direct(&rebilly);
    api.put("/webhooks/hook_1", &hook(&receiver.url), 201);
    api.put("/customers/ada", &json!({}), 201);
    for turn in 1..=3 {
        let deliveries = rebilly.deliver().await;
        assert_eq!((deliveries.len(), deliveries.left()), (1, 1), "{turn}: {deliveries}");
    }
    assert_eq!(
        receiver.told(),
        ["customer-created ada", "customer-updated ada", "customer-updated ada"]
    );
}

#[tokio::test]
async fn what_is_due_to_a_deleted_webhook_is_not_sent() {
    let (receiver, rebilly) = (Receiver::content().await, delivering());
    let api = Api::direct(&rebilly);
    api.put("/webhooks/hook_1", &hook(&receiver.url), 201);
    api.put("/webhooks/hook_2", &hook(&format!("{}/two", receiver.url)), 201);
    api.put("/customers/ada", &json!({}), 201);
    api.delete("/webhooks/hook_1", 204);
    assert_eq!(rebilly.deliver().await.len(), 1);
    assert_eq!(receiver.heard()[0].target, "/two");
}

#[tokio::test]
async fn a_delivery_that_nobody_waits_for_stays_due() {
    let (receiver, rebilly) = (Receiver::content().await, delivering());
    let api = Api::direct(&rebilly);
    api.put("/webhooks/hook_1", &hook(&receiver.url), 201);
    api.put("/customers/ada", &json!({}), 201);
    let mut delivery = Box::pin(rebilly.deliver());
    assert!(delivery.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    drop(delivery);
    assert_eq!(api.get("/tracking/webhooks", 200), json!([]));
    assert_eq!(rebilly.deliver().await.len(), 1);
    assert_eq!(api.get("/tracking/webhooks", 200).as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn two_that_deliver_at_once_send_nothing_twice() {
    let (receiver, rebilly) = (Receiver::content().await, delivering());
    let api = Api::direct(&rebilly);
    api.put("/webhooks/hook_1", &hook(&receiver.url), 201);
    api.put("/customers/ada", &json!({}), 201);
    api.put("/customers/bob", &json!({}), 201);
    let (one, other) = tokio::join!(rebilly.deliver(), rebilly.deliver());
    assert_eq!((one.len(), other.len()), (2, 0));
    assert_eq!(receiver.told(), ["customer-created ada", "customer-created bob"]);
}

#[test]
fn delivery_needs_no_runtime() {
    let (app, rebilly) = (MockRebilly::builder().empty().start_blocking(), delivering());
    let api = Api::direct(&rebilly);
    api.put("/webhooks/hook_1", &hook(&format!("{}/status", app.url())), 201);
    api.put("/customers/ada", &json!({}), 201);
    let deliveries = rebilly.deliver_blocking();
    assert_eq!(deliveries.iter().next().unwrap().outcome().status(), Some(405));
}

#[tokio::test]
async fn a_blocking_delivery_of_many_ends_inside_a_runtime() {
    let (app, rebilly) = (MockRebilly::builder().empty().start().await, delivering());
    let api = Api::direct(&rebilly);
    let status = json!({ "method": "GET" });
    api.put("/webhooks/hook_1", &hook_with(&format!("{}/status", app.url()), &status), 201);
    api.put("/customers/ada", &json!({}), 201);
    (0..299).for_each(|_| drop(api.put("/customers/ada", &json!({}), 200)));
    let deliveries = rebilly.deliver_blocking();
    assert!(deliveries.all_acknowledged() && deliveries.len() == 300, "{deliveries}");
}

#[test]
fn organizations_are_told_in_the_order_of_their_names() {
    let app = MockRebilly::builder().empty().allow_unmatched().start_blocking();
    let rebilly = delivering();
    let api = Api::direct(&rebilly);
    for organization in ["zeta", "acme"] {
        let url = format!("{}/{organization}", app.url());
        api.put(&format!("/organizations/{organization}/webhooks/hook_1"), &hook(&url), 201);
        api.put(&format!("/organizations/{organization}/customers/ada"), &json!({}), 201);
    }
    let deliveries = rebilly.deliver_blocking();
    let found: Vec<&str> = deliveries.iter().map(Delivery::organization).collect();
    assert_eq!(found, ["acme", "zeta"]);
    assert_eq!(
        deliveries.iter().next().unwrap().to_string(),
        format!("customer-created ada: POST {}/acme -> 404", app.url())
    );
}

#[test]
#[should_panic(expected = "`.deliver_webhooks()` on the builder")]
fn delivery_is_off_by_default() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    api.put("/webhooks/hook_1", &hook("http://127.0.0.1:9/"), 201);
    api.put("/customers/ada", &json!({}), 201);
    let _ = rebilly.deliver_blocking();
}
