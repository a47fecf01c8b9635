//! Colours by what they mean. The words on screen carry the meaning; colour repeats it. Without colour there are bold
//! and reversed only.

pub use crate::app::Depth;
use crate::model::Light;
use ratatui::style::{Color, Modifier, Style};

/// What a piece of the screen means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    Text,
    /// Said by the way.
    Dim,
    /// A heading.
    Heading,
    /// Past due, or refused.
    Danger,
    /// Due today.
    Today,
    /// To be looked at.
    Warn,
    /// The selected row.
    Selected,
    /// The selected row of a list that keys do not move just now.
    Resting,
    /// The tab that is open.
    TabOn,
    /// A key in the footer.
    Key,
    /// A line between two parts.
    Border,
    /// A field to type into.
    Field,
    /// The confirmation.
    Confirm,
}

/// The style of a role.
pub fn style(depth: Depth, role: Role) -> Style {
    let base = Style::new();
    let bold = base.add_modifier(Modifier::BOLD);
    let reversed = base.add_modifier(Modifier::REVERSED);
    if depth == Depth::Mono {
        return match role {
            Role::Text | Role::Dim | Role::Border => base,
            Role::Heading | Role::Danger | Role::Today | Role::Warn | Role::Key | Role::Resting => bold,
            Role::Selected | Role::TabOn => reversed,
            Role::Confirm => reversed.add_modifier(Modifier::BOLD),
            Role::Field => base.add_modifier(Modifier::UNDERLINED),
        };
    }
    match role {
        Role::Text => base,
        Role::Dim => base.fg(pick(depth, Color::DarkGray, 245)),
        // Those that change in the middle of rows are among the sixteen at every depth: their names are the shortest.
        // Of these, the ones that can be read on black and on white.
        Role::Heading | Role::Key => base.fg(Color::Cyan),
        Role::Danger => bold.fg(Color::LightRed),
        Role::Today => base.fg(Color::LightRed),
        Role::Warn => base.fg(Color::Yellow),
        Role::Selected => bold.fg(pick(depth, Color::White, 231)).bg(pick(depth, Color::Blue, 25)),
        Role::Resting => bold.bg(pick(depth, Color::DarkGray, 238)),
        Role::TabOn => bold.fg(pick(depth, Color::Black, 16)).bg(pick(depth, Color::Cyan, 80)),
        Role::Border => base.fg(pick(depth, Color::DarkGray, 240)),
        Role::Field => base.add_modifier(Modifier::UNDERLINED),
        Role::Confirm => bold.fg(pick(depth, Color::Black, 16)).bg(pick(depth, Color::Yellow, 221)),
    }
}

/// The selected row over a slow line: the one style that takes no colour to tell.
pub fn slow() -> Style {
    Style::new().add_modifier(Modifier::REVERSED)
}

/// The role of a light.
pub fn light(light: Light) -> Role {
    match light {
        Light::Overdue => Role::Danger,
        Light::Today => Role::Today,
        Light::Near => Role::Warn,
        Light::Green | Light::None => Role::Text,
    }
}

/// All our colours are among the 256, where their names take half the bytes: a terminal of 24 bits gets them as one of
/// 256 does.
fn pick(depth: Depth, sixteen: Color, indexed: u8) -> Color {
    match depth {
        Depth::Mono => Color::Reset,
        Depth::Sixteen => sixteen,
        Depth::Indexed256 | Depth::True => Color::Indexed(indexed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [Role; 13] = [
        Role::Text,
        Role::Dim,
        Role::Heading,
        Role::Danger,
        Role::Today,
        Role::Warn,
        Role::Selected,
        Role::Resting,
        Role::TabOn,
        Role::Key,
        Role::Border,
        Role::Field,
        Role::Confirm,
    ];

    #[test]
    fn without_colour_there_is_none_and_what_matters_is_still_marked() {
        for role in ROLES {
            let style = style(Depth::Mono, role);
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        }
        for role in [Role::Selected, Role::TabOn, Role::Confirm, Role::Danger, Role::Field] {
            assert!(!style(Depth::Mono, role).add_modifier.is_empty(), "{role:?}");
        }
    }

    #[test]
    fn the_selection_stands_out_at_every_depth() {
        for depth in [Depth::Mono, Depth::Sixteen, Depth::Indexed256, Depth::True] {
            assert_ne!(style(depth, Role::Selected), style(depth, Role::Text));
            assert_ne!(style(depth, Role::Selected), style(depth, Role::Resting));
        }
    }
}
