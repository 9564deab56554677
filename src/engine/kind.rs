//! [`Kind`]: how things of one kind are found, put and taken away from outside
//! of any call, and [`Seat`]: where a document is to stand.

use super::failure::Failure;
use super::input::Input;
use super::table::Table;
use super::vendor::Writing;

/// A kind of things, as a test author handles them. A vendor has one for each.
pub struct Kind<S: 'static, T: 'static> {
    /// What fixtures call it: `customers`.
    pub name: &'static str,
    /// The things of an owner; where things of this kind have none, all of them.
    pub table: fn(&S, owner: &str) -> Table<T>,
    /// What people call one beside its id, where they do. It is found by that, too,
    /// whatever the case of its letters.
    pub called: Option<fn(&T) -> &str>,
    /// Puts a document, which is held to what a fixture's is held to; returns the id
    /// by which it is found.
    pub put: fn(&mut Writing<'_, S>, Seat<'_>, &Input<'_>) -> Result<String, Failure>,
    /// Takes one away that is there.
    pub remove: fn(&mut Writing<'_, S>, owner: &str, id: &str) -> Result<(), Failure>,
}

/// Where a document is to stand.
#[derive(Clone, Copy, Debug)]
pub struct Seat<'a> {
    /// Whose it is to be, where things of its kind have owners.
    pub owner: &'a str,
    /// Its id, if that was chosen from outside: then it replaces what stands
    /// there. Where the document chooses, the seat must be free.
    pub id: Option<&'a str>,
}

impl Seat<'_> {
    /// Where the document itself says.
    pub const FREE: Seat<'static> = Seat { owner: "", id: None };
}
