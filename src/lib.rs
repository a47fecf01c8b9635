//! xueji
pub mod law;
pub mod model;
pub mod store;
pub mod wire;
