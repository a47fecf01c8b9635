//! What is set beside a case without deciding it: who may remark (批注), park (搁置) and hand over (转交), and when a parked
//! case comes back.

use super::case::Case;
use super::checks::{ended, first_post, not_my_turn, second_post, wrong_post};
use super::rules;
use crate::model::{Actor, Day, Finding, Level, Light, Post};

/// Remarking: whoever holds a post of an office that has or had its turn.
pub(super) fn remark(case: &Case<'_>, actor: &Actor) -> Option<Finding> {
    let application = case.application?;
    let first = Post::first(case.acting().level == Level::School);
    ended(application)
        .or_else(|| {
            let of_case = application.passed_through(&actor.office)
                || application.school == actor.office
                || case.acting().id == actor.office;
            (!of_case).then(|| {
                rules::R4_1.refuse(
                    "只有经手过本件的机构和发起学校可以批注".to_owned(),
                    "可以查看进度；需要时请与经办机构联系",
                    &[("office", actor.office.to_string())],
                )
            })
        })
        .or_else(|| (!actor.all_posts().iter().any(|post| post.acts())).then(|| wrong_post(actor, first)))
}

/// Parking, taking up again, handing over: whoever could do the next act on the step.
pub(super) fn aside(case: &Case<'_>, actor: &Actor) -> Option<Finding> {
    let application = case.application?;
    let school = case.acting().level == Level::School;
    let stands = application.round().is_some_and(|round| round.proposal.is_some());
    ended(application).or_else(|| not_my_turn(case, application, actor)).or_else(|| match stands {
        true => second_post(application, actor, school),
        false => first_post(application, actor, Post::first(school)),
    })
}

/// Whether a case that was parked until this day is still out of the way: not once its day has come, nor once its light
/// is 近 or beyond.
pub fn is_parked(until: Day, light: Light, today: Day) -> bool {
    today < until && matches!(light, Light::Green | Light::None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parked_case_comes_back_on_its_day_or_when_time_runs_short() {
        let day = |d| Day::from_ymd_opt(2025, 10, d).unwrap();
        assert!(is_parked(day(16), Light::Green, day(15)));
        assert!(!is_parked(day(16), Light::Green, day(16)), "on its day");
        assert!(is_parked(day(16), Light::None, day(15)), "no clock runs");
        for light in [Light::Near, Light::Today, Light::Overdue] {
            assert!(!is_parked(day(30), light, day(15)), "{light:?}");
        }
    }
}
