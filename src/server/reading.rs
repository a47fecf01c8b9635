//! A great store is served before all its students are read: who asks for what needs them is told so, or waits.

use super::hall::Hall;
use super::refusal::Refusal;
use super::writer::Job;
use crate::store;
use crate::wire::{ErrorKind, Failure, Notice, Reading, Request};
use std::io;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::thread;
use std::time::{Duration, Instant};

/// Between two words about how far it is.
const PACE: Duration = Duration::from_millis(250);

/// How often somebody who waits looks whether it is over.
const LOOK: Duration = Duration::from_millis(20);

fn told(reading: store::Reading) -> Reading {
    Reading { done: reading.done, total: reading.total }
}

/// How far it is; none when all students are there.
pub(super) fn reading(hall: &Hall) -> Option<Reading> {
    hall.store().reading().map(told)
}

/// Reads what the opening has left, on a thread of its own, and tells every desk how far it is.
pub(super) fn begin(hall: &Arc<Hall>, jobs: &SyncSender<Job>) -> io::Result<()> {
    if reading(hall).is_none() {
        return Ok(());
    }
    let (hall, jobs) = (Arc::clone(hall), jobs.clone());
    let read = move || {
        let begun = Instant::now();
        let mut last = begun;
        let read = hall.store().read_late(&mut |reading| {
            if last.elapsed() >= PACE {
                last = Instant::now();
                hall.hub().tell_all(&Notice::Reading { reading: Some(told(reading)) });
            }
        });
        match read {
            Ok(()) => {
                tracing::info!(took = ?begun.elapsed(), "all records are read");
                hall.hub().tell_all(&Notice::Reading { reading: None });
            }
            // The writer may have ended already: then nobody works with it any more.
            Err(error) => drop(jobs.send(Job::Broken(error))),
        }
    };
    thread::Builder::new().name("reading".into()).spawn(read)?;
    Ok(())
}

/// Lets a request through that needs no students, or finds them all there. A desk that hears notices is told to ask
/// again later and learns when; anybody else, a script most likely, waits.
pub(super) fn pass(hall: &Hall, request: &Request, listening: bool) -> Result<(), Refusal> {
    if !request.needs_students() {
        return Ok(());
    }
    while let Some(reading) = reading(hall) {
        if listening {
            let percent = reading.percent();
            let message = format!("服务刚启动，学生记录还在读入（{percent}%），查找和核对重号要等全部读完；请稍候再办");
            return Err(Failure::new(ErrorKind::Busy, message).into());
        }
        thread::sleep(LOOK);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::calendar::Calendar;
    use crate::model::{CalendarDay, CalendarKind, Command, Day, Founding, Level, Office, Seed, Stamp};
    use crate::server::{Limits, Master, found};
    use crate::store::{EvidenceFolder, Options, SledStore, Store};
    use crate::wire::Query;

    fn asks(text: &str) -> Request {
        Request::Query(Query::FindStudents { text: text.into(), count: 20 })
    }

    #[test]
    fn who_hears_notices_is_told_and_a_script_waits() {
        let folder = tempfile::tempdir().unwrap();
        SledStore::create(folder.path()).unwrap();
        let open = |late_from| {
            let options = Options { late_from, ..Options::default() };
            SledStore::open(folder.path(), options, &mut |_| {}).unwrap().0
        };
        let new_year = Day::from_ymd_opt(2026, 1, 1).unwrap();
        let day = CalendarDay { date: new_year, kind: CalendarKind::Holiday, name: "元旦".to_owned() };
        let calendar = Arc::new(Calendar::new("test", [day]).unwrap());
        let province = Office {
            id: "41".into(),
            revision: 1,
            name: "省".to_owned(),
            level: Level::Province,
            parent: None,
            school: None,
        };
        let now = Stamp(1_760_000_000_000);
        let founding = Founding {
            exercise: Some(now),
            office: "41".into(),
            master: Seed { offices: vec![province], ..Seed::default() },
        };
        let store = open(None);
        found(&store, &calendar, now, &Command::Found(Box::new(founding))).unwrap();
        store.close().unwrap();
        drop(store);

        let evidence = Arc::new(EvidenceFolder::open(&folder.path().join("evidence")).unwrap());
        let store = Arc::new(open(Some(1)));
        let hall = Hall::new(store, evidence, Master { calendar }, Limits::default(), 1000);
        assert!(pass(&hall, &Request::Query(Query::Counts {}), true).is_ok(), "the queue waits for nothing");
        let Err(Refusal::Failure(told)) = pass(&hall, &asks("王"), true) else { panic!("it was let through") };
        assert_eq!(told.kind, ErrorKind::Busy);
        assert!(told.message.contains("还在读入（") && told.message.contains("请稍候再办"), "{}", told.message);
        let script = Arc::clone(&hall);
        let waits = thread::spawn(move || pass(&script, &asks("王"), false).is_ok());
        assert!(!waits.is_finished());
        hall.store().read_late(&mut |_| {}).unwrap();
        assert!(waits.join().unwrap() && pass(&hall, &asks("王"), true).is_ok());
    }
}
