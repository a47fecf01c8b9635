//! A new student against what was published (招生资质): by codes, field by field (R7.2, R7.3).

use crate::law::study_length::years;
use crate::model::{MajorCode, Offer, Season, StudyForm};

/// What is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Major.
    pub major: &'a MajorCode,
    /// Form of study, once it is known.
    pub form: Option<StudyForm>,
    /// 学制 in half years, once it is known.
    pub half_years: Option<u8>,
    /// Campus, when one was named.
    pub campus: Option<&'a str>,
}

/// A field that does not fit the published list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The field, by its name for programs.
    pub field: &'static str,
    /// What kind of trouble, for programs.
    pub kind: &'static str,
    /// What was found.
    pub found: String,
    /// What the list has instead; empty when it has nothing.
    pub expected: Vec<String>,
}

impl Mismatch {
    /// What is the matter and what to do.
    pub fn message(&self, school: &str, major: &str, year: u16, season: Season) -> String {
        let season = season.name();
        match self.kind {
            "school_not_qualified" => {
                format!("{school}不在{year}年{season}招生资质之内，不能备案，学生不能取得毕业证书；请与主管部门核实")
            }
            "major_not_qualified" => format!(
                "{school}{year}年{season}没有{major}的招生资质，不能备案，学生不能取得毕业证书；请改正专业，确无资质的不能招收"
            ),
            _ => format!(
                "“{}”与{year}年{season}招生资质不符，{major}应为{}；请改正，否则不能备案",
                self.found,
                self.expected.join("、")
            ),
        }
    }
}

/// What the comparison came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    /// What does not fit; empty when a line of the list has it all.
    pub mismatches: Vec<Mismatch>,
    /// The campus of the line that fits: the one that was named, or the first there is.
    pub campus: Option<String>,
}

/// Compares what is known so far. Among lines of the major the one that fits best is taken: so what is said is what
/// has to be changed least.
pub fn compare(published: &[Offer], asked: &Asked<'_>) -> Compared {
    if published.is_empty() {
        return refused("major", "school_not_qualified", asked.major.to_string());
    }
    let of_major: Vec<&Offer> = published.iter().filter(|offer| offer.major == *asked.major).collect();
    if of_major.is_empty() {
        return refused("major", "major_not_qualified", asked.major.to_string());
    }
    let campus_fits = |offer: &Offer| asked.campus.is_none_or(|campus| offer.campus == campus);
    let form_fits = |offer: &Offer| asked.form.is_none_or(|form| offer.form == form);
    let length_fits = |offer: &Offer| asked.half_years.is_none_or(|length| offer.half_years == length);
    let wrong = |offer: &Offer| {
        [campus_fits(offer), form_fits(offer), length_fits(offer)].iter().filter(|fits| !**fits).count()
    };
    let Some(best) = of_major.iter().copied().min_by_key(|offer| wrong(offer)) else { return Compared::default() };
    let mut compared = Compared { mismatches: Vec::new(), campus: Some(best.campus.clone()) };
    let mut add = |field, kind, found: String, expected: Vec<String>| {
        let mut expected = expected;
        expected.dedup();
        compared.mismatches.push(Mismatch { field, kind, found, expected });
    };
    if let Some(campus) = asked.campus.filter(|_| !campus_fits(best)) {
        let mut all: Vec<String> = of_major.iter().map(|offer| offer.campus.clone()).collect();
        all.sort();
        add("campus", "campus_not_qualified", campus.to_owned(), all);
    }
    if let Some(form) = asked.form.filter(|_| !form_fits(best)) {
        let mut forms: Vec<StudyForm> = of_major.iter().map(|offer| offer.form).collect();
        forms.sort();
        let all = forms.iter().map(|form| form.name().to_owned()).collect();
        add("study_form", "form_not_qualified", form.name().to_owned(), all);
    }
    if let Some(length) = asked.half_years.filter(|_| !length_fits(best)) {
        let fits = of_major.iter().filter(|offer| form_fits(offer) && campus_fits(offer));
        let mut all: Vec<u8> = fits.map(|offer| offer.half_years).collect();
        if all.is_empty() {
            all = of_major.iter().map(|offer| offer.half_years).collect();
        }
        all.sort_unstable();
        all.dedup();
        let all = all.into_iter().map(years).collect();
        add("duration", "length_not_qualified", years(length), all);
    }
    compared
}

fn refused(field: &'static str, kind: &'static str, found: String) -> Compared {
    Compared { mismatches: vec![Mismatch { field, kind, found, expected: Vec::new() }], campus: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(major: &str, campus: &str, form: StudyForm, half_years: u8) -> Offer {
        Offer { major: major.into(), campus: campus.into(), form, half_years, plan: 50 }
    }

    fn kinds(asked: Asked<'_>) -> (Vec<(&'static str, Vec<String>)>, Option<String>) {
        let published = [
            offer("610301", "本部", StudyForm::FullTime, 6),
            offer("610301", "本部", StudyForm::FullTime, 4),
            offer("610301", "东校区", StudyForm::PartTime, 12),
            offer("740201", "东校区", StudyForm::FullTime, 6),
        ];
        let compared = compare(&published, &asked);
        (compared.mismatches.into_iter().map(|of| (of.kind, of.expected)).collect(), compared.campus)
    }

    #[test]
    fn what_does_not_fit_is_named_with_what_would() {
        let (major, other) = (MajorCode::from("610301"), MajorCode::from("720201"));
        let whole =
            Asked { major: &major, form: Some(StudyForm::FullTime), half_years: Some(6), campus: Some("本部") };
        assert_eq!(kinds(whole), (vec![], Some("本部".into())));
        assert_eq!(kinds(Asked { campus: None, ..whole }), (vec![], Some("本部".into())));
        assert_eq!(kinds(Asked { form: None, half_years: None, campus: Some("东校区"), ..whole }).0, []);
        assert_eq!(kinds(Asked { major: &other, ..whole }).0, [("major_not_qualified", vec![])]);
        let length = kinds(Asked { half_years: Some(5), ..whole });
        assert_eq!(length.0, [("length_not_qualified", vec!["两年".to_owned(), "三年".into()])]);
        let campus = kinds(Asked { campus: Some("东校区"), ..whole });
        assert_eq!(campus.0, [("campus_not_qualified", vec!["东校区".to_owned(), "本部".into()])]);
        let form = kinds(Asked { form: Some(StudyForm::PartTime), ..whole });
        assert_eq!(form.0.len(), 1, "part time only for six years, at another campus: {form:?}");
        assert_eq!(compare(&[], &whole).mismatches[0].kind, "school_not_qualified");
    }
}
