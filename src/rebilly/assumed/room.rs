//! [`rules!`]: how the rules of one room are written down.

/// The operations of a rule that holds whatever is asked for.
pub(super) const EVERYWHERE: &[&str] = &[];

/// The rules of a room, and their list, on which is whatever is written down: for
/// each, its name, the operations whose answers may lean on it, and what it says.
macro_rules! rules {
    ($all:ident: $($rule:ident = $name:literal, $on:expr, $says:literal;)*) => {
        $(
            pub(in crate::rebilly) static $rule: Rule =
                Rule { name: $name, says: $says, on: $on };
        )*

        /// Every rule of this room.
        pub(super) static $all: &[&Rule] = &[$(&$rule),*];
    };
}
pub(super) use rules;
