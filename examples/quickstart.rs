//! Starts a double of Rebilly, and does to it over HTTP what a billing system does:
//! create → upsert → lead source → timeline → merge.

use mock_rebilly::MockRebilly;
use mock_rebilly::http::{Method, Request};
use serde_json::{Value, json};

fn main() {
    let rebilly = MockRebilly::start_blocking();
    println!("rebilly listening on {}\n", rebilly.url());
    let client = Client::new(&rebilly);

    heading("The standard fixtures: a small company");
    client.ask("GET", "/customers?fields=id,email", None, &["/id", "/email"]);

    heading("Create: Rebilly chooses the id, which derives from what was asked");
    let body = json!({ "primaryAddress": { "firstName": "Mary", "country": "GB" } });
    let shown = ["/id", "/firstName", "/createdTime", "/revision"];
    let duplicate = client.ask("POST", "/customers", Some(&body), &shown);
    let duplicate = duplicate["id"].as_str().expect("a customer has an id").to_owned();

    heading("Upsert: 201 for an id that is not known, 200 for one that is");
    let email = json!({ "label": "main", "value": "mary@example.com" });
    let body = json!({ "primaryAddress": { "firstName": "Mary", "emails": [email] } });
    let shown = ["/id", "/email", "/revision"];
    client.ask("PUT", "/customers/mary", Some(&body), &shown);
    client.ask("PUT", "/customers/mary", Some(&body), &shown);

    heading("What Rebilly refuses is refused, all of it at once");
    let body = json!({ "primaryAddress": { "country": "uk", "emails": [{ "value": "nobody" }] } });
    let shown = ["/detail", "/invalidFields/0", "/invalidFields/1", "/invalidFields/2"];
    client.ask("PUT", "/customers/mary", Some(&body), &shown);

    heading("Lead source: the latest visit, and the first under `original`");
    let (path, shown) = ("/customers/mary/lead-source", ["/source", "/medium", "/original/source"]);
    client.ask("PUT", path, Some(&json!({ "medium": "cpc", "source": "google" })), &shown);
    client.ask("PUT", path, Some(&json!({ "source": "newsletter" })), &shown);

    heading("Timeline: a comment, with a mention and a reference");
    let comment = json!({ "message": "Call back @bob@example.com, see #invoices-in_1" });
    let shown = ["/id", "/type", "/extraData/mentions", "/extraData/links/0"];
    client.ask("POST", &format!("/customers/{duplicate}/timeline"), Some(&comment), &shown);

    heading("Merge: the first Mary was a duplicate, and her timeline moves");
    client.ask("DELETE", &format!("/customers/{duplicate}?targetCustomerId=mary"), None, &[]);
    client.ask("GET", &format!("/customers/{duplicate}"), None, &["/title", "/detail"]);
    client.ask("GET", "/customers/mary/timeline", None, &["/type", "/message"]);

    heading("What the test could check");
    let kept = rebilly.customer("mary").expect("she was kept");
    println!(
        "{} has revision {} and {} timeline messages",
        kept.id,
        kept.revision,
        rebilly.timeline("mary").len()
    );
    println!("\n{}", rebilly.journal());
}

fn heading(text: &str) {
    println!("— {text}\n");
}

struct Client<'m> {
    rebilly: &'m MockRebilly,
    agent: ureq::Agent,
}

impl<'m> Client<'m> {
    fn new(rebilly: &'m MockRebilly) -> Client<'m> {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        Client { rebilly, agent: config.into() }
    }

    /// Sends a request, and prints it with what matters of its answer.
    fn ask(&self, method: &str, path: &str, body: Option<&Value>, shown: &[&str]) -> Value {
        println!("{method} {path}");
        let request = Request::builder()
            .method(method.parse::<Method>().expect("a method"))
            .uri(format!("{}{path}", self.rebilly.url()))
            .header("REB-APIKEY", self.rebilly.api_key());
        let answer = match body {
            None => self.agent.run(request.body(()).expect("a request")),
            Some(body) => {
                println!("{body}");
                let request = request.header("Content-Type", "application/json");
                self.agent.run(request.body(body.to_string()).expect("a request"))
            }
        };
        let mut answer = answer.expect("the double answers");
        println!("  → {}", answer.status());
        for name in ["location", "pagination-total"] {
            if let Some(value) = answer.headers().get(name) {
                println!("    {name}: {}", value.to_str().unwrap_or_default());
            }
        }
        let text = answer.body_mut().read_to_string().expect("a whole body");
        let json: Value = serde_json::from_str(&text).unwrap_or_default();
        match &json {
            Value::Array(items) => {
                items.iter().for_each(|item| println!("    {}", brief(item, shown)));
            }
            json => shown.iter().for_each(|pointer| println!("    {}", brief(json, &[pointer]))),
        }
        println!();
        json
    }
}

/// The members at these pointers, on one line.
fn brief(json: &Value, pointers: &[&str]) -> String {
    let member = |pointer: &&str| {
        let value = json.pointer(pointer).unwrap_or(&Value::Null);
        format!("{}: {value}", pointer.trim_start_matches('/').replace('/', "."))
    };
    pointers.iter().map(member).collect::<Vec<_>>().join("   ")
}
