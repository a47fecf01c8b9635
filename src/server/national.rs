//! Reconciliation for desks (screen 7): how the schools stand against the national system, and who of one school
//! differs. Only those who differ are read.

use super::hall::Hall;
use super::lists::length;
use super::reads::{not_found, value};
use super::refusal::Refusal;
use super::session::{Asker, Session};
use crate::desk::State;
use crate::desk::national::{Differs, differing_now, proposals, suggested};
use crate::law::negative::fm5;
use crate::law::rules;
use crate::model::{
    Command, CommandId, Day, Difference, Differing, ExportReconcile, KeySystem, Level, NationalField, NationalLine,
    NationalList, NationalMark, NationalWho, OfficeId, Post, Student, StudentId, there_as,
};
use crate::store::MatchedBy;
use crate::text::{initials, mask_id};
use crate::wire::{
    CuredRow, Doable, ErrorKind, Failure, KeyedView, MAX_LINE, NationalAnswer, NationalAsked, NationalDiff,
    NationalItem, NationalKind, NationalSchool, NationalSchools, TwoSides,
};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// Most rows of one answer.
const MOST_ROWS: u32 = 500;
/// Most of those who are cured that are named.
const MOST_CURED: usize = 300;

/// Answers what is asked of the comparison. `whole` says whether numbers may be given out whole on this connection.
pub(super) fn diff(session: &Session<'_>, asker: &Asker, asked: &NationalAsked) -> Result<Value, Refusal> {
    let hall = session.hall;
    if asked.whole && !session.gives_whole(&asker.actor.account, asked.school.as_ref()) {
        let message = "完整证件号和学籍号的查看要登记：请先在本连接上请求 national.export";
        return Err(Failure::new(ErrorKind::NoAccess, message).into());
    }
    match (&asked.school, asked.who) {
        (None, None) => value(NationalAnswer::Schools(schools(hall, asker, asked)?)),
        (None, Some(_)) => Err(Failure::new(ErrorKind::Input, "请写明学校（school）").into()),
        (Some(id), None) => value(NationalAnswer::School(Box::new(school(hall, asker, id, asked)?))),
        (Some(id), Some(who)) => {
            let sides = super::national_sides::sides(hall, asker, id, who)?;
            value(NationalAnswer::Student(Box::new(sides)))
        }
    }
}

/// Journals that numbers are given out whole, and lets this connection have them.
pub(super) fn export(
    session: &mut Session<'_>,
    asker: &Asker,
    command_id: Option<CommandId>,
    asked: ExportReconcile,
) -> Result<Value, Refusal> {
    let school = asked.school.clone();
    let answer = session.write(asker, command_id, Command::ExportReconcile(asked))?;
    session.give_whole(asker.actor.account.clone(), school);
    Ok(answer)
}

fn standing(
    hall: &Hall,
    id: &OfficeId,
    name: String,
    difference: Option<Difference>,
) -> Result<NationalSchool, Refusal> {
    let mut of = NationalSchool::unloaded(id.clone(), name);
    let (Some(list), Some(seen)) = (hall.store().national_list(id)?, difference) else { return Ok(of) };
    let n = |of: u64| u32::try_from(of).unwrap_or(u32::MAX);
    of.loaded = Some(list.at);
    of.loaded_by = list.by.name;
    of.load = list.load;
    (of.students_here, of.students_national) = (n(seen.here), n(seen.total));
    of.differing_students = n(seen.differing);
    of.percent = fm5::thousandths(seen.differing, seen.total);
    of.fm5 = fm5::is_over(seen.differing, seen.total);
    of.left = fm5::left_to_line(seen.differing, seen.total);
    (of.fields_differ, of.missing_here, of.missing_there) = (n(seen.unequal), n(seen.only_there), n(seen.only_here));
    Ok(of)
}

/// Schools in the asker's scope: over the line first, then by how many differ; those without a list last.
fn schools(hall: &Hall, asker: &Asker, asked: &NationalAsked) -> Result<NationalSchools, Refusal> {
    let visible = |id: &OfficeId| asker.scope.covers(id);
    let readings = hall.board().all(hall.store(), asker.now.day(), &visible);
    let mut all = Vec::with_capacity(readings.len());
    for of in readings {
        let name = hall.store().office(&of.school)?.map_or_else(|| of.school.to_string(), |office| office.name);
        all.push(standing(hall, &of.school, name, of.difference)?);
    }
    let share =
        |of: &NationalSchool| u64::from(of.differing_students) * 1_000_000 / u64::from(of.students_national).max(1);
    all.sort_by_cached_key(|of| (of.loaded.is_none(), !of.fm5, std::cmp::Reverse(share(of)), of.school.clone()));
    let mut page =
        NationalSchools { total: u32::try_from(all.len()).unwrap_or(u32::MAX), ..NationalSchools::default() };
    let (rest, mut bytes) = (all.into_iter().skip(asked.from as usize), 0);
    for of in rest {
        bytes += length(&of);
        if page.items.len() == count(asked) || bytes > MAX_LINE / 2 && !page.items.is_empty() {
            page.next = Some(asked.from + page.items.len() as u32);
            break;
        }
        page.items.push(of);
    }
    Ok(page)
}

fn count(asked: &NationalAsked) -> usize {
    if asked.count == 0 { 100 } else { asked.count.min(MOST_ROWS) as usize }
}

/// A school's list and everybody who differs; not found when it is not the asker's.
pub(super) fn of_school(
    hall: &Hall,
    asker: &Asker,
    id: &OfficeId,
) -> Result<(NationalSchool, NationalList, Vec<Differs>), Refusal> {
    let store = hall.store();
    let office = store.office(id)?.filter(|office| office.level == Level::School && asker.scope.covers(&office.id));
    let office = office.ok_or_else(|| not_found(format!("没有学校 {id}，或者不在您的管辖范围")))?;
    let calendar = hall.calendar();
    let state = State::new(store, &calendar);
    let (Some(list), Some((compared, all))) = (state.national_list(id)?, differing_now(&state, id)?) else {
        let message = format!(
            "{}还没有载入全国系统名单；请由主管部门的系统管理岗载入（在对账屏，或用 xueji import national 文件）",
            office.name
        );
        return Err(not_found(message).into());
    };
    let seen = Difference {
        on: list.at.day(),
        differing: u64::from(compared.differing()),
        total: u64::from(compared.there),
        here: u64::from(compared.here),
        unequal: compared.unequal.len() as u64,
        only_here: compared.only_here.len() as u64,
        only_there: compared.only_there.len() as u64,
    };
    Ok((standing(hall, id, office.name, Some(seen))?, list, all))
}

/// One school down to the students.
fn school(hall: &Hall, asker: &Asker, id: &OfficeId, asked: &NationalAsked) -> Result<NationalDiff, Refusal> {
    let (standing, list, all) = of_school(hall, asker, id)?;
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let then = Then::read(&state, &list)?;
    let mut of = NationalDiff {
        school: standing,
        by_kind: BTreeMap::new(),
        total: 0,
        items: Vec::new(),
        next: None,
        keyed: 0,
        in_vain: 0,
        since: then.since,
        again: list.load > 1,
        new: 0,
        cured: 0,
        cured_items: Vec::new(),
        mark: may_mark(asker),
    };
    let beside = Beside::of(hall, id);
    for one in &all {
        for word in words(one.differing) {
            *of.by_kind.entry(word).or_default() += 1;
        }
        of.new += u32::from(then.is_new(one));
        if let Some(keyed) = keyed(&state, &list, one.number())? {
            of.keyed += 1;
            of.in_vain += u32::from(keyed.in_vain);
        }
    }
    let cured = then.cured(&state, &all)?;
    of.cured = u32::try_from(cured.len()).unwrap_or(u32::MAX);
    of.cured_items = cured.into_iter().take(MOST_CURED).collect();
    // By the system to key into, then by class and name: the paper files lie so.
    let mut order: Vec<usize> =
        (0..all.len()).filter(|at| asked.kind.is_none_or(|kind| kind == kind_of(&all[*at]))).collect();
    let mut systems = Vec::with_capacity(all.len());
    for one in &all {
        let standing = keyed(&state, &list, one.number())?.map(|keyed| keyed.system);
        systems.push(standing.unwrap_or_else(|| suggested(one, beside.done_there_first(one))));
    }
    order.sort_by_cached_key(|at| {
        let one = &all[*at];
        (systems[*at], one.class_name().to_owned(), initials(one.name()), one.name().to_owned(), kind_of(one))
    });
    let perhaps: HashMap<usize, usize> =
        proposals(&list, &all).into_iter().flat_map(|(h, t)| [(h, t), (t, h)]).collect();
    of.total = u32::try_from(order.len()).unwrap_or(u32::MAX);
    let window: Vec<usize> = order.into_iter().skip(asked.from as usize).take(count(asked)).collect();
    let notes = Notes::of(hall, asker, id, window.iter().filter_map(|at| all.get(*at)));
    let mut bytes = length(&of.cured_items);
    for at in window {
        let mut item = item(&state, &list, &all[at], systems[at], asked.whole)?;
        item.note = notes.note(&all[at]);
        item.new = then.is_new(&all[at]);
        item.application = beside.application(&all[at]);
        item.perhaps = perhaps
            .get(&at)
            .and_then(|other| all[*other].line.as_ref().or(all[at].line.as_ref()).map(|(place, _)| *place));
        bytes += length(&item);
        if bytes > MAX_LINE / 2 && !of.items.is_empty() {
            break;
        }
        of.items.push(item);
    }
    let shown = asked.from + of.items.len() as u32;
    of.next = (shown < of.total).then_some(shown);
    Ok(of)
}

fn may_mark(asker: &Asker) -> Doable {
    let posts = [Post::Entry, Post::Review, Post::Handler, Post::Reviewer, Post::Keeper];
    if posts.into_iter().any(|post| asker.actor.holds(post)) {
        return Doable::Open;
    }
    Doable::Closed(rules::R4_1.refuse(
        "对账的标记和认定由录入、审核、经办、复核或系统管理岗登记，您没有这些岗位",
        "请联系本机构有这些岗位的人员",
        &[("post", Post::Supervisor.name().to_owned())],
    ))
}

fn kind_of(one: &Differs) -> NationalKind {
    match (&one.student, &one.line) {
        (Some(_), Some(_)) => NationalKind::FieldsDiffer,
        (None, _) => NationalKind::MissingHere,
        (_, None) => NationalKind::MissingThere,
    }
}

/// The words of what differs, as they stand in `by_kind`.
fn words(differing: Differing) -> Vec<String> {
    if differing == Differing::ONLY_HERE {
        return vec!["missing_there".to_owned()];
    }
    if differing == Differing::ONLY_THERE {
        return vec!["missing_here".to_owned()];
    }
    let has = |field: &&NationalField| differing.0 & (1 << **field as u16) != 0;
    NationalField::ALL.iter().filter(has).map(|field| format!("differs:{}", field.word())).collect()
}

/// The mark that stands on a student.
fn keyed(state: &State<'_>, list: &NationalList, number: &str) -> Result<Option<KeyedView>, Refusal> {
    let mark = state.national_mark(&list.school, number)?;
    Ok(mark.as_ref().and_then(NationalMark::standing).and_then(|one| {
        let system = one.system?;
        Some(KeyedView { system, at: one.at, by: one.by.name.clone(), in_vain: one.load < list.load })
    }))
}

/// A row of the list.
pub(super) fn item(
    state: &State<'_>,
    list: &NationalList,
    one: &Differs,
    system: KeySystem,
    whole: bool,
) -> Result<NationalItem, Refusal> {
    let two = |field: &NationalField| TwoSides {
        field: field.word().to_owned(),
        here: one.student.as_ref().map(|student| here(*field, student, whole)).unwrap_or_default(),
        there: one.line.as_ref().map(|(_, line)| there(*field, line, whole)).unwrap_or_default(),
    };
    Ok(NationalItem {
        kind: kind_of(one),
        student_no: if whole { one.student_no().to_owned() } else { mask_id(one.student_no()) },
        name: one.name().to_owned(),
        fields: one.fields.iter().map(two).collect(),
        note: None,
        who: one.who(),
        class_name: one.class_name().to_owned(),
        by: one.by.map(|by| {
            match by {
                MatchedBy::Number => "number",
                MatchedBy::Former => "former",
                MatchedBy::Person => "person",
            }
            .to_owned()
        }),
        system,
        keyed: keyed(state, list, one.number())?,
        new: false,
        application: None,
        perhaps: None,
    })
}

pub(super) fn month(day: Day) -> String {
    day.format("%Y-%m").to_string()
}

pub(super) fn years(half: u8) -> String {
    if half.is_multiple_of(2) { (half / 2).to_string() } else { format!("{}.5", half / 2) }
}

pub(super) fn number(number: &str, whole: bool) -> String {
    if whole { number.to_owned() } else { mask_id(number) }
}

/// What the file here says, in the words of the national system.
pub(super) fn here(field: NationalField, student: &Student, whole: bool) -> String {
    match field {
        NationalField::Name => student.name.clone(),
        NationalField::Sex => sex(Some(student.sex)),
        NationalField::BirthDate => student.birth.to_string(),
        NationalField::EntryMonth => month(student.entry),
        NationalField::MajorCode => student.major.to_string(),
        NationalField::StudyForm => student.study_form.name().to_owned(),
        NationalField::DurationYears => years(student.half_years),
        NationalField::Status => there_as(student.status).name().to_owned(),
        NationalField::IdNo => number(&student.id_no, whole),
    }
}

/// What the line there says.
pub(super) fn there(field: NationalField, line: &NationalLine, whole: bool) -> String {
    match field {
        NationalField::Name => line.name.clone(),
        NationalField::Sex => sex(line.sex),
        NationalField::BirthDate => line.birth.map(|day| day.to_string()).unwrap_or_default(),
        NationalField::EntryMonth => line.entry.map(month).unwrap_or_default(),
        NationalField::MajorCode => line.major.clone(),
        NationalField::StudyForm => line.study_form.name().to_owned(),
        NationalField::DurationYears => line.half_years.map(years).unwrap_or_default(),
        NationalField::Status => there_as(line.status).name().to_owned(),
        NationalField::IdNo => number(&line.id_no, whole),
    }
}

fn sex(sex: Option<crate::model::Sex>) -> String {
    match sex {
        Some(crate::model::Sex::Male) => "男",
        Some(crate::model::Sex::Female) => "女",
        None => "",
    }
    .to_owned()
}

/// Open applications of a school's students, and changes that were done there first.
struct Beside {
    applications: HashMap<StudentId, crate::model::ApplicationId>,
    there_first: Vec<StudentId>,
}

impl Beside {
    fn of(hall: &Hall, school: &OfficeId) -> Beside {
        let store = hall.store();
        let unsynced = store.unsynced_of_school(school);
        let waiting = |row: &&crate::store::OpenRow| row.unsynced.as_ref().is_some_and(|one| one.national.is_some());
        let there_first = unsynced.iter().filter(waiting).map(|row| row.student).collect();
        let open = store.open_of_school(school);
        let applications = unsynced.iter().chain(&open).map(|row| (row.student, row.id)).collect();
        Beside { applications, there_first }
    }

    fn done_there_first(&self, one: &Differs) -> bool {
        one.student.as_ref().is_some_and(|student| self.there_first.contains(&student.id))
    }

    fn application(&self, one: &Differs) -> Option<crate::model::ApplicationId> {
        one.student.as_ref().and_then(|student| self.applications.get(&student.id).copied())
    }
}

/// Where else those stand who are on one side only.
struct Notes<'a> {
    hall: &'a Hall,
    asker: &'a Asker,
    school: &'a OfficeId,
    there: HashMap<String, Vec<OfficeId>>,
}

impl<'a> Notes<'a> {
    fn of<'d>(hall: &'a Hall, asker: &'a Asker, school: &'a OfficeId, all: impl Iterator<Item = &'d Differs>) -> Self {
        let alone = all.filter(|one| one.line.is_none()).map(|one| one.number().to_owned());
        Notes { hall, asker, school, there: hall.store().national_schools(&alone.collect::<Vec<_>>()) }
    }

    /// The other school by its code where it is the asker's; another office's is not named.
    fn note(&self, one: &Differs) -> Option<String> {
        let elsewhere = |schools: &[OfficeId], system: &str| {
            let other = schools.iter().find(|school| *school != self.school)?;
            Some(if self.asker.scope.covers(other) {
                format!("in the {system} at {other}")
            } else {
                format!("in the {system} at a school outside your jurisdiction")
            })
        };
        match kind_of(one) {
            NationalKind::FieldsDiffer => None,
            NationalKind::MissingThere => elsewhere(self.there.get(one.number())?, "national system"),
            NationalKind::MissingHere => elsewhere(&self.hall.store().schools_with_document(one.number()), "module"),
        }
    }
}

/// Who differed when the list before was loaded; while there is only one, when that was.
struct Then {
    since: Option<crate::model::Stamp>,
    students: BTreeMap<String, (String, Differing)>,
    list: NationalList,
}

impl Then {
    fn read(state: &State<'_>, list: &NationalList) -> Result<Then, Refusal> {
        let place = list.before();
        let past = list.past[usize::from(place)];
        let mut students = BTreeMap::new();
        for page in 0..past.map_or(0, |past| past.pages) {
            let of = state.national_before(&list.school, place, page)?.into_iter();
            students.extend(of.map(|one| (one.number, (one.name, one.differing))));
        }
        Ok(Then { since: past.map(|past| past.at), students, list: list.clone() })
    }

    fn is_new(&self, one: &Differs) -> bool {
        let then = self.students.get(one.number()).map_or(Differing::default(), |(_, differing)| *differing);
        // Whoever stood on one side only, and now on both with something left, has come nearer.
        let alone = then.0 & (Differing::ONLY_HERE.0 | Differing::ONLY_THERE.0) != 0;
        self.since.is_some() && !alone && one.differing.beyond(then)
    }

    /// Who differed then and does so no more, or in fewer fields.
    fn cured(&self, state: &State<'_>, all: &[Differs]) -> Result<Vec<CuredRow>, Refusal> {
        let now: HashMap<&str, Differing> = all.iter().map(|one| (one.number(), one.differing)).collect();
        let mut cured = Vec::new();
        for (number, (name, then)) in &self.students {
            let left = now.get(number.as_str()).copied().unwrap_or_default();
            let gone = Differing(then.0 & !left.0);
            if gone == Differing::default() {
                continue;
            }
            cured.push(CuredRow {
                name: name.clone(),
                id_no: mask_id(number),
                what: words(gone),
                whole: left == Differing::default(),
                keyed: keyed(state, &self.list, number)?.is_some(),
            });
        }
        Ok(cured)
    }
}

/// The student this names among those who differ.
pub(super) fn named(all: &[Differs], who: NationalWho) -> Option<&Differs> {
    all.iter().find(|one| match who.student {
        Some(id) => one.student.as_ref().is_some_and(|student| student.id == id),
        None => one.student.is_none() && one.line.as_ref().is_some_and(|(at, _)| Some(*at) == who.line),
    })
}
