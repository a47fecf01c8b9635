//! Both engines are a core with a log of their own: what [`super::Store`] asks of the core, once.

/// `Store` for a type with a `core`, and with `verify_all` and `end` of its own.
macro_rules! store_over_core {
    ($store:ty) => {
        impl $crate::store::Store for $store {
            fn get(
                &self,
                key: &$crate::model::RecordKey,
            ) -> Result<Option<$crate::model::Record>, $crate::store::StoreError> {
                self.core.get(key)
            }
            fn commit(&self, group: &[$crate::model::Change]) -> Result<Vec<u64>, $crate::store::StoreError> {
                self.core.commit(group)
            }
            fn offices(&self) -> Vec<std::sync::Arc<$crate::model::Office>> {
                $crate::store::lock_read(&self.core.columns).offices()
            }
            fn majors(&self) -> Vec<std::sync::Arc<$crate::model::Major>> {
                $crate::store::lock_read(&self.core.columns).majors()
            }
            fn accounts(&self) -> Vec<std::sync::Arc<$crate::model::Account>> {
                $crate::store::lock_read(&self.core.columns).accounts()
            }
            fn calendar_years(&self) -> Vec<std::sync::Arc<$crate::model::CalendarYear>> {
                $crate::store::lock_read(&self.core.columns).calendar_years()
            }
            fn semester_starts(&self) -> Vec<$crate::model::SemesterStart> {
                $crate::store::lock_read(&self.core.columns).semester_starts()
            }
            fn desks(&self) -> Vec<std::sync::Arc<$crate::model::DeskRecord>> {
                $crate::store::lock_read(&self.core.columns).desks()
            }
            fn acted_by(
                &self,
                person: &$crate::model::PersonId,
                office: &$crate::model::OfficeId,
            ) -> Vec<($crate::model::ApplicationId, $crate::model::Stamp)> {
                $crate::store::lock_read(&self.core.columns).acted_by(person, office)
            }
            fn acted_count(&self, person: &$crate::model::PersonId, office: &$crate::model::OfficeId) -> usize {
                $crate::store::lock_read(&self.core.columns).acted_count(person, office)
            }
            fn qualifications(&self) -> Vec<std::sync::Arc<$crate::model::Qualification>> {
                $crate::store::lock_read(&self.core.columns).qualifications()
            }
            fn open_at(&self, office: &$crate::model::OfficeId) -> Vec<$crate::store::OpenRow> {
                $crate::store::lock_read(&self.core.columns).open_at(office)
            }
            fn open_of_school(&self, school: &$crate::model::OfficeId) -> Vec<$crate::store::OpenRow> {
                $crate::store::lock_read(&self.core.columns).open_of_school(school)
            }
            fn open_outside(&self) -> Vec<$crate::store::OpenRow> {
                $crate::store::lock_read(&self.core.columns).open_outside()
            }
            fn unsynced_of_school(&self, school: &$crate::model::OfficeId) -> Vec<$crate::store::OpenRow> {
                $crate::store::lock_read(&self.core.columns).unsynced_of_school(school)
            }
            fn open_of_student(&self, student: $crate::model::StudentId) -> Vec<$crate::store::OpenRow> {
                $crate::store::lock_read(&self.core.columns).open_of_student(student)
            }
            fn applications_of(&self, student: $crate::model::StudentId) -> Vec<$crate::model::ApplicationId> {
                $crate::store::lock_read(&self.core.columns).applications_of(student)
            }
            fn applications_after(
                &self,
                after: Option<$crate::model::ApplicationId>,
                count: usize,
            ) -> Vec<$crate::model::ApplicationId> {
                $crate::store::lock_read(&self.core.columns).applications_after(after, count)
            }
            fn find_students(
                &self,
                text: &str,
                count: usize,
                visible: &dyn Fn(&$crate::model::OfficeId) -> bool,
            ) -> Vec<$crate::model::StudentId> {
                let students = $crate::store::lock_read(&self.core.columns).students();
                students.find(text, count, visible)
            }
            fn unfiled(&self, school: &$crate::model::OfficeId) -> Vec<$crate::model::StudentId> {
                $crate::store::lock_read(&self.core.columns).unfiled(school)
            }
            fn each_student_number(&self, visit: &mut dyn FnMut($crate::model::StudentId, &str, &str)) {
                $crate::store::lock_read(&self.core.columns).each_student_number(visit);
            }
            fn students_of(&self, school: &$crate::model::OfficeId) -> Vec<$crate::model::StudentId> {
                let students = $crate::store::lock_read(&self.core.columns).students();
                students.of_school(school)
            }
            fn read_turns(&self, read: &mut dyn FnMut(&$crate::store::Turns)) {
                read($crate::store::lock_read(&self.core.columns).turns());
            }
            fn next_application(&self, year: u16) -> $crate::model::ApplicationId {
                $crate::store::lock_read(&self.core.columns).next_application(year)
            }
            fn next_student(&self) -> $crate::model::StudentId {
                $crate::store::lock_read(&self.core.columns).next_student()
            }
            fn batches_between(
                &self,
                from: &$crate::model::OfficeId,
                to: &$crate::model::OfficeId,
            ) -> Vec<std::sync::Arc<$crate::model::Batch>> {
                $crate::store::lock_read(&self.core.columns).batches_between(from, to)
            }
            fn next_batch(&self, year: u16) -> $crate::model::BatchId {
                $crate::store::lock_read(&self.core.columns).next_batch(year)
            }
            fn watched(
                &self,
                school: &$crate::model::OfficeId,
                today: $crate::model::Day,
            ) -> Option<$crate::model::Watched> {
                $crate::store::lock_read(&self.core.columns).watched(school, today)
            }
            fn headcounts(
                &self,
                school: &$crate::model::OfficeId,
            ) -> std::collections::BTreeMap<($crate::model::Day, bool), u32> {
                $crate::store::lock_read(&self.core.columns).watch().headcounts(school)
            }
            fn watch_version(&self, school: &$crate::model::OfficeId) -> u64 {
                $crate::store::lock_read(&self.core.columns).watch().version(school)
            }
            fn national(&self, school: &$crate::model::OfficeId) -> Option<$crate::store::Comparison> {
                $crate::store::lock_read(&self.core.columns).compared(school)
            }
            fn national_would_be(
                &self,
                school: &$crate::model::OfficeId,
                lines: &[$crate::model::NationalLine],
            ) -> $crate::store::Comparison {
                let columns = $crate::store::lock_read(&self.core.columns);
                columns.lists().would_be(school, &columns.watch().files(school), lines)
            }
            fn national_schools(
                &self,
                numbers: &[String],
            ) -> std::collections::HashMap<String, Vec<$crate::model::OfficeId>> {
                $crate::store::lock_read(&self.core.columns).lists().schools_with(numbers)
            }
            fn schools_with_document(&self, number: &str) -> Vec<$crate::model::OfficeId> {
                $crate::store::lock_read(&self.core.columns).watch().schools_with(number)
            }
            fn alerts_of(&self, student: $crate::model::StudentId) -> Vec<std::sync::Arc<$crate::model::Alert>> {
                $crate::store::lock_read(&self.core.columns).watch().alerts_of(student)
            }
            fn with_document(&self, number: &str) -> Vec<$crate::model::StudentId> {
                $crate::store::lock_read(&self.core.columns).watch().with_document(number)
            }
            fn next_alert(&self) -> $crate::model::AlertId {
                $crate::store::lock_read(&self.core.columns).watch().next_alert()
            }
            fn journal_after(
                &self,
                after: u64,
                count: usize,
            ) -> Result<Vec<$crate::model::JournalEntry>, $crate::store::StoreError> {
                self.core.log.after(after, count)
            }
            fn journal_length(&self) -> u64 {
                self.core.log.head().seq
            }
            fn application_count(&self) -> usize {
                $crate::store::lock_read(&self.core.columns).application_count()
            }
            fn applications_seen(
                &self,
                office: &$crate::model::OfficeId,
                covers: &dyn Fn(&$crate::model::OfficeId) -> bool,
            ) -> usize {
                $crate::store::lock_read(&self.core.columns).passed().seen(office, covers)
            }
            fn newest(&self) -> Option<$crate::model::Stamp> {
                *$crate::store::lock_read(&self.core.newest)
            }
            fn verify(&self) -> Result<$crate::store::VerifyReport, $crate::store::StoreError> {
                self.verify_all()
            }
            fn close(&self) -> Result<(), $crate::store::StoreError> {
                self.end()
            }
        }
    };
}

pub(crate) use store_over_core;
