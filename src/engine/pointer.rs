//! JSON pointers (RFC 6901): the way to a value inside of another.

use super::value::Value;

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
pub(crate) fn look_up<'a>(value: Value<'a>, pointer: &str) -> Option<Value<'a>> {
    if pointer.is_empty() {
        return Some(value);
    }
    pointer.strip_prefix('/')?.split('/').try_fold(value, |value, part| match value {
        Value::List(items) => items.iter().nth(index(part)?),
        value => value.get(&part.replace("~1", "/").replace("~0", "~")),
    })
}

/// The index that a step of a pointer is: digits without a sign, and zeros before none.
fn index(step: &str) -> Option<usize> {
    let is_index = step == "0" || step.starts_with(|first| matches!(first, '1'..='9'));
    is_index.then(|| step.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::json::Json;
    use crate::engine::tape::Tape;

    #[test]
    fn a_pointer_leads_through_members_and_items() {
        let tape = Tape::parse(br#"{"a":[{"b/c~":7}],"":1}"#).unwrap();
        let found = |pointer: &str| look_up(tape.value(), pointer).map(Value::to_json);
        assert_eq!(found(""), Some(tape.value().to_json()));
        assert_eq!(found("/a/0/b~1c~0"), Some(Json::Whole(7)));
        assert_eq!(found(&below("/a/0", "b/c~")), Some(Json::Whole(7)));
        assert_eq!(found("/"), Some(Json::Whole(1)));
        for nowhere in ["/a/1", "/a/b", "/a/00", "/a/+0", "/a/-", "/a/0/b", "/a/0/b~1c~0/d", "a"] {
            assert_eq!(found(nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn what_begins_with_no_slash_is_no_pointer() {
        assert!(["", "/", "/a/0", "/a~0b~1c"].into_iter().all(is_pointer));
        assert!(!["a", "a/b", " /a", "/a~", "/a~2"].into_iter().any(is_pointer));
    }
}
