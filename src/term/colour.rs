//! What the terminal can do, read from the environment only: a question sent to the terminal might
//! never be answered, or be answered into the clerk's typing.

use std::io::IsTerminal;

/// How many colours there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColourDepth {
    /// None; bold, underline and reverse only.
    Mono,
    /// The sixteen of the console.
    Sixteen,
    /// The 256 of xterm.
    Indexed256,
    /// 24 bits.
    True,
}

/// Why no screen can be drawn here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NoScreen {
    /// Standard output is a file or a pipe.
    #[error("standard output is not a terminal, so the desk cannot be drawn; for scripts use `xueji call`")]
    NotATerminal,
    /// The terminal says it cannot move its cursor.
    #[error("TERM=dumb cannot draw a screen; use another terminal, or set TERM to what yours is (such as xterm)")]
    Dumb,
}

impl NoScreen {
    /// The sentence in Chinese; `Display` is the English one.
    pub fn chinese(self) -> &'static str {
        match self {
            NoScreen::NotATerminal => "标准输出不是终端，无法显示工作台；脚本请改用 xueji call。",
            NoScreen::Dumb => "TERM=dumb 的终端不能绘制屏幕；请换用其他终端，或把 TERM 设为实际类型（如 xterm）。",
        }
    }
}

impl ColourDepth {
    /// What this process's terminal can do.
    pub fn detect() -> Result<Self, NoScreen> {
        Self::from_env(|name| std::env::var(name).ok(), std::io::stdout().is_terminal())
    }

    /// The same from given facts.
    pub fn from_env(var: impl Fn(&str) -> Option<String>, is_terminal: bool) -> Result<Self, NoScreen> {
        if !is_terminal {
            return Err(NoScreen::NotATerminal);
        }
        let get = |name| var(name).unwrap_or_default().to_ascii_lowercase();
        let term = get("TERM");
        if term == "dumb" {
            return Err(NoScreen::Dumb);
        }
        if !get("NO_COLOR").is_empty() {
            return Ok(ColourDepth::Mono);
        }
        // These say what the terminal is, so a COLORTERM inherited from elsewhere does not count.
        if term.is_empty() || term.starts_with("vt") || term.ends_with("-m") || term.ends_with("-mono") {
            return Ok(ColourDepth::Mono);
        }
        if term.starts_with("linux") || term == "cygwin" || term.ends_with("-16color") {
            return Ok(ColourDepth::Sixteen);
        }
        if matches!(get("COLORTERM").as_str(), "truecolor" | "24bit") || term.ends_with("-direct") {
            return Ok(ColourDepth::True);
        }
        let modern = ["kitty", "alacritty", "wezterm", "foot", "ghostty"];
        if term.contains("256col") || modern.iter().any(|name| term.contains(name)) {
            return Ok(ColourDepth::Indexed256);
        }
        Ok(ColourDepth::Sixteen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(env: &[(&str, &str)]) -> Result<ColourDepth, NoScreen> {
        ColourDepth::from_env(|name| env.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()), true)
    }

    #[test]
    fn depth_from_the_environment() {
        use ColourDepth::*;
        for (env, want) in [
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")][..], True),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "24bit")], True),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "yes")], Indexed256),
            (&[("TERM", "xterm-256color")], Indexed256),
            (&[("TERM", "xterm-kitty")], Indexed256),
            (&[("TERM", "xterm")], Sixteen),
            (&[("TERM", "screen")], Sixteen),
            (&[("TERM", "linux")], Sixteen),
            (&[("TERM", "linux"), ("COLORTERM", "truecolor")], Sixteen),
            (&[("TERM", "vt100")], Mono),
            (&[("TERM", "vt220"), ("COLORTERM", "truecolor")], Mono),
            (&[("TERM", "xterm-mono")], Mono),
            (&[], Mono),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1")], Mono),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "")], Indexed256),
        ] {
            assert_eq!(depth(env), Ok(want), "{env:?}");
        }
    }

    #[test]
    fn no_screen_says_why_in_both_languages() {
        assert_eq!(depth(&[("TERM", "dumb")]), Err(NoScreen::Dumb));
        assert_eq!(depth(&[("TERM", "dumb"), ("NO_COLOR", "1")]), Err(NoScreen::Dumb));
        let piped = ColourDepth::from_env(|_| Some("xterm".into()), false);
        assert_eq!(piped, Err(NoScreen::NotATerminal));
        for why in [NoScreen::Dumb, NoScreen::NotATerminal] {
            assert!(why.to_string().is_ascii() && why.chinese().ends_with('。'));
        }
    }
}
