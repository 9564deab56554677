//! [`Values`]: all that the rows of a block have in one field, as a filter looks at it.

use std::sync::Arc;

use super::field::{Datum, Source};
use super::groups::Groups;
use super::records::Records;
use crate::engine::blocks::Bits;
use crate::engine::clock::Timestamp;

/// The values of a field, by type. Texts are in lower case.
pub(super) struct Values {
    pub(super) texts: Groups<String>,
    pub(super) numbers: Groups<f64>,
    pub(super) flags: Groups<bool>,
    pub(super) times: Groups<Timestamp>,
    /// The rows that have the organization's name for a value.
    pub(super) realm: Bits,
    /// The rows that have any value.
    pub(super) some: Bits,
    /// The rows that have more than one.
    pub(super) several: Bits,
    /// The rows that hold what is not of the field's type, and so no value.
    pub(super) unfit: Bits,
}

impl Values {
    pub(super) fn of(source: &Source, block: &dyn Records) -> Arc<Values> {
        block.findings().learn(source.about(), || {
            let (mut texts, mut numbers) = (Vec::new(), Vec::new());
            let (mut flags, mut times) = (Vec::new(), Vec::new());
            let (mut realm, mut some, mut several, mut unfit) = (0, 0, 0, 0);
            for nth in 0..block.count() {
                let bit = 1 << nth;
                block.read(nth, source, &mut |datum| {
                    match datum {
                        Datum::Text(text) => texts.push((text.to_lowercase(), bit)),
                        Datum::Number(number) => numbers.push((number, bit)),
                        Datum::Flag(flag) => flags.push((flag, bit)),
                        Datum::Time(time) => times.push((time, bit)),
                        Datum::Realm => realm |= bit,
                        Datum::Unfit => {
                            unfit |= bit;
                            return;
                        }
                    }
                    several |= some & bit;
                    some |= bit;
                });
            }
            let (texts, numbers) = (Groups::new(texts), Groups::new(numbers));
            let (flags, times) = (Groups::new(flags), Groups::new(times));
            Values { texts, numbers, flags, times, realm, some, several, unfit }
        })
    }
}
