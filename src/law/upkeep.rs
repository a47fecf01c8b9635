//! What keeps files right between applications: the paper file (Art. 3), a student away too long (Art. 13), paper
//! materials asked for from above (Art. 13), the province's check of a semester (Art. 16). Facts and a day in, verdicts
//! out.

use super::calendar::Calendar;
use super::negative::{absence_runs, after_three_months};
use super::rules::{R3_1, R3_4, R13_4, R13_5, R13_6, R16_5};
use super::windows::{self, WindowState};
use crate::model::{
    Day, Demands, Details, Finding, Level, Office, OfficeId, PaperFile, Season, Severity, Status, Student,
    WatchedStudent,
};
use chrono::Datelike;

/// The last day on which a value of the electronic file was replaced, if one ever was.
fn changed_on(student: &Student) -> Option<Day> {
    student.former.iter().map(|former| former.until).max()
}

/// What is to be done about a student's paper file: made (R3.1), brought up to date, or put right (R3.4). Nothing is
/// refused for it: the text names no consequence.
pub fn of_paper_file(student: &Student, paper: Option<&PaperFile>) -> Vec<Finding> {
    if !student.status.is_live() {
        return Vec::new();
    }
    let Some(paper) = paper else {
        return vec![R3_1.finding(
            format!("{}没有登记纸质学籍档案", student.name),
            "请学校建立纸质档案，登记档案号和存放处",
            &[("student", student.id.to_string())],
        )];
    };
    let mut found = Vec::new();
    let last = paper.checks.last();
    if let Some(check) = last.filter(|check| !check.difference.is_empty()) {
        found.push(R3_4.finding(
            format!("{} 核对时{}的电子档案与纸质档案不一致：{}", check.on, student.name, check.difference),
            "请查明哪一份有误：电子档案有误的发起信息变更，纸质档案有误的改正后再核对一次",
            &[("difference", check.difference.clone()), ("checked_on", check.on.to_string())],
        ));
    }
    // What was compared, or made, on the day of the change was compared with what stands now.
    let known = last.map_or(paper.built_on, |check| check.on.max(paper.built_on));
    if let Some(changed) = changed_on(student).filter(|changed| *changed > known) {
        found.push(R3_4.finding(
            format!("{}的信息于 {changed} 变更，纸质档案待同步更新", student.name),
            "请改正纸质档案，再登记一次核对",
            &[("changed_on", changed.to_string()), ("known_on", known.to_string())],
        ));
    }
    found
}

/// The withdrawal (退学) that Art. 13 asks for, written down for a clerk to start; never started by the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What to start.
    pub details: Details,
    /// Why, with the days.
    pub finding: Finding,
}

/// The draft for a student away without leave for more than three calendar months (R13.5), or why there is none: the
/// three months are not over, or leave, 休学 or the return has stopped them (R13.6). A pupil of compulsory education is
/// looked for by the junior school instead (Art. 12).
pub fn absence_draft(student: &Student, watched: &WatchedStudent, today: Day) -> Result<Draft, Box<Finding>> {
    let name = &student.name;
    let refuse = |because: String, remedy: &str, facts: &[(&str, String)]| {
        Err(Box::new(R13_6.refuse(because, remedy.to_owned(), facts)))
    };
    if !matches!(student.status, Status::Registered | Status::Enrolled) {
        let because = format!("{name}现为{}，离校三个月的计算停止", student.status.name());
        return refuse(because, "无须处理", &[("status", student.status.name().to_owned())]);
    }
    if let Some(until) = student.compulsory_until.filter(|until| *until >= today) {
        let because = format!("{name}义务教育阶段到 {until} 为止，离校不按退学处理");
        let remedy = "请与原初中和监护人联系，劝返复学";
        return Err(Box::new(R13_5.refuse(because, remedy, &[("compulsory_until", until.to_string())])));
    }
    let absences = watched.attendance.iter().flat_map(|of| &of.absences);
    let Some(from) = absences.filter_map(|absence| absence_runs(watched, absence, today)).min() else {
        let because = format!("{name}没有正在计算的未请假离校：没有登记离校，或者已请假、已返校");
        return refuse(because, "离校情况有误的，请登记离校、请假和返校的日期", &[("student", student.id.to_string())]);
    };
    let over = after_three_months(from);
    let facts = [("from", from.to_string()), ("over", over.to_string()), ("today", today.to_string())];
    if today < over {
        let because = format!("{name}自 {from} 起未请假离校，到 {over} 才超过三个月，今天是 {today}");
        return Err(Box::new(R13_5.refuse(because, "请先联系学生和监护人；返校或请假的，如实登记", &facts)));
    }
    let ground = format!("{from} 起未请假离校，自 {over} 起超过三个月（第十三条）");
    let finding = R13_5.finding_as(
        Severity::Notice,
        format!("{name}{from} 起未请假离校，自 {over} 起超过三个月，应按退学处理"),
        "请核实后由学校发起退学；已返校或有假条的，改为登记返校或请假",
        &facts,
    );
    Ok(Draft { details: Details::Withdrawal { ground }, finding })
}

/// Why this office may not ask for paper materials or a check on the spot; none when it may. `entitled` are the
/// competent authority and the offices above it, the nearest first.
pub fn why_not_demand(entitled: &[OfficeId], office: &Office) -> Option<Finding> {
    let place = entitled.iter().position(|one| *one == office.id);
    // Where the province is competent nobody stands above it: it is the school's superior itself.
    let above = place.is_some_and(|place| place > 0 || office.level == Level::Province);
    (!above).then(|| {
        let because = match place {
            Some(_) => format!("{}是核办的主管部门，不是其上级，不能加要纸质材料或现场审验", office.name),
            None => format!("{}不是该业务主管部门的上级", office.name),
        };
        R13_4.refuse(
            because,
            "材料以必要并能证明为限（第十三条）；确有必要的，报请上级学籍主管部门提出",
            &[("office", office.id.to_string())],
        )
    })
}

/// What the case shows of demands that are not met yet. The clock runs on (reading AMB-28).
pub fn of_demands(demands: &Demands) -> Vec<Finding> {
    let open = demands.items.iter().enumerate().filter(|(_, demand)| demand.met.is_none());
    open.map(|(at, demand)| {
        R13_4.finding(
            format!("{}于 {} 要求{}：{}", demand.by.name, demand.at.day(), demand.what.name(), demand.reason),
            "请学校提供后登记；期限照常计算，不因此停止",
            &[("number", (at + 1).to_string()), ("office", demand.by.office.to_string())],
        )
    })
    .collect()
}

/// The check that goes on today, as year and semester.
pub fn check_of(today: Day, calendar: &Calendar) -> Option<(i32, Season)> {
    let mut checks = windows::of_year(today.year(), calendar).into_iter().filter(|window| window.rule == "R16.4");
    let now = checks.find(|window| window.state(today) == WindowState::Now)?;
    Some((today.year(), if now.from.month() < 9 { Season::Spring } else { Season::Autumn }))
}

/// Why this office may not enter a problem today; none when it may.
pub fn why_not_open(office: &Office, today: Day, calendar: &Calendar) -> Option<Finding> {
    if office.level != Level::Province {
        return Some(R16_5.refuse(
            format!("学期异动核查由省教育厅进行，{}不能登记核查问题", office.name),
            "发现问题的，请报省学籍管理与服务中心",
            &[("office", office.id.to_string())],
        ));
    }
    check_of(today, calendar).is_none().then(|| {
        R16_5.refuse(
            format!("今天是 {today}，不在核查时间之内"),
            "核查时间为每年5月20日至30日、12月20日至30日",
            &[("today", today.to_string())],
        )
    })
}
