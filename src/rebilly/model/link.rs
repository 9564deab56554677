//! [`links`]: the `_links` of an answer.

use hyper::Uri;

use crate::engine::render::{List, Mark, Object, Quoted};

/// Writes a `_links` member whose items are `(rel, path)`. A path is given in
/// parts, relative to the organization.
pub(in crate::rebilly) fn links(object: &mut Object<'_>, items: &[(&'static str, &[&str])]) {
    object.member("_links").items(|list| {
        for (rel, path) in items {
            link(list, rel, |quoted| {
                for part in *path {
                    quoted.text(part);
                }
            });
        }
    });
}

/// Writes an item of a `_links` list, and with `path` where it leads, relative to the organization.
pub(in crate::rebilly) fn link(
    list: &mut List<'_>,
    rel: &'static str,
    path: impl FnOnce(&mut Quoted<'_>),
) {
    list.item().object(|object| {
        object.word("rel", rel);
        object.member("href").quoted(|quoted| {
            organization(quoted);
            path(quoted);
        });
    });
}

/// Writes the absolute address of something in the organization.
pub(in crate::rebilly) fn href(quoted: &mut Quoted<'_>, path: &[&str]) {
    organization(quoted);
    path.iter().for_each(|part| quoted.text(part));
}

fn organization(quoted: &mut Quoted<'_>) {
    quoted.mark(Mark::Base);
    quoted.word("/organizations/");
    quoted.mark(Mark::Realm);
}

/// Whether a text is an absolute address.
pub(in crate::rebilly) fn is_uri(text: &str) -> bool {
    // What reads addresses here is more lenient than RFC 3986, which has none of these.
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte);
    let uri = text.parse::<Uri>();
    text.bytes().all(is_plain)
        && uri.is_ok_and(|uri| {
            uri.scheme().is_some() && uri.host().is_some_and(|host| !host.is_empty())
        })
}
