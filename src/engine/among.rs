//! [`is_among`]: whether a name is a known one.

/// Whether the name is in one of these lists. Most names stand in the order of a list, so each
/// is looked for from a place on, which is set to the next. Written with indices: iterators and
/// closures cost thrice as much in the debug profile.
pub(super) fn is_among(name: &[u8], lists: &[&[&str]], from: &mut usize) -> bool {
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
