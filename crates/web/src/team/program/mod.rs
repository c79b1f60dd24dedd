//! Programs that the team lets in: their tokens, and the trail of who let them in.

pub mod pages;
pub mod token;
pub mod trail;
