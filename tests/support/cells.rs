//! The cells of new students as the national template has them, made up for the exercise city.

use std::collections::BTreeMap;
use xueji::law::identity::check_digit;

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
