//! JSON pointers (RFC 6901): the way to a value inside of another.

use super::json::Json;

/// Whether a text is a pointer: nothing, or steps that begin with a slash, in
/// which a tilde is followed by 0 or 1.
pub(crate) fn is_pointer(text: &str) -> bool {
    let escapes = text.split('~').skip(1).all(|after| after.starts_with(['0', '1']));
    (text.is_empty() || text.starts_with('/')) && escapes
}

/// The pointer of a member or an item.
pub(crate) fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// What a pointer leads to.
pub(crate) fn look_up<'j>(json: &'j Json, pointer: &str) -> Option<&'j Json> {
    if pointer.is_empty() {
        return Some(json);
    }
    pointer.strip_prefix('/')?.split('/').try_fold(json, |json, part| match json {
        Json::List(items) => part.parse().ok().and_then(|index: usize| items.get(index)),
        json => json.get(&part.replace("~1", "/").replace("~0", "~")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_leads_through_members_and_items() {
        let json = Json::parse(br#"{"a":[{"b/c~":7}],"":1}"#).unwrap();
        assert_eq!(look_up(&json, ""), Some(&json));
        assert_eq!(look_up(&json, "/a/0/b~1c~0"), Some(&Json::Whole(7)));
        assert_eq!(look_up(&json, &below("/a/0", "b/c~")), Some(&Json::Whole(7)));
        assert_eq!(look_up(&json, "/"), Some(&Json::Whole(1)));
        for nowhere in ["/a/1", "/a/b", "/a/0/b", "/a/0/b~1c~0/d", "a"] {
            assert_eq!(look_up(&json, nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn what_begins_with_no_slash_is_no_pointer() {
        assert!(["", "/", "/a/0", "/a~0b~1c"].into_iter().all(is_pointer));
        assert!(!["a", "a/b", " /a", "/a~", "/a~2"].into_iter().any(is_pointer));
    }
}
