//! What is the text counting at the moment? Parts, rests and bare numbers go on from it.

use habeas_model::{Population, Predicate, Quantity, Scope, said::claim::Times};

/// A count that later words may go back to.
#[derive(Clone, Debug)]
pub struct Said {
    /// What was said.
    pub predicate: Predicate,
    /// Of whom.
    pub population: Population,
    /// Of how many.
    pub quantity: Quantity,
    /// Its number, where one number stands for it.
    pub number: Option<u32>,
    /// Scope.
    pub scope: Option<Scope>,
    /// Dates.
    pub time: Times,
    /// Its paragraph.
    pub paragraph: usize,
    /// The number of which it is so many.
    pub whole: Option<u32>,
    /// It was told as a part of it, and stands for no whole itself.
    pub part: bool,
    /// It is told beside the number before: "another 12".
    pub additional: bool,
}

impl Said {
    /// Whether somebody asked for it, and no number has been told.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        matches!(&self.quantity, Quantity::Vague { word, .. } if &**word == QUESTION)
    }

    /// Whether it stands for no whole.
    fn is_part(&self) -> bool {
        self.part || self.additional
    }
}

/// The word of a number that is asked for.
pub const QUESTION: &str = "question";

/// So many people named last are remembered: a text of any length is read in linear time.
const REMEMBERED: usize = 300;

/// What the text is counting.
#[derive(Clone, Debug, Default)]
pub struct Topic {
    said: Vec<Said>,
    /// People named last, the latest at the end.
    pub people: Vec<String>,
    paragraph: usize,
    /// The paragraph in which somebody was named last.
    named: usize,
}

impl Topic {
    /// A new paragraph begins.
    pub fn paragraph(&mut self, paragraph: usize) {
        self.paragraph = paragraph;
    }

    /// Takes note of a count.
    pub fn note(&mut self, said: Said) {
        self.said.push(said);
    }

    /// The count spoken of last.
    #[must_use]
    pub fn last(&self) -> Option<&Said> {
        self.said.last()
    }

    /// The last count that is a whole, at least as large as `part`.
    #[must_use]
    pub fn whole(&self, part: u32) -> Option<&Said> {
        let fits = |said: &&Said| said.number.is_some_and(|n| n >= part);
        self.said.iter().rev().take(12).find(|said| fits(said) && !said.is_part())
    }

    /// What is left of a whole when its parts told so far are taken off: the whole and the rest. Of
    /// several wholes the last whose rest is `number`; of none, the last that has parts.
    #[must_use]
    pub fn rest(&self, number: Option<u32>) -> Option<(u32, u32)> {
        let near = || self.said.iter().rev().take(20);
        let mut wholes: Vec<u32> = near().filter_map(|said| said.whole).collect();
        wholes.extend(self.whole(0).and_then(|said| said.number));
        let rest = |whole: u32| {
            let parts =
                near().take_while(|said| said.whole == Some(whole) || said.number != Some(whole));
            let told: u32 =
                parts.filter(|said| said.whole == Some(whole)).filter_map(|said| said.number).sum();
            Some((whole, whole.checked_sub(told)?))
        };
        let mut rests = wholes.into_iter().filter_map(rest);
        match number {
            None => rests.next(),
            Some(number) => rests.find(|(whole, rest)| *rest == number && number < *whole),
        }
    }

    /// The question just noted is answered in the next paragraph.
    pub fn ask(&mut self) {
        if let Some(last) = self.said.last_mut() {
            last.paragraph += 1;
        }
    }

    /// Whether the last count is a question that nothing has answered yet.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.last().is_some_and(Said::is_asked) && self.recent()
    }

    /// The last count with this number.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Option<&Said> {
        let same = || self.said.iter().rev().take(20).filter(|said| said.number == Some(number));
        let told = |said: &&Said| said.population.cat.is_some() || !said.population.nat.is_empty();
        same().find(told).or_else(|| same().next())
    }

    /// The last count of the same paragraph.
    #[must_use]
    pub fn near(&self) -> Option<&Said> {
        self.said.last().filter(|said| said.paragraph == self.paragraph)
    }

    /// Whether something was counted in this paragraph or the one before (an empty line between).
    #[must_use]
    pub fn recent(&self) -> bool {
        self.said.last().is_some_and(|said| said.paragraph + 2 >= self.paragraph)
    }

    /// Whether somebody was named in this paragraph or the one before.
    #[must_use]
    pub fn near_person(&self) -> bool {
        !self.people.is_empty() && self.named + 2 >= self.paragraph
    }

    /// Somebody was named.
    pub fn name(&mut self, person: &str) {
        self.named = self.paragraph;
        if self.people.last().is_some_and(|known| known == person) {
            return;
        }
        match self.people.iter().rposition(|known| known == person) {
            Some(at) => self.people[at..].rotate_left(1),
            None => self.people.push(person.to_owned()),
        }
        if self.people.len() > REMEMBERED {
            self.people.remove(0);
        }
    }
}

impl Topic {
    /// Sets scope and dates of the count noted with this quantity.
    pub fn dated(
        &mut self,
        quantity: Option<&Quantity>,
        predicate: Predicate,
        scope: Option<Scope>,
        time: &Times,
    ) {
        let Some(quantity) = quantity else { return };
        let noted = self
            .said
            .iter_mut()
            .rev()
            .take(12)
            .find(|said| said.quantity == *quantity && said.predicate == predicate);
        if let Some(said) = noted {
            said.scope = scope;
            said.time.clone_from(time);
        }
    }
}
