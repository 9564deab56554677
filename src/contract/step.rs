//! [`Step`]: one request and its answer, or a move of the clock.

use std::collections::BTreeSet;
use std::time::Duration;

use super::answer::Answer;
use super::duration;
use super::node::Node;
use super::request::Request;
use super::text::{GIVEN, Text};
use crate::engine::json::Json;

/// A step of a file.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Why what is expected is a guess, if it or its file is one.
    pub(super) assumed: Option<String>,
    /// The names without which it cannot be played.
    pub(super) needs: BTreeSet<String>,
    pub(super) action: Action,
}

#[derive(Clone, Debug)]
pub(super) enum Action {
    Advance(Duration),
    Ask(Box<Ask>),
}

/// A request, and what is done with its answer.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) request: Request,
    pub(super) answer: Answer,
    /// Names, and where in the body their values stand.
    pub(super) capture: Vec<(String, String)>,
}

impl Step {
    /// Reads a step. `known` are the names so far; those that it captures join them.
    pub(super) fn read(
        node: &Node<'_>,
        file_assumed: Option<&str>,
        known: &mut BTreeSet<String>,
    ) -> Option<Step> {
        let mut needs = BTreeSet::new();
        needed_names(node.json, &mut needs);
        if let Some(advance) = node.member("advance") {
            node.object("a step that moves the clock", &["advance"])?;
            let duration = duration::parse(advance.text()?);
            if duration.is_none() {
                advance.refuse("must be a duration such as P1DT2H3M4S");
            }
            return Some(Step { assumed: None, needs, action: Action::Advance(duration?) });
        }
        let members = ["request", "answer", "capture", "assumed", "reason", "advance"];
        let node = node.object("a step", &members)?;
        let assumed = node.assumed().or(file_assumed.map(str::to_owned));
        let request = node.needed("request").and_then(|it| Request::read(&it, known));
        let answer = node.needed("answer").and_then(|it| Answer::read(&it, known));
        let capture = node.member("capture").map_or(Vec::new(), |it| read_capture(&it));
        known.extend(capture.iter().map(|(name, _)| name.clone()));
        let ask = Ask { request: request?, answer: answer?, capture };
        Some(Step { assumed, needs, action: Action::Ask(Box::new(ask)) })
    }

    pub(super) fn moves_the_clock(&self) -> bool {
        matches!(self.action, Action::Advance(_))
    }
}

fn read_capture(node: &Node<'_>) -> Vec<(String, String)> {
    let mut capture = Vec::new();
    for (name, pointer) in node.members() {
        let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        if name.is_empty() || !name.chars().all(fits) {
            pointer.refuse("is captured by a name of letters, digits and `_`");
        } else if GIVEN.contains(&name) {
            pointer.refuse(format!("`{name}` has a meaning already"));
        }
        let Some(text) = pointer.text() else { continue };
        if !text.is_empty() && !text.starts_with('/') {
            pointer.refuse("must be a JSON pointer into the body, such as /id");
        }
        capture.push((name.to_owned(), text.to_owned()));
    }
    capture
}

/// Every name in every text of a value.
fn needed_names(json: &Json, found: &mut BTreeSet<String>) {
    match json {
        Json::Text(text) => {
            let text = Text::parse(text);
            found.extend(text.iter().flat_map(Text::names).map(str::to_owned));
        }
        Json::List(items) => items.iter().for_each(|item| needed_names(item, found)),
        Json::Object(members) => members.iter().for_each(|(_, it)| needed_names(it, found)),
        _ => {}
    }
}
