//! [`KNOWN`]: the vendors that contract files can be for.

use crate::builder::Builder;
use crate::engine::fixtures::{Fixture, FixtureProblem};
use crate::engine::vendor::Vendor;
use crate::notihub::Notihub;
use crate::octobat::Octobat;
use crate::rebilly::Rebilly;
use crate::start_error::StartError;

/// What reading a file needs of its vendor.
pub(super) struct Known {
    pub(super) name: &'static str,
    /// A file's name and text.
    pub(super) standard: (&'static str, &'static str),
    /// Plants a fixture, and says what is wrong with it.
    pub(super) plant: fn(&Fixture) -> Vec<FixtureProblem>,
}

/// The first is meant where a file names none.
pub(super) static KNOWN: [Known; 3] = [known::<Rebilly>(), known::<Octobat>(), known::<Notihub>()];

const fn known<V: Vendor + Default>() -> Known {
    Known { name: V::NAME, standard: V::STANDARD, plant: plant::<V> }
}

fn plant<V: Vendor + Default>(Fixture { name, text }: &Fixture) -> Vec<FixtureProblem> {
    match Builder::<V>::new().fixture(name, text).try_without_socket() {
        Err(StartError::Fixture(error)) => error.problems,
        _ => Vec::new(),
    }
}
