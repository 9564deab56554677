//! [`World`]: doubles of several vendors on one clock, with one journal and one snapshot.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use mock_rebilly::engine::operation::OperationName;
use mock_rebilly::engine::vendor::Vendor;
use mock_rebilly::{
    Builder, Clock, Mock, MockRebilly, Notihub, NotihubOp, Octobat, OctobatOp, Op, Pattern,
    Rebilly, StartError, Timestamp, World, WorldBuilder,
};
use serde_json::{Value, json};

use crate::golden::golden;
use crate::support::{Ask, Way, agent, caught, header, json as body_of, send};
use crate::toy::{Toy, Toys};
use crate::wire::is_gone;

const HOUR: Duration = Duration::from_secs(3_600);

/// Both ways in which a world can be asked.
const WAYS: [Way; 2] = [Way::Socket, Way::Direct];

/// A small company and a small library.
fn both<'w>() -> WorldBuilder<'w> {
    let company = r#"{ "customers": [{ "id": "cus_ada" }] }"#;
    let rebilly = World::builder().rebilly(|it| it.fixture("company.json", company));
    rebilly.double::<Toy>(|toy| toy)
}

fn by(way: Way, builder: WorldBuilder<'_>) -> World {
    match way {
        Way::Socket => builder.start_blocking(),
        Way::Direct => builder.without_socket(),
    }
}

/// What the tests ask of a world's doubles.
struct Client<'w> {
    world: &'w World,
    way: Way,
    agent: ureq::Agent,
}

impl<'w> Client<'w> {
    fn new(world: &'w World, way: Way) -> Client<'w> {
        Client { world, way, agent: agent() }
    }

    #[track_caller]
    fn ask<V: Vendor>(&self, ask: &Ask, status: u16) -> Value {
        let double = self.world.double::<V>();
        let request = ask.request(double.url());
        let answer = match self.way {
            Way::Socket => send(&self.agent, request),
            Way::Direct => double.handle(request).map(|body| body.to_vec()),
        };
        assert_eq!(answer.status(), status, "{ask:?}: {}", body_of(&answer));
        assert_eq!(header(&answer, "date"), Some(self.world.now().http_date().as_str()));
        body_of(&answer)
    }

    #[track_caller]
    fn put_customer(&self, id: &str) {
        let put = Ask::new("PUT", &format!("/customers/{id}")).key().json(&json!({}));
        self.ask::<Rebilly>(&put, 201);
    }

    #[track_caller]
    fn get_customer(&self, id: &str, status: u16) {
        self.ask::<Rebilly>(&Ask::new("GET", &format!("/customers/{id}")).key(), status);
    }

    /// Puts a book onto a shelf, and says which it is.
    #[track_caller]
    fn add_book(&self, place: &str, status: u16) -> String {
        let post = Ask::new("POST", "/books").json(&json!({ "shelf": place }));
        self.ask::<Toy>(&post, status)["id"].as_str().unwrap_or_default().to_owned()
    }

    fn books(&self) -> usize {
        let books = self.ask::<Toy>(&Ask::new("GET", "/books"), 200);
        books.as_array().map_or(0, Vec::len)
    }
}

#[track_caller]
fn said(error: &StartError) -> String {
    error.to_string()
}

// Time.

#[test]
fn one_clock_shows_the_time_of_every_double() {
    for way in WAYS {
        let world = by(way, both().now("2026-03-01T00:00:00Z"));
        let client = Client::new(&world, way);
        let rebilly = world.rebilly();

        assert_eq!(world.advance(HOUR * 6).to_string(), "2026-03-01T06:00:00Z");
        client.put_customer("eve"); // whose answer, as every other, is dated by this clock
        client.add_book("a", 201);
        assert_eq!(rebilly.customer("eve").unwrap().created_time, world.now());
        assert_eq!(world.double::<Toy>().advance(HOUR), rebilly.now());
        assert_eq!(world.set("2020-01-01T00:00:00Z"), rebilly.now());
        world.clock().advance(HOUR);
        client.get_customer("eve", 200);
        assert_eq!(world.now().to_string(), "2020-01-01T01:00:00Z");
    }
}

#[test]
fn a_world_may_share_its_clock_with_others() {
    let clock = Clock::at("2026-03-01T00:00:00Z".parse().unwrap());
    let world = both().clock(&clock).without_socket();

    clock.advance(HOUR);

    assert_eq!(world.rebilly().now().to_string(), "2026-03-01T01:00:00Z");
}

#[test]
fn the_pace_is_that_of_all_writes_or_of_one_doubles() {
    let world = both().auto_advance(HOUR).without_socket();
    let client = Client::new(&world, Way::Direct);
    // Answers show the time before, which no longer is when they arrive.
    let put = Ask::new("PUT", "/customers/eve").key().json(&json!({})).request("");
    world.rebilly().handle(put.clone());
    world.double::<Toy>().handle(Ask::new("PUT", "/shelves/b").request(""));
    assert_eq!(world.now(), Timestamp::START.plus(HOUR * 2));
    world.auto_advance(Duration::ZERO);
    client.add_book("a", 201);
    world.rebilly().auto_advance(HOUR);
    client.add_book("a", 201);
    world.rebilly().handle(put);
    assert_eq!(world.now(), Timestamp::START.plus(HOUR * 3));
}

#[test]
fn doubles_that_depend_on_no_order_keep_the_clock_still() {
    let world = both().order_independent().without_socket();

    let told = caught(|| world.auto_advance(HOUR));

    let reason = "auto_advance and order_independent exclude each other: times would depend on who comes first";
    assert_eq!((told.said.as_str(), told.file.as_str()), (reason, file!()));
    let error = both().order_independent().auto_advance(HOUR).try_start().unwrap_err();
    assert!(said(&error).ends_with(reason), "{error}");
}

/// What Rebilly, Octobat and Notihub are asked to make.
fn made_by(world: &World) -> [Ask; 3] {
    let [octobat, notihub] = [world.octobat().credential(), world.notihub().credential()];
    let form = "billing_address_country=FR";
    let form_type = "application/x-www-form-urlencoded";
    let octobat = Ask::new("POST", "/customers").header("Authorization", &octobat);
    let octobat = octobat.header("Idempotency-Key", "key-1").header("Content-Type", form_type);
    let notihub = Ask::new("POST", "/customers/").header("Authorization", &notihub);
    [
        Ask::new("PUT", "/customers/eve").key().json(&json!({})),
        octobat.text(form),
        notihub.json(&json!({ "externalId": "eve" })),
    ]
}

fn three<'w>() -> WorldBuilder<'w> {
    let builder = World::builder().rebilly(Builder::empty).octobat(Builder::empty);
    builder.notihub(Builder::empty)
}

#[test]
fn one_advance_ends_a_token_of_notihub_and_a_key_of_octobat() {
    for way in WAYS {
        let world = by(way, three());
        let client = Client::new(&world, way);
        let [_, octobat, notihub] = made_by(&world);
        let first = client.ask::<Octobat>(&octobat, 201);

        world.advance(Duration::from_secs(6 * 3_600 - 1));
        client.ask::<Notihub>(&notihub, 201);
        world.advance(Duration::from_secs(1));
        client.ask::<Notihub>(&notihub, 401);
        assert_eq!(client.ask::<Octobat>(&octobat, 201), first);
        world.advance(HOUR * 18);
        assert_ne!(client.ask::<Octobat>(&octobat, 201), first);
        assert_eq!(world.octobat().customers().len(), 2);
    }
}

#[test]
fn three_vendors_have_one_journal_and_go_back_together() {
    for way in WAYS {
        let world = by(way, three());
        let client = Client::new(&world, way);
        let [rebilly, octobat, notihub] = made_by(&world);
        let before = world.snapshot();
        let all = || {
            client.ask::<Rebilly>(&rebilly, 201);
            (client.ask::<Octobat>(&octobat, 201), client.ask::<Notihub>(&notihub, 201))
        };

        let first = all();

        assert_eq!(
            world.journal().to_string(),
            "#1 rebilly PUT /customers/eve -> 201 PutCustomer\n\
             #2 octobat POST /customers -> 201 CreateCustomer\n\
             #3 notihub POST /customers/ -> 201 CreateCustomer\n"
        );
        world.journal().of(OctobatOp::CreateCustomer).assert_once();
        world.journal().of(NotihubOp::CreateCustomer).assert_once();
        world.journal().assert_in_order([
            Pattern::of(OctobatOp::CreateCustomer),
            Pattern::of(NotihubOp::CreateCustomer),
        ]);
        world.advance(HOUR * 24);
        world.restore(&before);
        assert!(world.diff(&before).is_empty());
        assert_eq!(all(), first);
        world.finish().unwrap();
    }
}

// The journal.

#[test]
fn the_journal_of_a_world_is_in_the_order_of_the_answers() {
    for way in WAYS {
        let world = by(way, both());
        let client = Client::new(&world, way);

        client.put_customer("eve");
        client.add_book("a", 201);
        client.get_customer("fay", 404);
        client.add_book("z", 404);

        assert_eq!(
            world.journal().to_string(),
            "#1 rebilly PUT /customers/eve -> 201 PutCustomer\n\
             #2 toy POST /books -> 201 PostBook\n\
             #3 rebilly GET /customers/fay -> 404 GetCustomer\n\
             #4 toy POST /books -> 404 PostBook\n"
        );
        let journal = world.journal();
        journal.of(Toys::PostBook).assert_count(2);
        journal.of(Op::PutCustomer).id("eve").status(201).assert_once();
        journal.all().status(404).assert_count(2);
        journal.assert_in_order([
            Pattern::of(Op::PutCustomer),
            Pattern::of(Toys::PostBook),
            Pattern::of(Op::GetCustomer).id("fay"),
        ]);
        assert_eq!(journal.last().unwrap().vendor, "toy");
    }
}

#[test]
fn an_exchange_has_one_number_in_its_worlds_journal_and_in_its_doubles() {
    let world = both().without_socket();
    let client = Client::new(&world, Way::Direct);
    client.put_customer("eve");
    client.add_book("a", 201);
    client.get_customer("eve", 200);

    let numbers = |journal: &mock_rebilly::Journal| -> Vec<u64> {
        journal.iter().map(|exchange| exchange.number).collect()
    };
    assert_eq!(numbers(&world.rebilly().journal()), [1, 3]);
    assert_eq!(numbers(&world.double::<Toy>().journal()), [2]);
    world.rebilly().reset();
    client.add_book("a", 201);
    assert_eq!(numbers(&world.journal()), [2, 4], "the others still have their numbers");
    world.reset();
    assert!(world.journal().is_empty());
    client.add_book("a", 201);
    client.get_customer("cus_ada", 200);
    assert_eq!(numbers(&world.journal()), [1, 2]);
}

#[test]
fn numbers_are_given_once_however_many_ask_at_a_time() {
    const EACH: usize = 50;
    let world = both().start_blocking();
    thread::scope(|scope| {
        for thread in 0..4 {
            let client = Client::new(&world, Way::Socket);
            scope.spawn(move || {
                for turn in 0..EACH {
                    client.put_customer(&format!("c{thread}-{turn}"));
                    client.ask::<Toy>(&Ask::new("PUT", &format!("/shelves/{thread}-{turn}")), 204);
                }
            });
        }
    });

    let journal = world.journal();
    let numbers: BTreeSet<u64> = journal.iter().map(|it| it.number).collect();
    assert_eq!(numbers, (1..=8 * EACH as u64).collect());
    for thread in 0..4 {
        // Of each thread, one call was answered before the next was asked.
        let own = journal.iter().filter_map(|it| it.path().rsplit_once('/'));
        let own =
            own.filter(|(_, id)| id.trim_start_matches('c').starts_with(&format!("{thread}-")));
        let own: Vec<&str> = own.map(|(kind, _)| kind).collect();
        assert_eq!(own, ["/customers", "/shelves"].repeat(EACH));
    }
}

/// What a vendor has that calls its operations as Rebilly calls its own.
#[derive(Clone, Copy, Debug)]
struct ToysGetCustomer;

impl OperationName for ToysGetCustomer {
    const VENDOR: &'static str = "toy";

    fn name(self) -> &'static str {
        "GetCustomer"
    }
}

#[test]
fn operations_of_one_name_are_told_apart_by_their_vendors() {
    let world = both().without_socket();
    Client::new(&world, Way::Direct).get_customer("cus_ada", 200);

    let journal = world.journal();
    journal.of(Op::GetCustomer).assert_once();
    journal.of(ToysGetCustomer).assert_none();
    let told = caught(|| journal.of(ToysGetCustomer).assert_once());
    assert!(told.said.starts_with("expected exactly 1 toy GetCustomer, saw none\n"), "{told:?}");
}

#[test]
fn a_journal_is_not_asked_for_what_another_vendor_does() {
    let world = both().without_socket();
    let journal = world.rebilly().journal();

    let told = caught(|| journal.of(Toys::PostBook).assert_none());
    let place = line!() - 1;

    let reason = "PostBook is toy's, and this journal rebilly's";
    assert_eq!((told.said.as_str(), told.file.as_str(), told.line), (reason, file!(), place));
    let steps = [Pattern::of(Op::PutCustomer), Pattern::of(Toys::PostBook)];
    assert_eq!(caught(|| journal.assert_in_order(steps)).said, reason);
    let told = caught(|| drop(world.rebilly().wait_for(Toys::PostBook)));
    assert_eq!(told.said, "PostBook is toy's, and this double rebilly's");
}

// What a test reads when it fails.

#[test]
fn what_fails_shows_the_order_across_vendors() {
    let world = both().without_socket();
    let client = Client::new(&world, Way::Direct);
    client.add_book("a", 201);
    client.put_customer("eve");
    client.add_book("z", 404);

    let steps = [
        Pattern::of(Op::PutCustomer).id("eve"),
        Pattern::of(Toys::PostBook).status(201),
        Pattern::of(Op::GetCustomer).id("eve"),
    ];
    golden("world_order.txt", &caught(|| world.journal().assert_in_order(steps)).said);
    let told = caught(|| world.journal().all().id("cus_Ada").assert_once());
    golden("world_any.txt", &told.said);
}

#[test]
fn where_nothing_was_asked_of_a_world_all_addresses_are_shown() {
    let world = both().start_blocking();

    let told = caught(|| world.journal().of(Toys::PostBook).assert_once()).said;

    let told = told.replace(world.rebilly().url(), "http://127.0.0.1:PORT");
    let told = told.replace(world.double::<Toy>().url(), "http://127.0.0.1:OTHER");
    golden("world_nothing_asked.txt", &told);
}

#[test]
fn dropping_a_world_says_once_what_all_its_doubles_have_to_say() {
    let world = || {
        let world = both().without_socket();
        let client = Client::new(&world, Way::Direct);
        client.add_book("a", 201);
        client.ask::<Rebilly>(&Ask::new("GET", "/custmers/ada").key(), 404);
        client.ask::<Toy>(&Ask::new("GET", "/loans"), 501);
        world
    };

    let told = caught(|| drop(world())).said;

    golden("world_violations.txt", &told);
    assert_eq!(world().finish().unwrap_err().to_string(), told);
}

#[test]
fn a_world_in_which_nothing_is_wrong_ends_without_a_word() {
    for way in WAYS {
        let builder = World::builder().rebilly(Builder::allow_unmatched);
        let world = by(way, builder.double::<Toy>(|toy| toy));
        let client = Client::new(&world, way);
        client.ask::<Rebilly>(&Ask::new("GET", "/custmers/ada").key(), 404);
        world.finish().unwrap();
    }
}

#[test]
fn a_test_that_fails_already_keeps_its_own_words() {
    let failed = catch_unwind(AssertUnwindSafe(|| {
        let world = both().without_socket();
        Client::new(&world, Way::Direct).ask::<Toy>(&Ask::new("GET", "/loans"), 501);
        panic!("its own words");
    }));

    assert_eq!(failed.unwrap_err().downcast_ref::<&str>(), Some(&"its own words"));
}

#[test]
fn when_a_world_is_gone_all_its_ports_are() {
    let live = || {
        let world = both().start_blocking();
        let [one, other] =
            [world.rebilly().address().unwrap(), world.double::<Toy>().address().unwrap()];
        assert_ne!(one, other);
        drop(world);
        [one, other]
    };

    assert!(is_gone(live));
}

// Going back.

#[test]
fn all_doubles_go_back_together() {
    for way in WAYS {
        let world = by(way, both());
        let client = Client::new(&world, way);
        client.add_book("a", 201);
        let (before, number) = (world.snapshot(), world.fingerprint());

        let first = client.add_book("a", 201);
        client.put_customer("eve");
        world.advance(HOUR);
        assert_ne!(world.fingerprint(), number);
        world.restore(&before);

        assert_eq!((world.fingerprint(), world.now()), (number, Timestamp::START));
        client.get_customer("eve", 404);
        assert_eq!(client.add_book("a", 201), first, "the same calls get the same answers");
        assert_eq!(world.journal().len(), 5, "the journal is history and stays");
        world.reset();
        assert_eq!((client.books(), world.journal().len()), (0, 1));
        world.restore(&before.clone());
        assert_eq!(client.books(), 1);
    }
}

#[test]
fn what_changed_is_told_with_its_vendor() {
    let world = both().without_socket();
    let before = world.snapshot();
    let client = Client::new(&world, Way::Direct);
    client.ask::<Toy>(&Ask::new("PUT", "/shelves/b"), 204);
    client.put_customer("eve");

    let diff = world.diff(&before);

    let places: Vec<&str> = diff.iter().map(|it| it.pointer.as_str()).collect();
    assert!(places.contains(&"/rebilly/org_default/customers/eve"), "{places:?}");
    assert_eq!(
        diff.under("/toy").map(ToString::to_string).collect::<Vec<_>>(),
        ["+ /toy/main/shelves/b: {}"]
    );
    assert!(world.diff(&world.snapshot()).is_empty());
}

#[test]
fn a_snapshot_of_a_world_holds_no_half_of_anything() {
    let world = both().without_socket();
    let (start, done) = (world.snapshot(), AtomicBool::new(false));
    thread::scope(|scope| {
        scope.spawn(|| {
            let client = Client::new(&world, Way::Direct);
            for turn in 0..200 {
                client.put_customer(&format!("c{turn}"));
                client.ask::<Toy>(&Ask::new("PUT", &format!("/shelves/c{turn}")), 204);
            }
            done.store(true, Ordering::SeqCst);
        });
        let mut last = false;
        while !last {
            last = done.load(Ordering::SeqCst);
            let diff = world.diff(&start);
            let under =
                |pointer: &str| diff.iter().filter(|it| it.pointer.starts_with(pointer)).count();
            let ahead = under("/rebilly/org_default/customers/") - under("/toy/main/shelves/");
            assert!(ahead <= 1, "who puts the customer first and the shelf then is {ahead} ahead");
        }
    });
}

#[test]
fn a_fork_of_a_world_has_a_clock_a_journal_and_ports_of_its_own() {
    for way in WAYS {
        let world = by(way, both().seed(7));
        Client::new(&world, way).put_customer("eve");
        world.advance(HOUR);

        let twin = world.fork_blocking();

        assert_eq!((twin.fingerprint(), twin.now()), (world.fingerprint(), world.now()));
        assert_eq!(twin.rebilly().address().is_some(), way == Way::Socket);
        assert!(twin.journal().is_empty());
        let (one, other) = (Client::new(&world, way), Client::new(&twin, way));
        assert_eq!(one.add_book("a", 201), other.add_book("a", 201));
        twin.advance(HOUR);
        assert_eq!(twin.double::<Toy>().now(), twin.rebilly().now());
        assert_eq!(world.now(), Timestamp::START.plus(HOUR));
        other.get_customer("eve", 200);
        let lines = "#1 toy POST /books -> 201 PostBook\n#2 rebilly GET /customers/eve -> 200 GetCustomer\n";
        assert_eq!(twin.journal().to_string(), lines);
        twin.reset();
        assert_eq!(twin.diff(&world.snapshot()).under("/rebilly").count(), 0);
    }
}

#[tokio::test]
async fn worlds_start_and_fork_inside_async_tests() {
    let world = both().start().await;
    let base = world.fork().await.snapshot();
    let third = World::from_snapshot(&base).await;

    Client::new(&third, Way::Socket).get_customer("cus_ada", 200);
    let direct = World::from_snapshot_without_socket(&base);
    Client::new(&direct, Way::Direct).get_customer("cus_ada", 200);
}

#[test]
fn a_snapshot_of_other_vendors_is_refused() {
    let world = both().without_socket();
    let alone = World::builder().rebilly(|it| it).without_socket();

    let told = caught(|| alone.restore(&world.snapshot()));

    assert_eq!(told.said, "the snapshot is of rebilly and toy, and the world has rebilly");
    assert_eq!(told.file, file!());
    assert_eq!(caught(|| world.diff(&alone.snapshot())).file, file!());
}

// Setting up.

#[test]
fn a_world_without_such_a_double_says_which_it_has() {
    let world = World::builder().double::<Toy>(|toy| toy).without_socket();

    let told = caught(|| world.rebilly().url().len());
    let place = line!() - 1;

    let reason = "this world has no rebilly double, only toy: its builder starts one";
    assert_eq!((told.said.as_str(), told.file.as_str(), told.line), (reason, file!(), place));
}

#[test]
fn what_a_world_cannot_be_is_refused_with_the_reason() {
    let shelves = r#"{ "shelves": [{ "id": "UP" }] }"#.to_owned(); // which is lent only
    let library = World::builder().rebilly(|it| it);
    let library = library.double::<Toy>(|toy| toy.fixture("a.json", &shelves));
    let error = library.try_start().unwrap_err();
    assert!(matches!(&error, StartError::Double { vendor: "toy", .. }), "{error:?}");
    assert_eq!(
        said(&error),
        "the toy double cannot start: a.json: /shelves/0/id: must be lower case"
    );

    let own_clock = World::builder().rebilly(|it| it.now("2026-03-01T00:00:00Z"));
    let own_order = World::builder().rebilly(Builder::order_independent);
    let others = World::builder().rebilly(|_| MockRebilly::builder());
    for (builder, reason) in [
        (own_clock, "say `now` and `clock` to the world's builder"),
        (others, "say `now` and `clock` to the world's builder"),
        (own_order, "say `order_independent` to the world's builder"),
        (World::builder(), "a world without doubles answers nobody: add one"),
    ] {
        let error = builder.try_start().unwrap_err();
        assert!(said(&error).ends_with(reason), "{error}");
    }
    let told = caught(|| World::builder().rebilly(|it| it).rebilly(|it| it));
    assert_eq!(
        (told.said.as_str(), told.file.as_str()),
        ("a world has one rebilly double", file!())
    );
    let told = caught(|| World::builder().start_blocking());
    assert_eq!(told.file, file!());
}

#[test]
fn the_seed_of_a_world_is_that_of_all_doubles_but_of_those_that_have_one() {
    let books = |builder: WorldBuilder<'_>| {
        let world = builder.without_socket();
        Client::new(&world, Way::Direct).add_book("a", 201)
    };
    let alone = |seed: u64| {
        let toy = Mock::<Toy>::builder().seed(seed).without_socket();
        let post = Ask::new("POST", "/books").json(&json!({ "shelf": "a" }));
        let answer = toy.handle(post.request("")).map(|body| body.to_vec());
        body_of(&answer)["id"].as_str().unwrap().to_owned()
    };

    assert_eq!(books(both().seed(7)), alone(7));
    let seeded = World::builder().double::<Toy>(|toy| toy.seed(8)).seed(7);
    assert_eq!(books(seeded), alone(8));
    assert_ne!(alone(7), alone(8));
}
