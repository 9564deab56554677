//! [`is_among`]: whether a name is a known one.

/// Whether the name is in one of these lists. Most names stand in the order of the first list,
/// so each is looked for from a place on, which is set to the next. Written with indices:
/// iterators and closures cost thrice as much in the debug profile.
#[inline]
pub(super) fn is_among(name: &[u8], lists: &[&[&str]], from: &mut usize) -> bool {
    if !lists.is_empty() {
        let (known, place) = (lists[0], *from);
        if place < known.len() && known[place].as_bytes() == name {
            *from = place + 1;
            return true;
        }
    }
    is_anywhere_among(name, lists, from)
}

/// The same where it is not the very next of the first list.
fn is_anywhere_among(name: &[u8], lists: &[&[&str]], from: &mut usize) -> bool {
    let mut list = 0;
    while list < lists.len() {
        let known = lists[list];
        let (mut place, mut left) = (*from, known.len());
        while left > 0 {
            if place >= known.len() {
                place = 0;
            }
            let other = known[place].as_bytes();
            place += 1;
            left -= 1;
            if other.len() == name.len() && other == name {
                *from = place;
                return true;
            }
        }
        list += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::proptest;

    use super::*;

    #[test]
    fn a_name_is_looked_for_in_every_list_and_from_every_place() {
        let lists: [&[&str]; 4] = [&["id", "name", "email"], &[], &["limit"], &["name", "ïd", ""]];
        for name in ["id", "name", "email", "limit", "ïd", ""] {
            for from in 0..5 {
                assert!(is_among(name.as_bytes(), &lists, &mut { from }), "{name} from {from}");
            }
        }
        for name in ["i", "ids", "Name", "emai", "emails", "limit ", "d"] {
            for mut from in 0..5 {
                let before = from;
                assert!(!is_among(name.as_bytes(), &lists, &mut from), "{name} from {from}");
                assert_eq!(from, before, "{name}");
            }
        }
        assert!(!is_among(b"id", &[], &mut 0) && !is_among(b"", &[&[]], &mut 0));
    }

    #[test]
    fn names_in_the_order_of_a_list_are_found_where_the_last_one_ended() {
        let list = ["a", "b", "a", "c"];
        let mut from = 0;
        for (name, next) in [("a", 1), ("b", 2), ("a", 3), ("c", 4), ("a", 1), ("c", 4), ("b", 2)] {
            assert!(is_among(name.as_bytes(), &[&list], &mut from));
            assert_eq!(from, next, "{name}");
        }
    }

    proptest! {
        #[test]
        fn whatever_was_looked_for_before_a_name_is_among_those_that_say_it(
            lists in vec(vec("[ab]{0,2}", 0..6), 0..4),
            names in vec("[ab]{0,2}", 0..20),
        ) {
            let borrowed: Vec<Vec<&str>> =
                lists.iter().map(|list| list.iter().map(String::as_str).collect()).collect();
            let slices: Vec<&[&str]> = borrowed.iter().map(Vec::as_slice).collect();
            let mut from = 0;
            for name in &names {
                let is_known = lists.iter().any(|list| list.contains(name));
                assert_eq!(is_among(name.as_bytes(), &slices, &mut from), is_known, "{name}");
            }
        }
    }
}
