//! [`guesses!`]: how the guesses of one room are written down.

/// The operations of a guess that holds whatever is asked for.
pub(super) const EVERYWHERE: &[&str] = &[];

/// The guesses of a room, and their list, on which is whatever is written down: for
/// each, its name, the operations whose answers may lean on it, and what it says.
macro_rules! guesses {
    ($all:ident: $($guess:ident = $name:literal, $on:expr, $says:literal;)*) => {
        $(
            pub(in crate::rebilly) static $guess: Guess =
                Guess { name: $name, says: $says, on: $on };
        )*

        /// Every guess of this room.
        pub(super) static $all: &[&Guess] = &[$(&$guess),*];
    };
}
pub(super) use guesses;
