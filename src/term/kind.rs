//! What a terminal of this name can do. Only what every program of that name does is used; what some do and some do
//! not is asked for ([`super::probe`]), and used once they say so.

/// What may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "a table of abilities")]
pub struct Kind {
    /// Moves to a column (CHA) or a row (VPA) alone.
    pub(super) columns: bool,
    /// Erases so many places (ECH).
    pub(super) erase_some: bool,
    /// Erases with the background it writes with (`bce`).
    pub(super) erase_with_background: bool,
    /// Scrolls by a sequence (SU, SD); else by a line feed or a reverse one at the margin.
    pub(super) scroll: bool,
    /// Repeats the last character (REP). Asked for.
    pub(super) repeat: bool,
    /// Holds a frame back until it is whole (mode 2026). Asked for.
    pub(super) together: bool,
    /// Its idea of widths is ours: no placing of the cursor after a character of more than one cell.
    pub(super) steady: bool,
    /// Draws narrow what other terminals may draw wide (ambiguous characters), as far as is known.
    pub(super) narrow: bool,
    /// Has a screen beside the shell's, marks pastes, and knows of a mouse.
    pub(super) modes: bool,
    /// May be asked where its cursor is.
    pub(super) answers: bool,
    /// May be asked about a mode; what does not know the question might print a letter of it.
    pub(super) answers_modes: bool,
}

impl Kind {
    /// What `TERM` stands for.
    pub fn named(term: &str) -> Kind {
        let term = term.to_ascii_lowercase();
        let least = Kind {
            columns: false,
            erase_some: false,
            erase_with_background: false,
            scroll: false,
            repeat: false,
            together: false,
            steady: true,
            narrow: true,
            modes: false,
            answers: true,
            answers_modes: false,
        };
        let family = term.split(['-', '.', '+']).next().unwrap_or_default();
        match family {
            "xterm" | "putty" | "rxvt" | "alacritty" | "kitty" | "foot" | "wezterm" | "ghostty" | "konsole"
            | "gnome" | "vte" | "st" | "mintty" | "iterm2" | "iterm" | "contour" => Kind {
                columns: true,
                erase_some: true,
                erase_with_background: true,
                scroll: true,
                modes: true,
                answers_modes: true,
                ..least
            },
            "tmux" => Kind { columns: true, erase_some: true, scroll: true, modes: true, answers_modes: true, ..least },
            // Its background while erasing depends on how it was built, and its scrolling on what is below it.
            "screen" => Kind { columns: true, modes: true, ..least },
            "linux" => Kind { columns: true, erase_some: true, erase_with_background: true, ..least },
            _ if family.starts_with("vt2") || family.starts_with("vt3") || family.starts_with("vt4") => {
                Kind { erase_some: true, ..least }
            }
            _ => least,
        }
    }

    /// The same, careful: the cursor is placed after every character that is not ASCII.
    pub fn careful(self) -> Kind {
        Kind { steady: false, repeat: false, ..self }
    }

    /// The same, having said that it repeats characters.
    pub fn repeating(self) -> Kind {
        Kind { repeat: true, ..self }
    }

    /// The same, having said that it holds frames back until they are whole.
    pub fn together(self) -> Kind {
        Kind { together: true, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_name_allows() {
        for term in ["xterm", "xterm-256color", "putty-256color", "PuTTY", "xterm-kitty", "rxvt-unicode", "st-256color"]
        {
            let kind = Kind::named(term);
            assert!(kind.columns && kind.erase_some && kind.erase_with_background && kind.scroll, "{term}");
            assert!(!kind.repeat && !kind.together, "{term}: only once it says so");
        }
        assert!(Kind::named("xterm").modes && Kind::named("screen").modes && Kind::named("tmux").modes);
        assert!(!Kind::named("linux").modes && !Kind::named("vt220").modes && !Kind::named("what").modes);
        assert!(!Kind::named("tmux-256color").erase_with_background);
        let screen = Kind::named("screen.xterm-256color");
        assert!(screen.columns && !screen.scroll && !screen.erase_some && !screen.answers_modes);
        let console = Kind::named("linux");
        assert!(console.erase_some && !console.scroll && !console.answers_modes);
        for term in ["vt100", "", "what-is-this", "vt52"] {
            assert_eq!(Kind::named(term), Kind::named("vt100"), "{term}");
        }
        assert!(Kind::named("vt220").erase_some && !Kind::named("vt220").columns);
    }

    #[test]
    fn careful_trusts_no_width() {
        assert!(Kind::named("xterm").steady && !Kind::named("xterm").careful().steady);
    }
}
