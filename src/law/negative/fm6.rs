//! FM6 未备案校区: students of the file at a campus that the school has not filed with the province. Points, joint
//! recruitment and 产业学院 are seen by inspectors only (`entered`).

use super::Found;
use crate::law::rules::FM6_1;
use crate::model::Watched;
use std::collections::BTreeMap;

pub(super) fn find(facts: &Watched) -> Vec<Found> {
    let mut campuses: BTreeMap<&str, u32> = BTreeMap::new();
    for student in facts.students.iter().filter(|student| student.status.is_live()) {
        if let Some(campus) = &student.unfiled_campus {
            *campuses.entry(campus).or_default() += 1;
        }
    }
    let found = campuses.into_iter().map(|(campus, count)| Found {
        count,
        ..Found::met(&FM6_1, format!("campus:{campus}"), format!("{count}名在籍学生登记在未备案的校区“{campus}”"))
    });
    found.collect()
}
