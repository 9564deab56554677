//! [`Player`]: plays random conversations, and what holds for every one of them.
//!
//! What each of its answers ought to be, the model of feature `proptest` knows:
//! see `model.rs`. All of it is deterministic: proptest draws from a fixed seed, so that a
//! failure here is a failure everywhere.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use form_urlencoded::byte_serialize;
use mock_rebilly::http::{Request, Response};
use mock_rebilly::{Builder, Difference, Differences, MockRebilly, Rebilly, Timestamp};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select, subsequence};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::support::{Api, Ask, Way, header};

/// Tries a property on that many cases, always the same ones.
#[track_caller]
fn always<S: Strategy>(cases: u32, strategy: &S, property: impl Fn(S::Value)) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let outcome = TestRunner::new_with_rng(config, rng).run(strategy, |value| {
        property(value);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

// Who is there: five customers from the start, and those that calls create.

const GROUND: &str = r#"{ "customers": [
    { "id": "ada", "primaryAddress": { "firstName": "Ada", "country": "GB" }, "leadSource": { "source": "ads" } },
    { "id": "bob", "customFields": { "plan": "gold" } },
    { "id": "cy" },
    { "id": "dee" },
    { "id": "dup", "customFields": { "plan": "free" } }
] }"#;

const HERE: [&str; 5] = ["ada", "bob", "cy", "dee", "dup"];

fn world() -> Builder<Rebilly> {
    MockRebilly::builder().fixture("ground.json", GROUND).allow_unmatched()
}

const NAMES: [&str; 4] = ["Ada", "ada", "Zoë", "Bo, Jr."];
const COUNTRIES: [&str; 3] = ["GB", "US", "CA"];
const TEXTS: [&str; 3] = ["call back", "@bob@example.com: see #customers-ada", "ü \"\u{1}\" 😀"];

/// What a client says of a customer.
fn profile() -> impl Strategy<Value = Value> {
    let address = (option::of(select(&NAMES[..])), option::of(select(&COUNTRIES[..])));
    let plan = option::of(select(&["gold", "free"][..]));
    let said = (option::of(address), plan, option::weighted(0.2, source()));
    said.prop_map(|(address, plan, source)| {
        let mut body = json!({});
        if let Some((first_name, country)) = address {
            body["primaryAddress"] = json!({ "firstName": first_name, "country": country });
        }
        if let Some(plan) = plan {
            body["customFields"] = json!({ "plan": plan });
        }
        if let Some(source) = source {
            body["leadSource"] = source;
        }
        body
    })
}

fn source() -> impl Strategy<Value = Value> {
    option::of(select(&["ads", "mail"][..])).prop_map(|source| json!({ "source": source }))
}

/// What happens next. Whoever is there is meant by number, so that every
/// sequence means something, and still does when steps are left out.
#[derive(Clone, Debug)]
enum Step {
    Create(Value),
    Upsert(&'static str, Value),
    Comment(Index, &'static str),
    PutSource(Index, Value),
    DeleteSource(Index),
    Merge(Index, Index),
    DeleteMessage(Index, Index),
    Look(Index, Index),
    Refused(Index, Index),
    Advance(u32),
}

fn step() -> impl Strategy<Value = Step> {
    let index = any::<Index>;
    prop_oneof![
        3 => profile().prop_map(Step::Create),
        4 => (select(&["ada", "eve", "fay@x"][..]), profile()).prop_map(|(id, it)| Step::Upsert(id, it)),
        3 => (index(), select(&TEXTS[..])).prop_map(|(on, text)| Step::Comment(on, text)),
        3 => (index(), source()).prop_map(|(on, source)| Step::PutSource(on, source)),
        1 => index().prop_map(Step::DeleteSource),
        3 => (index(), index()).prop_map(|(from, to)| Step::Merge(from, to)),
        2 => (index(), index()).prop_map(|(of, which)| Step::DeleteMessage(of, which)),
        2 => (index(), index()).prop_map(|(of, view)| Step::Look(of, view)),
        2 => (index(), index()).prop_map(|(which, on)| Step::Refused(which, on)),
        1 => (0..1_000_u32).prop_map(Step::Advance),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    vec(step(), 0..20)
}

/// Says what steps mean to a double.
struct Player<'m> {
    rebilly: &'m MockRebilly,
    api: Api<'m>,
}

impl<'m> Player<'m> {
    fn new(rebilly: &'m MockRebilly) -> Player<'m> {
        Player { rebilly, api: Api::direct(rebilly) }
    }

    /// Plays a step and returns the answer, if it is a call.
    fn play(&self, step: &Step) -> Option<Response<Vec<u8>>> {
        if let Step::Advance(seconds) = step {
            self.rebilly.advance(Duration::from_secs(u64::from(*seconds)));
            return None;
        }
        let before = self.messages();
        let ask = self.meant(step);
        let answer = self.api.ask(&ask);
        let status = answer.status().as_u16();
        assert!(status < 500 || status == 501, "{ask:?}\n{}", shown(&answer));
        let after = self.messages();
        match step {
            // A merge loses no message.
            Step::Merge(..) if status == 204 => {
                assert!(after.is_superset(&before) && after.len() == before.len() + 1);
            }
            Step::DeleteMessage(..) if status == 204 => {
                assert!(before.is_superset(&after) && after.len() + 1 == before.len());
            }
            _ => assert!(after.is_superset(&before)),
        }
        Some(answer)
    }

    /// The call that a step means here.
    fn meant(&self, step: &Step) -> Ask {
        let ids = self.ids();
        let one = |index: &Index| index.get(&ids).clone();
        match step {
            Step::Create(body) => post("/customers", body),
            Step::Upsert(id, body) => put(&format!("/customers/{id}"), body),
            Step::Comment(on, text) => {
                let target = format!("/customers/{}/timeline", one(on));
                post(&target, &json!({ "message": text }))
            }
            Step::PutSource(on, source) => {
                put(&format!("/customers/{}/lead-source", one(on)), source)
            }
            Step::DeleteSource(on) => delete(&format!("/customers/{}/lead-source", one(on))),
            Step::Merge(from, to) => {
                let (from, to) = (one(from), one(to));
                delete(&format!("/customers/{from}?targetCustomerId={to}"))
            }
            Step::DeleteMessage(of, which) => {
                let id = one(of);
                let timeline = self.rebilly.timeline(&id).all();
                let message = (!timeline.is_empty()).then(|| which.get(&timeline).id.as_str());
                let message = message.unwrap_or("tmln_none");
                delete(&format!("/customers/{id}/timeline/{message}"))
            }
            Step::Look(of, which) => {
                let views = views(&[&one(of)]);
                let view: &String = which.get(&views);
                get(view)
            }
            Step::Refused(which, on) => {
                let (ask, _) = which.get(&refusals(self.rebilly, &one(on))).clone();
                ask
            }
            Step::Advance(_) => unreachable!("time is no call"),
        }
    }

    /// Whoever is there, in the order of their ids.
    fn ids(&self) -> Vec<String> {
        let mut ids = self.rebilly.customers().ids();
        ids.sort();
        ids
    }

    /// The ids of the messages of all timelines.
    fn messages(&self) -> BTreeSet<String> {
        let timelines = self.ids().into_iter().flat_map(|id| self.rebilly.timeline(&id).all());
        timelines.map(|row| row.id.to_string()).collect()
    }
}

/// A double after a random past, and the answers that it gave.
fn after(steps: &[Step]) -> (MockRebilly, Vec<Response<Vec<u8>>>) {
    let rebilly = world().without_socket();
    let player = Player::new(&rebilly);
    let answers = steps.iter().filter_map(|step| player.play(step)).collect();
    (rebilly, answers)
}

// What is said, and what is seen.

fn get(target: &str) -> Ask {
    Ask::new("GET", target).key()
}

fn delete(target: &str) -> Ask {
    Ask::new("DELETE", target).key()
}

fn post(target: &str, body: &Value) -> Ask {
    Ask::new("POST", target).key().json(body)
}

fn put(target: &str, body: &Value) -> Ask {
    Ask::new("PUT", target).key().json(body)
}

/// Status, headers and body: all that a client could compare.
fn shown<B: AsRef<[u8]>>(answer: &Response<B>) -> String {
    use std::fmt::Write as _;
    let mut text = answer.status().to_string();
    for (name, value) in answer.headers() {
        let _ = write!(text, "\n{name}: {}", String::from_utf8_lossy(value.as_bytes()));
    }
    text + "\n\n" + &String::from_utf8_lossy(answer.body().as_ref())
}

/// The same without what says how many calls there were before.
fn uncounted(answer: &Response<Vec<u8>>) -> String {
    let shown = shown(answer);
    let lines = shown.split('\n').filter(|line| !line.starts_with("x-ratelimit-remaining"));
    lines.collect::<Vec<_>>().join("\n")
}

fn id_of(answer: &Response<Vec<u8>>) -> String {
    let body: Value = serde_json::from_slice(answer.body()).expect("JSON");
    body["id"].as_str().expect("an id").to_owned()
}

/// Ways to look at the lists, and at these customers.
fn views(ids: &[&String]) -> Vec<String> {
    let mut views: Vec<String> = [
        "?limit=1000",
        "?limit=2&offset=1",
        "?sort=id&limit=3",
        "?sort=-createdTime",
        "?sort=firstName,-revision&offset=1",
        "?filter=primaryAddress.country:GB&expand=leadSource",
        "?q=ada&fields=id,firstName,revision",
    ]
    .map(|query| format!("/customers{query}"))
    .into();
    for id in ids {
        views.extend(
            [
                "",
                "/timeline",
                "/timeline?sort=type&limit=2",
                "/timeline?sort=-occurredTime&offset=1",
                "/lead-source",
            ]
            .map(|end| format!("/customers/{id}{end}")),
        );
    }
    views
}

/// All that can be seen of a double.
fn state(api: &Api<'_>) -> Vec<String> {
    let list = api.get("/customers?limit=1000&fields=id", 200);
    let ids: Vec<String> = list
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it["id"].as_str().expect("an id").to_owned())
        .collect();
    let look = |view: String| format!("{view}\n{}", shown(&api.ask(&get(&view))));
    views(&ids.iter().collect::<Vec<_>>()).into_iter().map(look).collect()
}

/// Two long lists of texts are equal; else their first difference is shown.
#[track_caller]
fn same(one: &[String], other: &[String]) {
    let Some((one, other)) = one.iter().zip(other).find(|(one, other)| one != other) else {
        assert_eq!(one.len(), other.len());
        return;
    };
    let equal = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let rest =
        |text: &str| text.chars().skip(equal.saturating_sub(60)).take(160).collect::<String>();
    let place = one.lines().next().unwrap_or_default();
    panic!("{place}\n  one: …{}\nother: …{}", rest(one), rest(other));
}

/// Calls about this customer that are refused, with their statuses: the last
/// thing that is wrong is found only after all else was read.
fn refusals(rebilly: &MockRebilly, id: &str) -> Vec<(Ask, u16)> {
    let customer = format!("/customers/{id}");
    let (timeline, source) = (format!("{customer}/timeline"), format!("{customer}/lead-source"));
    let other = if id == "ada" { "bob" } else { "ada" };
    let elsewhere = rebilly.timeline(other).ids().into_iter().next();
    let elsewhere = format!("{timeline}/{}", elsewhere.as_deref().unwrap_or("tmln_none"));
    let bad = json!({
        "primaryAddress": { "firstName": "New", "country": "gb" }, "customFields": { "plan": "bad" },
        "leadSource": { "source": "x".repeat(513) }
    });
    let fine = json!({ "message": "fine", "source": "fine" });
    let nobody = |method: &str, target: &str| Ask::new(method, target).json(&fine);
    vec![
        (post("/customers", &bad), 422),
        (post("/customers", &json!([1])), 422),
        (post("/customers", &json!({ "paymentToken": "t", "locale": "?" })), 422),
        (put(&customer, &bad), 422),
        (put("/customers/a%20b", &fine), 422),
        (put(&format!("/customers/{}", "x".repeat(51)), &fine), 422),
        (put(&source, &json!({ "source": "new", "path": 7 })), 422),
        (post(&timeline, &json!({ "message": "" })), 422),
        (post(&timeline, &json!({ "message": "fine", "type": "customer-created" })), 422),
        (post(&timeline, &json!({ "customEventType": "unknown" })), 422),
        (delete(&customer), 422),
        (delete(&format!("{customer}?targetCustomerId=")), 422),
        (delete(&format!("{customer}?targetCustomerId={id}")), 422),
        (get("/customers?filter=colour:red&sort=-size&limit=many"), 422),
        (get(&format!("{timeline}?offset=-1")), 422),
        (delete(&format!("{customer}?targetCustomerId=nobody")), 404),
        (delete(&format!("/customers/nobody?targetCustomerId={id}")), 404),
        (get("/customers/nobody"), 404),
        (put("/customers/nobody/lead-source", &fine), 404),
        (delete("/customers/nobody/lead-source"), 404),
        (post("/customers/nobody/timeline", &fine), 404),
        (get("/customers/nobody/timeline"), 404),
        (get(&elsewhere), 404),
        (delete(&elsewhere), 404),
        (post("/customer", &fine), 404),
        (post(&customer.replacen("/customers", "/organizations/a%20b/customers", 1), &fine), 404),
        (Ask::new("POST", "/customers").key(), 400),
        (Ask::new("POST", "/customers").key().text("{\"primaryAddress\":"), 400),
        (Ask::new("PUT", &customer).key().text("{} {}"), 400),
        (Ask::new("PUT", &source).key(), 400),
        (Ask::new("POST", &timeline).key().text("message=fine"), 400),
        (nobody("POST", "/customers"), 401),
        (nobody("PUT", &customer), 401),
        (nobody("POST", &timeline), 401),
        (nobody("PUT", &source), 401),
        (Ask::new("DELETE", &format!("{customer}?targetCustomerId={other}")), 401),
        (nobody("POST", "/customers").header("Authorization", "pk_sandbox_x"), 403),
        (Ask::new("PATCH", &customer).key().json(&fine), 405),
        (delete("/customers"), 405),
        (delete(&timeline), 405),
        (post(&source, &fine), 405),
        (post("/invoices", &fine), 501),
        (get("/invoices"), 501),
    ]
}

// 1. Replay.

fn the_journal_replayed_in_a_fresh_world_gives_the_same_bytes() {
    always(128, &steps(), |steps| {
        let (rebilly, answers) = after(&steps);
        let fresh = world().without_socket();
        let journal = rebilly.journal();
        assert_eq!(journal.len(), answers.len());
        let wait = |until: Timestamp| {
            let passed = until.epoch() - fresh.now().epoch();
            fresh.advance(Duration::from_secs(passed.unsigned_abs()));
        };
        for (exchange, answer) in journal.iter().zip(&answers) {
            wait(exchange.at);
            let call = exchange.call();
            let between = if call.query_text.is_empty() { "" } else { "?" };
            let target = format!("{}{}{between}{}", call.base(), call.path, call.query_text);
            let mut request = Request::builder().method(&call.method).uri(target);
            *request.headers_mut().expect("a fine request") = call.headers().clone();
            let request = request.body(call.body.clone()).expect("a fine request");
            assert_eq!(shown(&fresh.handle(request)), shown(answer), "{exchange}");
        }
        wait(rebilly.now());
        same(&state(&Api::direct(&fresh)), &state(&Api::direct(&rebilly)));
        assert_eq!(fresh.fingerprint(), rebilly.fingerprint());
    });
}

// 2 and 3. The order of arrival.

/// Calls that mean the same in any order: some are said twice.
fn independent() -> impl Strategy<Value = Ask> {
    // Nobody else says anything of the duplicate.
    let others = || select(&HERE[..4]);
    let numbered = json!({ "locale": "en", "customFields": { "n": 1 } });
    let comment =
        |id, text| post(&format!("/customers/{id}/timeline"), &json!({ "message": text }));
    let source = |id| put(&format!("/customers/{id}/lead-source"), &json!({ "source": id }));
    prop_oneof![
        3 => profile().prop_map(|it| post("/customers", &it)),
        2 => (0..4_u8).prop_map(move |n| put(&format!("/customers/new_{n}"), &numbered)),
        3 => (others(), select(&TEXTS[..])).prop_map(move |(id, text)| comment(id, text)),
        2 => others().prop_map(source),
        1 => Just(delete("/customers/dup?targetCustomerId=ada")),
    ]
}

/// Each call with its answer, in an order that does not depend on that of the calls.
fn told(calls: &[Ask], answers: impl IntoIterator<Item = String>) -> Vec<String> {
    let line = |(ask, answer): (&Ask, String)| {
        let body = String::from_utf8_lossy(ask.body.as_deref().unwrap_or_default()).into_owned();
        format!("{} {} {body} {:?}\n{answer}", ask.method, ask.target, ask.headers)
    };
    let mut told: Vec<String> = calls.iter().zip(answers).map(line).collect();
    told.sort();
    told
}

fn independent_calls_get_the_same_ids_in_any_order() {
    let calls = vec(independent(), 2..16);
    let orders = calls.prop_flat_map(|calls| (Just(calls.clone()), Just(calls).prop_shuffle()));
    always(96, &orders, |(one, other)| {
        let [one, other] = [one, other].map(|calls| {
            let rebilly = world().without_socket();
            let api = Api::direct(&rebilly);
            told(&calls, calls.iter().map(|ask| uncounted(&api.ask(ask))))
        });
        same(&one, &other);
    });
}

const THREADS: usize = 4;
const CALLS: usize = 12;

/// A random order of the calls, dealt to the threads.
type Schedule = Vec<u16>;

/// Makes the calls from several threads at once, and shows all that could tell
/// who came first.
fn race(calls: &[Ask], schedule: &Schedule, way: Way) -> Vec<String> {
    let builder = world().order_independent();
    let rebilly =
        if way == Way::Socket { builder.start_blocking() } else { builder.without_socket() };
    let mut hands: [Vec<(u16, Ask)>; THREADS] = Default::default();
    for (&turn, ask) in schedule.iter().zip(calls) {
        hands[usize::from(turn) % THREADS].push((turn, ask.clone()));
    }
    let (start, api) = (Barrier::new(THREADS), Api::by(&rebilly, way));
    let played: Vec<(Ask, Response<Vec<u8>>)> = thread::scope(|scope| {
        let play = |mut hand: Vec<(u16, Ask)>| {
            hand.sort_by_key(|(turn, _)| *turn);
            let (api, start) = (api.clone(), &start);
            scope.spawn(move || {
                start.wait();
                let play = |(_, ask)| {
                    let answer = api.ask(&ask);
                    (ask, answer)
                };
                hand.into_iter().map(play).collect::<Vec<_>>()
            })
        };
        let running = hands.map(play);
        running.into_iter().flat_map(|hand| hand.join().expect("no call panics")).collect()
    });
    let (calls, answers): (Vec<Ask>, Vec<Response<Vec<u8>>>) = played.into_iter().unzip();
    let all = state(&api).into_iter().chain(told(&calls, answers.iter().map(shown)));
    let all = all.chain([format!("fingerprint\n{}", rebilly.fingerprint())]);
    all.map(|text| text.replace(rebilly.url(), "")).collect()
}

fn races(schedules: usize) -> impl Strategy<Value = (Vec<Ask>, Vec<Schedule>)> {
    (vec(independent(), CALLS), vec(vec(any::<u16>(), CALLS), schedules))
}

fn any_schedule_of_the_same_calls_gives_the_same_bytes() {
    // 64 × 16 = 1,024 schedules.
    always(64, &races(16), |(calls, schedules)| {
        let alone = race(&calls, &vec![0; CALLS], Way::Direct);
        for schedule in &schedules {
            same(&race(&calls, schedule, Way::Direct), &alone);
        }
    });
}

fn any_schedule_over_connections_gives_the_same_bytes() {
    always(4, &races(4), |(calls, schedules)| {
        let alone = race(&calls, &vec![0; CALLS], Way::Socket);
        for schedule in &schedules {
            same(&race(&calls, schedule, Way::Socket), &alone);
        }
    });
}

/// The same two calls, in both orders.
#[track_caller]
fn either_may_come_first(one: &Ask, other: &Ask) {
    let both = [one.clone(), other.clone()];
    // One thread, so that there are only these two orders.
    let orders = [vec![0, 4], vec![4, 0]];
    let [one_first, other_first] = orders.map(|order| race(&both, &order, Way::Direct));
    same(&one_first, &other_first);
}

fn the_same_comment_of_two_users_is_the_same_in_either_order() {
    let comment = |token: &str| {
        let ask = Ask::new("POST", "/customers/ada/timeline");
        ask.json(&json!({ "message": "done" })).header("Authorization", &format!("Bearer {token}"))
    };
    either_may_come_first(&comment("alice"), &comment("bert"));
}

fn the_same_fields_in_two_orders_are_the_same_in_either_order() {
    let create = |fields: &str| {
        Ask::new("POST", "/customers").key().text(&format!("{{\"customFields\":{{{fields}}}}}"))
    };
    either_may_come_first(&create(r#""a":1,"b":2"#), &create(r#""b":2,"a":1"#));
}

fn the_same_call_by_two_addresses_is_the_same_in_either_order() {
    let create = |prefix: &str| post(&format!("{prefix}/customers"), &json!({}));
    either_may_come_first(&create(""), &create("/organizations/org_default"));
}

// 4. Refusals.

fn a_refused_call_changes_nothing() {
    always(24, &(steps(), any::<Index>()), |(steps, on)| {
        let (rebilly, _) = after(&steps);
        let api = Api::direct(&rebilly);
        let customers = rebilly.customers().all();
        let (before, snapshot) = (state(&api), rebilly.snapshot());
        for (ask, status) in refusals(&rebilly, &on.get(&customers).id) {
            let answer = api.ask(&ask);
            assert_eq!(answer.status().as_u16(), status, "{ask:?}\n{}", shown(&answer));
            same(&state(&api), &before);
        }
        let diff = rebilly.diff(&snapshot);
        assert!(diff.is_empty() && rebilly.fingerprint() == snapshot.fingerprint(), "{diff}");
    });
}

fn a_refused_call_leaves_no_trace_in_what_follows() {
    always(24, &(steps(), any::<Index>()), |(steps, on)| {
        let (_undisturbed, expected) = after(&steps);
        let rebilly = world().without_socket();
        let (player, mut answers) = (Player::new(&rebilly), Vec::new());
        for step in &steps {
            let customers = rebilly.customers().all();
            for (ask, _) in refusals(&rebilly, &on.get(&customers).id) {
                player.api.ask(&ask);
            }
            answers.extend(player.play(step));
        }
        let shown = |answers: &[_]| answers.iter().map(uncounted).collect::<Vec<String>>();
        same(&shown(&answers), &shown(&expected));
    });
}

// 5. The customer domain.

fn an_upsert_said_twice_changes_the_revision_and_the_time_only() {
    always(
        48,
        &(steps(), any::<Index>(), profile(), any::<bool>()),
        |(steps, on, profile, new)| {
            let (rebilly, _) = after(&steps);
            let api = Api::direct(&rebilly);
            let customers = rebilly.customers().all();
            let id = if new { "newcomer" } else { &on.get(&customers).id };
            let (target, timeline) =
                (format!("/customers/{id}"), format!("/customers/{id}/timeline"));
            let put = put(&target, &profile);
            let mut first: Value = serde_json::from_slice(api.ask(&put).body()).expect("JSON");
            let told = api.get(&timeline, 200);
            rebilly.advance(Duration::from_secs(60));
            let second = api.expect(&put, 200);
            assert_eq!(second["updatedTime"], rebilly.now().to_string());
            assert_eq!(second["revision"].as_i64(), first["revision"].as_i64().map(|it| it + 1));
            first["updatedTime"] = second["updatedTime"].clone();
            first["revision"] = second["revision"].clone();
            assert_eq!(first, second);
            assert_eq!(api.get(&timeline, 200), told);
        },
    );
}

fn pages_partition_a_list() {
    let lists = select(
        &[
            "/customers?",
            "/customers?sort=firstName&",
            "/customers?sort=-createdTime,id&",
            "/customers?filter=primaryAddress.country:!GB&",
            "/customers/ada/timeline?sort=type&",
        ][..],
    );
    always(96, &(steps(), lists, 1..6_usize), |(steps, list, size)| {
        let (rebilly, _) = after(&steps);
        let api = Api::direct(&rebilly);
        if list.starts_with("/customers/ada") && rebilly.customer("ada").is_none() {
            return;
        }
        let page = |limit: usize, offset: usize| {
            let answer = api.ask(&get(&format!("{list}limit={limit}&offset={offset}")));
            let number = |name| header(&answer, name).and_then(|it| it.parse::<usize>().ok());
            assert_eq!(number("pagination-limit"), Some(limit));
            assert_eq!(number("pagination-offset"), Some(offset));
            let rows: Vec<Value> = serde_json::from_slice(answer.body()).expect("a list");
            (rows, number("pagination-total").expect("a total"))
        };
        let (whole, total) = page(1_000, 0);
        assert_eq!(whole.len(), total);
        let mut pages = Vec::new();
        for offset in (0..=total).step_by(size) {
            let (rows, of) = page(size, offset);
            assert_eq!((rows.len(), of), (size.min(total - offset), total));
            pages.extend(rows);
        }
        assert_eq!(pages, whole);
        assert_eq!(page(size, total + 7), (Vec::new(), total));
    });
}

/// A clause over one field, as the grammar writes it: all of its values are negated, or none.
#[derive(Clone, Debug)]
struct Clause {
    country: bool,
    negated: bool,
    values: Vec<&'static str>,
}

fn clause() -> impl Strategy<Value = Clause> {
    let values = |known: &'static [&'static str]| subsequence(known, 1..=2);
    let country = values(&["GB", "US", "us", "null", "FR"]).prop_map(|values| (true, values));
    let name =
        values(&["ada", "ZOË", "Bo\\, Jr.", "null", "Ad"]).prop_map(|values| (false, values));
    (prop_oneof![country, name], any::<bool>()).prop_map(|((country, values), negated)| Clause {
        country,
        negated,
        values,
    })
}

impl Clause {
    fn text(&self) -> String {
        let field = if self.country { "primaryAddress.country" } else { "firstName" };
        let before = if self.negated { "!" } else { "" };
        let values: Vec<String> = self.values.iter().map(|it| format!("{before}{it}")).collect();
        format!("{field}:{}", values.join(","))
    }

    fn keeps(&self, customer: &Value) -> bool {
        let member = if self.country { "country" } else { "firstName" };
        let found = customer["primaryAddress"][member].as_str();
        let said = |value: &&str| match found {
            Some(found) => found.to_lowercase() == value.replace('\\', "").to_lowercase(),
            None => *value == "null",
        };
        self.values.iter().any(said) != self.negated
    }
}

fn a_filter_agrees_with_a_naive_reading_of_it() {
    let population = vec(profile(), 0..10);
    always(128, &(population, vec(clause(), 1..3)), |(population, clauses)| {
        let rebilly = MockRebilly::builder().empty().without_socket();
        let api = Api::direct(&rebilly);
        let create = |body: &Value| id_of(&api.ask(&post("/customers", body)));
        let all: Vec<(String, Value)> =
            population.into_iter().map(|body| (create(&body), body)).collect();
        let filter: Vec<String> = clauses.iter().map(Clause::text).collect();
        let filter: String = byte_serialize(filter.join(";").as_bytes()).collect();
        let list = api.get(&format!("/customers?filter={filter}&fields=id"), 200);
        let found: BTreeSet<&str> =
            list.as_array().expect("a list").iter().filter_map(|it| it["id"].as_str()).collect();
        let kept = all.iter().filter(|(_, body)| clauses.iter().all(|clause| clause.keeps(body)));
        assert_eq!(found, kept.map(|(id, _)| id.as_str()).collect());
    });
}

fn fields_keep_the_id_and_what_is_named_as_it_was() {
    let names = subsequence(
        &["revision", "primaryAddress", "firstName", "tags", "_links", "unknown", "customFields"][..],
        1..=5,
    );
    always(32, &(steps(), names), |(steps, names)| {
        let (rebilly, _) = after(&steps);
        let api = Api::direct(&rebilly);
        let mut expected = api.get("/customers", 200);
        for customer in expected.as_array_mut().expect("a list") {
            let customer = customer.as_object_mut().expect("an object");
            customer.retain(|name, _| name == "id" || names.contains(&name.as_str()));
        }
        let fields = names.join(",");
        assert_eq!(api.get(&format!("/customers?fields={fields}"), 200), expected);
        for customer in expected.as_array().expect("a list") {
            let id = customer["id"].as_str().expect("an id");
            assert_eq!(api.get(&format!("/customers/{id}?fields={fields}"), 200), *customer);
        }
    });
}

// 6. Ids.

/// The ids that these creates get in a fresh world.
fn ids(builder: Builder<Rebilly>, bodies: &[&str]) -> Vec<String> {
    let rebilly = builder.empty().without_socket();
    let api = Api::direct(&rebilly);
    let create = |body: &&str| id_of(&api.ask(&Ask::new("POST", "/customers").key().text(body)));
    bodies.iter().map(create).collect()
}

fn an_id_is_a_prefix_and_26_characters_of_crockfords_and_never_said_twice() {
    always(64, &steps(), |steps| {
        let (rebilly, answers) = after(&steps);
        let created = answers.iter().filter(|it| it.status() == 201);
        let made = created.filter_map(|it| header(it, "location")).flat_map(|it| it.split('/'));
        let mut texts: Vec<String> =
            made.filter(|it| it.contains('_')).map(str::to_owned).collect();
        let mut messages: Vec<String> =
            rebilly.customers().ids().iter().flat_map(|id| rebilly.timeline(id).ids()).collect();
        texts.extend(messages.iter().cloned());
        for id in texts {
            let rest = id.strip_prefix("cus_").or_else(|| id.strip_prefix("tmln_"));
            let known = |letter| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(&letter);
            assert!(rest.is_some_and(|it| it.len() == 26 && it.bytes().all(known)), "{id}");
        }
        let all = messages.len();
        messages.sort();
        messages.dedup();
        assert_eq!(messages.len(), all);
    });
}

fn a_call_said_again_gets_an_id_of_its_own() {
    let world = MockRebilly::builder;
    let distinct: BTreeSet<String> = ids(world(), &["{}"; 100]).into_iter().collect();
    assert_eq!(distinct.len(), 100);
    assert_eq!(ids(world(), &["{}"; 2]), ids(world(), &["{}"; 2]));
}

fn another_seed_gives_other_ids_and_the_same_seed_the_same() {
    let of = |seed| ids(MockRebilly::builder().seed(seed), &["{}"; 3]);
    assert_eq!(ids(MockRebilly::builder(), &["{}"; 3]), of(0));
    assert_eq!(of(7), of(7));
    let distinct: BTreeSet<String> = [0, 1, 7, u64::MAX].into_iter().flat_map(of).collect();
    assert_eq!(distinct.len(), 12);
}

fn the_order_of_members_does_not_change_an_id() {
    let of = |body: &str| ids(MockRebilly::builder(), &[body]);
    let one = r#"{"locale":"en","primaryAddress":{"city":"York","emails":[]},"customFields":{"a":[1,{"b":2,"c":3}],"d":null}}"#;
    let other = r#" {"customFields": {"d":null, "a":[1,{"c":3,"b":2}]}, "primaryAddress":{"emails":[],"city":"York"},"locale":"en"}"#;
    assert_eq!(of(one), of(other));
    assert_ne!(of(one), of(&one.replace("[1,", "[2,")), "what is said does");
}

fn sequential_ids_count() {
    let found = ids(MockRebilly::builder().sequential_ids(), &["{}", "[]", "{\"locale\":\"en\"}"]);
    let expected = [1, 2, 3].map(|number| format!("cus_{number:026}"));
    assert_eq!(found, expected);
}

fn an_id_that_somebody_chose_is_not_given_again() {
    // What a call is given where nothing is in its way, which others then take first.
    let to_come = |naming: &dyn Fn() -> Builder<Rebilly>| ids(naming(), &["{}"]).remove(0);
    let derived: fn() -> Builder<Rebilly> = MockRebilly::builder;
    let counted = || MockRebilly::builder().sequential_ids();
    for naming in [&derived as &dyn Fn() -> Builder<Rebilly>, &counted] {
        let id = to_come(naming);
        let rebilly = naming().empty().without_socket();
        let api = Api::direct(&rebilly);
        api.put(&format!("/customers/{id}"), &json!({ "locale": "en" }), 201);
        let new = api.post("/customers", &json!({}), 201);
        assert_ne!(new["id"], json!(id));
        assert_eq!(api.get(&format!("/customers/{id}"), 200)["locale"], "en");
        assert_eq!(rebilly.customers().len(), 2);
    }
}

fn an_id_that_was_merged_away_is_not_given_again() {
    let rebilly = MockRebilly::builder().empty().sequential_ids().without_socket();
    let api = Api::direct(&rebilly);
    let first = format!("cus_{:026}", 1);
    api.put(&format!("/customers/{first}"), &json!({}), 201);
    api.put("/customers/ada", &json!({}), 201);
    api.ask(&Ask::new("DELETE", &format!("/customers/{first}?targetCustomerId=ada")).key());
    let new = api.post("/customers", &json!({}), 201);
    assert_ne!(new["id"], json!(first));
    assert_eq!(rebilly.customers().len(), 2);
}

fn numbered_ids_pass_over_those_that_clients_and_fixtures_chose() {
    let first = |prefix: &str| format!("{prefix}{:026}", 1);
    let fixture = json!({
        "tags": [{ "id": first("tag_"), "name": "vip" }],
        "customEventTypes": [{ "id": first("tmln_"), "name": "call" }],
        "customers": [
            { "id": first("cus_"), "timeline": [{ "id": first("tmln_"), "message": "Hm." }] },
            {},
        ],
    });
    let builder = MockRebilly::builder().sequential_ids();
    let rebilly = builder.fixture("acme.json", &fixture.to_string()).without_socket();
    let api = Api::direct(&rebilly);
    let website = json!({
        "name": "Acme", "url": "https://acme.example",
        "servicePhone": "1", "serviceEmail": "help@acme.example",
    });
    let file = json!({ "fileId": "file_1", "relatedType": "invoice", "relatedId": "in_1" });
    let hook = json!({ "method": "POST", "url": "http://127.0.0.1:4000/", "credentialHash": "h" });
    let written = [("websites", "web_", &website), ("attachments", "att_", &file)];
    for (path, prefix, body) in written.into_iter().chain([("webhooks", "hook_", &hook)]) {
        api.put(&format!("/{path}/{}", first(prefix)), body, 201);
        api.post(&format!("/{path}"), body, 201);
        assert_eq!(api.get(&format!("/{path}"), 200).as_array().map(Vec::len), Some(2), "{path}");
    }
    let ada = first("cus_");
    let chosen = json!({ "method": "ach", "paymentInstrumentId": first("inst_") });
    api.put("/customers/eve", &json!({ "defaultPaymentInstrument": chosen }), 201);
    let cash = json!({ "defaultPaymentInstrument": { "method": "cash" } });
    let bob = api.post("/customers", &cash, 201);
    assert_ne!(bob["defaultPaymentInstrument"]["paymentInstrumentId"], json!(first("inst_")));
    api.post("/tags", &json!({ "name": "new", "type": "customer" }), 201);
    api.post("/customer-timeline-custom-events", &json!({ "name": "visit" }), 201);
    api.post(&format!("/customers/{ada}/timeline"), &json!({ "message": "Yes." }), 201);
    api.post(&format!("/customers/{ada}/compliance-screening-report"), &json!({}), 201);
    let held = [
        rebilly.customers().len(),
        rebilly.timeline(&ada).len(),
        rebilly.tags().len(),
        rebilly.custom_event_types().len(),
        rebilly.attachments().len(),
    ];
    assert_eq!(held, [4, 2, 2, 2, 3]);
}

// 7. Time.

fn doubles_that_start_at_different_moments_give_the_same_bytes() {
    let play = || {
        let rebilly = world().without_socket();
        let player = Player::new(&rebilly);
        let body = json!({ "leadSource": { "source": "ads" }, "customFields": { "plan": "free" } });
        let steps = [
            Step::Create(body.clone()),
            Step::Upsert("ada", body.clone()),
            Step::Advance(7),
            Step::Upsert("ada", body),
        ];
        let answers: Vec<_> = steps.iter().filter_map(|step| player.play(step)).collect();
        answers.iter().map(shown).chain(state(&player.api)).collect::<Vec<String>>()
    };
    let (first, second) = (play(), play());
    same(&first, &second);
    // A real clock with the resolution of a second could agree with itself by luck, but not with this.
    assert!(first[0].contains("Mon, 01 Jan 2024 00:00:00 GMT"), "{}", first[0]);
}

// 8. Going back, and what differs.

/// The answers to these steps.
fn play(rebilly: &MockRebilly, steps: &[Step]) -> Vec<String> {
    let player = Player::new(rebilly);
    steps.iter().filter_map(|step| player.play(step)).map(|answer| shown(&answer)).collect()
}

fn the_same_calls_get_the_same_answers_after_going_back_and_in_a_fork() {
    always(48, &(steps(), steps(), any::<bool>()), |(past, future, ticking)| {
        let second = Duration::from_secs(u64::from(ticking));
        let rebilly = world().auto_advance(second).without_socket();
        let player = Player::new(&rebilly);
        past.iter().for_each(|step| drop(player.play(step)));
        let before = rebilly.snapshot();
        let twin = rebilly.fork_blocking();
        let first = play(&rebilly, &future);
        let after = (rebilly.fingerprint(), rebilly.now(), rebilly.events().to_string());

        rebilly.restore(&before);

        let none = rebilly.diff(&before);
        assert!(none.is_empty() && twin.diff(&before).is_empty(), "{none}");
        for double in [&rebilly, &twin] {
            same(&play(double, &future), &first);
            assert_eq!((double.fingerprint(), double.now(), double.events().to_string()), after);
        }
        rebilly.reset();
        let start = world().without_socket();
        assert!(rebilly.diff(&start.snapshot()).is_empty() && rebilly.journal().is_empty());
    });
}

/// The bodies of all that can be seen: without times and counts of the calls themselves.
fn bodies(api: &Api<'_>) -> Vec<String> {
    let body = |text: String| text.split("\n\n").skip(1).collect::<Vec<_>>().join("\n\n");
    state(api).into_iter().map(body).collect()
}

fn a_fingerprint_changes_when_and_only_when_something_can_be_seen() {
    always(64, &steps(), |steps| {
        let rebilly = world().without_socket();
        let player = Player::new(&rebilly);
        let mut before = (bodies(&player.api), rebilly.snapshot());
        for step in &steps {
            player.play(step);
            let after = (bodies(&player.api), rebilly.snapshot());
            let seen = before.0 != after.0;
            assert_eq!(before.1.fingerprint() != after.1.fingerprint(), seen, "{step:?}");
            let diff = after.1.diff(&before.1);
            assert_eq!(!diff.is_empty(), seen, "{step:?}\n{diff}");
            before = after;
        }
    });
}

/// What differs, with before and after exchanged.
fn reversed(differences: &Differences) -> Vec<String> {
    let reversed = differences.iter().map(|it| {
        let [before, after] = [&it.after, &it.before].map(|json| format!("{json:?}"));
        format!("{}\n{before}\n{after}", it.pointer)
    });
    let mut reversed: Vec<String> = reversed.collect();
    reversed.sort();
    reversed
}

fn the_differences_there_are_those_back_with_before_and_after_exchanged() {
    always(48, &(steps(), steps()), |(one, other)| {
        let [one, other] = [one, other].map(|steps| after(&steps).0.snapshot());
        let (there, back) = (one.diff(&other), other.diff(&one));
        let same = |it: &Difference| it.before == it.after;
        assert!(!there.iter().any(same) && !back.iter().any(same), "{there}");
        let mut there: Vec<String> = there
            .iter()
            .map(|it| format!("{}\n{:?}\n{:?}", it.pointer, it.before, it.after))
            .collect();
        there.sort();
        assert_eq!(there, reversed(&back));
    });
}

// Each is a test here. `tests/conformance` keeps them as well, and looks at every answer.
promises! {
    the_journal_replayed_in_a_fresh_world_gives_the_same_bytes
    independent_calls_get_the_same_ids_in_any_order
    any_schedule_of_the_same_calls_gives_the_same_bytes
    any_schedule_over_connections_gives_the_same_bytes
    the_same_comment_of_two_users_is_the_same_in_either_order
    the_same_fields_in_two_orders_are_the_same_in_either_order
    the_same_call_by_two_addresses_is_the_same_in_either_order
    a_refused_call_changes_nothing
    a_refused_call_leaves_no_trace_in_what_follows
    an_upsert_said_twice_changes_the_revision_and_the_time_only
    pages_partition_a_list
    a_filter_agrees_with_a_naive_reading_of_it
    fields_keep_the_id_and_what_is_named_as_it_was
    an_id_is_a_prefix_and_26_characters_of_crockfords_and_never_said_twice
    a_call_said_again_gets_an_id_of_its_own
    another_seed_gives_other_ids_and_the_same_seed_the_same
    the_order_of_members_does_not_change_an_id
    sequential_ids_count
    an_id_that_somebody_chose_is_not_given_again
    an_id_that_was_merged_away_is_not_given_again
    numbered_ids_pass_over_those_that_clients_and_fixtures_chose
    doubles_that_start_at_different_moments_give_the_same_bytes
    the_same_calls_get_the_same_answers_after_going_back_and_in_a_fork
    a_fingerprint_changes_when_and_only_when_something_can_be_seen
    the_differences_there_are_those_back_with_before_and_after_exchanged
}
