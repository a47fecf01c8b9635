//! What of a case reaches beyond: filings with two provinces, the other systems, the document of a hand outside.

use super::case::Page;
use super::lines::Flow;
use super::palette::Role;
use crate::app::{CaseView, words};
use crate::catalogue::{Lang, Msg};
use crate::wire::RoundView;

/// Filings, then how far a granted change has come.
pub(super) fn lines(page: &Page<'_>, case: &CaseView, flow: &mut Flow) {
    let Some(beyond) = &case.beyond else { return };
    let lang = page.lang;
    let mut label = Some(Msg::HeadFilings);
    for filing in &beyond.filings {
        let (msg, role) =
            if filing.on.is_some() { (Msg::FilingDone, Role::Text) } else { (Msg::FilingLacking, Role::Warn) };
        let on = filing.on.map(|day| day.to_string()).unwrap_or_default();
        let values =
            [("name", filing.name.as_str()), ("on", &on), ("document", filing.document.as_deref().unwrap_or(""))];
        page.item(flow, label.take(), &msg.fill(lang, &values), role);
    }
    let mut label = Some(Msg::HeadSync);
    for (what, reached) in [(Msg::SyncNational, &beyond.national), (Msg::SyncModule, &beyond.module)] {
        let Some(reached) = reached else { continue };
        let (on, who) = (reached.on.to_string(), words::signature(&reached.by, lang));
        let text = Msg::SyncReached.fill(lang, &[("what", what.text(lang)), ("on", &on), ("who", &who)]);
        page.item(flow, label.take(), &text, Role::Text);
    }
    if let Some(waiting) = &beyond.waiting {
        let (since, n) = (waiting.since.to_string(), waiting.days.to_string());
        let what = words::milestone(waiting.milestone, lang);
        let text = Msg::SyncWaits.fill(lang, &[("what", what), ("since", &since), ("n", &n)]);
        page.item(flow, label.take(), &text, if waiting.late { Role::Danger } else { Role::Warn });
    }
    for taken in &beyond.taken_back {
        let (on, who) = (taken.was.on.to_string(), words::signature(&taken.by, lang));
        let what = words::milestone(taken.milestone, lang);
        let values = [("what", what), ("on", &*on), ("reason", &taken.reason), ("who", &who)];
        page.item(flow, label.take(), &Msg::SyncTaken.fill(lang, &values), Role::Dim);
    }
}

/// What a hand outside has said, with its document.
pub(super) fn external(round: &RoundView, lang: Lang) -> Option<String> {
    let proposal = round.proposal.as_ref()?;
    let external = proposal.external.as_ref()?;
    let outcome = words::outcome(proposal.outcome, lang);
    let values = [("outcome", outcome), ("on", &*external.on.to_string()), ("document", &external.document)];
    Some(Msg::ActExternalWord.fill(lang, &values))
}
