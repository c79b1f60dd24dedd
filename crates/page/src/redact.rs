//! The only place where something is kept from a reader: what is not public reaches no public page.

use crate::{Lang, Reader, See, phrase::number, word, words};
use habeas_count::{Board, may_be_child};
use habeas_model::{Claim, Disclosure, Kind, Mention, Name, Person, Review, Role, Speaker, When};
use std::{collections::HashMap, fmt};

/// A name, or that it is withheld.
#[derive(Clone, PartialEq, Eq)]
pub enum Shown {
    /// May be shown to this reader.
    Name(Name),
    /// May not: a person who is counted and not named.
    Withheld(Lang),
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shown::Name(name) => f.write_str(name.reveal()),
            Shown::Withheld(lang) => f.write_str(&word(*lang, "name-withheld")),
        }
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shown(..)") // Invariant 12.
    }
}

/// The name of a person as this reader may see it (invariant 10). In public somebody is named only
/// if they may be,
/// every mention of them may be, none may mean a child, and a reviewer has looked.
#[must_use]
pub fn person(person: &Person, reader: &Reader) -> Shown {
    let standing = person.mentions.iter().filter(|held| held.review.stands());
    let born = person.born.as_ref();
    let mentions = standing.clone().all(|held| may_be_named(&held.mention, born));
    let reviewed = standing.clone().any(|held| held.review != Review::Unreviewed);
    let public = person.disclosure == Disclosure::Public && mentions && reviewed;
    shown(&person.name, public, reader)
}

/// The name in a mention as this reader may see it.
#[must_use]
pub fn mention(mention: &Mention, reader: &Reader) -> Shown {
    shown(&mention.name, may_be_named(mention, None), reader)
}

fn shown(name: &Name, public: bool, reader: &Reader) -> Shown {
    match public || reader.see == See::Team {
        true => Shown::Name(name.clone()),
        false => Shown::Withheld(reader.lang),
    }
}

fn may_be_named(mention: &Mention, born: Option<&When>) -> bool {
    mention.disclosure == Disclosure::Public && !may_be_child(mention, born)
}

/// Whether the words of a claim may be shown: those about one person only to the team.
#[must_use]
pub fn quotable(claim: &Claim, reader: &Reader) -> bool {
    reader.see == See::Team || (claim.person.is_none() && claim.kind == Kind::Count)
}

/// Whether the entry of a claim may be shown whole: nothing in it is a remark or a private
/// person's.
#[must_use]
pub fn shown_whole(claim: &Claim, reader: &Reader) -> bool {
    let open = claim.note.is_none() && !claim.speakers.0.iter().any(is_private);
    reader.see == See::Team || (open && quotable(claim, reader))
}

/// A remark, a file name or another value that somebody wrote freely, and that may hold a name:
/// only for the team.
#[must_use]
pub fn free_words<'a>(said: &'a str, reader: &Reader) -> Option<&'a str> {
    (reader.see == See::Team).then_some(said)
}

/// Who decided: a rule of the case is told to everybody, a person only to the team.
#[must_use]
pub fn author<'a>(author: &'a str, reader: &Reader) -> Option<&'a str> {
    (reader.see == See::Team || author.starts_with("rule:")).then_some(author)
}

/// A speaker: their name and the body they speak for. Relatives and the people concerned are
/// private persons: the
/// public reads what they are, not who.
#[must_use]
pub fn speaker(speaker: &Speaker, reader: &Reader) -> String {
    let private = is_private(speaker) && reader.see == See::Public;
    let mut said = match (private, speaker.role) {
        (true, Some(role)) => word(reader.lang, &format!("role-{role}")),
        _ => speaker.name.clone(),
    };
    let body = speaker.of.as_deref().filter(|of| *of != speaker.name && !private);
    said.extend(body.map(|of| format!(", {of}")));
    said.extend(speaker.channel.as_deref().map(|channel| format!(" ({channel})")));
    said
}

/// The body that answers for a claim; a private person is told by what they are.
#[must_use]
pub fn body<'a>(
    body: &'a str,
    speakers: impl Iterator<Item = &'a Speaker>,
    reader: &Reader,
) -> String {
    let own = |speaker: &&Speaker| speaker.name == body || speaker.of.as_deref() == Some(body);
    match speakers.filter(own).find(|speaker| is_private(speaker)) {
        Some(private) => self::speaker(private, reader),
        None => match body.strip_prefix(habeas_count::board::NOBODY) {
            Some(id) => words(reader.lang, "document-word", &[("id", id)]),
            None => body.to_owned(),
        },
    }
}

/// Who speaks for that body, and the body: "Ximena Tolosa, Vigilia Jurídica"; the body alone where
/// nobody is named. In public only those are named who speak for a State or the United Nations.
#[must_use]
pub fn voice<'a>(
    body: &'a str,
    speakers: impl Iterator<Item = &'a Speaker> + Clone,
    reader: &Reader,
) -> String {
    let person = |speaker: &&Speaker| speaker.of.as_deref() == Some(body) && speaker.name != body;
    let office = |speaker: &Speaker| {
        matches!(speaker.role, Some(Role::Government | Role::ForeignGovernment | Role::Un))
    };
    match speakers.clone().filter(person).last() {
        Some(speaker) if reader.see == See::Team || office(speaker) => {
            format!("{}, {body}", speaker.name)
        }
        _ => self::body(body, speakers, reader),
    }
}

/// The bodies of a board that are private persons, for answers that tell a body without its
/// speakers.
#[derive(Clone, Default)]
pub struct Private(HashMap<String, String>);

impl Private {
    /// Those of this board, as this reader may see them.
    #[must_use]
    pub fn of(board: &Board, reader: &Reader) -> Private {
        let shown = board.lines.iter().map(|line| {
            let speakers = crate::json::speakers(&line.speaker_chain);
            (line.body.clone(), self::body(&line.body, speakers, reader))
        });
        Private(shown.filter(|(body, shown)| body != shown).collect())
    }

    /// A body as it may be seen.
    #[must_use]
    pub fn body(&self, body: &str) -> String {
        self.0.get(body).map_or_else(|| body.to_owned(), Clone::clone)
    }
}

/// Whether the speaker is a private person.
#[must_use]
pub fn is_private(speaker: &Speaker) -> bool {
    matches!(speaker.role, Some(Role::Relative | Role::Detainee))
}

/// The names that may be shown, and how many may not: "3 more, names withheld".
#[must_use]
pub fn names<'a>(people: impl Iterator<Item = &'a Person>, reader: &Reader) -> Vec<String> {
    let (mut names, mut withheld) = (Vec::new(), 0);
    for one in people {
        match person(one, reader) {
            Shown::Name(name) => names.push(name.reveal().to_owned()),
            Shown::Withheld(_) => withheld += 1,
        }
    }
    if withheld > 0 {
        names.push(words(reader.lang, "withheld-count", &[("n", &number(withheld, reader.lang))]));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{self, when};
    use habeas_model::{Happening, Predicate};

    fn team() -> Reader {
        Reader { see: See::Team, ..Reader::public(Lang::En) }
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut Person), expected: &str) {
        let mut somebody = sample::person(1, "Milo Escandón");
        change(&mut somebody);
        assert_eq!(person(&somebody, &Reader::public(Lang::En)).to_string(), expected);
        assert_eq!(person(&somebody, &team()).to_string(), "Milo Escandón");
    }

    #[test]
    fn not_public_is_the_default() {
        check(|_| {}, "Milo Escandón");
        check(|p| p.disclosure = Disclosure::Counted, "name withheld");
        check(|p| p.disclosure = Disclosure::Restricted, "name withheld");
        check(|p| p.mentions[0].mention.disclosure = Disclosure::Restricted, "name withheld");
        check(|p| p.mentions[0].mention.age = Some(16), "name withheld");
        let born = |day: &str, told: &[&str], age: Option<u8>, expected: &str| {
            let happened = told.iter().map(|day| Happening {
                predicate: Predicate::Held,
                when: Some(when(day)),
                place: None,
                mode: None,
            });
            let happened: Vec<Happening> = happened.collect();
            let change = |p: &mut Person| {
                p.born = Some(when(day));
                p.mentions[0].mention.happened.clone_from(&happened);
                p.mentions[0].mention.age = age;
            };
            check(change, expected);
        };
        born("2008-03-01", &["2026-01-10", "2026-04-01"], None, "name withheld");
        born("2008-01-10", &["2026-01-10"], None, "Milo Escandón");
        born("2008", &["2026-06-01"], Some(20), "name withheld");
        born("1990-03-01", &[], None, "name withheld");
        born("1990-03-01", &[], Some(35), "Milo Escandón");
        check(|p| p.mentions[0].review = Review::Unreviewed, "name withheld");
    }

    #[test]
    fn who_decided_is_for_the_team() {
        let public = Reader::public(Lang::En);
        assert_eq!(author("ada", &public), None);
        assert_eq!(author("ada", &team()), Some("ada"));
        assert_eq!(author("rule:link.decide", &public), Some("rule:link.decide"));
    }

    #[test]
    fn withheld_people_are_counted() {
        let mut people = [sample::person(1, "Milo Escandón"), sample::person(2, "Ada Luna")];
        people[1].disclosure = Disclosure::Counted;
        let public = names(people.iter(), &Reader::public(Lang::Es));
        assert_eq!(public, ["Milo Escandón", "1 más, nombres reservados"]);
        assert_eq!(names(people.iter(), &team()).len(), 2);
    }

    #[test]
    fn a_relative_is_no_public_speaker() {
        let mut somebody = Speaker::named("Ada Luna");
        assert_eq!(speaker(&somebody, &Reader::public(Lang::En)), "Ada Luna");
        somebody.role = Some(Role::Relative);
        assert_eq!(speaker(&somebody, &Reader::public(Lang::En)), "a relative");
        assert_eq!(speaker(&somebody, &team()), "Ada Luna");
        assert_eq!(
            body("Ada Luna", [&somebody].into_iter(), &Reader::public(Lang::En)),
            "a relative"
        );
        let mut said = Speaker { of: Some("Vigilia".into()), ..Speaker::named("Ada Luna") };
        let reader = Reader::public(Lang::En);
        assert_eq!(voice("Vigilia", [&said].into_iter(), &reader), "Vigilia");
        assert_eq!(voice("Vigilia", [&said].into_iter(), &team()), "Ada Luna, Vigilia");
        said.role = Some(Role::Government);
        assert_eq!(voice("Vigilia", [&said].into_iter(), &reader), "Ada Luna, Vigilia");
        assert_eq!(voice("Ada Luna", [&somebody].into_iter(), &reader), "a relative");
        let mut line = sample::line(1, "Ada Luna", 3, "2026-01-20");
        line.speaker_chain.push(habeas_count::Link::Speaker(somebody.clone()));
        let private = Private::of(&sample::board(vec![line]), &Reader::public(Lang::En));
        assert_eq!(private.body("Ada Luna"), "a relative");
        assert_eq!(private.body("Vigilia"), "Vigilia");
        assert_eq!(format!("{:?}", Shown::Name(Name::new("Ada Luna"))), "Shown(..)");
    }
}
