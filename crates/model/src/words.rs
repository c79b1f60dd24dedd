//! One macro: a closed list of words, each with its spelling on the wire.

/// Declares an enum whose members are words: `word()`, `FromStr`, `Display` and serde by the wire
/// spelling,
/// and `ALL` in declared order.
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant,)* }

        impl $name {
            /// Every word, in declared order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The spelling on the wire.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::Error;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok($name::$variant),)*
                    _ => Err($crate::Error::Word { kind: stringify!($name), word: word.to_owned() }),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

/// Gives a newtype over `u64` its hexadecimal form of 16 digits, its `Debug`, `Display`, `FromStr`
/// and wire form.
macro_rules! identifier {
    ($name:ident) => {
        impl $name {
            /// No identifier yet: what a value bears until it is identified.
            pub const NONE: $name = $name(0);

            /// From its 64 bits.
            #[must_use]
            pub const fn from_bits(bits: u64) -> $name {
                $name(bits)
            }

            /// Its 64 bits.
            #[must_use]
            pub const fn bits(self) -> u64 {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{:016x}", self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl std::str::FromStr for $name {
            type Err = Error;
            fn from_str(hex: &str) -> Result<$name, Error> {
                let short = || Error::Identifier(hex.to_owned());
                if hex.len() != 16 {
                    return Err(short());
                }
                u64::from_str_radix(hex, 16).map($name).map_err(|_| short())
            }
        }

        impl TryFrom<String> for $name {
            type Error = Error;
            fn try_from(hex: String) -> Result<$name, Error> {
                hex.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }
    };
}
