//! xueji
pub mod app;
pub mod catalogue;
pub mod keymap;
pub mod law;
pub mod model;
pub mod store;
pub mod text;
pub mod view;
pub mod wire;
