//! [`Query`]: what stands behind the question mark.

use std::sync::atomic::{AtomicBool, Ordering};

/// The decoded parameters of a query string, in the order sent.
#[derive(Debug, Default)]
pub struct Query(Vec<Parameter>);

#[derive(Debug)]
struct Parameter {
    name: String,
    value: String,
    /// Whether anybody asked for it.
    read: AtomicBool,
}

impl Parameter {
    fn read(&self) -> &str {
        self.read.store(true, Ordering::Relaxed);
        &self.value
    }
}

impl Query {
    /// Decodes a query string: `+` and `%20` are both a space.
    #[must_use]
    pub fn parse(text: &str) -> Query {
        let parameter = |(name, value)| Parameter { name, value, read: AtomicBool::new(false) };
        Query(form_urlencoded::parse(text.as_bytes()).into_owned().map(parameter).collect())
    }

    /// All parameters, decoded.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|it| (it.name.as_str(), it.value.as_str()))
    }

    /// Whether there is a parameter that nobody asked for: the answer would be
    /// the same without it.
    #[must_use]
    pub fn has_unread(&self) -> bool {
        self.0.iter().any(|it| !it.read.load(Ordering::Relaxed))
    }

    /// A parameter that is said once; of several, the last.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|it| it.name == name).map(Parameter::read)
    }

    /// A parameter that may be said as `a=1,2`, as `a[]=1&a[]=2` or as `a[0]=1`: its
    /// values, joined by `by`. `None` when it is not said at all.
    #[must_use]
    pub fn joined(&self, name: &str, by: &str) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        let said: Vec<&str> = self.array(name).collect();
        if said.is_empty() { self.get(name).map(str::to_owned) } else { Some(said.join(by)) }
    }

    /// Whether a parameter is said as an array: `a[]=1`.
    #[must_use]
    pub fn is_array(&self, name: &str) -> bool {
        self.array(name).next().is_some()
    }

    fn array(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |it| is_array_of(&it.name, name)).map(Parameter::read)
    }
}

/// Whether `known` is `name[]` or `name[3]`.
fn is_array_of(known: &str, name: &str) -> bool {
    known
        .strip_prefix(name)
        .and_then(|rest| rest.strip_prefix('['))
        .and_then(|rest| rest.strip_suffix(']'))
        .is_some_and(|index| index.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plus_and_percent_twenty_are_a_space_and_commas_may_be_raw() {
        let query = Query::parse("q=john+doe%20x&sort=-createdTime,id&empty=");
        assert_eq!(query.get("q"), Some("john doe x"));
        assert_eq!(query.get("sort"), Some("-createdTime,id"));
        assert_eq!(query.get("empty"), Some(""));
        assert_eq!(query.get("none"), None);
    }

    #[test]
    fn what_nobody_asks_for_is_told() {
        let query = Query::parse("limit=1&fields[]=id&limit=2&colour=red");
        assert!(query.has_unread());
        assert_eq!((query.get("limit"), query.get("colour")), (Some("2"), Some("red")));
        assert_eq!(query.joined("fields", ","), Some("id".into()));
        assert!(query.has_unread(), "the first limit has no say");
        let query = Query::parse("limit=2&fields[]=id&fields[]=email");
        assert_eq!(query.joined("fields", ","), Some("id,email".into()));
        assert!(query.has_unread());
        assert_eq!(query.get("limit"), Some("2"));
        assert!(!query.has_unread());
    }

    #[test]
    fn an_array_of_parameters_equals_a_list() {
        assert_eq!(
            Query::parse("fields[]=id&fields%5B%5D=email").joined("fields", ","),
            Some("id,email".into())
        );
        assert_eq!(Query::parse("fields[0]=id").joined("fields", ","), Some("id".into()));
        assert_eq!(Query::parse("fields=id,email").joined("fields", ","), Some("id,email".into()));
        assert_eq!(Query::parse("fields[x]=id").joined("fields", ","), None);
    }
}
