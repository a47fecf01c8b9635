//! xueji
fn main() {}
