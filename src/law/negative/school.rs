//! Ratings (Art. 22) and what a finding brings (Art. 23): D at once, sanctions in the next calendar year (reading
//! AMB-27), custody with the province's filing number until the school is rated C or better.

use crate::law::rules::{R4_1, R4_3, R5_12, R22_1, R22_2, R22_3, R23_1, R23_2, R23_3, R23_4};
use crate::model::{
    Actor, Basis, Day, Finding, Grade, Level, Measure, Office, OfficeId, Post, Rating, Ruling, Standing,
};
use chrono::Datelike;

/// What a verdict on a ruling rests on.
pub struct RulingCase<'a> {
    /// The school's standing.
    pub standing: &'a Standing,
    /// The school.
    pub school: &'a Office,
    /// The office that asks.
    pub office: &'a Office,
    /// The competent authority of the school and those above it.
    pub entitled: &'a [OfficeId],
    /// Whether the operator of a custody, or the office to be told, exists.
    pub other_known: bool,
}

/// Why this ruling may not be prepared by this person; none when it may be.
pub fn why_not_prepare(
    case: &RulingCase<'_>,
    actor: &Actor,
    ruling: &Ruling,
    document: &str,
    today: Day,
) -> Option<Finding> {
    who(case, ruling)
        .or_else(|| (!actor.holds(Post::Handler)).then(|| crate::law::checks::wrong_post(actor, Post::Handler)))
        .or_else(|| {
            let standing = case.standing.prepared.as_ref()?;
            Some(R5_12.refuse(
                format!("{}已提出“{}”，正待复核", standing.by.name, standing.ruling.name()),
                "请复核岗办理；复核退回后可以另提",
                &[("by", standing.by.name.clone())],
            ))
        })
        .or_else(|| what(case, ruling, today))
        .or_else(|| {
            document.trim().is_empty().then(|| {
                R4_3.refuse(
                    format!("{}须有文号", ruling.name()),
                    "请填写所依据文件的文号",
                    &[("missing", "document".to_owned())],
                )
            })
        })
}

/// The province for all but custody, which the authority above the school takes after filing with the province.
fn who(case: &RulingCase<'_>, ruling: &Ruling) -> Option<Finding> {
    let rule = match ruling {
        Ruling::Custody { .. } => {
            let may = case.office.level != Level::School && case.entitled.contains(&case.office.id);
            return (!may).then(|| {
                R23_4.refuse(
                    format!("代管由{}的上级学籍主管部门报省教育厅备案后实施", case.school.name),
                    "请由该校的主管部门或其上级办理",
                    &[("office", case.office.id.to_string())],
                )
            });
        }
        Ruling::Rate { .. } => &R22_1,
        Ruling::Veto { .. } => &R22_3,
        Ruling::Record { .. } => &R23_1,
        Ruling::Sanction { .. } => &R23_2,
        Ruling::Notify { .. } => &R23_3,
    };
    (case.office.level != Level::Province).then(|| {
        rule.refuse(
            format!("{}由省教育厅办理，{}不能办理", ruling.name(), case.office.name),
            "可以把核查结论和材料报省教育厅",
            &[("office", case.office.id.to_string())],
        )
    })
}

fn what(case: &RulingCase<'_>, ruling: &Ruling, today: Day) -> Option<Finding> {
    let standing = case.standing;
    match ruling {
        Ruling::Rate { year, text, .. } => {
            let rated =
                standing.ratings.iter().any(|one| matches!(one.basis, Basis::Yearly { year: of, .. } if of == *year));
            if rated {
                return Some(R22_1.refuse(
                    format!("{}的{year}年度已经评级，每年评级一次", case.school.name),
                    "出现违规的按一票否决或者查实办理；评级有误的请在下一年度评定",
                    &[("year", year.to_string())],
                ));
            }
            if *year > today.year() || *year < today.year() - 1 {
                return Some(R22_1.refuse(
                    format!("今天是 {today}，不能评定{year}年度"),
                    "只能评定今年或上一年度",
                    &[("year", year.to_string())],
                ));
            }
            text.trim().is_empty().then(|| {
                R22_2.refuse(
                    "评级须写明依据：评级当年和前一年的情况",
                    "标准另有通知，本程序只列数字，不替省教育厅算等级",
                    &[("missing", "text".to_owned())],
                )
            })
        }
        Ruling::Veto { reason } => reason
            .trim()
            .is_empty()
            .then(|| R22_3.refuse("一票否决须写明违规或失误的情况", "请写明事由", &[("missing", "reason".to_owned())])),
        Ruling::Record { alert } => {
            let waits = |one: &Rating| {
                matches!(&one.basis, Basis::Found { alert: of, .. } if of == alert) && one.document.is_empty()
            };
            (!standing.ratings.iter().any(waits)).then(|| {
                R23_1.refuse(
                    format!("没有因 {alert} 查实而等待备案的降级"),
                    "请先由主管部门查实该事项",
                    &[("alert", alert.to_string())],
                )
            })
        }
        Ruling::Sanction { year, measure, quota } => sanction(case, *year, *measure, *quota, today),
        Ruling::Custody { operator, filing } => custody(case, operator, filing),
        Ruling::Notify { to, text } => {
            let known = case.other_known && case.entitled.contains(to);
            (!known || text.trim().is_empty()).then(|| {
                R23_3.refuse(
                    format!("通告追责须发给{}的主管部门，并写明情况", case.school.name),
                    "请核对机构代码，写明追究责任的事由",
                    &[("to", to.to_string())],
                )
            })
        }
    }
}

fn sanction(case: &RulingCase<'_>, year: i32, measure: Measure, quota: Option<u32>, today: Day) -> Option<Finding> {
    let found: Vec<i32> = case
        .standing
        .ratings
        .iter()
        .filter(|one| matches!(one.basis, Basis::Found { .. }))
        .map(|one| one.on.year())
        .collect();
    if !found.contains(&(year - 1)) || year < today.year() {
        let listed = found.iter().map(|year| format!("{}年", year + 1)).collect::<Vec<_>>().join("、");
        let may = if listed.is_empty() {
            "该校没有查实的事项".to_owned()
        } else {
            format!("可以处理的年度：{listed}")
        };
        return Some(R23_2.refuse(
            format!("处理只在查实的下一年生效，不能定为{year}年；{may}"),
            "请核对查实的日期",
            &[("year", year.to_string())],
        ));
    }
    ((measure == Measure::Reduce) != quota.is_some()).then(|| {
        R23_2.refuse(
            "“减少”须写明最多注册多少人，其他处理不写人数",
            "请核对处理决定",
            &[("measure", measure.name().to_owned())],
        )
    })
}

fn custody(case: &RulingCase<'_>, operator: &OfficeId, filing: &str) -> Option<Finding> {
    let grade = case.standing.rating().map(|rating| rating.grade);
    if grade != Some(Grade::D) {
        let now = grade.map_or("未评级", Grade::name);
        return Some(R23_4.refuse(
            format!("只有D级的学校可以代管，{}现为{now}", case.school.name),
            "不是D级的，由学校自己管理",
            &[("grade", now.to_owned())],
        ));
    }
    if filing.trim().is_empty() {
        return Some(R23_4.refuse(
            "代管须报省教育厅备案，没有备案号不能办理",
            "请先报备，再填写备案号",
            &[("missing", "filing".to_owned())],
        ));
    }
    (!case.other_known || *operator == case.school.id).then(|| {
        R23_4.refuse(
            format!("代管机构 {operator} 不在机构名录中，或者就是该校自己"),
            "请填写主管部门或另一所学校的代码",
            &[("operator", operator.to_string())],
        )
    })
}

/// Why the second post may not speak on what is prepared; none when it may.
pub fn why_not_decide(case: &RulingCase<'_>, actor: &Actor, remark: Option<&str>) -> Option<Finding> {
    let Some(prepared) = &case.standing.prepared else {
        return Some(R5_12.refuse(
            format!("{}没有待复核的评级或处理", case.school.name),
            "请经办岗先提出",
            &[("school", case.school.id.to_string())],
        ));
    };
    if prepared.by.office != actor.office {
        return Some(R4_1.refuse(
            format!("“{}”由 {} 提出，须由同一机构的复核岗复核", prepared.ruling.name(), prepared.by.office),
            "请等待该机构复核",
            &[("office", prepared.by.office.to_string())],
        ));
    }
    if !actor.holds(Post::Reviewer) {
        return Some(crate::law::checks::wrong_post(actor, Post::Reviewer));
    }
    if prepared.by.is_of(&actor.person) {
        return Some(crate::law::checks::same_person(actor, prepared.by.post));
    }
    remark
        .is_some_and(|remark| remark.trim().is_empty())
        .then(|| R4_3.refuse("退回经办须写明意见", "请写明哪里不妥、要怎样改", &[("missing", "remark".to_owned())]))
}

/// Why this school may not register one more new student of that year's two seasons (R23.2, reading AMB-27); none when
/// it may. `registered` counts those of the year already registered. Existing students are not touched.
pub fn registration(standing: &Standing, year: i32, registered: u32) -> Option<Finding> {
    let (measure, quota) = standing.sanction(year)?;
    let facts = |more: &str| {
        vec![("year", year.to_string()), ("measure", measure.name().to_owned()), ("quota", more.to_owned())]
    };
    match (measure, quota) {
        (Measure::Stop, _) => Some(R23_2.refuse(
            format!("该校{year}年停止新生学籍注册"),
            "这是省教育厅对上一年查实事项的处理；在校学生的业务照常办理",
            &facts(""),
        )),
        (Measure::Reduce, Some(quota)) if registered >= quota => Some(R23_2.refuse(
            format!("该校{year}年新生注册限额{quota}人，已注册{registered}人"),
            "限额由省教育厅决定；在校学生的业务照常办理",
            &facts(&quota.to_string()),
        )),
        _ => None,
    }
}

/// Why a new student of that year cannot be filed (R23.2); none when he can. Who was registered before the province's
/// decision is an existing student and is filed; of those after it, `before` counts everybody of the year who was
/// registered earlier.
pub fn filing(standing: &Standing, year: i32, registered_on: Option<Day>, before: u32) -> Option<Finding> {
    let since = standing.sanctioned(year)?.at.day();
    if registered_on.is_none_or(|on| on < since) {
        return None;
    }
    registration(standing, year, before)
}
