//! Contracts: conversations with an API as files, played against a double or
//! against the real thing. Where both answer the same, a test may trust the double.
//!
//! A whole test suite of a crate that has its contracts in `tests/contracts`:
//!
//! ```no_run
//! use mock_rebilly::contract::{Contracts, Target};
//!
//! # mod client {
//! #     use mock_rebilly::http::{Request, Response};
//! #     pub fn send(_: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> { Err("offline".into()) }
//! # }
//! #[test]
//! fn contracts_hold() {
//!     let contracts = Contracts::load("tests/contracts").unwrap_or_else(|error| panic!("{error}"));
//!     contracts.run(&Target::from_env(client::send)).assert_none();
//! }
//! ```
//!
//! It plays against doubles, and against Rebilly's sandbox when
//! `REBILLY_SANDBOX_URL`, `REBILLY_SANDBOX_KEY` and `REBILLY_SANDBOX_ORGANIZATION`
//! are set: that is how drift is found. `client::send` is a function around the
//! HTTP client that you have already (see [`Target::remote`]); a suite that
//! stays with doubles needs none: [`Target::mock`].
//!
//! # The format, version 1
//!
//! A file is one conversation, a JSON object:
//!
//! ```
//! # use mock_rebilly::contract::{Contracts, Target};
//! # let text = r#"
//! {
//!   "format": 1,
//!   "title": "A customer is found by the id that was made for it.",
//!   "source": "published definition: PostCustomer, GetCustomer",
//!   "needs": "any organization",
//!   "steps": [
//!     {
//!       "request": { "method": "POST", "path": "/customers", "body": { "websiteId": "web_1" } },
//!       "answer": {
//!         "status": 201,
//!         "headers": { "Location": "$contains:/customers/" },
//!         "body": { "id": "$id:cus_", "websiteId": "web_1", "createdTime": "$time" }
//!       },
//!       "capture": { "id": "/id" }
//!     },
//!     {
//!       "assumed": true,
//!       "reason": "No document says when a customer's revision begins to count.",
//!       "request": { "method": "GET", "path": "/customers/${id}" },
//!       "answer": { "status": 200, "body": { "id": "${id}", "revision": 0 } }
//!     }
//!   ]
//! }
//! # "#;
//! # let report = Contracts::parse("example.json", text)?.run(&Target::mock());
//! # report.assert_none();
//! # assert_eq!((report.files(), report.steps(), report.assumed()), (1, 2, 1));
//! # Ok::<(), mock_rebilly::contract::ContractError>(())
//! ```
//!
//! | member of a file | |
//! |---|---|
//! | `format` | `1` |
//! | `vendor` | whose API it is about: `"rebilly"`, if nothing is said |
//! | `title` | what the conversation shows, as a sentence |
//! | `source` | where that is known from; it may be missing only if everything is assumed |
//! | `assumed`, `reason` | `true` if it is our guess, and why it is a good one |
//! | `needs` | `"any organization"`: ids are left to the API and captured, no whole list is read, so it can be played again and again; `"an empty organization"`, if nothing is said; `"a double"`. Vendors whose realms are not called organizations say `"any realm"`, `"an empty realm"` |
//! | `fixtures` | `"standard"`: the standard fixtures are there; or documents, as a fixture file has them: `{ "customers": [{ "id": "ada" }] }`; without it, nothing is there |
//! | `steps` | at least one |
//!
//! | member of a step | |
//! |---|---|
//! | `request` | what is asked |
//! | `answer` | what must be answered |
//! | `capture` | names, and where in the body their values stand: `{ "id": "/id" }` |
//! | `assumed`, `reason` | as for a file |
//! | `advance` | stands alone: moves the clock on, by `P1DT2H3M4S` |
//!
//! | member of a request | |
//! |---|---|
//! | `method` | |
//! | `path` | the address below the organization, where addresses name one: `/customers/ada` |
//! | `target` | in the place of `path`: the whole address, as it is sent |
//! | `query` | beside `path`: texts, numbers or booleans, encoded for you; a list repeats its name |
//! | `headers` | texts; `null` leaves out the vendor's header for credentials (`REB-APIKEY`; else it has the target's) or `Content-Type` (else JSON's or a form's, if there is a `body` or a `form`) |
//! | `body` | JSON, or |
//! | `form` | in its place: an object, sent as a form: `a[b]=1`, `a[]=1`, or |
//! | `text` | in its place: a body as it is sent |
//!
//! | member of an answer | |
//! |---|---|
//! | `status` | a number |
//! | `headers` | texts or matchers; one that is sent repeatedly is compared with `, ` between its values |
//! | `body` | a text: the whole body is this text; `"$empty"`: there is none; else JSON, and matchers |
//!
//! Any other member is refused, and so is one that is not as told here or stands
//! there twice: every problem of every file at once, each with its place.
//!
//! ## What answers are compared with
//!
//! An **object** is a subset: what it does not name may be there. A **list** is
//! whole and in order. Numbers are compared as numbers.
//!
//! | | accepts |
//! |---|---|
//! | `{ "$exactly": { … } }` | an object with these members and no others |
//! | `{ "$unordered": [ … ] }` | a list with these items and no others, in any order |
//! | `$absent` | nothing: the member or the header is not there |
//! | `$any` | whatever is there, `null` too |
//! | `$text` | a text that is not empty |
//! | `$boolean`, `$number`, `$list`, `$object` | any value of that type |
//! | `$time` | an RFC 3339 date-time |
//! | `$contains:json` | a text with this in it |
//! | `$length:3` | a text of so many characters, or a list of so many items |
//! | `$hex:40` | so many hexadecimal digits, in lower case |
//! | `$id:cus_` | an id as Rebilly makes them: a prefix and 26 letters and digits |
//!
//! A text that begins with a dollar sign is written with two.
//!
//! ## Names
//!
//! `${name}` in a text of a request or an answer stands for a value that an
//! earlier step captured, `${base}` for the target's address without a slash
//! at its end, `${organization}` for the organization that is played in, which
//! `path` begins with, in files about Rebilly. For `${` itself write `$${`.
//!
//! # What a target plays
//!
//! A double plays everything, each file on a fresh one. Behind any other
//! address nothing can be planted, emptied or hurried, so there a file is left
//! out, and the [`Report`] says so, if it
//!
//! - needs a double, moves the clock or starts with fixtures;
//! - needs an empty organization while the target's is shared by all files
//!   (see [`Target::organization_for_each`]): ids that a file chooses itself
//!   (`PUT /customers/ada`) are new only once;
//! - names an organization by hand that is not the target's.
//!
//! A step is left out if it expects `501`, by which a double says that it does
//! not simulate an operation, or if it uses a name that could not be captured.

mod answer;
mod contracts;
mod duration;
mod error;
mod expected;
mod file;
mod matcher;
mod node;
mod play;
mod report;
mod request;
mod sandbox;
mod step;
mod target;
mod text;
mod vendors;

pub use self::contracts::Contracts;
pub use self::error::{ContractError, ContractProblem};
pub use self::report::{Difference, Report, Skipped};
pub use self::target::Target;
