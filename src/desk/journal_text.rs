//! What the journal says of a command: the request itself, but for what lies in the records already or must stand
//! nowhere.

use super::Refused;
use crate::model::Command;
use serde_json::json;

/// The text.
pub(super) fn of(command: &Command) -> Result<String, Refused> {
    match command {
        Command::Seed(seed) => Ok(json!({
            "do": "demo.seed", "offices": seed.offices.len(), "majors": seed.majors.len(),
            "accounts": seed.accounts.len(), "students": seed.students.len(),
            "applications": seed.applications.len(),
        })
        .to_string()),
        Command::Found(founding) => {
            Ok(json!({ "do": "store.found", "office": founding.office, "exercise": founding.exercise }).to_string())
        }
        Command::Read { application, digest } => {
            Ok(json!({ "do": "evidence.get", "application": application, "digest": digest }).to_string())
        }
        // What the cells said lies in the record; the journal's text says that it was done, not the person's data.
        Command::SaveEntry { school, cells } => {
            Ok(json!({ "do": "entry.save", "school": school, "digest": digest_of(cells)? }).to_string())
        }
        Command::AmendEntry { student, revision, cells } => {
            let fields: Vec<&String> = cells.keys().collect();
            let digest = digest_of(cells)?;
            Ok(json!({
                "do": "entry.amend", "student": student, "revision": revision, "fields": fields, "digest": digest,
            })
            .to_string())
        }
        // Nor of a pupil's: whose it is stands in the record.
        Command::AdmitJunior(of) => {
            let digest = digest_of(of)?;
            Ok(json!({ "do": "junior.admit", "digest": digest }).to_string())
        }
        // That it was set, and never what.
        Command::SetPin(of) => Ok(json!({ "do": "accounts.pin", "account": of.account }).to_string()),
        Command::PinTried(of) => Ok(json!({
            "do": "session.login", "account": of.account, "os_user": of.os_user, "right": of.right,
        })
        .to_string()),
        Command::PublishQualifications { document, lines } => {
            let digest = digest_of(lines)?;
            Ok(json!({ "do": "qualifications.publish", "document": document, "digest": digest }).to_string())
        }
        command => serde_json::to_string(command).map_err(|e| Refused::Input(e.to_string())),
    }
}

/// What stands for the content of a request in the journal's text.
fn digest_of(content: &impl serde::Serialize) -> Result<String, Refused> {
    let bytes = serde_json::to_vec(content).map_err(|e| Refused::Input(e.to_string()))?;
    Ok(blake3::hash(&bytes).to_hex().to_string())
}
