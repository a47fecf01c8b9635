//! Readings: where the regulation can be read in more than one way, the one this program follows, since when. They stand
//! here and nowhere else as texts, so that a desk can say what is our reading; when the province answers otherwise, its
//! answer is a further line with its own day, and what was judged before keeps the line of its day.

use crate::model::Day;
use serde::Serialize;

/// One way of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Number in the list of ambiguities.
    pub id: &'static str,
    /// Rules that rest on it.
    pub rules: &'static [&'static str],
    /// What is open.
    pub question: &'static str,
    /// How it is read.
    pub reading: &'static str,
    /// From which day on it is read so.
    pub since: &'static str,
}

const fn read(
    id: &'static str,
    rules: &'static [&'static str],
    question: &'static str,
    reading: &'static str,
) -> Reading {
    Reading { id, rules, question, reading, since: super::IN_FORCE }
}

/// All of them, by number; of one number the later day stands later.
pub static READINGS: &[Reading] = &[
    read(
        "AMB-1",
        &["X.1", "X.2"],
        "事件发生的当天算不算、调休上班的周末算不算",
        "当天不算，次日起算；调休上班的周六周日算工作日",
    ),
    read("AMB-2", &["R10.4"], "九月一日当天满十八周岁算不算已满", "算已满，从有利于学生的一面读"),
    read("AMB-3", &["R10.5"], "非全日制学制的下限", "条文只定最长，下限按本人的基本规定：三年，已满十八周岁的一年"),
    read("AMB-4", &["R10.2", "R10.4"], "既是应届初中毕业生又已满十八周岁", "三年两条都合；不足三年的提醒并须写明理由"),
    read("AMB-5", &["R10.4"], "春季入学按哪一个九月一日", "入学当年的九月一日，还没有到也按它"),
    read("AMB-6", &["R5.11"], "高等学校中职段由谁主管", "名册指明的机构；没有指明的由省教育厅"),
    read(
        "AMB-7",
        &["R8.3"],
        "双方主管部门之一本身就是共同上级，或者双方同一主管部门",
        "由市里另外的人审定；同一主管部门的由它一并决定",
    ),
    read(
        "AMB-8",
        &["R12.3"],
        "转学各方的先后和时限",
        "依次办理，每一方自收到之日起各有十个工作日；转出学校自学生交来申请起算",
    ),
    read("AMB-9", &["R5.3", "R12.4"], "跨市转学涉及省管专业或省属学校", "直接由省教育厅办理，市县知会"),
    read("AMB-10", &["R12.4", "R12.5"], "逐级审批中市、省的时限", "条文没有给出，只显示十个工作日的参考时限"),
    read("AMB-11", &["R12.5"], "怎样算一批三十人", "同样两校、同一次办理，满三十人即是；拆分的提醒核实"),
    read(
        "AMB-12",
        &["R6.2", "R6.3", "R6.6", "R16.4", "R16.6", "R17.1"],
        "固定日期遇到周末",
        "日期不顺延，提醒提前到之前的最后一个工作日",
    ),
    read("AMB-13", &["R6.9"], "十一月二十日以后、四月二十日以前入学", "按下一个四月二十日的春季办理，须有春季招生资质"),
    read(
        "AMB-14",
        &["R8.5", "R6.8"],
        "截止日时重复学籍或退回补正还没有处理完",
        "注册按提交日算；备案必须在截止日以前办成",
    ),
    read(
        "AMB-15",
        &["R12.18"],
        "“秋季学期开始前”指哪一天",
        "严格早于省里公布的开学日，没有公布的按九月一日；以提交之日为准",
    ),
    read("AMB-16", &["R12.16"], "剩余一年半从何时算起", "自原校入学起满三年，剩余至少三个学期"),
    read("AMB-17", &["R12.17"], "提前毕业“一般”不超过一年", "超过一年的不办；例外由省里写明理由"),
    read("AMB-18", &["R13.5", "FM4.1"], "三个月是否扣除假期", "按日历月计算，不扣假期；只提醒，由人判断"),
    read("AMB-19", &["FM4.2"], "“多次检查”是几次", "第二次提示，第三次预警"),
    read("AMB-20", &["R12.21"], "哪一年是毕业年级", "预计毕业所在的学年，自其秋季开学起"),
    read("AMB-21", &["R12.13"], "“不得开除”管哪些事", "学校办理的退学和注销"),
    read("AMB-22", &["R12.9", "R12.11"], "初中转入报哪个批准机关备案", "中等职业学校的学籍主管部门"),
    read("AMB-23", &["FM5.1"], "百分之二的分母和单位", "全国系统的在籍人数；一名学生只计一次"),
    read("AMB-24", &["FM8.1", "FM8.2"], "按哪一年、哪一天计数", "自然年（春秋两季备案），在校生看十二月三十日"),
    read("AMB-25", &["R17.4"], "证书编号既由各段组成又随机", "前段固定，序列号随机抽取、不重复"),
    read("AMB-26", &["R21.3", "R23.1"], "由谁查实", "主管部门或其上级；降级由省里备案"),
    read(
        "AMB-27",
        &["R23.2"],
        "“下一年”是哪一年，哪些算新生注册",
        "下一个自然年的春秋两季；初中、普高、技工转入而新建学籍的都算，中职之间转学不算",
    ),
    read("AMB-28", &["R13.4"], "要求纸质材料时期限停不停", "不停，规程没有规定"),
    read("AMB-29", &["R5.9", "R5.12"], "省级是否也要双岗", "也要"),
    read("AMB-30", &["R26.1"], "施行日期", "二〇二一年四月十二日"),
    read("AMB-31", &["R5.3"], "省管专业的名单", "省里发布的基础数据，二十三个医药卫生类加一个教育类，按版本保存"),
    read("AMB-32", &["R12.20"], "省属学校非省管专业接收普高、技工学生", "由省教育厅审核"),
    read("AMB-33", &["R17.1"], "冬季完成学业的何时发证", "自下一个六月十一日起"),
    read("AMB-34", &["R2.3"], "3+2 满三年是否发中职毕业证", "批准的方案写明的才发"),
    read("AMB-35", &["R8.6"], "与技工学校重复是否走第八条", "登记外部核查和提醒，不另造审批"),
    read("AMB-36", &["R12.15"], "第五、第六学期对应几年", "第五学期四年，第六学期三年半"),
    read("AMB-37", &["R12.6"], "跨省转学是否还要逐级审批", "只须备案"),
    read("AMB-38", &["R1.2"], "只见于教育部办法的条件是否拒绝", "只作提示，并写明出处"),
    read("AMB-39", &["R12.20"], "省直管县（市）、济源的普高转入", "该局即为市级"),
];

/// The readings a rule rests on, as they stand on a day: of each number the latest that has begun.
pub fn of_rule(rule: &str, on: Day) -> Vec<&'static Reading> {
    let begun = |one: &&Reading| one.since.parse().is_ok_and(|since: Day| since <= on);
    let mut found: Vec<&'static Reading> = Vec::new();
    for one in READINGS.iter().filter(|one| one.rules.contains(&rule)).filter(begun) {
        match found.iter_mut().find(|known| known.id == one.id) {
            Some(known) => *known = one,
            None => found.push(one),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_stand_in_order_each_on_a_day_and_cover_the_list() {
        let number = |one: &Reading| one.id.trim_start_matches("AMB-").parse::<u32>().unwrap();
        assert!(READINGS.windows(2).all(|pair| (number(&pair[0]), pair[0].since) < (number(&pair[1]), pair[1].since)));
        let numbers: std::collections::BTreeSet<u32> = READINGS.iter().map(number).collect();
        assert_eq!(numbers, (1..=39).collect());
        for one in READINGS {
            assert!(one.since.parse::<Day>().is_ok() && !one.rules.is_empty(), "{}", one.id);
        }
    }

    #[test]
    fn what_a_rule_calls_our_reading_stands_here() {
        use crate::law::rules;
        for rule in rules::ALL {
            let claims = ["我们的读法", "读作"].iter().any(|word| rule.summary.contains(word));
            let here = READINGS.iter().any(|one| one.rules.contains(&rule.id));
            assert!(here || !claims, "{}: its reading is kept nowhere", rule.id);
        }
        for one in READINGS {
            for id in one.rules {
                assert!(rules::find(id).is_some(), "{}: there is no rule {id}", one.id);
            }
        }
    }

    #[test]
    fn a_rule_is_told_its_readings_from_their_day_on() {
        let on = |day: &str| of_rule("FM4.2", day.parse().unwrap()).iter().map(|one| one.id).collect::<Vec<_>>();
        assert_eq!(on("2021-04-12"), ["AMB-19"]);
        assert_eq!(on("2021-04-11"), [""; 0]);
        assert!(of_rule("R13.2", "2025-09-26".parse().unwrap()).is_empty());
    }
}
