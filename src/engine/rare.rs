//! [`Rare`]: a list that is empty as a rule, and then takes hardly any room.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::slice::Iter;

/// A list that is empty as a rule: of a hundred thousand, few hold anything.
#[derive(Clone)]
#[expect(clippy::box_collection, reason = "an empty `Vec` is three times as large")]
pub struct Rare<T>(Option<Box<Vec<T>>>);

impl<T> Rare<T> {
    /// The list, to be changed.
    pub fn list(&mut self) -> &mut Vec<T> {
        self.0.get_or_insert_default()
    }
}

impl<T> Default for Rare<T> {
    fn default() -> Rare<T> {
        Rare(None)
    }
}

impl<T> From<Vec<T>> for Rare<T> {
    fn from(list: Vec<T>) -> Rare<T> {
        Rare((!list.is_empty()).then(|| Box::new(list)))
    }
}

impl<T> Deref for Rare<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Some(list) => list,
            None => &[],
        }
    }
}

impl<T> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.0 {
            Some(list) => list,
            None => &mut [],
        }
    }
}

impl<'r, T> IntoIterator for &'r Rare<T> {
    type Item = &'r T;
    type IntoIter = Iter<'r, T>;

    fn into_iter(self) -> Iter<'r, T> {
        self.iter()
    }
}

impl<T: PartialEq> PartialEq for Rare<T> {
    fn eq(&self, other: &Rare<T>) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Rare<T> {}

impl<T: PartialEq, const N: usize> PartialEq<[T; N]> for Rare<T> {
    fn eq(&self, other: &[T; N]) -> bool {
        **self == *other
    }
}

impl<T: PartialEq> PartialEq<Vec<T>> for Rare<T> {
    fn eq(&self, other: &Vec<T>) -> bool {
        **self == **other
    }
}

impl<T: fmt::Debug> fmt::Debug for Rare<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_list_is_as_empty_as_what_it_was_made_of() {
        let mut none = Rare::from(Vec::<u8>::new());
        assert_eq!((none.len(), format!("{none:?}")), (0, "[]".to_owned()));
        assert_eq!(none, Rare::default());
        none.list().push(1);
        none[0] += 1;
        assert_eq!(none, [2]);
        assert_eq!(none, Rare::from(vec![2]));
        none.list().clear();
        assert_eq!(none, Rare::default());
        assert_eq!(size_of::<Rare<u8>>(), size_of::<usize>());
    }
}
