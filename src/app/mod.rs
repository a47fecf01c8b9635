//! stub
mod input;
mod look;
pub use input::{Drawn, Effect, FileJob, Input};
pub use look::{Depth, Look};
