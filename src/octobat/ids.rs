//! [`fresh`]: ids of the shape that the documents show.

use super::state::{State, Writing};

/// A new id: the prefix, ten digits of the time in seconds, four letters or
/// digits and eight hexadecimal digits. `is_taken` says which ids there are.
pub(super) fn fresh(
    cx: &mut Writing<'_>,
    prefix: &'static str,
    is_taken: impl Fn(&State, &str) -> bool,
) -> String {
    let epoch = cx.now.epoch();
    cx.ids.fresh(|ids| spelled(prefix, epoch, &ids.next(prefix)), |id| is_taken(cx.state, id))
}

/// Writes the last letters of what the engine hands out in the vendor's alphabets.
/// Numbers come out as they are, so ids that count stay easy to read.
fn spelled(prefix: &str, seconds: i64, drawn: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let letters = &drawn.as_bytes()[drawn.len().saturating_sub(12)..];
    let (four, eight) = letters.split_at(4);
    let mut id = format!("{prefix}{:010}", seconds.rem_euclid(10_000_000_000));
    id.extend(four.iter().map(|letter| char::from(letter.to_ascii_lowercase())));
    id.extend(eight.iter().map(|letter| char::from(DIGITS[usize::from(letter % 16)])));
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_the_time_four_letters_and_eight_hexadecimal_digits() {
        assert_eq!(
            spelled("oc_cu_", 1_704_067_200, "oc_cu_0123456789ABCDEFGHJKMNPQRS"),
            "oc_cu_1704067200efghabde0123"
        );
        assert_eq!(
            spelled("oc_ps_", -1, "oc_ps_00000000000000000000000012"),
            "oc_ps_9999999999000000000012"
        );
    }
}
