//! xueji
pub mod cli;
pub mod data;
pub mod desk;
pub mod law;
pub mod model;
pub mod server;
pub mod store;
pub mod term;
pub mod text;
pub mod wire;
