use super::{compare, read_marked};
use crate::knowledge::Knowledge;
use crate::knowledge::example::{Subject, WordExample};
use crate::practices::Practice;
use crate::report::examples::Verdict;
use crate::span::Span;

/// An example of the lexicon: what is marked has to be found in a practice, as what the entry stands for.
pub(super) fn verdict(knowledge: &Knowledge, example: &WordExample) -> Verdict {
    let file = read_marked(knowledge, &example.example);
    let found = file.practices.iter().flat_map(|practice| found(practice, example.subject));
    compare(&example.example, &file, found)
}

/// The words of a practice that are such.
fn found(practice: &Practice, subject: Subject) -> Vec<Span> {
    match subject {
        Subject::Category(id) => {
            practice.data.iter().filter(|item| item.category == Some(id)).map(|item| item.span).collect()
        }
        Subject::Action(kind) => {
            practice.action.iter().filter(|action| action.kind == kind).map(|action| action.span).collect()
        }
        Subject::Actor(kind) => {
            practice.actor.iter().filter(|actor| actor.kind == kind).map(|actor| actor.span).collect()
        }
    }
}

/// What the entry is called in its file.
pub(super) fn name(knowledge: &Knowledge, subject: Subject) -> &str {
    match subject {
        Subject::Category(id) => &knowledge.lexicon.category(id).id,
        Subject::Action(kind) => kind.name(),
        Subject::Actor(kind) => kind.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;
    use crate::knowledge::example::{Example, Mark};
    use crate::knowledge::kinds::{ActionKind, ActorKind};

    fn run(written: &str, subject: impl Fn(&Knowledge) -> Subject, own: Mark) -> Verdict {
        let knowledge = builtin::knowledge().unwrap();
        let example = Example::read(written, own).unwrap();
        let subject = subject(&knowledge);
        verdict(&knowledge, &WordExample { subject, index: 0, source: String::new(), example })
    }

    fn phone(written: &str) -> Verdict {
        let subject = |knowledge: &Knowledge| {
            Subject::Category(knowledge.lexicon.category_named("contact.phone").unwrap())
        };
        run(written, subject, Mark::Data)
    }

    #[test]
    fn data_has_to_be_found_in_a_practice_and_in_its_category() {
        assert!(phone("我们会[收集]您的<手机号码>、<联系电话>。").is_as_expected());
        assert!(phone("请拨打客服电话。").is_as_expected());
        let silent = "如有疑问，请拨打<客服电话>。";
        assert_eq!(phone(silent), Verdict::Missing { text: silent.to_owned() });
        let elsewhere = "我们会[收集]您的手机号码和<护照号码>。";
        let wrong = Verdict::Wrong {
            found: vec!["手机号码".to_owned()],
            expected: vec!["护照号码".to_owned()],
            text: elsewhere.to_owned(),
        };
        assert_eq!(phone(elsewhere), wrong);
        let noisy = "我们会收集您的手机号码。";
        let found = vec!["手机号码".to_owned()];
        assert_eq!(phone(noisy), Verdict::Noisy { found, text: noisy.to_owned() });
    }

    #[test]
    fn verbs_and_actors_have_to_be_found_as_their_kind() {
        let action = |kind| move |_: &Knowledge| Subject::Action(kind);
        let actor = |kind| move |_: &Knowledge| Subject::Actor(kind);
        let written = "(我们)会[收集]您的手机号码。";
        assert!(run(written, action(ActionKind::Collect), Mark::Action).is_as_expected());
        assert!(matches!(run(written, action(ActionKind::Use), Mark::Action), Verdict::Missing { .. }));
        assert!(run(written, actor(ActorKind::FirstParty), Mark::Actor).is_as_expected());
        assert!(matches!(run(written, actor(ActorKind::User), Mark::Actor), Verdict::Missing { .. }));
    }
}
