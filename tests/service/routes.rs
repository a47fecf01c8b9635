//! Who is competent (学籍主管部门), as the route of a started application has it: one authority, never two.

use super::world::{
    CITY_SCHOOL, DIRECT_SCHOOL, ORDINARY, PROVINCE_SCHOOL, PROVINCIAL, UNIVERSITY, World, X1, X2, agree, approve,
    start, submit,
};
use serde_json::json;

#[test]
fn each_kind_of_school_and_major_goes_to_its_own_authority_and_no_other() {
    let mut w = World::new();
    for (why, school, short, major, authority, office) in [
        ("县属", X1, "x1", ORDINARY, "xian1", "410782"),
        ("县属, register silent", X2, "x2", ORDINARY, "xian1", "410782"),
        ("市属", CITY_SCHOOL, "x4", ORDINARY, "shi", "410700"),
        ("省属", PROVINCE_SCHOOL, "x5", ORDINARY, "sheng", "410000"),
        ("高校, register silent", UNIVERSITY, "x6", ORDINARY, "sheng", "410000"),
        ("省直管县(市)", DIRECT_SCHOOL, "x7", ORDINARY, "zhi", "410783"),
        ("省管 major at a county's school", X1, "x1", PROVINCIAL, "sheng", "410000"),
        ("省管 major at a city's school", CITY_SCHOOL, "x4", PROVINCIAL, "sheng", "410000"),
        ("省管 major in a 省直管县(市)", DIRECT_SCHOOL, "x7", PROVINCIAL, "sheng", "410000"),
    ] {
        let student = w.student_as(school, major, "在读");
        let mut look = start(&student);
        look["do"] = "applications.preview".into();
        let ahead = w.ok(&format!("{short}-lr"), look);
        let hops: Vec<_> = ahead["route"].as_array().unwrap().iter().map(|hop| hop[0]["office"].clone()).collect();
        assert_eq!(hops, [json!(school), json!(office)], "{why}");

        let mut case = w.start_for(&format!("{short}-lr"), &student);
        w.attach(&format!("{short}-lr"), &mut case);
        w.act(&format!("{short}-lr"), &mut case, submit());
        w.act(&format!("{short}-sh"), &mut case, agree());
        let view = w.show(&format!("{authority}-jb"), &case);
        let hands: Vec<_> =
            view["steps"].as_array().unwrap().iter().map(|step| step["hand"]["office"].clone()).collect();
        assert_eq!(hands, [json!(school), json!(office)], "{why}");
        assert_eq!(view["students"][0]["provincial"], major == PROVINCIAL, "{why}");
        // It waits in that office's first tab and in nobody else's.
        for desk in ["xian1-jb", "xian2-jb", "shi-jb", "zhi-jb", "sheng-jb"] {
            let page = w.ok(desk, json!({"do": "queue.page", "tab": "mine", "count": 100}));
            let there = page["items"].as_array().unwrap().iter().any(|row| row["id"] == case.id);
            assert_eq!(there, desk == format!("{authority}-jb"), "{why}: {desk}");
        }
        w.act(&format!("{authority}-jb"), &mut case, approve());
        w.act(&format!("{authority}-fh"), &mut case, agree());
        assert_eq!(w.record(&student)["student"]["status"], "休学", "{why}");
    }
}

#[test]
fn a_school_whose_register_names_nobody_is_refused_by_rule() {
    let mut w = World::new();
    let school = json!({"region_code": "410782", "sponsor": "县属", "competent_office": "410000",
        "credit_system": false, "campuses": ["本部"]});
    let office = json!({"id": "3641000009", "revision": 0, "name": "错校", "level": "school", "parent": "410782",
        "school": school});
    w.ok("keeper", json!({"do": "offices.put", "office": office}));
    let account = json!({"id": "x9-lr", "revision": 0, "person": "p9", "name": "甲", "office": "3641000009",
        "posts": ["entry"], "os_user": null, "active": true});
    w.ok("keeper", json!({"do": "accounts.put", "account": account}));
    let student = w.student("3641000009");
    let before = w.dump(&student);
    let finding = w.refused("x9-lr", start(&student));
    assert_eq!((&finding["rule"], &finding["facts"]["office"]), (&json!("R0.1"), &json!("410000")));
    assert_eq!(w.dump(&student), before);
}
