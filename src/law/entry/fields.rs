//! The fields of a new student: the columns of the national template in its order, then what the regulation asks beyond
//! them. Form, grid, import and export all speak of fields by these rows.

/// Whether a field must be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// Always.
    Always,
    /// Never.
    Optional,
    /// When the student was recruited jointly (联合办学).
    Joint,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A person's name.
    Name,
    /// The name spelled in letters; filled in from the name when nobody typed it.
    Pinyin,
    /// Any text.
    Text,
    /// A value of this code set.
    Set(&'static str),
    /// A day, `20090305`.
    Date,
    /// A month, `202509`.
    Month,
    /// The number of the identity document.
    Document,
    /// A region code of twelve digits, or the six they begin with.
    Region,
    /// A telephone number.
    Phone,
    /// A major, by code or name.
    Major,
    /// A length of study, `三年制` or `3`.
    Years,
    /// A number.
    Number,
    /// Six digits.
    Postcode,
    /// 春 or 秋.
    Season,
}

/// One field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldRow {
    /// Place in the national template, from 1; from 101 for fields it does not have.
    pub place: u8,
    /// The header of the national template.
    pub name: &'static str,
    /// Its name for programs.
    pub id: &'static str,
    /// Its English name.
    pub english: &'static str,
    /// Whether it must be filled in.
    pub need: Need,
    /// What it holds.
    pub form: Form,
    /// Whether it is usually the same from one new student to the next.
    pub carry: bool,
    /// Other headers people write.
    pub others: &'static [&'static str],
}

#[expect(clippy::too_many_arguments, reason = "a row of a table")]
const fn row(
    place: u8,
    name: &'static str,
    id: &'static str,
    english: &'static str,
    need: Need,
    form: Form,
    carry: bool,
    others: &'static [&'static str],
) -> FieldRow {
    FieldRow { place, name, id, english, need, form, carry, others }
}

/// How many fields there are.
pub const COUNT: usize = 83;

/// How many of them are columns of the national template.
pub const NATIONAL: usize = 73;

/// All fields, the national ones first.
#[rustfmt::skip]
pub const FIELDS: [FieldRow; COUNT] = [
    row(1, "姓名", "name", "Name", Need::Always, Form::Name, false, &[]),
    row(2, "性别", "sex", "Sex", Need::Always, Form::Set("sex"), false, &[]),
    row(3, "出生日期", "birth_date", "Born", Need::Always, Form::Date, false, &[]),
    row(4, "身份证件类型", "id_kind", "Document", Need::Always, Form::Set("id_doc"), true, &[]),
    row(5, "身份证件号", "id_no", "Document no.", Need::Always, Form::Document, false, &["身份证号", "证件号码", "身份证件号码"]),
    row(6, "姓名拼音", "pinyin", "Spelled", Need::Always, Form::Pinyin, false, &[]),
    row(7, "班级名称", "class_name", "Class", Need::Always, Form::Text, true, &["班级"]),
    row(8, "学号", "school_no", "School no.", Need::Always, Form::Text, false, &[]),
    row(9, "学生类别", "student_type", "Student type", Need::Always, Form::Text, true, &[]),
    row(10, "学习形式", "study_form", "Form of study", Need::Always, Form::Set("study_form"), true, &[]),
    row(11, "入学方式", "admission_way", "Admission", Need::Always, Form::Set("admission"), true, &[]),
    row(12, "就读方式", "boarding", "Boarding", Need::Always, Form::Set("boarding"), true, &[]),
    row(13, "国籍/地区", "nationality", "Nationality", Need::Always, Form::Text, true, &[]),
    row(14, "港澳台侨外", "hmt_foreign", "HK/Macao/TW/abroad", Need::Always, Form::Set("hmt_foreign"), true, &[]),
    row(15, "婚姻状况", "marital", "Marital", Need::Always, Form::Set("marital"), true, &[]),
    row(16, "乘火车区间", "railway", "Railway", Need::Always, Form::Text, true, &[]),
    row(17, "是否随迁子女", "migrant_child", "Migrant child", Need::Always, Form::Set("yes_no"), true, &[]),
    row(18, "生源地行政区划码", "origin_region", "Origin region", Need::Always, Form::Region, false, &[]),
    row(19, "出生地行政区划码", "birth_region", "Birth region", Need::Always, Form::Region, false, &[]),
    row(20, "籍贯地行政区划码", "native_region", "Native region", Need::Always, Form::Region, false, &[]),
    row(21, "户口所在地区县以下详细地址", "household_address", "Household address", Need::Always, Form::Text, false, &[]),
    row(22, "所属派出所", "police_station", "Police station", Need::Always, Form::Text, false, &[]),
    row(23, "户口所在地行政区划码", "household_region", "Household region", Need::Always, Form::Region, false, &["户籍所在地行政区划码"]),
    row(24, "户口性质", "household", "Household", Need::Always, Form::Set("household"), true, &[]),
    row(25, "学生居住地类型", "residence", "Residence", Need::Always, Form::Set("residence"), true, &[]),
    row(26, "入学年月", "entry_month", "Entry month", Need::Always, Form::Month, true, &[]),
    row(27, "专业简称", "major", "Major", Need::Always, Form::Major, true, &["专业", "专业名称", "专业代码"]),
    row(28, "学制", "duration", "Length of study", Need::Always, Form::Years, true, &[]),
    row(29, "民族", "nation", "Ethnic group", Need::Always, Form::Set("ethnic"), true, &[]),
    row(30, "政治面貌", "political", "Political status", Need::Always, Form::Set("political"), true, &[]),
    row(31, "健康状况", "health", "Health", Need::Always, Form::Set("health"), true, &[]),
    row(32, "学生来源", "source", "Source", Need::Always, Form::Set("source"), true, &[]),
    row(33, "招生对象", "entrant", "Entrant", Need::Always, Form::Set("recruit_target"), true, &[]),
    row(34, "联系电话", "phone", "Telephone", Need::Always, Form::Phone, false, &[]),
    row(35, "是否建档立卡贫困户", "poverty", "Poverty register", Need::Always, Form::Set("yes_no"), true, &[]),
    row(36, "招生方式", "recruit_mode", "Recruitment", Need::Always, Form::Set("recruit_mode"), true, &[]),
    row(37, "联招合作类型", "joint", "Joint recruitment", Need::Always, Form::Set("joint"), true, &[]),
    row(38, "准考证号", "exam_no", "Exam ticket", Need::Optional, Form::Text, false, &[]),
    row(39, "考生号", "candidate_no", "Candidate no.", Need::Optional, Form::Text, false, &[]),
    row(40, "考试总分", "score", "Score", Need::Optional, Form::Number, false, &[]),
    row(41, "联招合作办学形式", "joint_form", "Joint form", Need::Joint, Form::Text, false, &[]),
    row(42, "联招合作学校代码", "joint_school", "Joint school", Need::Joint, Form::Text, false, &[]),
    row(43, "校外教学点", "study_place", "Teaching point", Need::Optional, Form::Text, false, &[]),
    row(44, "分段培养方式", "segment", "Programme", Need::Optional, Form::Set("segment"), true, &[]),
    row(45, "英文姓名", "english_name", "English name", Need::Optional, Form::Text, false, &[]),
    row(46, "电子信箱/其他联系方式", "contact", "Mail", Need::Optional, Form::Text, false, &[]),
    row(47, "家庭现地址", "home_address", "Home address", Need::Optional, Form::Text, false, &["现住址"]),
    row(48, "家庭邮政编码", "postcode", "Postcode", Need::Optional, Form::Postcode, false, &[]),
    row(49, "家庭电话", "home_phone", "Home telephone", Need::Optional, Form::Phone, false, &[]),
    row(50, "成员1姓名", "member1_name", "Member 1 name", Need::Always, Form::Text, false, &[]),
    row(51, "成员1关系", "member1_relation", "Member 1 relation", Need::Always, Form::Set("relation"), false, &[]),
    row(52, "成员1是否监护人", "member1_guardian", "Member 1 guardian", Need::Always, Form::Set("yes_no"), false, &[]),
    row(53, "成员1联系电话", "member1_phone", "Member 1 telephone", Need::Always, Form::Phone, false, &[]),
    row(54, "成员1出生年月", "member1_birth_month", "Member 1 born", Need::Optional, Form::Month, false, &[]),
    row(55, "成员1身份证件类型", "member1_id_kind", "Member 1 document", Need::Optional, Form::Set("id_doc"), false, &[]),
    row(56, "成员1身份证件号", "member1_id_no", "Member 1 document no.", Need::Optional, Form::Text, false, &[]),
    row(57, "成员1民族", "member1_nation", "Member 1 ethnic group", Need::Optional, Form::Set("ethnic"), false, &[]),
    row(58, "成员1政治面貌", "member1_political", "Member 1 political status", Need::Optional, Form::Set("political"), false, &[]),
    row(59, "成员1健康状况", "member1_health", "Member 1 health", Need::Optional, Form::Set("health"), false, &[]),
    row(60, "成员1工作或学习单位", "member1_work", "Member 1 work", Need::Optional, Form::Text, false, &[]),
    row(61, "成员1职务", "member1_position", "Member 1 position", Need::Optional, Form::Text, false, &[]),
    row(62, "成员2姓名", "member2_name", "Member 2 name", Need::Optional, Form::Text, false, &[]),
    row(63, "成员2关系", "member2_relation", "Member 2 relation", Need::Optional, Form::Set("relation"), false, &[]),
    row(64, "成员2是否监护人", "member2_guardian", "Member 2 guardian", Need::Optional, Form::Set("yes_no"), false, &[]),
    row(65, "成员2联系电话", "member2_phone", "Member 2 telephone", Need::Optional, Form::Phone, false, &[]),
    row(66, "成员2出生年月", "member2_birth_month", "Member 2 born", Need::Optional, Form::Month, false, &[]),
    row(67, "成员2身份证件类型", "member2_id_kind", "Member 2 document", Need::Optional, Form::Set("id_doc"), false, &[]),
    row(68, "成员2身份证件号", "member2_id_no", "Member 2 document no.", Need::Optional, Form::Text, false, &[]),
    row(69, "成员2民族", "member2_nation", "Member 2 ethnic group", Need::Optional, Form::Set("ethnic"), false, &[]),
    row(70, "成员2政治面貌", "member2_political", "Member 2 political status", Need::Optional, Form::Set("political"), false, &[]),
    row(71, "成员2健康状况", "member2_health", "Member 2 health", Need::Optional, Form::Set("health"), false, &[]),
    row(72, "成员2工作或学习单位", "member2_work", "Member 2 work", Need::Optional, Form::Text, false, &[]),
    row(73, "成员2职务", "member2_position", "Member 2 position", Need::Optional, Form::Text, false, &[]),
    row(101, "校区", "campus", "Campus", Need::Optional, Form::Text, true, &[]),
    row(102, "招生季节", "season", "Season", Need::Optional, Form::Season, true, &["季节", "入学季节"]),
    row(103, "入学手续办结日期", "enrolled_on", "Enrolled on", Need::Optional, Form::Date, true, &["报到日期", "入学日期"]),
    row(104, "录取依据", "admission", "Proof of admission", Need::Optional, Form::Text, true, &["录取名册", "录取通知书编号"]),
    row(105, "学籍号", "student_no", "National no.", Need::Optional, Form::Text, false, &["全国学籍号"]),
    row(106, "批准文号", "approval", "Approval", Need::Optional, Form::Text, true, &["衔接方案文号"]),
    row(107, "批准学制", "approved", "Approved length", Need::Optional, Form::Years, true, &["方案学制"]),
    row(108, "学制理由", "length_reason", "Reason for length", Need::Optional, Form::Text, false, &[]),
    row(109, "培养方案", "training_plan", "Training plan", Need::Optional, Form::Text, true, &["非全日制培养方案"]),
    row(110, "联办备案编号", "joint_filing", "Joint filing no.", Need::Optional, Form::Text, true, &["联合办学备案编号"]),
];

/// Where a field stands in [`FIELDS`], by a header, a name for programs or another name for it.
pub fn index_of(name: &str) -> Option<usize> {
    let same = |row: &FieldRow| row.name == name || row.id == name;
    FIELDS.iter().position(same).or_else(|| FIELDS.iter().position(|row| row.others.contains(&name)))
}

/// Where the field with this name for programs stands; the first field for one that there is not.
pub const fn at(id: &str) -> usize {
    let mut index = 0;
    while index < COUNT {
        if equal(FIELDS[index].id.as_bytes(), id.as_bytes()) {
            return index;
        }
        index += 1;
    }
    0
}

const fn equal(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut index = 0;
    while index < a.len() {
        if a[index] != b[index] {
            return false;
        }
        index += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_the_template_and_names_are_one_of_a_kind() {
        for (index, row) in FIELDS.iter().enumerate() {
            assert_eq!(index_of(row.name), Some(index), "{}", row.name);
            assert_eq!((index_of(row.id), at(row.id)), (Some(index), index), "{}", row.id);
            let place = if index < NATIONAL { index + 1 } else { index - NATIONAL + 101 };
            assert_eq!(usize::from(row.place), place);
            for other in row.others {
                assert_eq!(index_of(other), Some(index), "{other}");
            }
        }
        assert_eq!(index_of("班主任"), None);
    }
}
