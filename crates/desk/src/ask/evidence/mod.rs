//! Questions about the memory itself: is it whole, what does it prove, what happened to a document?

pub mod custody;
pub mod lists;
pub mod offered;
pub mod prove;
pub mod verify;
pub mod versions;
pub mod words;
