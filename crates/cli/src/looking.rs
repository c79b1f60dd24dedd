//! What can be typed to look somebody up: by a name, or by the identifier of a person.

use crate::arguments::Asked;
use clap::Args;
use habeas_model::PersonId;
use std::path::PathBuf;

/// `habeas find`.
#[derive(Args, Debug)]
pub struct Find {
    /// The case folder.
    pub case: PathBuf,
    /// Persons a name, at most.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub most: usize,
    #[command(flatten)]
    pub asked: Asked,
}

/// `habeas person`.
#[derive(Args, Debug)]
pub struct Person {
    /// The case folder.
    pub case: PathBuf,
    /// Their identifier, as `find` and `count --rows` tell it, or that of one of their mentions.
    pub person: PersonId,
    #[command(flatten)]
    pub asked: Asked,
}
