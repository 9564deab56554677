//! [`Trail`]: where in a document something stands.

/// The names from the document's root to a place in it, without copying any.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trail<'a> {
    Root,
    Step { from: &'a Trail<'a>, name: &'a str },
    Item { from: &'a Trail<'a>, index: usize },
}

impl Trail<'_> {
    pub(super) fn names(self) -> Vec<String> {
        match self {
            Trail::Root => Vec::new(),
            Trail::Step { from, name } => {
                let mut names = from.names();
                names.push(name.to_owned());
                names
            }
            Trail::Item { from, index } => {
                let mut names = from.names();
                names.push(index.to_string());
                names
            }
        }
    }
}
