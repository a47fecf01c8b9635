//! xueji
pub mod cli;
pub mod data;
pub mod demo;
pub mod law;
pub mod model;
pub mod store;
pub mod text;
pub mod wire;
