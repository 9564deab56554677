//! What a contract file may hold, and what is said of a bad one.

use std::path::PathBuf;

use mock_rebilly::contract::{Contracts, Target};
use serde_json::{Value, json};

#[test]
fn a_file_is_an_object_of_this_version() {
    assert_eq!(
        problems("{"),
        ["is not JSON: expected a member's name in quotes at line 1 column 2"]
    );
    assert_eq!(problems("[]"), ["must be an object, but is a list"]);
    assert_eq!(problems("{}"), ["needs `format`"]);
    let known = "a contract file has format, vendor, title, source, assumed, reason, needs, fixtures, steps";
    assert_eq!(
        problems(r#"{ "titel": "", "format": 2, "steps": 7 }"#),
        [
            &format!("/titel: is not known; {known}"),
            "/format: must be 1, the version that this crate reads",
        ]
    );
}

#[test]
fn a_file_says_what_it_shows_and_where_from() {
    let mut file = file();
    file["title"] = json!(" ");
    file["source"] = json!(7);
    file["needs"] = json!("nothing");
    file["vendor"] = json!("rebilly");
    file["fixtures"] = json!("mine.json");
    assert_problems(
        problems(&file.to_string()),
        &[
            "/title: must not be empty",
            "/source: must be a string, but is a number",
            "/needs: must be one of \"any organization\", \"an empty organization\", \"any realm\", \
             \"an empty realm\", \"a double\"",
            "/fixtures: must be \"standard\" or an object of lists of documents, or left out for an empty double",
        ],
    );
}

#[test]
fn a_file_is_about_a_vendor_that_is_simulated() {
    let mut file = file();
    file["vendor"] = json!("stripe");
    let [problem] = &problems(&file.to_string())[..] else { panic!("it must be one problem") };
    assert!(problem.starts_with("/vendor: must be one of \"rebilly\""), "{problem}");
}

#[test]
fn a_file_brings_fixtures_that_can_be_planted() {
    let mut file = file();
    file["fixtures"] = json!({ "customers": [{ "id": "ada" }] });
    assert_eq!(problems(&file.to_string()), [""; 0]);
    file["fixtures"] =
        json!({ "customers": [{ "locale": 7 }, { "id": "ada", "age": 36 }], "cats": [{}] });
    let mut found = problems(&file.to_string());
    found.sort_unstable();
    let [cats, locale, age] = &found[..] else { panic!("{found:#?}") };
    assert_eq!(locale, "/fixtures/customers/0/locale: must be a string, but is a number");
    assert!(age.starts_with("/fixtures/customers/1/age: is not known here; "), "{age}");
    assert!(cats.starts_with("/fixtures/cats/0: there is no kind `cats`; "), "{cats}");
    file["fixtures"] = json!(7);
    let said =
        "must be \"standard\" or an object of lists of documents, or left out for an empty double";
    assert_eq!(problems(&file.to_string()), [format!("/fixtures: {said}")]);
}

#[test]
fn a_file_says_nothing_twice() {
    let text = r#"{
        "format": 1, "title": "One.", "source": "made up", "title": "Two.",
        "steps": [{
            "request": { "method": "GET", "path": "/customers" },
            "answer": { "status": 200, "body": { "id": 1, "id": 2 } }
        }]
    }"#;
    let expected = ["/title: stands there twice", "/steps/0/answer/body/id: stands there twice"];
    assert_eq!(problems(text), expected);
}

#[test]
fn a_source_may_be_missing_if_everything_is_assumed() {
    let mut file = file();
    file.as_object_mut().unwrap().remove("source");
    let reason = "needs a `source`, or to be `assumed` with a `reason`";
    assert_eq!(problems(&file.to_string()), [reason]);

    file["assumed"] = json!(true);
    assert_eq!(problems(&file.to_string()), ["/assumed: needs a `reason` beside it"]);
    file["assumed"] = json!(false);
    assert_eq!(problems(&file.to_string()), ["/assumed: must be true, or left out"]);
    file.as_object_mut().unwrap().remove("assumed");
    file["reason"] = json!("Everybody does.");
    assert_eq!(problems(&file.to_string()), ["/reason: goes with `\"assumed\": true`", reason]);
    file["assumed"] = json!(true);
    assert_eq!(problems(&file.to_string()), [""; 0]);

    let mut by_step = self::file();
    by_step.as_object_mut().unwrap().remove("source");
    by_step["steps"][0]["assumed"] = json!(true);
    by_step["steps"][0]["reason"] = json!("Everybody does.");
    by_step["steps"].as_array_mut().unwrap().push(json!({ "advance": "PT1S" }));
    assert_eq!(problems(&by_step.to_string()), [""; 0]);
    by_step["steps"].as_array_mut().unwrap().push(file["steps"][0].clone());
    assert_eq!(problems(&by_step.to_string()), [reason]);
}

#[test]
fn a_step_asks_or_moves_the_clock() {
    let steps = json!([
        "now",
        { "request": { "method": "GET", "path": "/customers" } },
        { "answer": { "status": 200 } },
        { "advance": "1 day" },
        { "advance": 60 },
        { "advance": "PT1M", "answer": { "status": 200 } },
        { "request": { "method": "GET", "path": "/" }, "answer": { "status": 200 }, "wait": 1 },
    ]);
    assert_problems(
        problems_of_steps(&steps),
        &[
            "/steps/0: must be an object, but is a string",
            "/steps/1: needs `answer`",
            "/steps/2: needs `request`",
            "/steps/3/advance: must be a duration such as P1DT2H3M4S",
            "/steps/4/advance: must be a string, but is a number",
            "/steps/5/answer: is not known; a step that moves the clock has advance",
            "/steps/6/wait: is not known; a step has request, answer, capture, assumed, reason, advance",
        ],
    );
    assert_eq!(problems_of_steps(&json!([])), ["/steps: must have a step"]);
    assert_eq!(problems_of_steps(&json!({})), ["/steps: must be a list, but is an object"]);
}

#[test]
fn a_request_is_one_that_can_be_sent() {
    let asks = |request: Value| json!({ "request": request, "answer": { "status": 200 } });
    let steps = json!([
        asks(json!({ "method": "GET IT", "path": "/a" })),
        asks(json!({ "method": "GET" })),
        asks(json!({ "method": "GET", "path": "/a", "target": "/a" })),
        asks(json!({ "method": "GET", "target": "/a", "query": { "limit": "1" } })),
        asks(json!({ "method": "GET", "path": "customers" })),
        asks(json!({ "method": "GET", "path": "/ada lovelace" })),
        asks(json!({ "method": "GET", "path": "/a", "query": { "q": null } })),
        asks(json!({ "method": "GET", "path": "/a", "headers": { "A b": "c", "Accept": 1 } })),
        asks(json!({ "method": "PUT", "path": "/a", "body": {}, "text": "{}" })),
        asks(json!({ "method": "PUT", "path": "/a", "json": {} })),
        asks(json!({ "method": "PUT", "path": "/a", "form": { "a": 1 }, "text": "a=1" })),
        asks(json!({ "method": "PUT", "path": "/a", "form": ["a"] })),
        asks(json!({ "path": "/a/${nobody}", "body": { "name": "${unfinished" } })),
    ]);
    let known = "a request has method, path, target, query, headers, body, form, text";
    assert_problems(
        problems_of_steps(&steps),
        &[
            "/steps/0/request/method: is not a method",
            "/steps/1/request: needs either `path`, below the organization, or `target`",
            "/steps/2/request: needs either `path`, below the organization, or `target`",
            "/steps/3/request/query: goes with `path`; a target brings its own",
            "/steps/4/request/path: must begin with `/`",
            "/steps/5/request/path: cannot be sent: percent-encode what an address cannot hold",
            "/steps/6/request/query/q: must be a string, but is null",
            "/steps/7/request/headers/A b: is not a header's name",
            "/steps/7/request/headers/Accept: must be a string, but is a number",
            "/steps/8/request/text: stands in the place of `body`, not beside it",
            &format!("/steps/9/request/json: is not known; {known}"),
            "/steps/10/request/text: stands in the place of `form`, not beside it",
            "/steps/11/request/form: must be an object, but is a list",
            "/steps/12/request: needs `method`",
            "/steps/12/request/path: `${nobody}` is not captured before; known are base, organization",
            "/steps/12/request/body/name: `${unfinished` has no end",
        ],
    );
}

#[test]
fn an_answer_says_what_it_expects() {
    let gives =
        |answer: Value| json!({ "request": { "method": "GET", "path": "/a" }, "answer": answer });
    let steps = json!([
        gives(json!({ "body": {} })),
        gives(json!({ "status": "200" })),
        gives(json!({ "status": 99, "text": "" })),
        gives(json!({ "status": 200, "headers": { "Location": 7, "a/b": "$tme" } })),
        gives(json!({ "status": 200, "body": "$absent" })),
        gives(
            json!({ "status": 200, "body": { "a": ["$empty", "$hex", "$hex:x", "$length", "$contains"] } })
        ),
        gives(json!({ "status": 200, "body": { "a": "$time:now", "b/c": "$ABC", "d": "$" } })),
        gives(json!({ "status": 200, "body": { "$unorderd": [], "$$x": 1 } })),
        gives(json!({ "status": 200, "body": { "$unordered": {} } })),
        gives(json!({ "status": 200, "body": { "a": { "$exactly": [1] } } })),
        gives(json!({ "status": 200, "body": { "a": { "$any": 1 } } })),
        gives(json!({ "status": 200, "body": ["${later}", "$contains:${later}"] })),
    ]);
    let escape = "a text that begins with `$` is written with `$$`";
    assert_problems(
        problems_of_steps(&steps),
        &[
            "/steps/0/answer: needs `status`",
            "/steps/1/answer/status: must be a status: a whole number from 100 to 599",
            "/steps/2/answer/text: is not known; an answer has status, headers, body",
            "/steps/2/answer/status: must be a status: a whole number from 100 to 599",
            "/steps/3/answer/headers/Location: must be a string, but is a number",
            "/steps/3/answer/headers/a~1b: is not a header's name",
            &format!("/steps/3/answer/headers/a~1b: `$tme` is not a matcher; {escape}"),
            "/steps/4/answer/body: a body is never absent; one that has no content is `$empty`",
            "/steps/5/answer/body/a/0: `$empty` is for a whole body only",
            "/steps/5/answer/body/a/1: `$hex` needs a count: `$hex:40`",
            "/steps/5/answer/body/a/2: `$hex` needs a count: `$hex:40`",
            "/steps/5/answer/body/a/3: `$length` needs a count: `$length:40`",
            "/steps/5/answer/body/a/4: `$contains` needs a text: `$contains:json`",
            "/steps/6/answer/body/a: `$time` stands alone, without a colon",
            &format!("/steps/6/answer/body/b~1c: `$ABC` is not a matcher; {escape}"),
            &format!("/steps/6/answer/body/d: `$` is not a matcher; {escape}"),
            "/steps/7/answer/body: `$unorderd` is the only member of its object",
            "/steps/8/answer/body/$unordered: must be a list, but is an object",
            "/steps/9/answer/body/a/$exactly: must be an object, but is a list",
            "/steps/10/answer/body/a/$any: is not known: an object's rule is $exactly or $unordered",
            "/steps/11/answer/body/0: `${later}` is not captured before; known are base, organization",
            "/steps/11/answer/body/1: `${later}` is not captured before; known are base, organization",
        ],
    );
}

#[test]
fn a_name_is_captured_before_it_is_used() {
    let step = |capture: Value, path: &str| {
        json!({
            "request": { "method": "GET", "path": path },
            "answer": { "status": 200, "body": { "at": "${base}/${organization}" } },
            "capture": capture
        })
    };
    let steps = json!([
        step(json!({ "id": "/id" }), "/a/${id}"),
        step(json!({ "base": "/id", "an id": "/id", "n": 1, "x": "id", "whole": "" }), "/a/${id}"),
        step(json!([]), "/a/${id}${whole}"),
    ]);
    assert_problems(
        problems_of_steps(&steps),
        &[
            "/steps/0/request/path: `${id}` is not captured before; known are base, organization",
            "/steps/1/capture/base: `base` has a meaning already",
            "/steps/1/capture/an id: is captured by a name of letters, digits and `_`",
            "/steps/1/capture/n: must be a string, but is a number",
            "/steps/1/capture/x: must be a JSON pointer into the body, such as /id",
            "/steps/2/capture: must be an object, but is a list",
        ],
    );
}

#[test]
fn all_problems_of_all_files_are_told_at_once() {
    let folder = folder("all-problems");
    std::fs::create_dir_all(folder.join("more")).unwrap();
    std::fs::write(folder.join("b.json"), "{}").unwrap();
    std::fs::write(folder.join("a.json"), "nothing").unwrap();
    std::fs::write(folder.join("good.json"), file().to_string()).unwrap();
    std::fs::write(folder.join("read-me.txt"), "not a contract").unwrap();
    std::fs::write(folder.join("more/c.json"), r#"{ "format": 0 }"#).unwrap();

    let error = Contracts::load(&folder).unwrap_err();

    let expected = "\
a.json: is not JSON: expected a value at line 1 column 1
b.json: needs `format`
more/c.json: /format: must be 1, the version that this crate reads";
    assert_eq!(error.to_string(), expected);
    let last = error.problems.last().unwrap();
    assert_eq!((&*last.file, &*last.pointer), ("more/c.json", "/format"));
}

#[test]
fn what_is_not_there_is_an_error() {
    let folder = folder("nothing-there");
    let shown = folder.display();
    let error = Contracts::load(&folder).unwrap_err();
    assert_eq!(error.to_string(), format!("{shown}: is a directory without any .json file"));
    let error = Contracts::load(folder.join("none.json")).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{shown}/none.json: cannot be read: ")), "{error}");
}

#[test]
fn a_users_crate_plays_its_own_directory() {
    let folder = folder("of-a-user");
    std::fs::write(folder.join("mine.json"), file().to_string()).unwrap();

    let contracts = Contracts::load(&folder).unwrap_or_else(|error| panic!("{error}"));
    let report = contracts.run(&Target::mock());
    report.assert_none();

    assert_eq!((contracts.len(), report.files(), report.steps()), (1, 1, 1));
    let one_file = Contracts::load(folder.join("mine.json")).unwrap();
    assert_eq!(one_file.run(&Target::mock()).to_string(), report.to_string());
}

fn file() -> Value {
    json!({
        "format": 1,
        "title": "There is a list.",
        "source": "published definition: GetCustomerCollection",
        "steps": [{
            "request": { "method": "GET", "path": "/customers" },
            "answer": { "status": 200, "body": [] }
        }]
    })
}

fn problems_of_steps(steps: &Value) -> Vec<String> {
    let mut file = file();
    file["steps"] = steps.clone();
    problems(&file.to_string())
}

/// In any order: `json!` sorts members or not, as another crate of the build has it.
#[track_caller]
fn assert_problems(mut found: Vec<String>, expected: &[&str]) {
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected);
}

/// What is said of a file, without the file's name.
fn problems(text: &str) -> Vec<String> {
    let Err(error) = Contracts::parse("x.json", text) else { return Vec::new() };
    let said = error.problems.iter().map(|problem| problem.to_string().replacen("x.json: ", "", 1));
    said.collect()
}

/// An empty directory of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("contracts").join(name);
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
