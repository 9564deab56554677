//! [`Toy`]: a vendor of two records, made of the engine's public vocabulary
//! only, to prove what the engine promises any vendor.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{LazyLock, Mutex};
use std::thread;
use std::time::Duration;

use mock_rebilly::engine::evidence::Source;
use mock_rebilly::engine::exchange::{Body, Call, Reply};
use mock_rebilly::engine::failure::Failure;
use mock_rebilly::engine::json::Json;
use mock_rebilly::engine::kind::{Kind, Seat};
use mock_rebilly::engine::operation::OperationName;
use mock_rebilly::engine::render::{Object, Rendered};
use mock_rebilly::engine::rule::TextRule;
use mock_rebilly::engine::table::{Record, Row, Settle, Table};
use mock_rebilly::engine::tour::Tour;
use mock_rebilly::engine::vendor::{
    Counted, Known, Located, Operation, Reading, Routes, Run, Vendor, Writing,
};
use mock_rebilly::engine::{errors::Errors, input::Input};
use mock_rebilly::http::{HeaderName, Method, Request, Response, StatusCode};
use mock_rebilly::{Builder, FixtureError, FixtureProblem, Mock, StartError, Timestamp};
use serde_json::{Value, json};

use crate::golden::golden;
use crate::support::header;
use crate::wire::Wire;

/// A library of books on shelves; each reader of the header `realm` has one of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Toy;

#[derive(Clone, Debug, Default)]
pub(crate) struct Library {
    shelves: Table<Shelf>,
    books: Table<Book>,
}

impl Settle for Library {
    fn settle(&mut self) {
        self.shelves.settle();
        self.books.settle();
    }
}

#[derive(Debug)]
struct Shelf {
    id: String,
}

#[derive(Debug)]
struct Book {
    id: String,
    shelf: String,
    /// The engine's turn in which it came: what nobody else shows.
    turn: u64,
}

impl Record for Shelf {
    const KIND: &'static str = "Shelf";

    fn id(&self) -> &str {
        &self.id
    }

    fn write(&self, object: &mut Object<'_>) {
        *RENDERED.lock().unwrap().entry(self.id.clone()).or_default() += 1;
        object.text("id", &self.id);
    }
}

impl Record for Book {
    const KIND: &'static str = "Book";

    fn id(&self) -> &str {
        &self.id
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("id", &self.id);
        object.text("shelf", &self.shelf);
        object.whole("turn", i64::try_from(self.turn).expect("few turns"));
    }
}

const INDEX: &str = "# What the vendor has.\nGET /books ListBooks\nGET /loans ListLoans\nPATCH /books/{id} PatchBook\n";

static OPERATIONS: [Operation<Library>; 5] = [
    Operation {
        method: Method::GET,
        path: "books",
        id: "ListBooks",
        source: Source::Definition,
        run: Run::Read(list),
    },
    Operation {
        method: Method::POST,
        path: "books",
        id: "PostBook",
        source: Source::Definition,
        run: Run::Write(add),
    },
    Operation {
        method: Method::GET,
        path: "books/{id}",
        id: "GetBook",
        source: Source::Definition,
        run: Run::Read(get),
    },
    Operation {
        method: Method::PUT,
        path: "shelves/{id}",
        id: "PutShelf",
        source: Source::Definition,
        run: Run::Write(build),
    },
    Operation {
        method: Method::POST,
        path: "books/burn",
        id: "BurnBooks",
        source: Source::Definition,
        run: Run::Write(burn),
    },
];

/// What can be asked of a toy.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Toys {
    ListBooks,
    PostBook,
    GetBook,
    PutShelf,
    BurnBooks,
}

impl OperationName for Toys {
    const VENDOR: &'static str = "toy";

    fn name(self) -> &'static str {
        match self {
            Toys::ListBooks => "ListBooks",
            Toys::PostBook => "PostBook",
            Toys::GetBook => "GetBook",
            Toys::PutShelf => "PutShelf",
            Toys::BurnBooks => "BurnBooks",
        }
    }
}

/// A read is lent `&Library`: `cx.state.books.put(…)` would not compile.
#[expect(clippy::unnecessary_wraps, reason = "that is what a handler is like")]
/// Says a length that is none, if it is asked to.
fn list(cx: &Reading<'_, Library>, call: &Call) -> Result<Reply, Failure> {
    let library: &Library = cx.state;
    let rows = library.books.newest_first().cloned().collect();
    let reply = Reply::ok(Body::rows(rows));
    Ok(if call.header("x-lie").is_some() { reply.header("content-length", "7") } else { reply })
}

fn get(cx: &Reading<'_, Library>, _: &Call) -> Result<Reply, Failure> {
    Ok(Reply::ok(Body::row(cx.state.books.get(cx.path("id"))?)))
}

/// Writes first and looks for the shelf then: whoever refuses may have written.
fn add(cx: &mut Writing<'_, Library>, call: &Call) -> Result<Reply, Failure> {
    let (body, errors) = (call.object()?, Errors::default());
    let shelf = Input::new(&body, &errors).required_text("shelf", TextRule::max(9));
    errors.finish()?;
    let book = put_book(cx, shelf.unwrap_or_default());
    cx.state.shelves.get(&book.shelf)?;
    let location = format!("{}/books/{}", cx.home, book.id);
    Ok(Reply::created(Body::row(&book), location))
}

#[expect(clippy::unnecessary_wraps, reason = "that is what a handler is like")]
fn build(cx: &mut Writing<'_, Library>, _: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id").to_owned();
    let place = cx.place(cx.now, &id);
    cx.state.shelves.put(Row::new(place, Shelf { id }));
    Ok(Reply::no_content())
}

fn burn(cx: &mut Writing<'_, Library>, _: &Call) -> Result<Reply, Failure> {
    put_book(cx, "ashes".to_owned());
    cx.state.shelves = Table::default();
    panic!("fire in {} shelves", cx.state.shelves.len());
}

fn put_book(cx: &mut Writing<'_, Library>, shelf: String) -> std::sync::Arc<Row<Book>> {
    let id = cx.ids.next("book_");
    let place = cx.place(cx.now, &id);
    let turn = place.turn;
    cx.state.books.put(Row::new(place, Book { id, shelf, turn }))
}

/// How often each shelf was planted in this process.
static PLANTED: Mutex<BTreeMap<String, usize>> = Mutex::new(BTreeMap::new());
/// How often what is shown of each shelf was written.
static RENDERED: Mutex<BTreeMap<String, usize>> = Mutex::new(BTreeMap::new());

/// Shelves as tests handle them: all that a vendor has to say.
static SHELVES: Kind<Library, Shelf> = Kind {
    name: "shelves",
    table: |library, _| library.shelves.clone(),
    called: None,
    put: put_shelf,
    remove: |cx, _, id| {
        cx.state.shelves.remove(id);
        Ok(())
    },
};

#[expect(clippy::unnecessary_wraps, reason = "other kinds may refuse")]
fn put_shelf(
    cx: &mut Writing<'_, Library>,
    seat: Seat<'_>,
    document: &Input<'_>,
) -> Result<String, Failure> {
    let lower = TextRule::max(9).form(|it| it == it.to_lowercase(), "lower case");
    let id = match seat.id {
        Some(id) => id.to_owned(),
        None => document.required_text("id", lower).unwrap_or_default(),
    };
    let place = cx.place(cx.now, &id);
    cx.state.shelves.put(Row::new(place, Shelf { id: id.clone() }));
    Ok(id)
}

impl Vendor for Toy {
    type Op = Toys;
    type State = Library;

    const TITLE: &'static str = "Toy";
    const CREDENTIAL: &'static str = "realm";
    const STANDARD: (&'static str, &'static str) =
        ("standard.json", r#"{ "shelves": [{ "id": "a" }] }"#);
    const WINDOW_SECONDS: i64 = 60;
    const WINDOW_CALLS: u64 = 100;

    fn routes() -> &'static Routes<Library> {
        static ROUTES: LazyLock<Routes<Library>> =
            LazyLock::new(|| Routes::new(&OPERATIONS, INDEX));
        &ROUTES
    }

    fn locate<'c>(
        &'c self,
        call: &'c Call,
        _: &dyn Known<Library>,
    ) -> Result<Located<'c>, Failure> {
        let realm = call.header("realm").unwrap_or("main").into();
        let segments = call.path.split('/').filter(|it| !it.is_empty()).map(Into::into);
        Ok(Located { realm, prefix: String::new(), segments: segments.collect() })
    }

    fn admit(
        &self,
        _: &Call,
        _: &Operation<Library>,
        _: &Library,
        _: Timestamp,
    ) -> Result<(), Failure> {
        Ok(())
    }

    fn credential(&self) -> String {
        "main".to_owned()
    }

    fn is_live(_: &str) -> bool {
        false
    }

    fn refuse(&self, _: &Call, failure: &Failure) -> Reply {
        let (status, said) = match failure {
            Failure::NoRoute => (404, "nothing there".to_owned()),
            Failure::NoMethod { .. } => (405, "not like this".to_owned()),
            Failure::NotSimulated { operation } => (501, format!("{operation} is too hard")),
            Failure::Missing { kind, id } => (404, format!("no {kind} {id}")),
            Failure::Bug(bug) => (500, format!("oh dear: {bug}")),
            other => (400, format!("{other:?}")),
        };
        let status = StatusCode::from_u16(status).expect("a status");
        let said = Rendered::object(|object| object.text("no", &said));
        let reply = Reply::new(status, Body::Json(said));
        let Failure::NoMethod { allowed } = failure else { return reply };
        let allowed: Vec<&str> = allowed.iter().map(Method::as_str).collect();
        reply.header("allow", &allowed.join(", "))
    }

    fn finish(&self, _: &Call, counted: Counted, reply: &mut Reply) {
        reply.headers.insert(HeaderName::from_static("x-calls"), counted.calls.into());
    }

    fn realm_of(document: &Json) -> Option<&str> {
        document.get("realm").and_then(Json::as_text)
    }

    fn tour(tour: &mut Tour<'_, '_, Library>) {
        tour.table("shelves", |library| &library.shelves);
        tour.table("books", |library| &library.books);
    }

    fn plant(
        cx: &mut Writing<'_, Library>,
        kind: &str,
        document: &Input<'_>,
    ) -> Result<(), Failure> {
        match kind {
            "shelves" => {
                let id = put_shelf(cx, Seat::FREE, document)?;
                *PLANTED.lock().unwrap().entry(id).or_default() += 1;
            }
            "books" => {
                let shelf = document.required_text("shelf", TextRule::max(9)).unwrap_or_default();
                if cx.state.shelves.find(&shelf).is_none() {
                    return Err(Failure::Conflict(format!("there is no shelf `{shelf}`")));
                }
                put_book(cx, shelf);
            }
            other => return Err(Failure::Conflict(format!("there is no kind `{other}`"))),
        }
        Ok(())
    }
}

/// What the tests say to a toy.
trait Asked {
    fn ask_in(&self, realm: &str, method: &str, path: &str, body: &str) -> (u16, String);

    fn ask(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        self.ask_in("main", method, path, body)
    }
}

impl Asked for Mock<Toy> {
    fn ask_in(&self, realm: &str, method: &str, path: &str, body: &str) -> (u16, String) {
        let request = Request::builder().method(method).uri(path).header("realm", realm);
        let answer = self.handle(request.body(body.to_owned()).unwrap());
        (answer.status().as_u16(), text(&answer))
    }
}

fn text(answer: &Response<impl AsRef<[u8]>>) -> String {
    String::from_utf8_lossy(answer.body().as_ref()).into_owned()
}

fn toy() -> Mock<Toy> {
    Mock::<Toy>::builder().without_socket()
}

/// A toy whose ids count, which shows every id that was wasted.
fn counting() -> Mock<Toy> {
    Mock::<Toy>::builder().sequential_ids().without_socket()
}

const ON_A: &str = r#"{ "shelf": "a" }"#;
const ON_Z: &str = r#"{ "shelf": "z" }"#;

#[test]
fn a_handler_that_refuses_after_it_wrote_has_changed_nothing() {
    let (toy, undisturbed) = (counting(), counting());
    assert_eq!(toy.ask("POST", "/books", ON_Z), (404, r#"{"no":"no Shelf z"}"#.to_owned()));
    assert_eq!(toy.ask("GET", "/books", ""), (200, "[]".to_owned()));
    // Neither the id that it drew nor its turn is missed: turns 0 and 1 went to the shelves.
    let expected = r#"{"id":"book_00000000000000000000000001","shelf":"a","turn":2}"#;
    for toy in [toy, undisturbed] {
        toy.ask("PUT", "/shelves/b", "");
        assert_eq!(toy.ask("POST", "/books", ON_A), (201, expected.to_owned()));
    }
}

#[test]
fn a_call_that_was_refused_before_gets_the_id_of_one_that_was_not() {
    let (refused, undisturbed) = (toy(), toy());
    refused.ask("POST", "/books", ON_Z);
    let [after, first] = [refused, undisturbed].map(|toy| {
        toy.ask("PUT", "/shelves/z", "");
        toy.ask("POST", "/books", ON_Z)
    });
    assert_eq!(after, first);
    assert_eq!(after.0, 201);
}

#[test]
fn a_handler_that_panics_is_a_500_and_has_changed_nothing() {
    let toy = counting();
    toy.ask("POST", "/books", ON_A);
    let before = toy.ask("GET", "/books", "");
    let (status, said) = toy.ask("POST", "/books/burn", "");
    assert_eq!((status, said.as_str()), (500, r#"{"no":"oh dear: fire in 0 shelves"}"#));
    assert_eq!(toy.ask("GET", "/books", ""), before);
    let (status, next) = toy.ask("POST", "/books", ON_A);
    assert_eq!(status, 201, "the shelf is still there");
    assert!(
        next.contains("book_00000000000000000000000002\",\"shelf\":\"a\",\"turn\":2"),
        "{next}"
    );
    assert_eq!(toy.journal().of(Toys::BurnBooks).count(), 1);
    caught(|| drop(toy)).expect("the bug is told");
}

#[test]
fn dropping_a_double_with_a_bug_fails_the_test_and_names_it() {
    let toy = toy();
    toy.ask("POST", "/books/burn", "");
    toy.ask("GET", "/book", "");
    golden("bug.txt", &caught(|| drop(toy)).expect("it panics"));
}

#[test]
fn any_vendors_journal_is_verified_in_that_vendors_words() {
    let toy = toy();
    let (_, book) = toy.ask("POST", "/books", ON_A);
    let id = book.split('"').nth(3).expect("an id");
    toy.ask("GET", &format!("/books/{id}"), "");
    toy.ask_in("north", "PUT", "/shelves/z", "");
    toy.ask_in("north", "POST", "/books", ON_Z);
    let journal = toy.journal();

    journal.assert_in_order([Toys::PostBook, Toys::GetBook, Toys::PutShelf, Toys::PostBook]);
    journal.of(Toys::PostBook).realm("north").body("/shelf", "z").answer("/turn", 2).assert_once();
    journal.of(Toys::GetBook).id(id).status(200).assert_once();
    journal.of(Toys::ListBooks).assert_none();
    let said = caught(|| journal.of(Toys::PutShelf).id("y").realm("north").assert_once());
    golden("another_vendor.txt", &said.expect("there is no shelf y"));
}

#[test]
fn a_served_double_with_a_bug_fails_the_test_too() {
    let toy = Mock::<Toy>::start_blocking();
    let request = Request::post(format!("{}/books/burn", toy.url())).body(Vec::new()).unwrap();
    let answer = crate::support::send(&crate::support::agent(), request);
    assert_eq!(answer.status(), 500);
    assert_eq!(text(&answer), r#"{"no":"oh dear: fire in 0 shelves"}"#);
    let said = caught(|| drop(toy)).expect("it panics");
    assert!(said.contains("POST /books/burn: fire in 0 shelves"), "{said}");
}

#[test]
fn a_test_that_fails_already_keeps_its_own_reason() {
    let said = caught(|| {
        let toy = toy();
        toy.ask("POST", "/books/burn", "");
        panic!("the reason of the test");
    });
    assert_eq!(said.as_deref(), Some("the reason of the test"));
}

/// What it panicked with, if it did.
pub(crate) fn caught(run: impl FnOnce()) -> Option<String> {
    let panic = catch_unwind(AssertUnwindSafe(run)).err()?;
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()))
}

#[test]
fn realms_do_not_see_each_other() {
    let toy = toy();
    let (status, book) = toy.ask_in("north", "POST", "/books", ON_A);
    assert_eq!((status, toy.ask_in("south", "GET", "/books", "")), (201, (200, "[]".into())));
    assert_eq!(toy.ask_in("north", "GET", "/books", ""), (200, format!("[{book}]")));
    // A shelf of one realm bears no book of another, and turns are counted apart.
    toy.ask_in("north", "PUT", "/shelves/z", "");
    assert_eq!(toy.ask_in("south", "POST", "/books", ON_Z).0, 404);
    let (_, first) = toy.ask_in("south", "POST", "/books", ON_A);
    assert!(first.ends_with(r#""turn":1}"#), "{first}");
}

#[test]
fn a_fixture_that_names_a_realm_is_only_there_and_others_are_everywhere() {
    let toy =
        with(&[("two.json", r#"{ "shelves": [{ "id": "a" }, { "id": "z", "realm": "north" }] }"#)])
            .without_socket();
    for (realm, shelf, status) in
        [("north", ON_A, 201), ("north", ON_Z, 201), ("south", ON_A, 201), ("south", ON_Z, 404)]
    {
        assert_eq!(toy.ask_in(realm, "POST", "/books", shelf).0, status, "{shelf} in {realm}");
    }
}

#[test]
fn an_unknown_path_is_404_another_method_405_and_what_is_not_simulated_501() {
    let toy = Mock::<Toy>::builder().allow_unmatched().without_socket();
    assert_eq!(toy.ask("GET", "/films", ""), (404, r#"{"no":"nothing there"}"#.into()));
    assert_eq!(toy.ask("GET", "/books/1/pages", "").0, 404);
    assert_eq!(toy.ask("GET", "/loans", ""), (501, r#"{"no":"ListLoans is too hard"}"#.into()));
    assert_eq!(toy.ask("PATCH", "/books/1", "").0, 501);
    for (method, path, allow) in [
        ("DELETE", "/books", "GET, POST"),
        ("POST", "/loans", "GET"),
        // Simulated or not, the vendor has it.
        ("DELETE", "/books/1", "GET, PATCH"),
        ("HEAD", "/shelves/a", "PUT"),
    ] {
        let request = Request::builder().method(method).uri(path).body("").unwrap();
        let answer = toy.handle(request);
        assert_eq!(
            (answer.status().as_u16(), header(&answer, "allow")),
            (405, Some(allow)),
            "{method} {path}"
        );
    }
}

#[test]
fn what_is_not_simulated_fails_the_test_unless_it_is_allowed() {
    let toy = toy();
    toy.ask("GET", "/loans", "");
    let said = caught(|| drop(toy)).expect("it panics");
    assert!(said.contains("GET /loans -> 501 ListLoans"), "{said}");
}

#[test]
fn head_is_get_without_its_body() {
    let toy = toy();
    toy.ask("POST", "/books", ON_A);
    let [get, head] = ["GET", "HEAD"].map(|method| {
        toy.handle(Request::builder().method(method).uri("/books").body("").unwrap())
    });
    assert_eq!(head.status(), 200);
    assert_eq!(head.headers(), get.headers());
    assert_eq!(header(&head, "content-length"), Some(get.body().len().to_string().as_str()));
    assert!(head.body().is_empty() && !get.body().is_empty());
}

#[test]
fn how_long_an_answer_is_no_handler_says() {
    let toy = Mock::<Toy>::start_blocking();
    toy.ask("POST", "/books", ON_A);
    let asked = Request::get("/books").header("x-lie", "7").body("").unwrap();
    let within = toy.handle(asked);
    let over = Wire::to(&toy).ask("GET /books HTTP/1.1\r\nHost: toy\r\nX-Lie: 7\r\n\r\n");
    for (headers, body) in
        [(within.headers(), within.body().as_ref()), (over.headers(), over.body().as_slice())]
    {
        assert_eq!(headers["content-length"], body.len().to_string());
        assert!(serde_json::from_slice::<Value>(body).is_ok());
    }
}

fn with(files: &[(&str, &str)]) -> Builder<Toy> {
    files.iter().fold(Mock::<Toy>::builder(), |builder, (name, text)| builder.fixture(name, text))
}

/// All that is wrong with these files: file, place, reason.
#[track_caller]
fn refused(files: &[(&str, &str)]) -> Vec<(String, String, String)> {
    let Err(StartError::Fixture(FixtureError { problems })) = with(files).try_start() else {
        panic!("it must not start")
    };
    let told = |FixtureProblem { file, pointer, reason }| (file, pointer, reason);
    problems.into_iter().map(told).collect()
}

#[test]
fn a_fixture_that_is_not_as_it_must_be_says_file_place_and_reason() {
    for (text, pointer, reason) in [
        ("{", "", "is not JSON: expected a member's name in quotes at line 1 column 2"),
        ("[]", "", "must be an object of lists, but is a list"),
        (r#"{ "shelves": {} }"#, "/shelves", "must be a list of documents, but is an object"),
        (r#"{ "shelves": [], "shelves": [] }"#, "/shelves", "stands there twice"),
        (r#"{ "shelves": [7] }"#, "/shelves/0", "must be an object, but is a number"),
        (r#"{ "films": [{}] }"#, "/films/0", "there is no kind `films`"),
        (r#"{ "a/b": {} }"#, "/a~1b", "must be a list of documents, but is an object"),
        (r#"{ "a~b": [7] }"#, "/a~0b/0", "must be an object, but is a number"),
        (r#"{ "shelves": [{}] }"#, "/shelves/0/id", "is required"),
        (r#"{ "shelves": [{ "id": "A" }] }"#, "/shelves/0/id", "must be lower case"),
        (r#"{ "books": [{ "shelf": "a" }] }"#, "/books/0", "there is no shelf `a`"),
        // What a realm lacks is wrong although another realm has it.
        (
            r#"{ "shelves": [{ "id": "a", "realm": "north" }], "books": [{ "shelf": "a" }] }"#,
            "/books/0",
            "there is no shelf `a`",
        ),
    ] {
        let expected = ("toy.json".to_owned(), pointer.to_owned(), reason.to_owned());
        assert_eq!(refused(&[("toy.json", text)]), [expected], "{text}");
    }
}

#[test]
fn an_id_with_a_slash_is_found_by_a_report() {
    let text = r#"{ "shelves": [{ "id": "a/b" }], "books": [{ "shelf": "a/b" }] }"#;
    let toy = with(&[("toy.json", text)]).without_socket();
    let journal = toy.journal();
    let asked = || journal.all().id("a/b").realm("north").assert_once();

    let report = catch_unwind(AssertUnwindSafe(asked)).unwrap_err().downcast::<String>().unwrap();

    assert!(report.ends_with("\n  a/b is there: shelves"), "{report}");
}

#[test]
fn every_problem_of_every_fixture_is_told_and_nothing_is_loaded() {
    let problems = refused(&[
        ("one.json", r#"{ "shelves": [{ "id": "fine" }, { "id": 7 }], "films": [{}] }"#),
        ("two.json", r#"{ "books": [{ "shelf": "fine" }, { "shelf": "gone" }, {}] }"#),
    ]);
    let places: Vec<String> =
        problems.iter().map(|(file, pointer, _)| format!("{file}{pointer}")).collect();
    assert_eq!(
        places,
        ["one.json/shelves/1/id", "one.json/films/0", "two.json/books/1", "two.json/books/2/shelf"]
    );
    let error = with(&[("one.json", "[]")]).try_start().unwrap_err();
    assert_eq!(error.to_string(), "one.json: must be an object of lists, but is a list");
}

#[test]
fn every_file_that_cannot_be_read_is_told() {
    let problems = refused(&[("one.json", "{"), ("two.json", "[]")]);
    let files: Vec<&str> = problems.iter().map(|(file, ..)| file.as_str()).collect();
    assert_eq!(files, ["one.json", "two.json"]);
}

#[test]
fn what_is_wrong_in_one_realm_is_told_beside_what_is_wrong_in_all() {
    let text = r#"{ "shelves": [{ "id": "A" }, { "id": "B", "realm": "north" }] }"#;
    let problems = refused(&[("toy.json", text)]);
    let places: Vec<&str> = problems.iter().map(|(_, pointer, _)| pointer.as_str()).collect();
    assert_eq!(places, ["/shelves/0/id", "/shelves/1/id"]);
}

#[test]
fn fixture_files_compose_in_their_order() {
    let shelves = ("shelves.json", r#"{ "shelves": [{ "id": "a" }, { "id": "z" }] }"#);
    let books = ("books.json", r#"{ "books": [{ "shelf": "z" }, { "shelf": "a" }] }"#);
    let toy = with(&[shelves, books]).sequential_ids().without_socket();
    let expected = concat!(
        r#"[{"id":"book_00000000000000000000000002","shelf":"a","turn":3},"#,
        r#"{"id":"book_00000000000000000000000001","shelf":"z","turn":2}]"#
    );
    assert_eq!(toy.ask("GET", "/books", ""), (200, expected.to_owned()));
    assert_eq!(refused(&[books, shelves]).len(), 2, "books come before their shelves");
}

#[test]
fn the_same_fixtures_are_planted_once_a_process() {
    let planted = || PLANTED.lock().unwrap().get("once").copied().unwrap_or_default();
    let files = [("once.json", r#"{ "shelves": [{ "id": "once" }] }"#)];
    for _ in 0..10 {
        let toy = with(&files).without_socket();
        assert_eq!(toy.ask("POST", "/books", r#"{ "shelf": "once" }"#).0, 201);
        assert_eq!(toy.journal().len(), 1, "what happens later is each double's own");
        assert_eq!(planted(), 1);
    }
    // Another seed is other ground.
    drop(with(&files).seed(1).without_socket());
    assert_eq!(planted(), 2);
}

#[test]
fn what_goes_wrong_is_said_in_any_vendors_dialect_and_by_its_names() {
    let toy = toy();
    toy.on(Toys::PostBook).nth(1).status(503);
    toy.on(Toys::PostBook).nth(2).rate_limited(Duration::from_secs(7));
    toy.on(Toys::PutShelf).id("b").realm("north").status(500);

    assert_eq!(toy.ask("POST", "/books", ON_A), (400, r#"{"no":"Injected(503)"}"#.to_owned()));
    let (_, limited) = toy.ask("POST", "/books", ON_A);
    assert!(limited.contains("TooMany { max: 100, until: 1704067207, seconds: 7 }"), "{limited}");
    assert_eq!(toy.ask("POST", "/books", ON_A).0, 201);
    assert_eq!(toy.ask_in("north", "PUT", "/shelves/b", "").0, 400);
    assert_eq!(toy.ask_in("south", "PUT", "/shelves/b", "").0, 204);
}

#[test]
fn a_bug_of_a_call_that_is_held_is_told_too() {
    let toy = toy();
    toy.on(Toys::ListBooks).latency(Duration::ZERO);
    let gate = toy.hold(Toys::BurnBooks).before_commit();
    let (status, said) = thread::scope(|scope| {
        let burning = scope.spawn(|| toy.ask("POST", "/books/burn", ""));
        gate.arrived_blocking();
        assert_eq!(toy.ask("GET", "/books", ""), (200, "[]".to_owned()));
        gate.release();
        burning.join().unwrap()
    });
    assert_eq!((status, said.as_str()), (500, r#"{"no":"oh dear: fire in 0 shelves"}"#));
    assert_eq!(toy.journal().of(Toys::GetBook).count(), 0);
    assert!(caught(|| drop(toy)).unwrap().contains("POST /books/burn: fire in 0 shelves"));
}

fn shelves<'m>(toy: &'m Mock<Toy>, realm: &str) -> mock_rebilly::Shelf<'m, Toy, Shelf> {
    mock_rebilly::Shelf::new(toy, &SHELVES, realm, "")
}

#[test]
fn things_of_any_vendor_are_put_and_removed_in_a_realm() {
    let toy = toy();
    shelves(&toy, "north").put("z", json!({}));
    shelves(&toy, "north").add(json!({ "id": "y" }));
    assert_eq!(shelves(&toy, "north").ids(), ["y", "z", "a"]);
    assert_eq!(shelves(&toy, "main").ids(), ["a"]);
    let error = shelves(&toy, "main").try_add(json!({ "id": "Y" })).unwrap_err();
    assert_eq!(error.to_string(), "a new shelf cannot be put into main: /id: must be lower case");
    let error = shelves(&toy, "main").try_add(json!({ "id": "y", "realm": "north" })).unwrap_err();
    assert_eq!(error.problems[0].reason, "it says that it belongs to north");
    assert_eq!(toy.ask_in("north", "POST", "/books", ON_Z).0, 201);
    shelves(&toy, "north").remove("z");
    assert_eq!(toy.ask_in("north", "POST", "/books", ON_Z).0, 404);
    assert_eq!(toy.journal().of(Toys::PostBook).count(), 2);
}

#[test]
fn what_is_the_same_at_two_moments_is_compared_without_a_look_at_it() {
    let files = [(
        "many.json",
        r#"{ "shelves": [{ "id": "seen_1" }, { "id": "seen_2" }, { "id": "seen_3" }] }"#,
    )];
    let toy = with(&files).without_socket();
    let before = toy.snapshot();
    shelves(&toy, "main").put("seen_4", json!({}));
    shelves(&toy, "main").put("seen_2", json!({}));
    shelves(&toy, "main").remove("seen_3");

    let diff = toy.diff(&before);

    assert_eq!(
        diff.to_string(),
        "- /main/shelves/seen_3: {}\n+ /main/shelves/seen_4: {}\n",
        "what is shown as it was is the same"
    );
    let rendered = RENDERED.lock().unwrap();
    let rendered: Vec<(&str, usize)> = rendered
        .iter()
        .filter(|(id, _)| id.starts_with("seen_"))
        .map(|(id, times)| (id.as_str(), *times))
        .collect();
    assert_eq!(rendered, [("seen_2", 2), ("seen_3", 1), ("seen_4", 1)]);
}

#[test]
fn going_back_brings_back_every_realm_and_its_turns() {
    let toy = toy();
    toy.ask_in("north", "POST", "/books", ON_A);
    let before = toy.snapshot();
    let play = || {
        ["north", "south"].map(|realm| {
            toy.ask_in(realm, "PUT", "/shelves/z", "");
            (toy.ask_in(realm, "POST", "/books", ON_Z), toy.ask_in(realm, "GET", "/books", ""))
        })
    };
    let first = play();
    toy.restore(&before);
    assert_eq!((toy.fingerprint(), play()), (before.fingerprint(), first));
    toy.reset();
    assert_eq!(toy.ask_in("north", "GET", "/books", ""), (200, "[]".to_owned()));
}

#[test]
fn a_bug_is_told_after_a_reset_too() {
    let toy = toy();
    toy.ask("POST", "/books/burn", "");
    toy.reset();
    assert!(toy.journal().is_empty());
    let said = caught(|| drop(toy)).expect("it panics");
    assert!(said.contains("POST /books/burn: fire in 0 shelves"), "{said}");
}
