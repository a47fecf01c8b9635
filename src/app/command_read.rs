//! What stands on the command line: a name in full, by initials or by its beginning, or a jump code; and where it leads.

use super::Tab;
use super::command::SHOWN;
use super::inquiry::InquiryKind;
use crate::catalogue::{Lang, Msg, Name};
use crate::keymap::Action;
use crate::model::ApplicationId;
use crate::text;

/// What a command leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal {
    Tab(Tab),
    Do(Action),
    Application,
    Rules,
    /// Students; those that fit what follows.
    Students,
    /// The negative list; one item of it.
    Alerts,
    /// A query of Art. 20.
    Inquiry(InquiryKind),
    Today,
    Account,
    /// Drafts of the account.
    Drafts,
    /// Students registered and not filed.
    Unfiled,
}

pub(super) fn goal(name: Name) -> Goal {
    match name {
        Name::Mine => Goal::Tab(Tab::Mine),
        Name::SentBack => Goal::Tab(Tab::SentBack),
        Name::Office => Goal::Tab(Tab::Office),
        Name::DueSoon => Goal::Tab(Tab::DueSoon),
        Name::Late => Goal::Tab(Tab::Late),
        Name::Returned => Goal::Tab(Tab::Returned),
        Name::UnderWay => Goal::Tab(Tab::UnderWay),
        Name::Unsynced => Goal::Tab(Tab::Unsynced),
        Name::External => Goal::Do(Action::External),
        Name::File => Goal::Do(Action::File),
        Name::Sync => Goal::Do(Action::Sync),
        Name::Unsync => Goal::Do(Action::Unsync),
        Name::Dispute => Goal::Do(Action::Dispute),
        Name::Arrival => Goal::Do(Action::Arrival),
        Name::Acted => Goal::Tab(Tab::Acted),
        Name::Parked => Goal::Tab(Tab::Parked),
        Name::Application => Goal::Application,
        Name::Rules => Goal::Rules,
        Name::Today => Goal::Today,
        Name::SwitchTo => Goal::Account,
        Name::Queue => Goal::Do(Action::Queue),
        Name::Students => Goal::Students,
        Name::Board => Goal::Do(Action::Board),
        Name::System => Goal::Do(Action::System),
        Name::AddAccount => Goal::Do(Action::AddAccount),
        Name::Change => Goal::Do(Action::Change),
        Name::Disable => Goal::Do(Action::Disable),
        Name::SetPin => Goal::Do(Action::SetPin),
        Name::ShareLogin => Goal::Do(Action::ShareLogin),
        Name::LoadFile => Goal::Do(Action::LoadFile),
        Name::LoadNational => Goal::Do(Action::LoadNational),
        Name::SaveTable => Goal::Do(Action::SaveTable),
        Name::CheckStore => Goal::Do(Action::CheckStore),
        Name::Remind => Goal::Do(Action::Remind),
        Name::Period => Goal::Do(Action::Period),
        Name::Left => Goal::Do(Action::Left),
        Name::Right => Goal::Do(Action::Right),
        Name::Entry => Goal::Do(Action::Entry),
        Name::Unfiled => Goal::Unfiled,
        Name::FileNow => Goal::Do(Action::FileNow),
        Name::Drafts => Goal::Drafts,
        Name::Alerts => Goal::Alerts,
        Name::Inquire => Goal::Inquiry(InquiryKind::Counter),
        Name::VerifyGraduate => Goal::Inquiry(InquiryKind::Verify),
        Name::Reconcile => Goal::Do(Action::Reconcile),
        Name::Keyed => Goal::Do(Action::Keyed),
        Name::KeyedOther => Goal::Do(Action::KeyedOther),
        Name::Unkeyed => Goal::Do(Action::Unkeyed),
        Name::Same => Goal::Do(Action::Same),
        Name::Apart => Goal::Do(Action::Apart),
        Name::SaveList => Goal::Do(Action::SaveList),
        Name::OpenCase => Goal::Do(Action::OpenCase),
        Name::RemindSchool => Goal::Do(Action::RemindSchool),
        Name::Explain => Goal::Do(Action::Explain),
        Name::FindTrue => Goal::Do(Action::FindTrue),
        Name::Dismiss => Goal::Do(Action::Dismiss),
        Name::Graduation => Goal::Do(Action::Graduation),
        Name::State => Goal::Do(Action::State),
        Name::Issue => Goal::Do(Action::Issue),
        Name::Deliver => Goal::Do(Action::Deliver),
        Name::Award => Goal::Do(Action::Award),
        Name::Void => Goal::Do(Action::Void),
        Name::CheckList => Goal::Do(Action::CheckList),
        Name::Archive => Goal::Do(Action::Archive),
        Name::Verify => Goal::Do(Action::Verify),
        Name::NextYear => Goal::Do(Action::NextYear),
        Name::PrevYear => Goal::Do(Action::PrevYear),
        Name::Calendar => Goal::Do(Action::Calendar),
        Name::NextDay => Goal::Do(Action::NextDay),
        Name::PrevDay => Goal::Do(Action::PrevDay),
        Name::NextMark => Goal::Do(Action::NextMark),
        Name::PrevMark => Goal::Do(Action::PrevMark),
        Name::ThisDay => Goal::Do(Action::ThisDay),
        Name::Reveal => Goal::Do(Action::Reveal),
        Name::Beside => Goal::Do(Action::Beside),
        Name::StageDone => Goal::Do(Action::StageDone),
        Name::Other => Goal::Do(Action::Other),
        Name::Mark => Goal::Do(Action::Mark),
        Name::MarkAll => Goal::Do(Action::MarkAll),
        Name::Limit => Goal::Do(Action::Limit),
        Name::Unlimit => Goal::Do(Action::Unlimit),
        Name::Approve => Goal::Do(Action::Approve),
        Name::Return => Goal::Do(Action::Return),
        Name::Refuse => Goal::Do(Action::Refuse),
        Name::SendBack => Goal::Do(Action::SendBack),
        Name::Submit => Goal::Do(Action::Submit),
        Name::Withdraw => Goal::Do(Action::Withdraw),
        Name::Cancel => Goal::Do(Action::Cancel),
        Name::Remark => Goal::Do(Action::Remark),
        Name::Park => Goal::Do(Action::Park),
        Name::HandOver => Goal::Do(Action::HandOver),
        Name::Print => Goal::Do(Action::Print),
        Name::Substitute => Goal::Do(Action::Substitute),
        Name::SaveLimit => Goal::Do(Action::SaveLimit),
        Name::DropSaved => Goal::Do(Action::DropSaved),
        Name::Import => Goal::Do(Action::Import),
        Name::Export => Goal::Do(Action::Export),
        Name::New => Goal::Do(Action::New),
        Name::Attach => Goal::Do(Action::Attach),
        Name::Fetch => Goal::Do(Action::Fetch),
        Name::Basis => Goal::Do(Action::Basis),
        Name::Open => Goal::Do(Action::Open),
        Name::Back => Goal::Do(Action::Back),
        Name::Accounts => Goal::Do(Action::Accounts),
        Name::Refresh => Goal::Do(Action::Refresh),
        Name::NextTab => Goal::Do(Action::NextTab),
        Name::PrevTab => Goal::Do(Action::PrevTab),
        Name::Down => Goal::Do(Action::Down),
        Name::Up => Goal::Do(Action::Up),
        Name::PageDown => Goal::Do(Action::PageDown),
        Name::PageUp => Goal::Do(Action::PageUp),
        Name::First => Goal::Do(Action::First),
        Name::Last => Goal::Do(Action::Last),
        Name::Help => Goal::Do(Action::Help),
        Name::Quit => Goal::Do(Action::Quit),
    }
}

/// What is wanted after a name, in words.
pub(crate) fn argument(name: Name) -> Option<Msg> {
    match goal(name) {
        Goal::Application => Some(Msg::CmdArgId),
        Goal::Rules => Some(Msg::CmdArgRule),
        Goal::Students => Some(Msg::CmdArgStudent),
        Goal::Alerts => Some(Msg::CmdArgItem),
        Goal::Today => Some(Msg::CmdArgDay),
        Goal::Account => Some(Msg::CmdArgAccount),
        Goal::Tab(_) | Goal::Do(_) | Goal::Inquiry(_) | Goal::Drafts | Goal::Unfiled => None,
    }
}

/// The key that does the same in a scope.
pub(crate) fn action(name: Name) -> Option<Action> {
    match goal(name) {
        Goal::Do(action) => Some(action),
        Goal::Students => Some(Action::Students),
        Goal::Alerts => Some(Action::Alerts),
        _ => None,
    }
}

/// What stands on the line: a name and what follows it, or a jump code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Typed {
    /// What it can mean, the nearest first.
    pub(crate) names: Vec<Name>,
    /// Whether the first of them is meant, and no other.
    pub(crate) clear: bool,
    pub(super) rest: String,
}

/// Reads what was typed. Letters of a Chinese input method arrive full-width and mean the plain ones.
pub(crate) fn read(typed: &str) -> Typed {
    let folded = text::fold_full_width(typed).to_lowercase();
    let folded = folded.trim().trim_start_matches(':').trim();
    if let Some((name, rest)) = jump(folded) {
        return Typed { names: vec![name], clear: true, rest };
    }
    let (word, rest) = folded.split_once(char::is_whitespace).unwrap_or((folded, ""));
    let rest = rest.trim().to_owned();
    let having = |fits: &dyn Fn(&str) -> bool| -> Vec<Name> {
        Name::ALL
            .iter()
            .copied()
            .filter(|name| rest.is_empty() || argument(*name).is_some())
            .filter(|name| name.spellings().any(fits))
            .collect()
    };
    let exact = having(&|spelling| spelling == word);
    let mut names = exact.clone();
    let begins = having(&|spelling| spelling.starts_with(word));
    names.extend(begins.into_iter().filter(|name| !exact.contains(name)));
    if names.is_empty() {
        names = having(&|spelling| spelling.contains(word));
    }
    let clear = !word.is_empty() && (exact.len() == 1 || names.len() == 1);
    Typed { names, clear, rest }
}

/// A jump code: `a 2025-000123`, `2025-000123`, `s 410102…`, `art13`, `第13条`, `r13.7`.
fn jump(folded: &str) -> Option<(Name, String)> {
    let number = folded.strip_prefix('a').map_or(folded, str::trim_start);
    if number.parse::<ApplicationId>().is_ok() {
        return Some((Name::Application, number.to_owned()));
    }
    if folded.parse::<crate::model::Item>().is_ok() {
        return Some((Name::Alerts, folded.to_owned()));
    }
    let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    // Behind `s` whatever the search takes: part of a number, a name, initials.
    let apart = |text: &&str| text.starts_with(char::is_whitespace) || digits(text);
    if let Some(who) = folded.strip_prefix('s').filter(apart).map(str::trim) {
        return Some((Name::Students, who.to_owned()));
    }
    if let Some(article) = folded.strip_prefix("art").map(str::trim_start).filter(|rest| digits(rest)) {
        return Some((Name::Rules, article.to_owned()));
    }
    if folded.starts_with('第') && folded.ends_with('条') {
        return Some((Name::Rules, folded.to_owned()));
    }
    let rule = folded.strip_prefix('r').map(str::trim_start).filter(|rest| digits(rest));
    let general = folded.strip_prefix("x.").filter(|rest| digits(rest));
    (rule.is_some() || general.is_some()).then(|| (Name::Rules, folded.to_owned()))
}

/// What the server is asked for: `13.7` is the rule R13.7, `13` the article.
pub(super) fn rule_named(rest: &str) -> String {
    let bare: String = rest.chars().filter(|c| !c.is_whitespace()).collect();
    let number = bare.strip_prefix(['r', 'R']).unwrap_or(&bare);
    match number.split_once('.') {
        Some((article, _)) if article.bytes().all(|b| b.is_ascii_digit()) && !article.is_empty() => {
            format!("R{number}")
        }
        Some(_) => bare.to_uppercase(),
        None => number.to_owned(),
    }
}

/// The nearest names to something that is none, by the fewest characters to change.
pub(super) fn nearest(word: &str) -> Vec<Name> {
    let mut by_distance: Vec<(usize, Name)> = Name::ALL
        .iter()
        .map(|name| (name.spellings().map(|spelling| distance(word, spelling)).min().unwrap_or(usize::MAX), *name))
        .collect();
    by_distance.sort_by_key(|(far, _)| *far);
    by_distance.into_iter().take(3).map(|(_, name)| name).collect()
}

/// Characters to put in, take out or change on the way from one word to the other (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (n, c) in from.chars().enumerate() {
        let mut corner = n;
        let mut left = n + 1;
        for (cell, other) in row.iter_mut().skip(1).zip(&to) {
            let changed = corner + usize::from(c != *other);
            corner = *cell;
            left = changed.min(left + 1).min(*cell + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = n + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

pub(super) fn listed(names: &[Name], lang: Lang) -> String {
    let separator = if lang == Lang::Zh { "、" } else { ", " };
    names
        .iter()
        .take(SHOWN)
        .map(|name| match name.chinese().first() {
            Some(spelling) if lang == Lang::Zh => format!("{} {}", spelling.zh, spelling.initials),
            _ => name.text(lang).to_owned(),
        })
        .collect::<Vec<_>>()
        .join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Scope;

    fn meant(typed: &str) -> Option<(Name, String)> {
        let read = read(typed);
        read.clear.then(|| (read.names[0], read.rest))
    }

    #[test]
    fn names_initials_and_full_width_letters_mean_the_same() {
        for typed in ["我的待办", "wddb", "WDDB", "ｗｄｄｂ", "：wddb", " wd", "dcl", "待处理列表", "mine"]
        {
            assert_eq!(meant(typed), Some((Name::Mine, String::new())), "{typed}");
        }
        assert_eq!(meant("q"), Some((Name::Quit, String::new())));
        assert_eq!(meant("as xian1-fh"), Some((Name::SwitchTo, "xian1-fh".into())));
        assert_eq!(meant("切换账号　ｘ１-sh"), Some((Name::SwitchTo, "x1-sh".into())));
    }

    #[test]
    fn what_may_be_several_things_is_none_of_them() {
        // 退回 and 退出 begin alike; so do the two that begin with 前.
        for typed in ["退", "t", ""] {
            let read = read(typed);
            assert!(!read.clear && read.names.len() > 1, "{typed}: {:?}", read.names);
        }
        assert_eq!(meant("退回"), Some((Name::Return, String::new())), "a whole name is itself");
        assert_eq!(read("zzz").names, []);
        assert!(nearest("aprove").starts_with(&[Name::Approve]));
        assert!(nearest("wdbd").contains(&Name::Mine));
    }

    #[test]
    fn jump_codes() {
        for (typed, name, rest) in [
            ("a 2025-000123", Name::Application, "2025-000123"),
            ("a2025-000123", Name::Application, "2025-000123"),
            ("2025-000123", Name::Application, "2025-000123"),
            ("ａ　２０２５-000123", Name::Application, "2025-000123"),
            ("申请 2025-000123", Name::Application, "2025-000123"),
            ("art13", Name::Rules, "13"),
            ("art 13", Name::Rules, "13"),
            ("第13条", Name::Rules, "第13条"),
            ("r13.7", Name::Rules, "r13.7"),
            ("R13.7", Name::Rules, "r13.7"),
            ("x.3", Name::Rules, "x.3"),
            ("s 410102", Name::Students, "410102"),
            ("s410102", Name::Students, "410102"),
            ("ｓ　zs 803x", Name::Students, "zs 803x"),
            ("学生 王小", Name::Students, "王小"),
            ("fm3", Name::Alerts, "fm3"),
            ("ＦＭ３", Name::Alerts, "fm3"),
            ("负面清单 FM8", Name::Alerts, "fm8"),
            ("规则 R13.7", Name::Rules, "r13.7"),
        ] {
            assert_eq!(meant(typed), Some((name, rest.into())), "{typed}");
        }
        for (rest, asked) in [("13", "13"), ("13.7", "R13.7"), ("r13.7", "R13.7"), ("r 13.7", "R13.7"), ("x.3", "X.3")]
        {
            assert_eq!(rule_named(rest), asked, "{rest}");
        }
        assert_eq!(meant("approve 3"), None, "what takes nothing after it is not meant");
    }

    #[test]
    fn distances() {
        for (from, to, far) in [("", "", 0), ("ab", "ab", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3)]
        {
            assert_eq!(distance(from, to), far, "{from} {to}");
        }
    }

    #[test]
    fn every_action_that_has_its_place_outside_of_fields_has_a_name() {
        let places = [
            Scope::List,
            Scope::Case,
            Scope::Record,
            Scope::Calendar,
            Scope::Board,
            Scope::System,
            Scope::Alerts,
            Scope::Reconcile,
            Scope::Graduation,
            Scope::Unfiled,
            Scope::Pane,
            Scope::Pick,
            Scope::Any,
        ];
        for wanted in Action::ALL {
            let outside = places.iter().any(|scope| wanted.scopes().contains(scope));
            let named = Name::ALL.iter().any(|name| action(*name) == Some(*wanted));
            assert_eq!(named, outside && *wanted != Action::Command, "{wanted:?}");
        }
        for tab in Tab::ALL {
            assert!(Name::ALL.iter().any(|name| goal(*name) == Goal::Tab(tab)), "{tab:?}");
        }
    }
}
