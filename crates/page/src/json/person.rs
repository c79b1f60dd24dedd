//! One person for programs: what each source says, where they were, and the decisions that made
//! them one person.

use crate::{Reader, See, redact};
use habeas_count::{Ruling, Spell, Story, story::Told};
use habeas_model::Person;
use serde_json::{Value, json};

/// The person, as the ledger stands at `position` and under the rule of this name. In public
/// nothing is told of somebody whose name is withheld but that they are there, and by which
/// decisions (invariant 10).
#[must_use]
pub fn person(
    person: &Person,
    story: &Story<'_>,
    (position, rule): (u64, &str),
    reader: &Reader,
) -> Value {
    let name = match redact::person(person, reader) {
        redact::Shown::Name(name) => Some(name.reveal().to_owned()),
        redact::Shown::Withheld(_) => None,
    };
    let (team, open) = (reader.see == See::Team, name.is_some());
    let spells = story.spells.iter().filter(|_| open).map(spell);
    let told = story.told.iter().filter(|_| open).map(|one| told(one, person, reader));
    let nationalities = person.nat.iter().filter(|_| open).map(ToString::to_string);
    let decisions = story.rulings.iter().map(|one| ruling(one, reader));
    json!({
        "position": position,
        "rule": rule,
        "person": person.id,
        "name": name,
        "disclosure": person.disclosure,
        "born": person.born.as_ref().filter(|_| team).map(ToString::to_string),
        "gender": person.gender.filter(|_| open),
        "nationalities": nationalities.collect::<Vec<_>>(),
        "warnings": person.warnings,
        "verification": story.sourcing.verification,
        "last_checked": story.last_checked,
        "spells": spells.collect::<Vec<_>>(),
        "told": told.collect::<Vec<_>>(),
        "decisions": decisions.collect::<Vec<_>>(),
    })
}

fn spell(of: &Spell) -> Value {
    json!({
        "custody": of.custody, "from": of.from, "until": of.until, "reviewed": of.reviewed,
        "held": of.held,
    })
}

fn told(of: &Told<'_>, person: &Person, reader: &Reader) -> Value {
    let mention = person.mention(of.mention);
    let speakers = mention.into_iter().flat_map(|mention| mention.speakers.0.iter());
    json!({
        "predicate": of.predicate,
        "when": of.when.map(ToString::to_string),
        "place": of.place,
        "mode": of.mode,
        "mention": of.mention,
        "claim": of.claim,
        "document": of.blob,
        "origin": redact::body(&of.origin, speakers, reader),
        "modality": of.modality,
        "review": of.review,
        "counts": of.counts,
        "differs": of.differs,
    })
}

fn ruling(of: &Ruling<'_>, reader: &Reader) -> Value {
    let taken = of.taken;
    json!({
        "position": taken.position,
        "at": taken.known,
        "author": redact::author(&taken.author, reader),
        "left": taken.it.left,
        "right": taken.it.right,
        "verdict": taken.it.verdict,
        "reason": redact::free_words(&taken.it.reason, reader),
        "effect": of.effect,
        "other": of.other.map(|other| other.id),
        "against": of.against,
        "forbids": of.forbids,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use habeas_count::{Asked, Index, Rule, story};
    use habeas_model::{
        Disclosure, LinkDecision, MentionId, Present, Review, Verdict,
        memory::present::{Standing, Taken},
        sample,
    };

    /// One man of two lists, joined by a rule, and another whom somebody told apart.
    fn told(disclosure: Disclosure, see: See) -> (Value, String) {
        let mention = |id: u64| {
            let mut it = sample::mention(id, "Milo Escandón");
            (it.disclosure, it.age) = (disclosure, Some(40));
            Standing { it, position: id, known: 1, review: Review::Accepted, decided: Some(4) }
        };
        let link = |position, (left, right), verdict, author: &str, reason: &str| Taken {
            it: LinkDecision {
                left: MentionId::from_bits(left),
                right: MentionId::from_bits(right),
                verdict,
                reason: reason.to_owned(),
            },
            position,
            known: 7,
            author: author.to_owned(),
        };
        let links = vec![
            link(5, (1, 2), Verdict::Same, "rule:link.decide", "rule exact-number"),
            link(6, (2, 3), Verdict::Same, "Ada Luna", "Milo once more"),
            link(8, (1, 3), Verdict::NotSame, "Ada Luna", "his brother Milo"),
        ];
        let mentions = (1..=3).map(mention).collect();
        let present = Present { mentions, links, ..Present::default() };
        let register = habeas_person::register(&present.mentions, &present.links);
        let rule = Rule::shipped().remove(0);
        let asked = Asked { present: &present, register: &register, rule: &rule, true_at: None };
        let one = &register.persons[0];
        let story = story(&asked, &Index::of(&asked), one);
        let reader = Reader { see, ..Reader::public(Lang::En) };
        let shown = crate::terminal::person(one, &story, &present, &reader);
        (person(one, &story, (9, &rule.name), &reader), shown)
    }

    #[test]
    fn decisions_go_with_the_person_and_names_do_not_go_to_the_public() {
        let (team, shown) = told(Disclosure::Public, See::Team);
        assert!(shown.contains("Ada Luna") && shown.contains("brother"), "{shown}");
        let pick = |of: &Value, key: &str| -> Vec<Value> {
            of["decisions"].as_array().unwrap().iter().map(|one| one[key].clone()).collect()
        };
        assert_eq!(pick(&team, "effect"), ["followed", "contradicted", "followed"]);
        assert_eq!(pick(&team, "author"), ["rule:link.decide", "Ada Luna", "Ada Luna"]);
        assert_eq!(pick(&team, "against"), [Value::Null, json!(8), Value::Null]);
        assert_eq!(pick(&team, "forbids"), [json!([]), json!([]), json!([6])]);
        let third = json!("0000000000000003");
        assert_eq!(pick(&team, "other"), [Value::Null, third.clone(), third]);

        let (public, _) = told(Disclosure::Public, See::Public);
        assert_eq!(public["name"], "Milo Escandón");
        assert_eq!(pick(&public, "effect"), pick(&team, "effect"));
        let (withheld, shown) = told(Disclosure::Counted, See::Public);
        let ours = public.to_string().replace("\"name\":\"Milo Escandón\"", "");
        for said in [ours, withheld.to_string(), shown] {
            for hidden in ["Milo", "Ada", "brother", "once more", "exact-number"] {
                assert!(!said.contains(hidden), "`{hidden}` is in {said}");
            }
            assert!(said.contains("rule:link.decide"));
        }
        assert_eq!((&withheld["told"], &withheld["spells"]), (&json!([]), &json!([])));
    }
}
