//! What reaches beyond: filings with two provinces, and the list of granted changes that the other systems lack (待同步).

use super::hall::Hall;
use super::session::Asker;
use crate::law::calendar::Calendar;
use crate::law::case::{Action, Case, why_not};
use crate::law::outside::filed_with;
use crate::law::sync::{self, Waiting};
use crate::model::{Application, Day, Details, Level, province_name};
use crate::store::OpenRow;
use crate::text::mask_id;
use crate::wire::{Beyond, Doable, FilingView, WaitingView};
use std::collections::BTreeMap;

/// Of one case.
pub(super) fn of(case: &Case<'_>, asker: &Asker, application: &Application, calendar: &Calendar) -> Beyond {
    let today = asker.now.day();
    let ask = |action: Action<'_>| match why_not(case, &asker.actor, &action, today) {
        None => Doable::Open,
        Some(why) => Doable::Closed(why),
    };
    let filings = filed_with(&application.details).into_iter().map(|province| {
        let filed = application.filings.iter().find(|filed| filed.province == province);
        FilingView {
            province: province.to_owned(),
            name: province_name(province).unwrap_or(province).to_owned(),
            on: filed.map(|filed| filed.on),
            document: filed.map(|filed| filed.document.clone()),
        }
    });
    let approver = case.joining.approver.iter().map(|office| {
        let filed = application.filings.first();
        FilingView {
            province: office.id.to_string(),
            name: office.name.clone(),
            on: filed.map(|filed| filed.on),
            document: filed.map(|filed| filed.document.clone()),
        }
    });
    Beyond {
        external: ask(Action::MayRecord),
        file: ask(Action::File(None)),
        sync: ask(Action::Sync(None)),
        unsync: ask(Action::Unsync(None)),
        filings: filings.chain(approver).collect(),
        dispute: ask(Action::Dispute),
        waiting: sync::of(application, calendar, today).map(view),
        national: application.sync.national.clone(),
        module: application.sync.module.clone(),
        taken_back: application.sync.taken_back.clone(),
    }
}

/// Details as they are shown: the number of somebody who comes from outside is masked like any other.
pub(super) fn masked(details: &Details) -> Details {
    let mut details = details.clone();
    if let Details::MoveIn { person, .. } = &mut details {
        person.id_no = mask_id(&person.id_no);
        person.student_no = mask_id(&person.student_no);
    }
    let joiner = match &mut details {
        Details::Duplicate(asked) => asked.person.as_mut(),
        Details::ComingOver(asked) => Some(&mut asked.person),
        Details::Junior(asked) => Some(&mut asked.person),
        _ => None,
    };
    if let Some(person) = joiner {
        person.id_no = mask_id(&person.id_no);
        person.student_no = mask_id(&person.student_no);
    }
    details
}

fn view(waiting: Waiting) -> WaitingView {
    let Waiting { milestone, since, days, late } = waiting;
    WaitingView { milestone, since, days, late }
}

/// What a row of the list waits for.
pub(super) fn waiting(row: &OpenRow, calendar: &Calendar, today: Day) -> Option<WaitingView> {
    let unsynced = row.unsynced.as_ref()?;
    if unsynced.to_file {
        return Some(view(sync::to_be_filed(unsynced.granted, today)));
    }
    Some(view(sync::waiting(unsynced.granted, unsynced.national, calendar, today)))
}

/// The granted changes the other systems lack: of the asker's schools, and those that lead to one of them.
pub(super) fn unsynced(hall: &Hall, asker: &Asker) -> Vec<OpenRow> {
    let store = hall.store();
    let schools = store.offices().into_iter().filter(|office| office.level == Level::School);
    let rows =
        schools.filter(|school| asker.scope.covers(&school.id)).flat_map(|school| store.unsynced_of_school(&school.id));
    // A transfer between two schools of the scope stands under both.
    rows.map(|row| (row.id, row)).collect::<BTreeMap<_, _>>().into_values().collect()
}

/// When the wait of a row began: what the list is sorted by.
pub(super) fn since(row: &OpenRow) -> Option<Day> {
    row.unsynced.as_ref().map(|unsynced| unsynced.national.unwrap_or(unsynced.granted))
}
