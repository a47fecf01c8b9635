//! The model's terms as words of a language.

use crate::catalogue::{AsideMsg, KindText, Lang, Msg};
use crate::model::{
    ClockReading, Finding, Kind, Level, Light, Milestone, Outcome, Phase, Post, Reason, Severity, Signature, Stamp,
    Status,
};
use crate::wire::{FormField, QueueRow, Standing, WaitingView};

/// A kind of application.
pub(crate) fn kind(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Suspension => Msg::KindSuspension,
        Kind::Resumption => Msg::KindResumption,
        Kind::Repetition => Msg::KindRepetition,
        Kind::MajorChange => Msg::KindMajorChange,
        Kind::Withdrawal => Msg::KindWithdrawal,
        Kind::Restoration => Msg::KindRestoration,
        Kind::Annulment => Msg::KindAnnulment,
        Kind::Death => Msg::KindDeath,
        Kind::Other => Msg::KindOther,
        Kind::Correction => Msg::KindCorrection,
        Kind::Transfer => Msg::KindTransfer,
        Kind::MoveOut => Msg::KindMoveOut,
        Kind::MoveIn => Msg::KindMoveIn,
        Kind::FormChange => return KindText::FormChange.text(lang),
        Kind::GradeSkip => return KindText::GradeSkip.text(lang),
        Kind::EarlyGraduation => return KindText::EarlyGraduation.text(lang),
        Kind::Graduation => return KindText::Graduation.text(lang),
        Kind::Duplicate => return KindText::Duplicate.text(lang),
        Kind::ComingOver => return KindText::ComingOver.text(lang),
        Kind::Junior => return KindText::Junior.text(lang),
    }
    .text(lang)
}

/// The name of a form's field.
pub(crate) fn label(field: &FormField, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &field.label,
        Lang::En => &field.label_en,
    }
}

/// A status by its word, as far as it is one.
pub(crate) fn status_word(word: &str, lang: Lang) -> &str {
    serde_json::from_value::<Status>(word.into()).map_or(word, |known| status(known, lang))
}

/// A kind, short enough for a column.
pub(crate) fn kind_short(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Suspension => Msg::KindSuspensionShort,
        Kind::Resumption => Msg::KindResumptionShort,
        Kind::Repetition => Msg::KindRepetitionShort,
        Kind::MajorChange => Msg::KindMajorChangeShort,
        Kind::Withdrawal => Msg::KindWithdrawalShort,
        Kind::Restoration => Msg::KindRestorationShort,
        Kind::Annulment => Msg::KindAnnulmentShort,
        Kind::Death => Msg::KindDeathShort,
        Kind::Other => Msg::KindOtherShort,
        Kind::Correction => Msg::KindCorrectionShort,
        Kind::Transfer => Msg::KindTransferShort,
        Kind::MoveOut => Msg::KindMoveOutShort,
        Kind::MoveIn => Msg::KindMoveInShort,
        Kind::FormChange => return KindText::FormChangeShort.text(lang),
        Kind::GradeSkip => return KindText::GradeSkipShort.text(lang),
        Kind::EarlyGraduation => return KindText::EarlyGraduationShort.text(lang),
        Kind::Graduation => return KindText::GraduationShort.text(lang),
        Kind::Duplicate => return KindText::DuplicateShort.text(lang),
        Kind::ComingOver => return KindText::ComingOverShort.text(lang),
        Kind::Junior => return KindText::JuniorShort.text(lang),
    }
    .text(lang)
}

/// A level.
pub(crate) fn level(level: Level, lang: Lang) -> &'static str {
    match level {
        Level::School => Msg::LevelSchool,
        Level::County => Msg::LevelCounty,
        Level::City => Msg::LevelCity,
        Level::Province => Msg::LevelProvince,
    }
    .text(lang)
}

/// A post.
pub(crate) fn post(post: Post, lang: Lang) -> &'static str {
    match post {
        Post::Entry => Msg::PostEntry,
        Post::Review => Msg::PostReview,
        Post::Handler => Msg::PostHandler,
        Post::Reviewer => Msg::PostReviewer,
        Post::Supervisor => Msg::PostSupervisor,
        Post::Keeper => Msg::PostKeeper,
    }
    .text(lang)
}

/// Several posts.
pub(crate) fn posts(posts: &[Post], lang: Lang) -> String {
    posts.iter().map(|one| post(*one, lang)).collect::<Vec<_>>().join("/")
}

/// An outcome.
pub(crate) fn outcome(outcome: Outcome, lang: Lang) -> &'static str {
    match outcome {
        Outcome::Approve => Msg::OutApprove,
        Outcome::Return => Msg::OutReturn,
        Outcome::Refuse => Msg::OutRefuse,
    }
    .text(lang)
}

/// A phase.
pub(crate) fn phase(phase: Phase, lang: Lang) -> &'static str {
    match phase {
        Phase::Preparing => Msg::PhasePreparing,
        Phase::Open => Msg::PhaseOpen,
        Phase::Returned => Msg::PhaseReturned,
        Phase::Granted => Msg::PhaseGranted,
        Phase::Refused => Msg::PhaseRefused,
        Phase::Cancelled => Msg::PhaseCancelled,
    }
    .text(lang)
}

/// A status.
pub(crate) fn status(status: Status, lang: Lang) -> &'static str {
    match status {
        Status::Registered => Msg::StatusRegistered,
        Status::Enrolled => Msg::StatusEnrolled,
        Status::Suspended => Msg::StatusSuspended,
        Status::Withdrawn => Msg::StatusWithdrawn,
        Status::Cancelled => Msg::StatusCancelled,
        Status::Deceased => Msg::StatusDeceased,
        Status::Graduated => Msg::StatusGraduated,
        Status::Completed => Msg::StatusCompleted,
        Status::StageEnded => Msg::StatusStageEnded,
        Status::Unregistered => Msg::StatusUnregistered,
        Status::Departed => Msg::StatusDeparted,
    }
    .text(lang)
}

/// A severity.
pub(crate) fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Block => Msg::SevBlock,
        Severity::Notice => Msg::SevNotice,
        Severity::Hint => Msg::SevHint,
    }
    .text(lang)
}

/// The word of a light; blank when there is time.
pub(crate) fn light(light: Light, lang: Lang) -> &'static str {
    match light {
        Light::Overdue => Msg::LightOverdue.text(lang),
        Light::Today => Msg::LightToday.text(lang),
        Light::Near => Msg::LightNear.text(lang),
        Light::Green | Light::None => "",
    }
}

/// Time left: `逾期2日`, `今日`, `剩 3 日`; a provisional figure says so.
pub(crate) fn left(clock: &ClockReading, lang: Lang) -> String {
    let days = clock.left.unsigned_abs().to_string();
    let msg = match (clock.light, clock.provisional) {
        (Light::Overdue, false) => Msg::LeftOverdue,
        (Light::Overdue, true) => Msg::ProvOverdue,
        (Light::Today, false) => Msg::LeftToday,
        (Light::Today, true) => Msg::ProvToday,
        (Light::Near | Light::Green | Light::None, false) => Msg::LeftDays,
        (Light::Near | Light::Green | Light::None, true) => Msg::ProvDays,
    };
    msg.fill(lang, &[("n", &days)])
}

/// Articles as people say them: `13` is 第13条, `13¶1` 第13条第1款, `-` the general law.
pub(crate) fn article(article: &str, lang: Lang) -> String {
    let one = |part: &str| match part.trim().split_once('¶') {
        _ if part.trim() == "-" => Msg::ArticleNone.text(lang).to_owned(),
        Some((n, p)) => Msg::ArticlePara.fill(lang, &[("n", n), ("p", p)]),
        None => Msg::Article.fill(lang, &[("n", part.trim())]),
    };
    let parts: Vec<_> = article.split(',').map(one).collect();
    parts.join(if lang == Lang::Zh { "、" } else { ", " })
}

/// A finding as two sentences: what is the matter, with rule and article; what to do.
pub(crate) fn finding(finding: &Finding, lang: Lang) -> Vec<String> {
    let rule = if finding.derived {
        format!("{} ({})", finding.rule, Msg::Derived.text(lang))
    } else {
        finding.rule.to_string()
    };
    let article = article(&finding.article, lang);
    let values = [("article", article.as_str()), ("rule", &rule), ("because", &finding.because)];
    let mut lines = vec![Msg::RefusedBy.fill(lang, &values)];
    if !finding.remedy.is_empty() {
        lines.push(Msg::Remedy.fill(lang, &[("text", &finding.remedy)]));
    }
    lines
}

/// An itemised reason.
pub(crate) fn reason(reason: &Reason, lang: Lang) -> String {
    let mut out = String::new();
    if let Some(number) = &reason.article {
        out.push_str(&article(number, lang));
        out.push(' ');
    }
    if let Some(material) = &reason.material {
        out.push_str(&Msg::ReasonMaterial.fill(lang, &[("name", material)]));
        out.push(' ');
    }
    out + &reason.text
}

/// Who, in which post.
pub(crate) fn signature(by: &Signature, lang: Lang) -> String {
    let who = format!("{} {}", post(by.post, lang), by.name);
    match &by.on_behalf {
        Some(away) => who + &AsideMsg::OnBehalf.fill(lang, &[("name", &away.name)]),
        None => who,
    }
}

/// A moment as `10-09 09:30`.
pub(crate) fn moment(at: Stamp) -> String {
    at.beijing().format("%m-%d %H:%M").to_string()
}

/// A milestone of a granted change.
pub(crate) fn milestone(milestone: Milestone, lang: Lang) -> &'static str {
    match milestone {
        Milestone::National => Msg::SyncNational,
        Milestone::Module => Msg::SyncModule,
        Milestone::Filing => return KindText::SyncFiling.text(lang),
    }
    .text(lang)
}

/// How long a granted change has waited for another system: `已3日`.
pub(crate) fn waited(waiting: &WaitingView, lang: Lang) -> String {
    Msg::WaitDays.fill(lang, &[("n", &waiting.days.to_string())])
}

/// Whose word a row waits for.
pub(crate) fn step(row: &QueueRow, lang: Lang) -> String {
    if let Some(waiting) = &row.waiting {
        let msg = match waiting.milestone {
            Milestone::National => Msg::StepNational,
            Milestone::Module => Msg::StepModule,
            Milestone::Filing => return KindText::StepFiling.text(lang).to_owned(),
        };
        return msg.text(lang).to_owned();
    }
    place(row.phase, row.standing, row.hand_level, row.proposed, lang)
}

/// The student of a row, or `某某等30人` where it stands for several: the number stays whole.
pub(crate) fn students(row: &QueueRow, columns: usize, lang: Lang) -> String {
    let Some(batch) = &row.batch else { return row.student_name.clone() };
    let rest = super::batch::several("", batch.students, lang);
    let room = columns.saturating_sub(crate::text::width(&rest)).max(2);
    super::batch::several(&crate::text::truncate(&row.student_name, room), batch.students, lang)
}

/// Where an application stands at a hand of this level.
pub(crate) fn place(phase: Phase, standing: Standing, hand: Level, proposed: Option<Outcome>, lang: Lang) -> String {
    let school = hand == Level::School;
    let level = level(hand, lang);
    let first = post(Post::first(school), lang);
    let msg = match (phase, standing) {
        (Phase::Granted, _) => Msg::StepGranted,
        (Phase::Refused, _) => Msg::StepRefused,
        (Phase::Cancelled, _) => Msg::StepCancelled,
        (_, Standing::Ended) => return self::phase(phase, lang).to_owned(),
        (_, Standing::SentBack) if school => Msg::StepSentBackSchool,
        (_, Standing::SentBack) => Msg::StepSentBack,
        (_, Standing::Second) if school => Msg::StepSchoolSecond,
        (_, Standing::Second) => match proposed {
            Some(Outcome::Return) => Msg::StepSecondReturn,
            Some(Outcome::Refuse) => Msg::StepSecondRefuse,
            Some(Outcome::Approve) | None => Msg::StepSecondApprove,
        },
        (Phase::Preparing, Standing::First) => Msg::StepPreparing,
        (Phase::Returned, Standing::First) => Msg::StepReturned,
        (Phase::Open, Standing::First) => Msg::StepFirst,
    };
    msg.fill(lang, &[("level", level), ("post", first)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_said_as_people_say_them() {
        assert_eq!(article("13", Lang::Zh), "第13条");
        assert_eq!(article("12¶2,13", Lang::Zh), "第12条第2款、第13条");
        assert_eq!(article("-", Lang::En), "general law");
    }
}
