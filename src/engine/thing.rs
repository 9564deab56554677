//! [`Thing`]: anything that a realm holds, as reports, fingerprints and
//! differences see it.

use std::borrow::Cow;

use super::render::Rendered;
use super::table::Shown;

/// One thing of a realm's.
#[derive(Clone)]
pub struct Thing<'a> {
    /// Its kind, by the word that fixtures use: `customers`.
    pub kind: &'static str,
    /// Its id, after its owner's if it has one: `cus_ada/tmln_1`.
    pub id: Cow<'a, str>,
    /// How it is shown. The same row is shown from the same place in memory.
    pub shown: &'a dyn Shown,
}

/// What was rendered already shows itself.
impl Shown for Rendered {
    fn rendered(&self) -> &Rendered {
        self
    }
}
