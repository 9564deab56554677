//! The vendors that a [`World`] knows by their names.

use super::World;
use super::builder::WorldBuilder;
use crate::builder::Builder;
use crate::mock::Mock;
use crate::notihub::Notihub;
use crate::octobat::Octobat;
use crate::rebilly::Rebilly;

/// Writes what a vendor's name is in a world once: how its double is added, and how it is got.
macro_rules! vendors {
    ($($name:ident: $vendor:ident;)*) => {
        impl<'w> WorldBuilder<'w> {
            $(
                #[doc = concat!(
                    "Adds a double of ", stringify!($vendor), ", which the closure sets up: ",
                    "`.", stringify!($name), "(|it| it)` changes nothing."
                )]
                ///
                /// # Panics
                ///
                /// When there is one already.
                #[track_caller]
                pub fn $name(
                    self,
                    set_up: impl FnOnce(Builder<$vendor>) -> Builder<$vendor> + 'w,
                ) -> WorldBuilder<'w> {
                    self.double(set_up)
                }
            )*
        }

        impl World {
            $(
                #[doc = concat!("The double of ", stringify!($vendor), ".")]
                ///
                /// # Panics
                ///
                /// When the world was built without one.
                #[track_caller]
                pub fn $name(&self) -> &Mock<$vendor> {
                    self.double()
                }
            )*
        }
    };
}

vendors! {
    rebilly: Rebilly;
    octobat: Octobat;
    notihub: Notihub;
}
