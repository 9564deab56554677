//! `handles!`: the handles of a double, kind by kind, each written once.

/// Writes each handle of a vendor's double once: for what holds one of its realms, and for
/// the realm of calls that name none, which `$default` of the double gives and `$whose` tells.
macro_rules! handles {
    (@owner) => { "" };
    (@owner $owner:ident) => { $owner };
    (
        $holder:ident of $vendor:ident, else $default:ident, $whose:literal;
        $($(#[$about:meta])* $name:ident($($owner:ident)?): $handle:ident of $thing:ident in $kind:ident;)*
    ) => {
        impl<'m> $holder<'m> {
            $(
                $(#[$about])*
                #[must_use]
                pub fn $name(&self, $($owner: &str)?) -> $handle<'m, $vendor, $thing> {
                    $handle::new(
                        self.mock,
                        &kinds::$kind,
                        &self.realm,
                        $crate::handle_table::handles!(@owner $($owner)?),
                    )
                }
            )*

            /// A customer: short for [`customers().get(id)`](crate::Shelf::get).
            #[must_use]
            pub fn customer(
                &self,
                id: &str,
            ) -> Option<::std::sync::Arc<$crate::engine::table::Row<Customer>>> {
                self.customers().get(id)
            }
        }

        impl Mock<$vendor> {
            $(
                $(#[$about])*
                ///
                #[doc = $whose]
                #[must_use]
                pub fn $name(&self, $($owner: &str)?) -> $handle<'_, $vendor, $thing> {
                    self.$default().$name($($owner)?)
                }
            )*

            /// A customer: short for [`customers().get(id)`](crate::Shelf::get).
            ///
            #[doc = $whose]
            #[must_use]
            pub fn customer(
                &self,
                id: &str,
            ) -> Option<::std::sync::Arc<$crate::engine::table::Row<Customer>>> {
                self.customers().get(id)
            }
        }
    };
}

pub(crate) use handles;
