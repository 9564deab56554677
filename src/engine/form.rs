//! [`Query`]: what stands behind the question mark.

/// The decoded parameters of a query string, in the order sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Decodes a query string: `+` and `%20` are both a space.
    #[must_use]
    pub fn parse(text: &str) -> Query {
        Query(form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    /// All parameters, decoded.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A parameter that is said once; of several, the last.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A parameter that may be said as `a=1,2`, as `a[]=1&a[]=2` or as `a[0]=1`: its
    /// values, joined by `by`. `None` when it is not said at all.
    #[must_use]
    pub fn joined(&self, name: &str, by: &str) -> Option<String> {
        let said: Vec<&str> = self.array(name).collect();
        if said.is_empty() { self.get(name).map(str::to_owned) } else { Some(said.join(by)) }
    }

    /// Whether a parameter is said as an array: `a[]=1`.
    #[must_use]
    pub fn is_array(&self, name: &str) -> bool {
        self.array(name).next().is_some()
    }

    fn array(&self, name: &str) -> impl Iterator<Item = &str> {
        let said = self.0.iter().filter(move |(known, _)| is_array_of(known, name));
        said.map(|(_, value)| value.as_str())
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
