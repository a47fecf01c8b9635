//! A new student of the exercise city, cell by cell, and a store in which such students can be registered.

pub use crate::support::cells::{cells, number};
use crate::world::*;
use std::collections::BTreeMap;
use xueji::law::entry::fields::{FIELDS, NATIONAL};

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
