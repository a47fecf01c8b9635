//! Reconciliation (对账, FM5): who differs between the two systems, what people say of pairs, what was keyed over. The
//! list itself comes in by `import`; nothing here changes a student.

use super::{Asked, Refused, State, Writes, scope};
use crate::law::rules;
use crate::model::{
    ConfirmPair, DifferedThen, Differing, ExportReconcile, KeySystem, Keyed, Level, MarkKeyed, NATIONAL_PAGE,
    NationalField, NationalLine, NationalList, NationalMark, NationalPage, NationalPair, NationalWho, OfficeId, Post,
    Record, RecordKey, Signature, Student, Write, fields_differ, perhaps_the_same,
};
use crate::store::{Comparison, MatchedBy, StoreError};
use serde_json::{Value, json};

/// Most students of one marking.
pub const MOST_MARKED: usize = 200;
/// Most marks that are kept of one student: the oldest go.
const MOST_MARKS: usize = 20;
/// Most that is kept of what persons said of pairs of one school.
const MOST_PAIRS: usize = 2000;

/// A student who differs, with both sides.
#[derive(Debug, Clone)]
pub struct Differs {
    /// The file here.
    pub student: Option<Box<Student>>,
    /// The line there, with its place.
    pub line: Option<(u32, Box<NationalLine>)>,
    /// In what.
    pub differing: Differing,
    /// The fields of one who is on both sides.
    pub fields: Vec<NationalField>,
    /// By what both sides were laid together.
    pub by: Option<MatchedBy>,
}

impl Differs {
    /// Document number: here, or there for one who is there only.
    pub fn number(&self) -> &str {
        match (&self.student, &self.line) {
            (Some(student), _) => &student.id_no,
            (None, Some((_, line))) => &line.id_no,
            (None, None) => "",
        }
    }

    /// 学籍号, of the same side.
    pub fn student_no(&self) -> &str {
        match (&self.student, &self.line) {
            (Some(student), _) => &student.student_no,
            (None, Some((_, line))) => &line.student_no,
            (None, None) => "",
        }
    }

    /// Name, of the same side.
    pub fn name(&self) -> &str {
        match (&self.student, &self.line) {
            (Some(student), _) => &student.name,
            (None, Some((_, line))) => &line.name,
            (None, None) => "",
        }
    }

    /// Class, of the same side.
    pub fn class_name(&self) -> &str {
        match (&self.student, &self.line) {
            (Some(student), _) => &student.class_name,
            (None, Some((_, line))) => &line.class_name,
            (None, None) => "",
        }
    }

    /// How requests name him.
    pub fn who(&self) -> NationalWho {
        NationalWho {
            student: self.student.as_ref().map(|student| student.id),
            line: self.line.as_ref().map(|(at, _)| *at),
        }
    }
}

impl State<'_> {
    /// What is known of the national system's list of a school.
    pub fn national_list(&self, school: &OfficeId) -> Result<Option<NationalList>, StoreError> {
        Ok(match self.get(&RecordKey::NationalList(school.clone()))? {
            Some(Record::NationalList(of)) => Some(*of),
            _ => None,
        })
    }

    /// A page of it.
    pub fn national_page(&self, school: &OfficeId, page: u32) -> Result<Option<NationalPage>, StoreError> {
        Ok(match self.get(&RecordKey::NationalPage(school.clone(), page))? {
            Some(Record::NationalPage(of)) => Some(*of),
            _ => None,
        })
    }

    /// The line at this place of it.
    pub fn national_line(&self, school: &OfficeId, at: u32) -> Result<Option<NationalLine>, StoreError> {
        let page = self.national_page(school, at / NATIONAL_PAGE as u32)?;
        Ok(page.and_then(|page| page.line(at as usize % NATIONAL_PAGE)))
    }

    /// The marks on a student of it.
    pub fn national_mark(&self, school: &OfficeId, number: &str) -> Result<Option<NationalMark>, StoreError> {
        Ok(match self.get(&RecordKey::NationalMark(school.clone(), number.to_owned()))? {
            Some(Record::NationalMark(of)) => Some(of),
            _ => None,
        })
    }

    /// Some of those who differed when a list was loaded.
    pub fn national_before(&self, school: &OfficeId, place: u8, page: u32) -> Result<Vec<DifferedThen>, StoreError> {
        Ok(match self.get(&RecordKey::NationalBefore(school.clone(), place, page))? {
            Some(Record::NationalBefore(of)) => of.students,
            _ => Vec::new(),
        })
    }

    /// A list that is not stored yet, laid beside the files as they are stored.
    pub fn national_would_be(&self, school: &OfficeId, lines: &[NationalLine]) -> Comparison {
        self.store().national_would_be(school, lines)
    }
}

/// Reads those who differ, and only them: on both sides first, then who is there only, then who is here only.
pub fn differing(
    state: &State<'_>,
    compared: &Comparison,
    line: &dyn Fn(u32) -> Result<Option<NationalLine>, StoreError>,
) -> Result<Vec<Differs>, StoreError> {
    let mut all = Vec::with_capacity(compared.differing() as usize);
    for one in &compared.unequal {
        let (Some(student), Some(there)) = (state.student(one.student)?, line(one.line)?) else { continue };
        let mut fields = fields_differ(&student, &there);
        if one.by != MatchedBy::Number {
            fields.push(NationalField::IdNo);
        }
        all.push(Differs {
            differing: Differing::fields(&fields),
            student: Some(Box::new(student)),
            line: Some((one.line, Box::new(there))),
            fields,
            by: Some(one.by),
        });
    }
    for at in &compared.only_there {
        let there = line(*at)?.map(|line| (*at, Box::new(line)));
        let none = there.is_none();
        let one =
            Differs { student: None, line: there, differing: Differing::ONLY_THERE, fields: Vec::new(), by: None };
        all.extend((!none).then_some(one));
    }
    for id in &compared.only_here {
        let here = state.student(*id)?.map(Box::new);
        let none = here.is_none();
        let one = Differs { student: here, line: None, differing: Differing::ONLY_HERE, fields: Vec::new(), by: None };
        all.extend((!none).then_some(one));
    }
    Ok(all)
}

/// Everybody of a school who differs now; none without a list.
pub fn differing_now(state: &State<'_>, school: &OfficeId) -> Result<Option<(Comparison, Vec<Differs>)>, StoreError> {
    let Some(compared) = state.store().national(school) else { return Ok(None) };
    let all = differing(state, &compared, &|at| state.national_line(school, at))?;
    Ok(Some((compared, all)))
}

/// Files here and lines there of perhaps the same student, by their places among those who differ. Whoever a person has
/// told apart is not asked about again.
pub fn proposals(list: &NationalList, all: &[Differs]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (h, here) in all.iter().enumerate() {
        let (Some(student), None) = (&here.student, &here.line) else { continue };
        for (t, there) in all.iter().enumerate() {
            let (None, Some((_, line))) = (&there.student, &there.line) else { continue };
            let apart = list.said_of(student.id, &line.id_no).is_some_and(|pair| !pair.same);
            if !apart && perhaps_the_same(student, line) {
                found.push((h, t));
            }
        }
    }
    found
}

/// Into which system a difference is keyed unless somebody knows better: what was granted here and is not in the other
/// system goes there, and so does what stands here alone, for a file here changes only through an application (R2.2).
/// What is there alone, or was done there first, goes into the module (R16.2).
pub fn suggested(differs: &Differs, done_there_first: bool) -> KeySystem {
    if differs.student.is_none() || done_there_first { KeySystem::Module } else { KeySystem::National }
}

/// The list of a school that the asker may work on, at the load the desk saw.
fn fresh_list(
    state: &State<'_>,
    asked: &Asked<'_>,
    school: &OfficeId,
    load: u32,
) -> Result<(NationalList, Signature), Refused> {
    let unknown = || Refused::NotFound(format!("没有学校 {school} 的全国系统名单，或者不在您的管辖范围"));
    if !scope(asked.actor, state)?.covers(school) {
        return Err(unknown());
    }
    let list = state.national_list(school)?.ok_or_else(unknown)?;
    let posts = [Post::Entry, Post::Review, Post::Handler, Post::Reviewer, Post::Keeper];
    let Some(post) = posts.into_iter().find(|post| asked.actor.holds(*post)) else {
        let refusal = rules::R4_1.refuse(
            "对账的标记和认定由录入、审核、经办、复核或系统管理岗登记，您没有这些岗位",
            "请联系本机构有这些岗位的人员",
            &[("school", school.to_string())],
        );
        return Err(refusal.into());
    };
    if list.load != load {
        let message =
            format!("学校 {school} 的名单已重新载入（第{}次，您看到的是第{load}次）；请刷新后再标记", list.load);
        return Err(Refused::Input(message));
    }
    Ok((list, asked.actor.sign(post)))
}

/// The student's document number and in what he differs; refused when he is nobody of this school's.
fn meant(
    state: &State<'_>,
    school: &OfficeId,
    compared: &Comparison,
    who: NationalWho,
) -> Result<(String, Differing), Refused> {
    let gone = || Refused::Input("这名学生的两边已经一致，或者不在这所学校的名单里；请刷新后再标记".to_owned());
    let one = Comparison {
        unequal: compared.unequal.iter().filter(|one| Some(one.student) == who.student).copied().collect(),
        only_here: compared.only_here.iter().filter(|id| Some(**id) == who.student).copied().collect(),
        only_there: (compared.only_there.iter())
            .filter(|at| who.student.is_none() && Some(**at) == who.line)
            .copied()
            .collect(),
        ..Comparison::default()
    };
    let found = differing(state, &one, &|at| state.national_line(school, at))?;
    let one = found.first().ok_or_else(gone)?;
    Ok((one.number().to_owned(), one.differing))
}

/// Marks students as keyed over, or takes the marks back.
pub(super) fn mark(state: &State<'_>, asked: &Asked<'_>, of: &MarkKeyed) -> Result<(Writes, Value), Refused> {
    let (list, by) = fresh_list(state, asked, &of.school, of.load)?;
    if of.students.is_empty() || of.students.len() > MOST_MARKED {
        return Err(Refused::Input(format!("每次标记1至{MOST_MARKED}人，现在是{}人", of.students.len())));
    }
    let compared = state.store().national(&of.school).unwrap_or_default();
    let mut writes: Writes = Vec::new();
    for who in &of.students {
        let (number, differing) = meant(state, &of.school, &compared, *who)?;
        let again = |write: &Write| matches!(&write.record, Record::NationalMark(mark) if mark.number == number);
        if writes.iter().any(again) {
            return Err(Refused::Input("同一名学生在这次标记里出现两次；请去掉一个".to_owned()));
        }
        let mut mark = state.national_mark(&of.school, &number)?.unwrap_or_else(|| NationalMark {
            school: of.school.clone(),
            number,
            revision: 0,
            keyed: Vec::new(),
        });
        let based_on = mark.revision;
        mark.revision += 1;
        mark.keyed.push(Keyed { differing, system: of.system, load: list.load, by: by.clone(), at: asked.now });
        let over = mark.keyed.len().saturating_sub(MOST_MARKS);
        mark.keyed.drain(..over);
        writes.push(Write { record: Record::NationalMark(mark), based_on });
    }
    let answer = json!({ "school": of.school, "load": list.load, "marked": writes.len(), "system": of.system });
    Ok((writes, answer))
}

/// Writes down what a person says of a pair: the same student, or not. Nothing else decides it.
pub(super) fn confirm(state: &State<'_>, asked: &Asked<'_>, of: &ConfirmPair) -> Result<(Writes, Value), Refused> {
    let (mut list, by) = fresh_list(state, asked, &of.school, of.load)?;
    let here = state.student(of.student)?.filter(|student| student.school == of.school);
    let there = state.national_line(&of.school, of.line)?;
    let (Some(student), Some(line)) = (here, there) else {
        return Err(Refused::NotFound("本库的学籍或全国系统的这一行已不在这所学校；请刷新后再认定".to_owned()));
    };
    if student.id_no == line.id_no {
        return Err(Refused::Input("两边证件号相同，已按证件号对上，不需要认定".to_owned()));
    }
    if of.same && !perhaps_the_same(&student, &line) {
        let refusal = rules::R8_1.refuse(
            "两边的姓名或出生日期不同，不能认定为同一人",
            "请先核对身份证件，需要改的按信息变更办理，一致后再认定",
            &[("student", of.student.to_string())],
        );
        return Err(refusal.into());
    }
    if list.said_of(of.student, &line.id_no).is_some_and(|pair| pair.same == of.same) {
        return Err(Refused::Input("这一对已经这样认定过了".to_owned()));
    }
    let pair = NationalPair { student: of.student, number: line.id_no, same: of.same, by, at: asked.now };
    list.pairs.retain(|known| (known.student, &known.number) != (pair.student, &pair.number));
    if list.pairs.len() >= MOST_PAIRS {
        return Err(Refused::Input(format!(
            "这所学校认定过的已满{MOST_PAIRS}对；请先在全国系统更正证件号并重新载入名单"
        )));
    }
    list.pairs.push(pair);
    let based_on = list.revision;
    list.revision += 1;
    let answer = json!({ "school": of.school, "load": list.load, "student": of.student, "same": of.same });
    Ok((vec![Write { record: Record::NationalList(Box::new(list)), based_on }], answer))
}

/// Journals that numbers were given out whole, for a file. The answer does not hold them: answers are stored.
pub(super) fn export(state: &State<'_>, asked: &Asked<'_>, of: &ExportReconcile) -> Result<(Writes, Value), Refused> {
    let within = scope(asked.actor, state)?;
    if let Some(school) = &of.school {
        let known = state.office(school)?.filter(|office| office.level == Level::School && within.covers(&office.id));
        if known.is_none() {
            return Err(Refused::NotFound(format!("没有学校 {school}，或者不在您的管辖范围")));
        }
    }
    Ok((Vec::new(), json!({ "school": of.school, "at": asked.now })))
}
