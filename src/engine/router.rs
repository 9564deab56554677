//! [`Router`]: from the segments of a path to what stands there.

/// A path's places in a tree of segments. Literals win over variables; where a
/// literal leads nowhere, the variable beside it is tried. Redirects, trailing
/// slashes and decoding are not known here: a path is its segments.
#[derive(Debug)]
pub(super) struct Router<T> {
    nodes: Vec<Node<T>>,
}

#[derive(Debug)]
struct Node<T> {
    literals: Vec<(&'static str, usize)>,
    variable: Option<usize>,
    here: Vec<(T, Vec<Place>)>,
}

/// The name of a path's variable, and which of its segments that is.
pub(super) type Place = (&'static str, usize);

impl<T> Default for Router<T> {
    fn default() -> Router<T> {
        Router { nodes: vec![Node::default()] }
    }
}

impl<T> Default for Node<T> {
    fn default() -> Node<T> {
        Node { literals: Vec::new(), variable: None, here: Vec::new() }
    }
}

impl<T> Router<T> {
    /// Puts something at a path such as `customers/{id}/lead-source`.
    pub(super) fn add(&mut self, path: &'static str, what: T) {
        let mut at = 0;
        let mut places = Vec::new();
        let segments = path.split('/').filter(|segment| !segment.is_empty());
        for (index, segment) in segments.enumerate() {
            let name = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            let next = match name {
                Some(name) => {
                    places.push((name, index));
                    self.nodes[at].variable
                }
                None => self.literal(at, segment),
            };
            at = next.unwrap_or_else(|| {
                let new = self.nodes.len();
                self.nodes.push(Node::default());
                match name {
                    Some(_) => self.nodes[at].variable = Some(new),
                    None => self.nodes[at].literals.push((segment, new)),
                }
                new
            });
        }
        self.nodes[at].here.push((what, places));
    }

    /// Everything that was added under a path of this shape, if anything was.
    #[must_use]
    pub(super) fn find(&self, segments: &[impl AsRef<str>]) -> &[(T, Vec<Place>)] {
        self.descend(0, segments).map_or(&[], |at| &self.nodes[at].here)
    }

    fn literal(&self, at: usize, segment: &str) -> Option<usize> {
        for (literal, next) in &self.nodes[at].literals {
            if *literal == segment {
                return Some(*next);
            }
        }
        None
    }

    fn descend(&self, at: usize, segments: &[impl AsRef<str>]) -> Option<usize> {
        let Some((segment, rest)) = segments.split_first() else {
            return (!self.nodes[at].here.is_empty()).then_some(at);
        };
        let segment = segment.as_ref();
        let literal = self.literal(at, segment).and_then(|next| self.descend(next, rest));
        literal.or_else(|| self.descend(self.nodes[at].variable?, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(paths: &[&'static str], path: &str) -> Option<(&'static str, Vec<String>)> {
        let mut router = Router::default();
        for path in paths {
            router.add(path, *path);
        }
        let segments: Vec<&str> = path.split('/').collect();
        let (found, places) = router.find(&segments).first()?;
        Some((*found, places.iter().map(|&(_, index)| segments[index].to_owned()).collect()))
    }

    #[test]
    fn a_literal_wins_over_a_variable() {
        let paths = ["requests/{id}", "requests/auto"];
        assert_eq!(find(&paths, "requests/auto"), Some(("requests/auto", vec![])));
        assert_eq!(find(&paths, "requests/7"), Some(("requests/{id}", vec!["7".into()])));
    }

    #[test]
    fn a_literal_that_leads_nowhere_gives_way_to_the_variable() {
        let paths = ["requests/auto", "requests/{id}/dcc"];
        assert_eq!(
            find(&paths, "requests/auto/dcc"),
            Some(("requests/{id}/dcc", vec!["auto".into()]))
        );
    }

    #[test]
    fn a_part_of_a_path_is_not_a_path() {
        let paths = ["customers/{id}/timeline"];
        for path in ["customers", "customers/1", "customers/1/timeline/2"] {
            assert_eq!(find(&paths, path), None, "{path}");
        }
    }
}
