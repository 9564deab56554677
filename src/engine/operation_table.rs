//! `operations!`: a vendor's operation table, written once.

/// Writes a vendor's operation table once: as the enumeration of its names, and
/// as the rows that the engine serves. A name that is served at a second path
/// stands under `also`.
macro_rules! operations {
    (
        $(#[$about:meta])*
        pub enum $names:ident of $state:ty, in $vendor:literal {
            $($method:ident $path:literal $name:ident $source:ident $run:expr;)*
        }
        also {
            $(
                $also_method:ident $also_path:literal $also_name:ident $also_source:ident
                $also_run:expr;
            )*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $names {
            $(
                #[doc = concat!("`", stringify!($method), " /", $path, "`")]
                $name,
            )*
        }

        impl $names {
            /// All of them, in the order of the table.
            pub const ALL: &'static [$names] = &[$($names::$name),*];

            /// As the vendor writes it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $($names::$name => stringify!($name),)*
                }
            }
        }

        impl $crate::engine::operation::OperationName for $names {
            const VENDOR: &'static str = $vendor;

            fn name(self) -> &'static str {
                $names::name(self)
            }
        }

        impl ::std::fmt::Display for $names {
            fn fmt(&self, out: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                out.write_str(self.name())
            }
        }

        /// The operations in the vendor's order.
        pub(super) static OPERATIONS: &[$crate::engine::vendor::Operation<$state>] = &[
            $($crate::engine::operation_table::row!($names $method $path $name $source $run),)*
            $($crate::engine::operation_table::row!(
                $names $also_method $also_path $also_name $also_source $also_run
            ),)*
        ];
    };
}

/// One row of the table.
macro_rules! row {
    ($names:ident $method:ident $path:literal $name:ident $source:ident $run:expr) => {
        $crate::engine::vendor::Operation {
            method: ::hyper::Method::$method,
            path: $path,
            id: $names::$name.name(),
            source: $crate::engine::evidence::Source::$source,
            run: $run,
        }
    };
}

pub(crate) use {operations, row};
