//! The table of what is allowed, and the judgement of one change by it.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use xueji::model::Student;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    act: Vec<Act>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Act {
    name: String,
    from: Vec<String>,
    to: Vec<String>,
    #[serde(default)]
    changes: Vec<String>,
    later: Option<String>,
}

pub(crate) struct Allowed {
    acts: Vec<Act>,
}

/// What every granted act may touch.
const ALWAYS: [&str; 4] = ["status", "status_since", "history", "revision"];

impl Allowed {
    pub(crate) fn read() -> Self {
        let table: Table = toml::from_str(include_str!("../law/status.toml")).unwrap();
        Allowed { acts: table.act }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.acts.iter().any(|act| act.name == name)
    }

    pub(crate) fn is_later(&self, name: &str) -> bool {
        self.acts.iter().any(|act| act.name == name && act.later.is_some())
    }

    fn row(&self, name: &str, from: &str) -> Option<&Act> {
        self.acts.iter().find(|act| act.name == name && act.from.iter().any(|each| each == from))
    }

    /// Whether the act may start from this status.
    pub(crate) fn starts_from(&self, name: &str, from: &str) -> bool {
        self.row(name, from).is_some()
    }

    /// Whether some act brings a file from one status to the other.
    pub(crate) fn leads(&self, from: &str, to: &str) -> bool {
        let steps = |act: &Act| -> Vec<(String, String)> {
            let one = |from: &String| {
                let mut path = vec![from.clone()];
                path.extend(act.to.iter().cloned());
                path.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect::<Vec<_>>()
            };
            act.from.iter().flat_map(one).collect()
        };
        from == to || self.acts.iter().flat_map(steps).any(|(one, other)| one == from && other == to)
    }

    /// What is wrong with a record that an act has changed.
    pub(crate) fn judge(&self, act: &str, before: &Student, after: &Student) -> Result<(), String> {
        let from = before.status.name();
        let row = self.row(act, from).ok_or_else(|| format!("{act} from {from} is not allowed"))?;
        let stays = [from.to_owned()];
        let path: &[String] = if row.to.is_empty() { &stays } else { &row.to };
        if after.status.name() != path[path.len() - 1] {
            return Err(format!("{act} from {from} led to {}, not to {path:?}", after.status.name()));
        }
        let lines = &after.history[before.history.len().min(after.history.len())..];
        let told: Vec<&str> = lines.iter().map(|line| line.to.name()).collect();
        // An act that leaves the status may leave the timeline, too.
        if told != path && !(row.to.is_empty() && told.is_empty()) {
            return Err(format!("{act} from {from}: the timeline tells {told:?}, not {path:?}"));
        }
        if !after.history.starts_with(&before.history) {
            return Err(format!("{act}: the timeline was rewritten"));
        }
        let fields = |student: &Student| serde_json::to_value(student).unwrap().as_object().unwrap().clone();
        let (one, other) = (fields(before), fields(after));
        let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
        for name in names.into_iter().filter(|name| one.get(*name) != other.get(*name)) {
            if !ALWAYS.contains(&name.as_str()) && !row.changes.contains(name) {
                return Err(format!("{act} from {from} changed {name}"));
            }
        }
        Ok(())
    }

    /// Every row has been lived through, from each of its statuses: a table nobody comes by proves nothing.
    pub(crate) fn all_lived(&self, granted: &BTreeMap<(String, String), u32>) {
        for act in self.acts.iter().filter(|act| act.later.is_none()) {
            for from in &act.from {
                let key = (act.name.clone(), from.clone());
                assert!(granted.contains_key(&key), "no life had {} granted from {from}", act.name);
            }
        }
    }
}
