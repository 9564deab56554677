//! The README's Rust stands here, word for word: it compiles, and Rebilly's is run.

#![allow(dead_code, unused, reason = "much of it is only shown: it must compile")]

use std::future::Future;
use std::sync::OnceLock;
use std::time::Duration;

use mock_rebilly::contract::{Contracts, Target};
use mock_rebilly::http::{Request, Response};
use mock_rebilly::{
    Chaos, MockNotihub, MockOctobat, MockRebilly, Notihub, NotihubOp, OctobatOp, Op, Pattern,
    Rebilly, Snapshot, World,
};
use serde_json::{Value, json};
use tokio::task::spawn_blocking;

use crate::support::{self, Ask, agent};

type Done<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The system of whoever reads the README, as far as it talks to Rebilly.
#[derive(Clone)]
struct MyBilling {
    url: String,
    api_key: String,
}

impl MyBilling {
    fn new(url: &str, api_key: &str) -> MyBilling {
        MyBilling { url: url.to_owned(), api_key: api_key.to_owned() }
    }

    fn send(&self, ask: Ask) -> impl Future<Output = Done> + Send + use<> {
        let request = ask.header("REB-APIKEY", &self.api_key).request(&self.url);
        async move {
            let status = spawn_blocking(|| support::send(&agent(), request).status()).await?;
            if status.is_success() { Ok(()) } else { Err(status.as_str().into()) }
        }
    }

    async fn sign_up(&self, id: &str, email: &str) -> Done {
        let emails = json!([{ "label": "main", "value": email }]);
        let customer = json!({ "primaryAddress": { "country": "GB", "emails": emails } });
        self.send(Ask::new("PUT", &format!("/customers/{id}")).json(&customer)).await?;
        let source = json!({ "source": "newsletter" });
        self.send(Ask::new("PUT", &format!("/customers/{id}/lead-source")).json(&source)).await
    }

    async fn comment(&self, id: &str, text: &str) -> Done {
        let comment = json!({ "message": text });
        self.send(Ask::new("POST", &format!("/customers/{id}/timeline")).json(&comment)).await
    }

    fn merge(&self, id: &str, target: &str) -> impl Future<Output = Done> + Send + use<> {
        self.send(Ask::new("DELETE", &format!("/customers/{id}?targetCustomerId={target}")))
    }

    async fn import(&self, customer: &Value) -> Done {
        self.send(Ask::new("POST", "/customers").json(customer)).await
    }
}

/// The README's Rust, paragraph by paragraph.
fn paragraphs() -> impl Iterator<Item = String> {
    let blocks = include_str!("../../README.md").split("```rust\n").skip(1);
    let blocks = blocks.map(|rest| rest.split("```").next().unwrap());
    blocks.flat_map(|block| block.split("\n\n")).map(bare)
}

/// Code without what rustfmt and a page may lay out in their own ways.
fn bare(code: &str) -> String {
    let lines = code.lines().map(uncommented);
    let mut bare: String = lines.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect();
    for end in [")", "]", "}"] {
        bare = bare.replace(&format!(",{end}"), end);
    }
    bare
}

/// A line up to its comment, which does not begin inside of a string. No string has several lines.
fn uncommented(line: &str) -> &str {
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (at, character) in line.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = is_quoted,
            '"' => is_quoted = !is_quoted,
            '/' if !is_quoted && line[at..].starts_with("//") => return &line[..at],
            _ => {}
        }
    }
    line
}

#[test]
fn only_comments_are_left_out_of_the_readmes_rust() {
    assert_eq!(bare(r#"ask("http://a/\"//b", 1); // "c" "#), r#"ask("http://a/\"//b",1);"#);
    assert_eq!(bare("let half = 1 / 2; /// what"), "lethalf=1/2;");
}

#[test]
fn all_rust_of_the_readme_compiles() {
    let here = bare(include_str!("readme.rs"));
    let paragraphs: Vec<String> = paragraphs().collect();
    assert!(paragraphs.len() >= 25, "only {} pieces of Rust are found", paragraphs.len());
    for shown in paragraphs {
        assert!(!shown.is_empty(), "a piece of nothing but comments compares nothing");
        assert!(
            here.contains(&shown),
            "the README shows what tests/it/readme.rs has not:\n{shown}"
        );
    }
}

#[tokio::test]
async fn what_is_signed_up_is_there() -> Done {
    use mock_rebilly::MockRebilly;

    let rebilly = MockRebilly::start().await;
    let app = MyBilling::new(rebilly.url(), &rebilly.api_key());
    app.sign_up("ada", "ada@example.org").await?;
    assert_eq!(rebilly.customer("ada").unwrap().email(), Some("ada@example.org"));
    Ok(())
}

#[tokio::test]
async fn what_a_fixture_says_a_test_can_say() {
    let rebilly = MockRebilly::start().await;
    rebilly.customers().put(
        "bob",
        json!({
            "primaryAddress": { "firstName": "Bob" },
            "lifetimeRevenue": { "currency": "GBP", "amount": 1200 },
            "tags": ["VIP"]
        }),
    );
    rebilly.timeline("bob").add(json!({ "message": "call back" }));
    rebilly.organization("acme").tags().remove("VIP");

    let bob = rebilly.customers().one("bob");
    assert!(rebilly.lead_source("bob").get().is_none());
}

#[tokio::test]
async fn what_was_asked_is_verified() -> Done {
    let rebilly = MockRebilly::start().await;
    let app = MyBilling::new(rebilly.url(), &rebilly.api_key());
    app.sign_up("ada", "ada@example.org").await?;

    let journal = rebilly.journal();
    journal
        .of(Op::PutCustomer)
        .id("ada")
        .status(201)
        .body("/primaryAddress/country", "GB")
        .assert_once();
    journal.of(Op::PostTag).assert_count(..=2);
    journal.of(Op::DeleteCustomer).assert_none();
    journal.assert_in_order([Op::PutCustomer, Op::PutCustomerLeadSource]);
    let put = journal.of(Op::PutCustomer).one();
    assert_eq!(put.json()["primaryAddress"]["country"], "GB");
    Ok(())
}

#[tokio::test]
async fn a_race_is_a_straight_line_and_a_test_waits_for_what_it_wants() -> Done {
    let rebilly = MockRebilly::start().await;
    let app = MyBilling::new(rebilly.url(), &rebilly.api_key());
    for id in ["ada", "bob", "dup"] {
        app.sign_up(id, "ada@example.org").await?;
    }

    let gate = rebilly.hold(Op::DeleteCustomer).id("dup").before_commit();
    let merge = tokio::spawn(app.merge("dup", "ada"));
    gate.arrived().await;
    app.comment("dup", "call back").await?;
    gate.release();
    merge.await??;

    let merge =
        rebilly.wait_for(Op::DeleteCustomer).id("dup").within(Duration::from_secs(2)).await?;
    let puts =
        rebilly.wait_for(Op::PutCustomer).times(3).within_blocking(Duration::from_secs(2))?;
    assert!(rebilly.timeline("ada").all().iter().any(|it| it.message == "call back"));
    Ok(())
}

fn set_up() -> Snapshot<Rebilly> {
    MockRebilly::builder().without_socket().snapshot()
}

#[tokio::test]
async fn time_and_state_go_back() -> Done {
    static COMPANY: OnceLock<Snapshot<Rebilly>> = OnceLock::new();
    let rebilly = MockRebilly::from_snapshot(COMPANY.get_or_init(set_up)).await;

    let app = MyBilling::new(rebilly.url(), &rebilly.api_key());

    let before = rebilly.snapshot();
    app.sign_up("ada", "ada@example.org").await?;
    print!("{}", rebilly.diff(&before));
    rebilly.restore(&before);
    rebilly.reset();
    let twin = rebilly.fork().await;
    assert_eq!(twin.fingerprint(), rebilly.fingerprint());

    rebilly.set("2026-03-01T00:00:00Z");
    assert_eq!(rebilly.now().to_string(), "2026-03-01T00:00:00Z");
    Ok(())
}

#[cfg(feature = "proptest")]
mod property_tests {
    use mock_rebilly::strategies::invalid;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_form_shows_what_is_wrong(it in invalid::customer()) {
            let form = submit(&it.input);
            prop_assert_eq!(form.marked_fields(), [it.field]);
        }
    }

    /// A form that shows what the API refuses.
    struct Form(Value);

    impl Form {
        /// Each once, however many rules it breaks.
        fn marked_fields(&self) -> Vec<&str> {
            let entries = self.0["invalidFields"].as_array().unwrap().iter();
            let mut fields: Vec<_> = entries.map(|it| it["field"].as_str().unwrap()).collect();
            fields.dedup();
            fields
        }
    }

    fn submit(customer: &Value) -> Form {
        let rebilly = MockRebilly::builder().without_socket();
        Form(support::Api::direct(&rebilly).post("/customers", customer, 422))
    }
}

/// What needs files or a client of somebody's, and what would fail its test.
#[expect(
    clippy::redundant_closure_for_method_calls,
    clippy::unnecessary_wraps,
    clippy::unused_async,
    reason = "as the README shows it, and what stands in for a system is as it would be"
)]
mod shown {
    use super::*;

    async fn start() {
        let rebilly = MockRebilly::start().await;
        let app = MyBilling::new(rebilly.url(), &rebilly.api_key());
    }

    fn seed() {
        let rebilly = MockRebilly::builder()
            .now("2026-03-01T00:00:00Z")
            .fixtures("tests/fixtures/acme")
            .start_blocking();
        rebilly.advance(Duration::from_secs(86_400));
        let ada = rebilly.organization("acme").customer("ada").unwrap();
    }

    fn fail(rebilly: &MockRebilly) {
        rebilly.on(Op::PutCustomer).id("ada").nth(2).status(503);
        rebilly.on(Op::PutCustomer).nth(1).lose_response();
        rebilly.on(Op::GetCustomer).times(2).rate_limited(Duration::from_secs(30));
        rebilly.on(Op::PostTag).must_fire().close_after(17);
        rebilly.on_any().chaos(Chaos::seeded(7).rate(0.05));
    }

    async fn octobat() -> Done {
        use mock_rebilly::{MockOctobat, OctobatOp};

        let octobat = MockOctobat::start().await;
        let app = MyInvoices::new(octobat.url(), &octobat.api_key());
        let id = app.register("Ada", "FR").await?;
        octobat
            .journal()
            .of(OctobatOp::CreateCustomer)
            .body("/billing_address_country", "FR")
            .assert_once();
        assert_eq!(octobat.customer(&id).unwrap().name.as_deref(), Some("Ada"));
        Ok(())
    }

    async fn notihub() -> Done {
        use mock_rebilly::{MockNotihub, Notihub, NotihubOp};

        let notihub = MockNotihub::start().await;
        let keys =
            (Notihub::PUBLIC_KEY, Notihub::SECRET_KEY, Notihub::CLIENT_ID, Notihub::CLIENT_SECRET);
        let app = MyNews::new(notihub.url(), keys);
        app.welcome("5f0c7b3e-4a52-4d0e-9a7b-0c1d2e3f4a5b").await?;
        notihub.journal().of(NotihubOp::SendMessage).body("/templateId", "welcome").assert_once();
        Ok(())
    }

    async fn several_vendors() {
        let world = World::builder()
            .now("2026-03-01T00:00:00Z")
            .rebilly(|rebilly| rebilly.fixtures("tests/fixtures/acme"))
            .octobat(|octobat| octobat)
            .notihub(|notihub| notihub.empty())
            .start()
            .await;
        let app =
            MyCompany::new(world.rebilly().url(), world.octobat().url(), world.notihub().url());

        world.advance(Duration::from_secs(6 * 3_600));
        let before = world.snapshot();
        world.journal().assert_in_order([
            Pattern::of(Op::PutCustomer),
            Pattern::of(OctobatOp::CreateCustomer),
        ]);
        print!("{}", world.journal());
    }

    #[expect(unnameable_test_items, reason = "it would need contract files")]
    fn contract() {
        #[test]
        fn contracts_hold() {
            let contracts =
                Contracts::load("tests/contracts").unwrap_or_else(|error| panic!("{error}"));
            contracts.run(&Target::from_env(send)).assert_none();
        }
    }

    fn send(request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> {
        Ok(support::send(&agent(), request))
    }

    #[cfg(feature = "tls")]
    async fn https() -> Done {
        let rebilly = MockRebilly::builder().tls().start().await;
        let trusted = reqwest::Certificate::from_pem(rebilly.ca_pem().as_bytes())?;
        let client = reqwest::Client::builder().add_root_certificate(trusted).build()?;
        Ok(())
    }

    #[cfg(feature = "fake")]
    async fn made_up_data(app: &MyBilling) -> Done {
        use mock_rebilly::samples::samples;

        let rebilly = MockRebilly::builder().samples(samples(7).customers(10_000)).start().await;

        for customer in samples(7).customers(20) {
            app.import(&customer).await?;
        }
        Ok(())
    }

    #[cfg(feature = "proptest")]
    fn model_of_a_client() {
        use mock_rebilly::model;

        model::check(|| MyClient::new(MockRebilly::builder().empty().start_blocking()));
    }

    struct MyInvoices;

    impl MyInvoices {
        fn new(_url: &str, _api_key: &str) -> MyInvoices {
            MyInvoices
        }

        async fn register(&self, _name: &str, _country: &str) -> Done<String> {
            Err("only shown".into())
        }
    }

    struct MyNews;

    impl MyNews {
        fn new(_url: &str, _keys: (&str, &str, &str, &str)) -> MyNews {
            MyNews
        }

        async fn welcome(&self, _customer: &str) -> Done {
            Err("only shown".into())
        }
    }

    struct MyCompany;

    impl MyCompany {
        fn new(_rebilly: &str, _octobat: &str, _notihub: &str) -> MyCompany {
            MyCompany
        }
    }

    #[cfg(feature = "proptest")]
    struct MyClient;

    #[cfg(feature = "proptest")]
    impl MyClient {
        #[expect(clippy::new_ret_no_self, reason = "the README's reader has a client of their own")]
        fn new(rebilly: MockRebilly) -> mock_rebilly::model::OverHttp {
            mock_rebilly::model::OverHttp::direct(rebilly)
        }
    }

    /// As much of reqwest as is shown.
    #[cfg(feature = "tls")]
    mod reqwest {
        use super::Done;

        pub(super) struct Certificate;

        impl Certificate {
            pub(super) fn from_pem(pem: &[u8]) -> Done<Certificate> {
                if pem.starts_with(b"-----BEGIN") { Ok(Certificate) } else { Err("no PEM".into()) }
            }
        }

        pub(super) struct Client;

        impl Client {
            pub(super) fn builder() -> Client {
                Client
            }

            pub(super) fn add_root_certificate(self, _: Certificate) -> Client {
                self
            }

            pub(super) fn build(self) -> Done<Client> {
                Ok(self)
            }
        }
    }
}
