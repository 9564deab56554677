//! A company that bills with Rebilly, invoices with Octobat and notifies through Notihub,
//! and what a test of it can do: one clock, one journal and one snapshot for all three.

use std::time::Duration;

use mock_rebilly::http::{Method, Request};
use mock_rebilly::{Builder, NotihubOp, OctobatOp, Op, Pattern, World};
use serde_json::{Value, json};

const HOUR: Duration = Duration::from_secs(3_600);

/// A publishable key, a secret key, a client's id and its secret, in base64.
const EXCHANGE: &str = "Basic cHViOnNlYzphY21lOnNlY3JldA==";

fn main() {
    let world = World::builder()
        .now("2026-03-01T00:00:00Z")
        .rebilly(Builder::empty)
        .octobat(Builder::empty)
        .notihub(|notihub| notihub.credentials("pub", "sec", "acme", "secret").empty())
        .start_blocking();
    let mut company = Company::of(&world);

    heading("A customer signs up, with all three vendors");
    let ada = company.sign_up("ada", "ada@example.com").expect("nothing goes wrong yet");
    println!("Octobat calls her {}, Notihub {}", ada.invoiced, ada.notified);
    let signed_up = world.snapshot();

    heading("After 6 hours Notihub's token has expired: the company fetches another");
    world.advance(HOUR * 6);
    company.notify(&ada, "welcome").expect("a token is exchanged again");
    world.journal().of(NotihubOp::SendMessage).status(401).assert_once();
    let tokens = world.journal().of(NotihubOp::CreateToken).count();
    println!("{}: {tokens} tokens by now", world.now());

    heading("Octobat's answer is lost: the retry has the same idempotency key");
    world.octobat().on(OctobatOp::CreateCustomer).nth(1).must_fire().lose_response();
    let lost = company.sign_up("grace", "grace@example.com").expect_err("the line goes dead");
    println!("the company hears: {lost}");
    company.sign_up("grace", "grace@example.com").expect("it tries again");
    assert_eq!(world.octobat().customers().len(), 2, "nobody is invoiced twice");

    heading("After 24 hours Octobat has forgotten the key: whoever is so late is invoiced twice");
    world.advance(HOUR * 24);
    company.sign_up("grace", "grace@example.com").expect("the same once more");
    println!("{}: {} customers", world.now(), world.octobat().customers().len());

    heading("What was asked of whom, in which order");
    let journal = world.journal();
    journal.assert_in_order([
        Pattern::of(Op::PutCustomer).id("grace"),
        Pattern::of(OctobatOp::CreateCustomer).body("/name", "grace"),
        Pattern::of(NotihubOp::CreateCustomer).body("/externalId", "grace"),
    ]);
    println!("{journal}");

    heading("Who came since the first sign-up");
    let diff = world.diff(&signed_up);
    for place in
        ["/rebilly/org_default/customers", "/octobat/test/customers", "/notihub/acme/customers"]
    {
        diff.under(place).for_each(|difference| println!("{}", difference.pointer));
    }

    heading("Back to that moment, all three at once");
    world.restore(&signed_up);
    println!(
        "{}: {} billed, {} invoiced, {} notified",
        world.now(),
        world.rebilly().customers().len(),
        world.octobat().customers().len(),
        world.notihub().environment("acme").customers().len(),
    );
    world.finish().expect("no double has anything to complain of");
}

/// The system under test. It knows three addresses and three credentials, and no double.
struct Company {
    agent: ureq::Agent,
    rebilly: (String, String),
    octobat: (String, String),
    notihub: String,
    token: Option<String>,
}

/// A customer, as the company's vendors call it.
#[derive(Debug)]
struct Customer {
    invoiced: String,
    notified: String,
}

impl Company {
    fn of(world: &World) -> Company {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        let (rebilly, octobat) = (world.rebilly(), world.octobat());
        Company {
            agent: config.into(),
            rebilly: (rebilly.url().to_owned(), rebilly.api_key()),
            octobat: (octobat.url().to_owned(), octobat.credential()),
            notihub: world.notihub().url().to_owned(),
            token: None,
        }
    }

    /// May be tried again until it succeeds.
    fn sign_up(&mut self, id: &str, email: &str) -> Result<Customer, String> {
        let (url, key) = &self.rebilly;
        let address = json!({ "firstName": id, "emails": [{ "label": "main", "value": email }] });
        let body = json!({ "primaryAddress": address });
        let put = request(Method::PUT, format!("{url}/customers/{id}")).header("REB-APIKEY", key);
        self.ask(put, &body)?;

        let (url, credential) = &self.octobat;
        let post = request(Method::POST, format!("{url}/customers"))
            .header("Authorization", credential)
            .header("Idempotency-Key", format!("sign-up-{id}"));
        let body = json!({ "name": id, "email": email, "billing_address_country": "FR" });
        let (_, invoiced) = self.ask(post, &body)?;

        let contact = json!({ "type": "EMAIL", "value": email });
        let body = json!({ "externalId": id, "contacts": [contact] });
        let notified = self.ask_notihub("/customers/", &body)?;
        Ok(Customer { invoiced: text(&invoiced, "id"), notified: text(&notified, "customerId") })
    }

    fn notify(&mut self, customer: &Customer, template: &str) -> Result<(), String> {
        let body = json!({ "customerId": customer.notified, "templateId": template });
        self.ask_notihub("/messages/", &body).map(drop)
    }

    /// Asks with the token that there is; a second time if that is good no longer.
    fn ask_notihub(&mut self, path: &str, body: &Value) -> Result<Value, String> {
        loop {
            let is_new = self.token.is_none();
            let token = match self.token.take() {
                Some(token) => token,
                None => self.exchange()?,
            };
            let post = request(Method::POST, format!("{}{path}", self.notihub))
                .header("Authorization", format!("Bearer {token}"));
            let (status, answer) = self.ask(post, body)?;
            if status == 401 && !is_new {
                continue;
            }
            self.token = Some(token);
            return Ok(answer);
        }
    }

    fn exchange(&self) -> Result<String, String> {
        let post = request(Method::POST, format!("{}/token/", self.notihub));
        let (_, answer) = self.ask(post.header("Authorization", EXCHANGE), &json!({}))?;
        Ok(text(&answer, "accessToken"))
    }

    /// What is answered, unless it never arrives.
    fn ask(
        &self,
        request: mock_rebilly::http::request::Builder,
        body: &Value,
    ) -> Result<(u16, Value), String> {
        let request = request.header("Content-Type", "application/json").body(body.to_string());
        let request = request.map_err(|error| error.to_string())?;
        let answer = self.agent.run(request);
        let mut answer = answer.map_err(|error| error.to_string())?;
        let text = answer.body_mut().read_to_string().map_err(|error| error.to_string())?;
        Ok((answer.status().as_u16(), serde_json::from_str(&text).unwrap_or_default()))
    }
}

fn request(method: Method, url: String) -> mock_rebilly::http::request::Builder {
    Request::builder().method(method).uri(url)
}

fn text(answer: &Value, member: &str) -> String {
    answer[member].as_str().unwrap_or_default().to_owned()
}

fn heading(text: &str) {
    println!("\n— {text}\n");
}
