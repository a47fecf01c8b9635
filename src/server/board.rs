//! The supervisor's board (督办): the figures of `desk::board`, held to the asker's scope, and the cases behind them.

use super::case::here;
use super::external::recorder;
use super::hall::Hall;
use super::hub::Hub;
use super::lists::{PAGE_BYTES, length, list};
use super::queue::reading;
use super::reads::{not_found, value, visible};
use super::refusal::Refusal;
use super::session::Asker;
use crate::desk::board::{self, Ground};
use crate::desk::{State, period};
use crate::law::calendar::Calendar;
use crate::model::{
    Application, ApplicationId, BoardCase, BoardCases, Day, Ended, InHand, Level, Light, Office, OfficeId, Post,
    Reminded, Reminders, Urging,
};
use crate::store::{Turn, Turns, open_row};
use crate::text::mask_name;
use crate::wire::{ErrorKind, Failure, Notice, Query};
use serde_json::Value;
use std::collections::HashSet;
use std::sync::Arc;

/// Most rows of one window.
const MOST_ROWS: u32 = 500;

/// Longest period of rates, in days: ten years.
const LONGEST_PERIOD: i64 = 3_660;

/// Answers a question of the board.
pub(super) fn read(hall: &Hall, asker: &Asker, query: &Query) -> Result<Value, Refusal> {
    let ask = Ask::of(hall, asker);
    match query {
        Query::BoardSummary { office } => ask.summary(office.as_ref()),
        Query::BoardCases(meant) => ask.cases(meant),
        Query::BoardOverdue(meant) => ask.cases(&InHand { light: Some(Light::Overdue), ..meant.clone() }),
        Query::BoardForecast { office } => {
            let root = ask.root(office.as_ref())?;
            value(ask.turns(|ground, turns| board::forecast(ground, turns, &root)))
        }
        Query::BoardRates { from, until, office } => {
            in_order(*from, *until)?;
            let root = ask.root(office.as_ref())?;
            // How a colleague works is the supervisor's business; everybody sees his own figures.
            let only = (!asker.actor.holds(Post::Supervisor)).then_some(&asker.actor.person);
            value(ask.turns(|ground, turns| board::rates(ground, turns, (*from, *until), &root, only)))
        }
        Query::BoardEnded(meant) => {
            in_order(meant.from, meant.until)?;
            ask.ended(meant)
        }
        Query::BoardReminders { application } => {
            let id = visible(hall, asker, *application)?.id;
            let all = ask.turns(|_, turns| turns.reminders(id).cloned());
            Ok(list(all.map_or_else(Vec::new, |all| all.list)))
        }
        Query::BoardPeriods {} => {
            let calendar = hall.calendar();
            let state = State::new(hall.store(), &calendar);
            Ok(list(period::periods(&state, &asker.actor.account)?.periods))
        }
        _ => Err(Failure::new(ErrorKind::Malformed, "此请求不在这里办理").into()),
    }
}

/// How many cases are overdue, due today and near in the asker's scope: what the header of a supervisor's desk says.
pub(super) fn lights(hall: &Hall, asker: &Asker) -> crate::model::Lights {
    let ask = Ask::of(hall, asker);
    ask.turns(|ground, turns| board::summary(ground, turns, &asker.actor.office)).total
}

/// A reminder is on disk: the desks of the hand are told, and those of who records for a hand that is not here.
pub(super) fn announce(hall: &Hall, hub: &mut Hub, of: &Reminders) {
    let Some(last) = of.list.last().filter(|last| last.what == Urging::Remind) else { return };
    let Ok(Some(application)) = hall.store().application(of.application) else { return };
    let Some(row) = open_row(&application) else { return };
    let to = if here(hall, &row.hand) { row.hand.clone() } else { recorder(hall, &row) };
    let reminded = Reminded {
        application: of.application,
        by: last.by.name.clone(),
        office: last.by.office.clone(),
        text: last.text.clone(),
        at: last.at,
    };
    hub.tell_office(&to, &Notice::Reminded { reminded });
    // Boards count reminders: whoever sees the case refreshes.
    hub.tell_of(
        &application,
        &Notice::Changed { application: application.id, revision: application.revision, by: None },
    );
}

fn in_order(from: Day, until: Day) -> Result<(), Refusal> {
    let input = |message: String| Err(Failure::new(ErrorKind::Input, message).into());
    if until < from {
        return input(format!("时段的最后一天 {until} 早于第一天 {from}；请对调或改正"));
    }
    if (until - from).num_days() > LONGEST_PERIOD {
        return input(format!("时段 {from} 至 {until} 超过十年；请缩短"));
    }
    Ok(())
}

/// One question with what it is answered from.
struct Ask<'a> {
    hall: &'a Hall,
    asker: &'a Asker,
    calendar: Arc<Calendar>,
    today: Day,
    offices: Vec<Arc<Office>>,
    here: HashSet<OfficeId>,
}

impl<'a> Ask<'a> {
    fn of(hall: &'a Hall, asker: &'a Asker) -> Self {
        let accounts = hall.store().accounts();
        let here = accounts.iter().filter(|account| account.acts()).map(|account| account.office.clone()).collect();
        let (calendar, today, offices) = (hall.calendar(), asker.now.day(), hall.store().offices());
        Ask { hall, asker, calendar, today, offices, here }
    }

    /// Counts, under the store's lock.
    fn turns<T>(&self, count: impl Fn(&Ground<'_>, &Turns) -> T) -> T
    where
        T: Sized,
    {
        let ground = Ground { calendar: &self.calendar, today: self.today, offices: &self.offices, here: &self.here };
        let mut counted = None;
        self.hall.store().read_turns(&mut |turns| counted = Some(count(&ground, turns)));
        // The store calls back exactly once; counting again over nothing only keeps this free of a way to fail.
        counted.unwrap_or_else(|| count(&ground, &Turns::default()))
    }

    /// The office whose board is asked for; only within the asker's scope.
    fn root(&self, office: Option<&OfficeId>) -> Result<OfficeId, Refusal> {
        let root = office.unwrap_or(&self.asker.actor.office);
        if !self.asker.scope.covers(root) || !self.offices.iter().any(|office| office.id == *root) {
            return Err(not_found(format!("没有机构 {root}，或者不在您的管辖范围")).into());
        }
        Ok(root.clone())
    }

    fn summary(&self, office: Option<&OfficeId>) -> Result<Value, Refusal> {
        let root = self.root(office)?;
        let mut summary = self.turns(|ground, turns| board::summary(ground, turns, &root));
        let parent = self.offices.iter().find(|office| office.id == root).and_then(|office| office.parent.clone());
        summary.above = parent.filter(|parent| root != self.asker.actor.office && self.asker.scope.covers(parent));
        value(summary)
    }

    fn cases(&self, meant: &InHand) -> Result<Value, Refusal> {
        let root = self.root(meant.office.as_ref())?;
        let held = self.turns(|ground, turns| board::in_hand(ground, turns, meant, &root));
        let names = |turn: &Turn| self.turns(|_, turns| turns.urged(turn));
        self.window(held, meant.after, meant.count, |held| {
            let mut case = self.case(&held.turn)?;
            let running = open_row(&case.0).and_then(|row| row.clock);
            case.1.due = held.due;
            case.1.light = held.light;
            // Read anew, from the clock itself: the same figures as on the queue and in the case.
            case.1.left = running.map_or(held.left, |clock| reading(&clock, &self.calendar, self.today).left);
            case.1.urged = names(&held.turn);
            Ok(case.1)
        })
    }

    fn ended(&self, meant: &Ended) -> Result<Value, Refusal> {
        let root = self.root(meant.office.as_ref())?;
        let own = meant.person.as_ref() == Some(&self.asker.actor.person);
        if meant.person.is_some() && !own && !self.asker.actor.holds(Post::Supervisor) {
            let refusal = crate::law::rules::R4_1.refuse(
                "个人的办结情况由督办岗查看，您没有这个岗位",
                "请联系本机构的督办岗；自己的可以随时查看",
                &[("needed", Post::Supervisor.name().to_owned())],
            );
            return Err(refusal.into());
        }
        let found = self.turns(|ground, turns| board::ended(ground, turns, meant, &root));
        self.window(found, meant.after, meant.count, |turn| {
            let (_, mut case) = self.case(turn)?;
            case.due = turn.due;
            case.left = match (turn.late, turn.due, turn.ended) {
                (0, Some(due), Some(ended)) => self.calendar.count(ended, due).max(0),
                (late, ..) => -i32::try_from(late).unwrap_or(i32::MAX),
            };
            case.light = if turn.late > 0 { Light::Overdue } else { Light::Green };
            case.used = Some(turn.used);
            case.ended = turn.ended;
            case.waits = None;
            case.claimed = None;
            case.urged = self.turns(|_, turns| turns.urged(turn));
            Ok(case)
        })
    }

    /// A window of a list, as much of it as fits on a line.
    fn window<T>(
        &self,
        all: Vec<T>,
        after: u32,
        count: u32,
        row: impl Fn(&T) -> Result<BoardCase, Refusal>,
    ) -> Result<Value, Refusal> {
        let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let mut items: Vec<BoardCase> = Vec::new();
        let mut bytes = 0;
        for one in all.iter().skip(after as usize).take(count.clamp(1, MOST_ROWS) as usize) {
            let case = row(one)?;
            bytes += length(&case);
            if bytes > PAGE_BYTES && !items.is_empty() {
                break;
            }
            items.push(case);
        }
        let shown = after.saturating_add(u32::try_from(items.len()).unwrap_or(u32::MAX));
        let next = (shown < total && !items.is_empty()).then_some(shown);
        value(BoardCases { total, items, next })
    }

    /// The application of a turn, and its row without what the clock says.
    fn case(&self, turn: &Turn) -> Result<(Application, BoardCase), Refusal> {
        let store = self.hall.store();
        let application = store
            .application(turn.application)?
            .ok_or_else(|| not_found(format!("申请 {} 已不在库中", turn.application)))?;
        let open = self.asker.scope.sees_application(&application);
        let step = application.steps.get(usize::from(turn.step));
        let office = step.map(|step| store.office(&step.hand)).transpose()?.flatten();
        let hand = step.map(|step| step.hand.clone()).unwrap_or_else(|| application.school.clone());
        let level = office.as_ref().map_or(Level::School, |office| office.level);
        let student = store.student(application.student)?.map_or_else(String::new, |student| student.name);
        let school = store.office(&application.school)?.map_or_else(|| application.school.to_string(), |one| one.name);
        let post =
            if turn.proposed { Post::second(level == Level::School) } else { Post::first(level == Level::School) };
        let case = BoardCase {
            id: application.id,
            kind: application.kind(),
            phase: application.phase,
            // What stands in the hands of an office in sight is counted; whose it is, is not always his to know.
            student: if open { student } else { mask_name(&student) },
            open,
            school,
            hand: office.map_or_else(|| hand.to_string(), |office| office.name),
            office: hand,
            level,
            waits: Some(post),
            claimed: self.hall.hub().claim(application.id).map(|claim| claim.name.clone()),
            arrived: turn.arrived,
            due: None,
            light: Light::None,
            left: 0,
            used: None,
            ended: None,
            reference: turn.reference,
            round: u32::from(turn.round) + 1,
            urged: Default::default(),
        };
        Ok((application, case))
    }
}

/// How many cases of this queue were reminded in their present round.
pub(super) fn urged(hall: &Hall, ids: &[ApplicationId]) -> Vec<u32> {
    let mut counted = Vec::new();
    hall.store().read_turns(&mut |turns| {
        let now = |id: &ApplicationId| {
            turns.of(*id).filter(|turn| turn.ended.is_none()).map(|turn| turns.urged(turn).now).sum()
        };
        counted = ids.iter().map(now).collect();
    });
    counted
}
