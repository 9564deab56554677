//! [`guesses!`]: how a vendor's guesses are written down, room by room.

/// The operations of a guess that holds whatever is asked for.
pub(crate) const EVERYWHERE: &[&str] = &[];

/// The guesses of a room, and their list, on which is whatever is written down: for
/// each, its name, the operations whose answers may lean on it, and what it says.
macro_rules! guesses {
    ($all:ident: $($guess:ident = $name:literal, $on:expr, $says:literal;)*) => {
        $(
            pub(crate) static $guess: Guess =
                Guess { name: $name, says: $says, on: $on };
        )*

        /// Every guess of this room.
        pub(crate) static $all: &[&Guess] = &[$(&$guess),*];
    };
}
pub(crate) use guesses;
