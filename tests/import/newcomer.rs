//! A new student of the exercise city, cell by cell, and a store in which such students can be registered.

use crate::world::*;
use std::collections::BTreeMap;
use xueji::law::entry::fields::{FIELDS, NATIONAL};
use xueji::law::identity::check_digit;

/// The school of these tests, and its entry account.
pub const SCHOOL: &str = "3641988001";
pub const LR: &str = "lr";

/// What may be recruited for: 660301 for three years, in part time as well, and 610301 for adults.
pub const OFFERS: &str = "school_code,year,season,major_code,campus,study_form,duration_years,plan
3641988001,2025,秋,660301,本部,全日制,3,50
3641988001,2025,秋,660301,东校区,非全日制,4,50
3641988001,2025,秋,610301,本部,全日制,2,20
3641988001,2025,春,660301,本部,全日制,3,20
3641988002,2025,秋,660301,本部,全日制,3,50
";

/// A city with qualifications and with clerks at two schools.
pub fn world() -> World {
    let world = World::new();
    let ran = world.import("qualifications", OFFERS.as_bytes(), &[]);
    assert_eq!(ran.exit, 0, "{}{}", ran.out, ran.err);
    world.account(LR, SCHOOL, &["entry"]);
    world.account("sh", SCHOOL, &["review"]);
    world.account("lr2", "3641988002", &["entry"]);
    world
}

/// A made-up number of somebody born on this day, the `n`th.
pub fn number(born: &str, n: u32) -> String {
    let body = format!("410782{}{n:03}", born.replace('-', ""));
    format!("{body}{}", check_digit(body.as_bytes()).unwrap())
}

/// The cells of an ordinary new student, the `n`th; even ones are girls.
pub fn cells(n: u32) -> BTreeMap<String, String> {
    let born = "2010-03-05";
    let wanted = [
        ("姓名", format!("演练新{}", ["甲", "乙", "丙", "丁", "戊", "己"][n as usize % 6])),
        ("性别", if n.is_multiple_of(2) { "女" } else { "男" }.into()),
        ("出生日期", born.replace('-', "")),
        ("身份证件类型", "居民身份证".into()),
        ("身份证件号", number(born, 100 + n % 90 * 10 + n % 2)),
        ("姓名拼音", "YANLIAN XIN".into()),
        ("班级名称", "25机电1班".into()),
        ("学号", format!("2025{n:04}")),
        ("学生类别", "调整后中职学生".into()),
        ("学习形式", "全日制".into()),
        ("入学方式", "统一招生考试/普通入学".into()),
        ("就读方式", "住校".into()),
        ("国籍/地区", "中国".into()),
        ("港澳台侨外", "非港澳台侨".into()),
        ("婚姻状况", "未婚".into()),
        ("乘火车区间", "无".into()),
        ("是否随迁子女", "否".into()),
        ("生源地行政区划码", "410782000000".into()),
        ("出生地行政区划码", "410782000000".into()),
        ("籍贯地行政区划码", "410782000000".into()),
        ("户口所在地区县以下详细地址", format!("演练镇演练村{n}号")),
        ("所属派出所", "演练派出所".into()),
        ("户口所在地行政区划码", "410782000000".into()),
        ("户口性质", "农业户口".into()),
        ("学生居住地类型", "农村".into()),
        ("入学年月", "202509".into()),
        ("专业简称", "机电技术应用".into()),
        ("学制", "三年制".into()),
        ("民族", "汉族".into()),
        ("政治面貌", "群众".into()),
        ("健康状况", "健康或良好".into()),
        ("学生来源", "应届".into()),
        ("招生对象", "应届初中毕业生".into()),
        ("联系电话", "13900000000".into()),
        ("是否建档立卡贫困户", "否".into()),
        ("招生方式", "统一招生".into()),
        ("联招合作类型", "非联合办学".into()),
        ("成员1姓名", "演练家长".into()),
        ("成员1关系", "父亲".into()),
        ("成员1是否监护人", "是".into()),
        ("成员1联系电话", "13900000000".into()),
    ];
    wanted.into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
}

/// The same with some cells written otherwise.
pub fn with_cells(n: u32, other: &[(&str, &str)]) -> BTreeMap<String, String> {
    let mut cells = cells(n);
    for (name, text) in other {
        cells.insert((*name).to_owned(), (*text).to_owned());
    }
    cells
}

/// The headers of the national template.
pub fn headers() -> Vec<&'static str> {
    FIELDS[..NATIONAL].iter().map(|row| row.name).collect()
}

/// Rows as a table in the template's order.
pub fn table(rows: &[BTreeMap<String, String>]) -> Vec<Vec<String>> {
    let line = |row: &BTreeMap<String, String>| {
        headers().iter().map(|name| row.get(*name).cloned().unwrap_or_default()).collect()
    };
    rows.iter().map(line).collect()
}

/// The table as CSV.
pub fn csv(rows: &[BTreeMap<String, String>]) -> String {
    let mut text = headers().join(",") + "\n";
    for row in table(rows) {
        let quoted: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        text += &(quoted.join(",") + "\n");
    }
    text
}
