//! How the screen is to look; found out once, at the start.

use crate::catalogue::Lang;

/// How many colours there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Depth {
    /// None: bold and reversed only (`NO_COLOR`).
    Mono,
    /// The sixteen.
    #[default]
    Sixteen,
    /// 256.
    Indexed256,
    /// All.
    True,
}

/// How the screen is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// The language.
    pub lang: Lang,
    /// Colours.
    pub depth: Depth,
    /// Lines and corners in ASCII, for terminals that draw ambiguous characters two cells wide.
    pub ascii: bool,
    /// The line to the terminal is slow: a selected row is marked by its sign and one short field only.
    pub slow: bool,
}

/// What is known of the terminal and the line to it. It is found out while the desk is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Surroundings {
    /// The line is slow.
    pub slow: bool,
    /// Characters of ambiguous width are drawn two cells wide.
    pub ambiguous_wide: bool,
    /// Chinese characters are not drawn two cells wide.
    pub wide_otherwise: bool,
}
