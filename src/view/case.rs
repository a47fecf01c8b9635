//! One case: who, what changes, the path through the hands, the evidence, what the rules found.

use super::beyond;
use super::lines::Flow;
use super::palette::{self, Role};
use super::{put, read, style};
use crate::app::screen::CaseScreen;
use crate::app::{App, CaseView, StepState, StepView, words};
use crate::catalogue::{AsideMsg, Lang, Msg};
use crate::model::{Act, Aside, Beside, ClockReading, Level, Light, Outcome, Severity, StepRole, Verb};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells of the labels at the left.
const HEAD: usize = 6;
/// The same in English, whose words are longer.
const HEAD_EN: usize = 11;
/// Hands of a route that is seen at a glance.
const SHORT: usize = 2;

/// A case that is open. How far it can be scrolled.
pub(super) fn draw(app: &App, screen: &CaseScreen, area: Rect, buf: &mut Buffer) -> u16 {
    match &screen.case {
        Some(case) => read(app, &lines(app, case, area.width).lines, screen.scroll, area, buf),
        None => {
            let text = format!("{}  {}", screen.id, Msg::Loading.text(app.look.lang));
            put(buf, area.x, area.y, area.width, &text, style(app, Role::Dim));
            0
        }
    }
}

/// The selected row's case beside the list; cut at the bottom.
pub(super) fn preview(app: &App, area: Rect, buf: &mut Buffer) {
    let Some(preview) = &app.preview else { return };
    match &preview.case {
        Some(case) => {
            read(app, &lines(app, case, area.width).lines, 0, area, buf);
        }
        None => put(buf, area.x, area.y, area.width, &preview.id.to_string(), style(app, Role::Dim)),
    }
}

fn lines(app: &App, case: &CaseView, columns: u16) -> Flow {
    let lang = app.look.lang;
    let mut flow = Flow::new(columns);
    let page = Page { app, lang, head: if lang == Lang::Zh { HEAD } else { HEAD_EN } };
    page.top(case, &mut flow);
    page.clock(case, &mut flow);
    page.changes(case, &mut flow);
    beyond::lines(&page, case, &mut flow);
    page.findings(case, &mut flow);
    page.path(case, &mut flow);
    page.evidence(case, &mut flow);
    flow
}

pub(super) struct Page<'a> {
    app: &'a App,
    pub(super) lang: Lang,
    head: usize,
}

impl Page<'_> {
    fn role(&self, role: Role) -> Style {
        style(self.app, role)
    }

    fn text(&self, msg: Msg) -> &'static str {
        msg.text(self.lang)
    }

    /// A labelled text; the label only where there is one.
    pub(super) fn item(&self, flow: &mut Flow, label: Option<Msg>, text: &str, role: Role) {
        let label = label.map_or("", |label| self.text(label));
        flow.item(label, self.head, self.role(Role::Heading), text, self.role(role));
    }

    /// What the first post proposes, with its reasons: above the fold, for the second post decides on them.
    fn proposed(&self, case: &CaseView, flow: &mut Flow) {
        let step = case.steps.get(case.current as usize).filter(|step| step.role != StepRole::StartingSchool);
        let proposal = step.and_then(|step| step.rounds.last()).and_then(|round| round.proposal.as_ref());
        let Some(proposal) = proposal else { return };
        let outcome = words::outcome(proposal.outcome, self.lang);
        let text = format!("{outcome}  {}", words::signature(&proposal.by, self.lang));
        let role = if proposal.outcome == Outcome::Approve { Role::Text } else { Role::Warn };
        self.item(flow, Some(Msg::HeadProposed), &text, role);
        for (n, reason) in proposal.reasons.iter().enumerate() {
            self.item(flow, None, &format!("{}) {}", n + 1, words::reason(reason, self.lang)), Role::Warn);
        }
    }

    fn top(&self, case: &CaseView, flow: &mut Flow) {
        let lang = self.lang;
        let title = format!("{} {}  {}", words::kind(case.kind, lang), case.id, words::phase(case.status, lang));
        flow.text(0, &title, self.role(Role::Heading));
        for student in &case.students {
            let who = format!("{}  {}", student.name, student.id_no);
            self.item(flow, Some(Msg::HeadStudent), &who, Role::Text);
            let number = Msg::StudentNo.fill(lang, &[("no", &student.student_no)]);
            let status = words::status(student.status, lang);
            self.item(flow, None, &format!("{number}  {status}"), Role::Text);
            let provincial =
                if student.provincial { format!(" ({})", self.text(Msg::Provincial)) } else { String::new() };
            let place = format!("{}  {}{}  {}", student.school, student.major, provincial, student.class_name);
            self.item(flow, None, &place, Role::Text);
            let years = f32::from(student.half_years) / 2.0;
            let times = Msg::StudentTimes.fill(
                lang,
                &[
                    ("entry", &student.entry.to_string()),
                    ("grad", &student.planned_grad.format("%Y-%m").to_string()),
                    ("years", &years.to_string()),
                ],
            );
            self.item(flow, None, &times, Role::Dim);
        }
        let mut label = Some(Msg::HeadAsked);
        for row in &case.asked {
            self.item(flow, label.take(), &format!("{}: {}", row.field, row.value), Role::Text);
        }
        if let Some(batch) = &case.batch {
            self.item(flow, None, &format!("{}: {batch}", self.text(Msg::ScopeBatch)), Role::Text);
        }
        self.proposed(case, flow);
        if let Some(claim) = &case.claim {
            let text = Msg::ClaimSince.fill(lang, &[("name", &claim.name), ("time", &claim.since.hour_minute())]);
            self.item(flow, Some(Msg::HeadClaim), &text, Role::Text);
        }
        self.asides(case, flow);
        if let Some(cancelled) = &case.cancelled {
            let text = format!(
                "{}  {}  {}",
                cancelled.reason,
                words::signature(&cancelled.by, lang),
                words::moment(cancelled.at)
            );
            self.item(flow, Some(Msg::HeadCancelled), &text, Role::Danger);
        }
    }

    /// What is in force beside the case, and the last remark: above the fold, for whoever takes it up is to know.
    fn asides(&self, case: &CaseView, flow: &mut Flow) {
        let lang = self.lang;
        let label = |msg: AsideMsg| msg.text(lang);
        if let Some(parked) = &case.parked {
            let values = [("day", &*parked.until.to_string()), ("remark", &parked.remark), ("name", &parked.name)];
            let text = AsideMsg::ParkedUntil.fill(lang, &values);
            self.labelled(flow, label(AsideMsg::HeadParked), &text, Role::Warn);
        }
        if let Some(name) = &case.assigned {
            let text = AsideMsg::AssignedTo.fill(lang, &[("name", name)]);
            self.labelled(flow, label(AsideMsg::HeadAssigned), &text, Role::Warn);
        }
        let mut remarks = case.asides.iter().filter_map(|aside| match &aside.what {
            Beside::Remarked(text) => Some((aside, text)),
            _ => None,
        });
        let count = remarks.clone().count();
        if let Some((aside, text)) = remarks.next_back() {
            let (who, when) = (words::signature(&aside.by, lang), words::moment(aside.at));
            let mut text = AsideMsg::RemarkLast.fill(lang, &[("who", &who), ("when", &when), ("text", text)]);
            if count > 1 {
                text += &AsideMsg::RemarkCount.fill(lang, &[("n", &count.to_string())]);
            }
            self.labelled(flow, label(AsideMsg::HeadRemark), &text, Role::Text);
        }
    }

    fn labelled(&self, flow: &mut Flow, label: &str, text: &str, role: Role) {
        flow.item(label, self.head, self.role(Role::Heading), text, self.role(role));
    }

    /// One thing set beside a step.
    fn aside(&self, aside: &Aside, flow: &mut Flow) {
        let lang = self.lang;
        let (who, when) = (words::signature(&aside.by, lang), words::moment(aside.at));
        let mut values = vec![("who", who.as_str()), ("when", when.as_str())];
        let day;
        let (msg, why) = match &aside.what {
            Beside::Remarked(text) => {
                values.push(("text", text));
                (AsideMsg::AsideRemarked, "")
            }
            Beside::Parked { until, remark } => {
                day = until.to_string();
                values.extend([("day", day.as_str()), ("remark", remark.as_str())]);
                (AsideMsg::AsideParked, "")
            }
            Beside::Resumed => (AsideMsg::AsideResumed, ""),
            Beside::HandedOver { name, remark, .. } => {
                values.push(("name", name));
                (AsideMsg::AsideHandedOver, remark.as_str())
            }
        };
        let mut text = msg.fill(lang, &values);
        if !why.is_empty() {
            text = format!("{text}: {why}");
        }
        flow.text(self.head + 2, &text, self.role(Role::Dim));
    }

    fn clock(&self, case: &CaseView, flow: &mut Flow) {
        let current = case.steps.iter().find(|step| step.state == StepState::Current);
        // The path of a long route begins below the first screen: say here whose turn it is.
        if let Some((n, step)) = case.steps.iter().enumerate().find(|(_, step)| step.state == StepState::Current)
            && case.steps.len() > SHORT
        {
            let (n, all) = ((n + 1).to_string(), case.steps.len().to_string());
            let text = Msg::HandOf.fill(self.lang, &[("n", &n), ("all", &all), ("name", &step.hand.name)]);
            self.item(flow, Some(Msg::HeadHand), &text, Role::Warn);
        }
        match current.and_then(|step| step.clock.as_ref()) {
            Some(clock) => {
                let text = format!("{}  {}", lead_words(clock, self.lang), clock_words(clock, self.lang));
                self.item(flow, Some(Msg::HeadClock), &text, palette::light(clock.light));
            }
            None if current.is_some() => {
                self.item(flow, Some(Msg::HeadClock), self.text(Msg::ClockNone), Role::Dim);
            }
            None => {}
        }
    }

    fn changes(&self, case: &CaseView, flow: &mut Flow) {
        for (n, change) in case.changes.iter().enumerate() {
            let text = format!("{}: {} -> {}", change.field, change.before, change.after);
            self.item(flow, (n == 0).then_some(Msg::HeadChanges), &text, Role::Text);
        }
    }

    fn findings(&self, case: &CaseView, flow: &mut Flow) {
        if case.findings.is_empty() {
            self.item(flow, Some(Msg::HeadFindings), self.text(Msg::FindingsNone), Role::Dim);
        }
        for (n, finding) in case.findings.iter().enumerate() {
            let role = match finding.severity {
                Severity::Block => Role::Danger,
                Severity::Notice => Role::Warn,
                Severity::Hint => Role::Text,
            };
            let mut said = words::finding(finding, self.lang).into_iter();
            let what = format!("{} {}", words::severity(finding.severity, self.lang), said.next().unwrap_or_default());
            self.item(flow, (n == 0).then_some(Msg::HeadFindings), &what, role);
            for line in said {
                self.item(flow, None, &line, Role::Text);
            }
        }
    }

    fn path(&self, case: &CaseView, flow: &mut Flow) {
        for (n, step) in case.steps.iter().enumerate() {
            let label = (n == 0).then_some(Msg::HeadPath);
            // A school's name says what it is; an office's level does not stand in its name reliably.
            let level = match step.hand.level {
                Level::School => String::new(),
                level => format!("{} ", words::level(level, self.lang)),
            };
            let state = match step.state {
                StepState::Done => Msg::StepDone,
                StepState::Current => Msg::StepCurrent,
                StepState::Ahead => Msg::StepAhead,
            };
            let mut text = format!("{} {level}{}  {}", n + 1, step.hand.name, self.text(state));
            if let Some(used) = self.used(step) {
                text = format!("{text}  {used}");
            }
            let role = if step.state == StepState::Current { Role::Warn } else { Role::Text };
            self.item(flow, label, &text, role);
            if !step.hand.here {
                self.item(flow, None, &format!("  {}", self.text(Msg::StepHere)), Role::Dim);
            }
            for (n, round) in step.rounds.iter().enumerate() {
                let arrived = Msg::StepArrived.fill(self.lang, &[("day", &words::moment(round.arrived))]);
                let head = match step.rounds.len() {
                    1 => arrived,
                    _ => format!("{}  {arrived}", Msg::StepRound.fill(self.lang, &[("n", &(n + 1).to_string())])),
                };
                flow.text(self.head + 2, &head, self.role(Role::Dim));
                for act in &round.acts {
                    self.act(act, step.role == StepRole::StartingSchool, flow);
                }
                if let Some(word) = beyond::external(round, self.lang) {
                    flow.text(self.head + 4, &word, self.role(Role::Text));
                }
            }
            for aside in case.asides.iter().filter(|aside| aside.step as usize == n) {
                self.aside(aside, flow);
            }
        }
    }

    /// How many of how many working days the hand has used.
    fn used(&self, step: &StepView) -> Option<String> {
        let round = step.rounds.last()?;
        let clock = step.clock.as_ref().or(round.clock.as_ref())?;
        let (used, late) = match &round.ending {
            Some(ending) => (ending.used, ending.late),
            None => {
                let late = if clock.light == Light::Overdue { clock.left.unsigned_abs() } else { 0 };
                (u32::try_from(i64::from(clock.budget) - i64::from(clock.left)).unwrap_or(0), late)
            }
        };
        let values = [("used", &*used.to_string()), ("budget", &*clock.budget.to_string())];
        let used = Msg::ClockUsed.fill(self.lang, &values);
        Some(match late {
            0 => used,
            n => format!("{used}  {}", Msg::ClockLate.fill(self.lang, &[("n", &n.to_string())])),
        })
    }

    fn act(&self, act: &Act, starts: bool, flow: &mut Flow) {
        let lang = self.lang;
        let (who, when) = (words::signature(&act.by, lang), words::moment(act.at));
        let mut values = vec![("who", who.as_str()), ("when", when.as_str())];
        let (msg, reasons) = match &act.verb {
            Verb::Proposed(..) if starts => (Msg::ActSubmitted, &[][..]),
            Verb::Proposed(outcome, reasons) => {
                values.push(("outcome", words::outcome(*outcome, lang)));
                (Msg::ActProposed, reasons.as_slice())
            }
            Verb::Agreed(_) if starts => {
                values.push(("outcome", self.text(Msg::OutSubmit)));
                (Msg::ActAgreed, &[][..])
            }
            Verb::Agreed(outcome) => {
                values.push(("outcome", words::outcome(*outcome, lang)));
                (Msg::ActAgreed, &[][..])
            }
            Verb::SentBack(remark) => {
                values.push(("remark", remark));
                (Msg::ActSentBack, &[][..])
            }
            Verb::ProposalWithdrawn => (Msg::ActProposalWithdrawn, &[][..]),
            Verb::AgreementWithdrawn => (Msg::ActAgreementWithdrawn, &[][..]),
            Verb::SentBackWithdrawn => (Msg::ActSentBackWithdrawn, &[][..]),
            Verb::Amended => (Msg::ActAmended, &[][..]),
        };
        flow.text(self.head + 2, &msg.fill(lang, &values), self.role(Role::Text));
        for (n, reason) in reasons.iter().enumerate() {
            let text = format!("{}) {}", n + 1, words::reason(reason, lang));
            flow.text(self.head + 4, &text, self.role(Role::Warn));
        }
    }

    fn evidence(&self, case: &CaseView, flow: &mut Flow) {
        let mut label = Some(Msg::HeadEvidence);
        for (n, piece) in case.evidence.iter().enumerate() {
            let mut text = format!("{} {}  {}  {}", n + 1, piece.kind, piece.name, size(piece.size));
            if let Some(place) = &piece.original_place {
                text = format!("{text}  {}", Msg::EvidenceOriginal.fill(self.lang, &[("place", place)]));
            }
            self.item(flow, label.take(), &text, Role::Text);
        }
        for missing in &case.missing {
            let text = format!("{} {missing}", self.text(Msg::EvidenceMissing));
            self.item(flow, label.take(), &text, Role::Danger);
        }
        if let Some(label) = label {
            self.item(flow, Some(label), self.text(Msg::EvidenceNone), Role::Dim);
        }
    }
}

/// The light's word and the time left; one word where they are the same (逾期, 今日).
pub(super) fn lead_words(clock: &ClockReading, lang: Lang) -> String {
    let light = words::light(clock.light, lang);
    let left = words::left(clock, lang);
    if left.starts_with(light) { left } else { format!("{light} {left}") }
}

/// What a clock rests on: days given, from when to when, article and rule.
pub(super) fn clock_words(clock: &ClockReading, lang: Lang) -> String {
    let line = Msg::ClockLine.fill(
        lang,
        &[
            ("budget", &clock.budget.to_string()),
            ("started", &clock.started.to_string()),
            ("due", &clock.due.to_string()),
        ],
    );
    let mut parts = vec![line, format!("{} {}", words::article(&clock.article, lang), clock.rule)];
    if clock.reference {
        parts.push(Msg::ClockReference.text(lang).to_owned());
    }
    if clock.provisional {
        parts.push(Msg::ClockProvisional.fill(lang, &[("year", &clock.due.format("%Y").to_string())]));
    }
    parts.join("  ")
}

/// A size as people read it.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}
