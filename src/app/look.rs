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
}
