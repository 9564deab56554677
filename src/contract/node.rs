//! [`Node`]: a value of a contract file that knows where it stands and can be refused.

use std::cell::RefCell;

use super::error::ContractProblem;
use crate::engine::failure::below;
use crate::engine::json::Json;

/// Everything that was refused in one file so far: reading goes on, so that all is told at once.
#[derive(Debug)]
pub(super) struct Problems {
    file: String,
    found: RefCell<Vec<ContractProblem>>,
}

impl Problems {
    pub(super) fn new(file: &str) -> Problems {
        Problems { file: file.to_owned(), found: RefCell::default() }
    }

    pub(super) fn add(&self, pointer: &str, reason: impl Into<String>) {
        let (file, pointer) = (self.file.clone(), pointer.to_owned());
        self.found.borrow_mut().push(ContractProblem { file, pointer, reason: reason.into() });
    }

    pub(super) fn into_found(self) -> Vec<ContractProblem> {
        self.found.into_inner()
    }
}

/// A value of a contract file.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub(super) json: &'a Json,
    pointer: String,
    problems: &'a Problems,
}

impl<'a> Node<'a> {
    pub(super) fn root(json: &'a Json, problems: &'a Problems) -> Node<'a> {
        Node { json, pointer: String::new(), problems }
    }

    pub(super) fn refuse(&self, reason: impl Into<String>) {
        self.problems.add(&self.pointer, reason);
    }

    /// Refuses something in it, which a pointer leads to.
    pub(super) fn refuse_at(&self, pointer: &str, reason: impl Into<String>) {
        self.problems.add(&format!("{}{pointer}", self.pointer), reason);
    }

    /// Its members, whatever they are called. Refuses what is not an object.
    pub(super) fn members(&self) -> Vec<(&'a str, Node<'a>)> {
        let Json::Object(members) = self.json else {
            self.expected("an object");
            return Vec::new();
        };
        members.iter().map(|(name, json)| (name.as_str(), self.below(name, json))).collect()
    }

    /// The same for an object with a fixed set of members: others are refused.
    pub(super) fn object(&self, noun: &str, known: &[&str]) -> Option<Node<'a>> {
        for (name, member) in self.members() {
            if !known.contains(&name) {
                let known = known.join(", ");
                member.refuse(format!("is not known; {noun} has {known}"));
            }
        }
        matches!(self.json, Json::Object(_)).then(|| self.clone())
    }

    pub(super) fn member(&self, name: &str) -> Option<Node<'a>> {
        self.json.get(name).map(|json| self.below(name, json))
    }

    pub(super) fn needed(&self, name: &str) -> Option<Node<'a>> {
        let member = self.member(name);
        if member.is_none() {
            self.refuse(format!("needs `{name}`"));
        }
        member
    }

    pub(super) fn items(&self) -> Vec<Node<'a>> {
        let Json::List(items) = self.json else {
            self.expected("a list");
            return Vec::new();
        };
        let item = |(index, json): (usize, &'a Json)| self.below(&index.to_string(), json);
        items.iter().enumerate().map(item).collect()
    }

    pub(super) fn text(&self) -> Option<&'a str> {
        let text = self.json.as_text();
        if text.is_none() {
            self.expected("a string");
        }
        text
    }

    /// A string that says something.
    pub(super) fn sentence(&self) -> Option<&'a str> {
        let text = self.text()?;
        if text.trim().is_empty() {
            self.refuse("must not be empty");
            return None;
        }
        Some(text)
    }

    pub(super) fn boolean(&self) -> Option<bool> {
        if let Json::Bool(value) = self.json {
            return Some(*value);
        }
        self.expected("true or false");
        None
    }

    /// Why a file or a step is a guess, if it says that it is one.
    pub(super) fn assumed(&self) -> Option<String> {
        let (assumed, reason) = (self.member("assumed"), self.member("reason"));
        let Some(assumed) = assumed else {
            if let Some(reason) = reason {
                reason.refuse("goes with `\"assumed\": true`");
            }
            return None;
        };
        if !assumed.boolean()? {
            assumed.refuse("must be true, or left out");
            return None;
        }
        if reason.is_none() {
            assumed.refuse("needs a `reason` beside it");
        }
        reason?.sentence().map(str::to_owned)
    }

    pub(super) fn expected(&self, what: &str) {
        self.refuse(format!("must be {what}, but is {}", self.json.kind()));
    }

    fn below(&self, name: &str, json: &'a Json) -> Node<'a> {
        Node { json, pointer: below(&self.pointer, name), problems: self.problems }
    }
}

/// What a JSON pointer leads to.
pub(super) fn look_up<'j>(json: &'j Json, pointer: &str) -> Option<&'j Json> {
    if pointer.is_empty() {
        return Some(json);
    }
    pointer.strip_prefix('/')?.split('/').try_fold(json, |json, part| match json {
        Json::List(items) => part.parse().ok().and_then(|index: usize| items.get(index)),
        json => json.get(&part.replace("~1", "/").replace("~0", "~")),
    })
}
