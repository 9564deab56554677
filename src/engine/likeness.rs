//! [`Likeness`]: how much one text, or one path, is like another that was meant.

use std::cmp::Ordering;

/// Longer texts are the same or they are not: nobody mistypes a page.
const TEXT_MAX: usize = 64;

/// One character in so many may differ before two texts are strangers.
const ONE_IN: usize = 3;

/// What a segment too many, or one too few, counts: more than a slip of the pen.
const SEGMENT_COST: usize = 2;

/// How much a text is like another, the most alike first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// It is the same.
    Same,
    /// It is the same but for upper and lower case.
    Case,
    /// So many characters were added, left out, exchanged or swapped.
    Near(usize),
    /// It is another text.
    Far,
}

impl Likeness {
    /// How much two texts are alike.
    pub(super) fn of(one: &str, other: &str) -> Likeness {
        if one == other {
            return Likeness::Same;
        }
        if one.len() == other.len() && one.to_lowercase() == other.to_lowercase() {
            return Likeness::Case;
        }
        let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
        let longer = one.len().max(other.len());
        let apart_max = 1.max(longer / ONE_IN);
        // A report may compare one id with those of a hundred thousand customers.
        if longer > TEXT_MAX || one.len().abs_diff(other.len()) > apart_max {
            return Likeness::Far;
        }
        match distance(&one, &other) {
            apart if apart <= apart_max && apart < longer => Likeness::Near(apart),
            _ => Likeness::Far,
        }
    }

    /// How many slips lie between the texts, if they are alike at all.
    fn cost(self) -> Option<usize> {
        match self {
            Likeness::Same => Some(0),
            Likeness::Case => Some(1),
            Likeness::Near(apart) => Some(apart),
            Likeness::Far => None,
        }
    }
}

/// How many slips lie between a path such as `customers/{id}` and the segments
/// of one that was asked for, if they are alike at all: if all words of the
/// path are there, more or less, but for one segment too many or too few.
pub(super) fn path_cost(path: &str, segments: &[String]) -> Option<usize> {
    let path: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    match path.len().cmp(&segments.len()) {
        Ordering::Equal => aligned(&path, segments.iter()),
        Ordering::Less if path.len() + 1 == segments.len() => {
            let without = |left_out: usize| {
                let rest = segments.iter().enumerate().filter(move |(at, _)| *at != left_out);
                aligned(&path, rest.map(|(_, segment)| segment))
            };
            (0..segments.len()).filter_map(without).min().map(|cost| cost + SEGMENT_COST)
        }
        Ordering::Greater if segments.len() + 1 == path.len() => {
            let without = |left_out: usize| {
                let mut rest = path.clone();
                rest.remove(left_out);
                aligned(&rest, segments.iter())
            };
            (0..path.len()).filter_map(without).min().map(|cost| cost + SEGMENT_COST)
        }
        _ => None,
    }
}

/// Whether a segment of an operation's path stands for any text.
pub(super) fn is_variable(segment: &str) -> bool {
    segment.starts_with('{')
}

/// The same of as many segments as the path has. A path without a word is like everything.
fn aligned<'s>(path: &[&str], segments: impl Iterator<Item = &'s String>) -> Option<usize> {
    path.iter().find(|segment| !is_variable(segment))?;
    let costs = path.iter().zip(segments).map(|(wanted, found)| {
        if is_variable(wanted) { Some(0) } else { Likeness::of(wanted, found).cost() }
    });
    costs.sum()
}

/// The fewest characters to add, leave out, exchange or swap with their
/// neighbour that make one text of the other.
fn distance(one: &[char], other: &[char]) -> usize {
    let width = other.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut above: Vec<usize> = (0..width).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut here = vec![row + 1; width];
        for (column, other_letter) in other.iter().enumerate() {
            let exchanged = above[column] + usize::from(letter != other_letter);
            here[column + 1] = exchanged.min(above[column + 1] + 1).min(here[column] + 1);
            let swapped = row > 0
                && column > 0
                && *letter == other[column - 1]
                && one[row - 1] == *other_letter;
            if swapped {
                here[column + 1] = here[column + 1].min(before[column - 1] + 1);
            }
        }
        (before, above) = (above, here);
    }
    above[width - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near_and_other_words_are_far() {
        for (one, other, likeness) in [
            ("cus_ada", "cus_ada", Likeness::Same),
            ("cus_ada", "cus_Ada", Likeness::Case),
            ("customers", "custmoers", Likeness::Near(1)),
            ("customers", "customer", Likeness::Near(1)),
            ("lead-source", "leadsources", Likeness::Near(2)),
            ("cus_1", "cus_2", Likeness::Near(1)),
            ("cus_ada", "cus_bob", Likeness::Far),
            ("tags", "customers", Likeness::Far),
            ("a", "b", Likeness::Far),
            ("", "a", Likeness::Far),
        ] {
            assert_eq!(Likeness::of(one, other), likeness, "{one} {other}");
            assert_eq!(Likeness::of(other, one), likeness, "{other} {one}");
        }
        let long = "x".repeat(TEXT_MAX + 1);
        assert_eq!(Likeness::of(&long, &format!("{long}y")), Likeness::Far);
        assert_eq!(Likeness::of(&long, &long), Likeness::Same);
    }

    #[test]
    fn a_path_is_like_another_with_a_slip_or_a_segment_more_or_less() {
        let cost = |path: &str, asked: &str| {
            let segments: Vec<String> = asked.split('/').map(str::to_owned).collect();
            path_cost(path, &segments)
        };
        let path = "customers/{id}/lead-source";
        assert_eq!(cost(path, "customers/ada/lead-source"), Some(0));
        assert_eq!(cost(path, "customers/ada/leadsource"), Some(1));
        assert_eq!(cost(path, "custmers/ada/Lead-Source"), Some(2));
        assert_eq!(cost(path, "v1/customers/ada/lead-source"), Some(2));
        assert_eq!(cost(path, "customers/lead-source"), Some(2));
        for stranger in ["customers", "customers/ada/timeline", "a/b/customers/ada/lead-source"] {
            assert_eq!(cost(path, stranger), None, "{stranger}");
        }
        assert_eq!(cost("{id}", "anything"), None);
    }
}
