//! [`Links`]: the `_links` of an answer.

use hyper::Uri;

use crate::engine::render::{Mark, Object, Quoted, Writer};

/// Writes the items of a `_links` list.
pub(in crate::rebilly) struct Links<'w> {
    writer: &'w mut Writer,
}

/// Writes a `_links` member whose items are `(rel, path)`. A path is given in
/// parts, relative to the organization.
pub(in crate::rebilly) fn links(object: &mut Object<'_>, items: &[(&str, &[&str])]) {
    those_links(object, items.iter().copied());
}

/// The same of items that are not all there every time.
pub(in crate::rebilly) fn those_links<'i>(
    object: &mut Object<'_>,
    items: impl IntoIterator<Item = (&'i str, &'i [&'i str])>,
) {
    let writer = object.member("_links");
    writer.list(items, |writer, (rel, path)| Links { writer }.item(rel, path));
}

/// Writes the absolute address of something in the organization.
pub(in crate::rebilly) fn href(quoted: &mut Quoted<'_>, path: &[&str]) {
    quoted.mark(Mark::Base);
    quoted.text("/organizations/");
    quoted.mark(Mark::Realm);
    path.iter().for_each(|part| quoted.text(part));
}

/// Whether a text is an absolute address.
pub(in crate::rebilly) fn is_uri(text: &str) -> bool {
    let uri = text.parse::<Uri>();
    uri.is_ok_and(|uri| uri.scheme().is_some() && uri.host().is_some_and(|host| !host.is_empty()))
}

impl Links<'_> {
    fn item(&mut self, rel: &str, path: &[&str]) {
        self.writer.object(|object| {
            object.text("rel", rel);
            object.member("href").quoted(|quoted| href(quoted, path));
        });
    }
}
