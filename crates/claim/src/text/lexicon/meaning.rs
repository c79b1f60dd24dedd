//! What can a phrase of the lexicon mean?

use habeas_model::{
    AgeBand, Category, Gender, Modality, Nationality, Predicate, said::speaker::Role, words,
};

words! {
    /// Small words that the grammar looks for. Every language gives its own for each.
    Tag {
        /// not, never, sin.
        Negation = "negation",
        /// was, were, been; fue, fueron.
        Be = "be",
        /// has, have; ha, han.
        Have = "have",
        /// has, have, ha: of a perfect tense.
        Perfect = "perfect",
        /// will, would, is to.
        Future = "future",
        /// planned, upcoming, prevista: what a noun tells of is still to come.
        Planned = "planned",
        /// expected, due, se espera: what is to come is expected, not promised.
        Expected = "expected",
        /// left, hubo, dejó: what something left behind follows.
        Outcome = "outcome",
        /// it was, there are, son: a figure of what the text is counting follows.
        ThereAre = "there_are",
        /// another, a further, otro: one beside those told before.
        OneMore = "one_more",
        /// in, early, last: a number behind the month that follows is no day of it.
        InMonth = "in_month",
        /// over the same period: the baseline told last.
        SamePeriod = "same_period",
        /// up from, frente a: the figure before follows.
        Formerly = "formerly",
        /// rose, corrected, pasó: a figure that changes from one number to another.
        Changes = "changes",
        /// by, por: who did it follows a passive.
        By = "by",
        /// was postponed, no se produjo: what was to come has not.
        CalledOff = "called_off",
        /// fewer, more: a number before it, with "than" behind it, is a difference.
        Comparative = "comparative",
        /// than, que.
        Than = "than",
        /// within, dentro de: how long until something, or how long it took.
        Within = "within",
        /// start of, principios de: the first day of a month or year.
        Start = "start",
        /// who, that, which; que, quien.
        Relative = "relative",
        /// but, while; pero, mientras.
        Contrast = "contrast",
        /// of them, of those; de ellos.
        OfThem = "of_them",
        /// another, further, more; otros.
        Additional = "additional",
        /// the other, the rest; los demás.
        Remainder = "remainder",
        /// all, todos.
        All = "all",
        /// as many; otros tantos.
        AsMany = "as_many",
        /// fewer than (relative to a number already said), menos que.
        Fewer = "fewer",
        /// more than (relative), más que.
        More = "more",
        /// all but.
        AllBut = "all_but",
        /// half that.
        HalfThat = "half_that",
        /// between.
        Between = "between",
        /// and (in ranges and lists).
        And = "and",
        /// to (in ranges).
        To = "to",
        /// of, de.
        Of = "of",
        /// out of.
        OutOf = "out_of",
        /// the, los.
        The = "the",
        /// a, an, un, una.
        A = "a",
        /// percent.
        Percent = "percent",
        /// Nouns after a number that are no people: days, votes.
        Unit = "unit",
        /// Words before a number that is no number of people: article, decree.
        UnitBefore = "unit_before",
        /// since, desde.
        Since = "since",
        /// until, by; hasta.
        Until = "until",
        /// before.
        Before = "before",
        /// end of, cierre de: the last day of a month.
        Close = "close",
        /// dated, con fecha de: the day of a report.
        Dated = "dated",
        /// according to, según.
        According = "according",
        /// for (at the beginning: in the view of).
        InView = "in_view",
        /// citing, quoting, via.
        Citing = "citing",
        /// were, have; fueron, han: the verb of several.
        Several = "several",
        /// saw, recognised; vieron: whom they saw follows.
        Sees = "sees",
        /// he, she.
        Pronoun = "pronoun",
        /// they, it.
        Group = "group",
        /// both, ambos.
        Both = "both",
        /// in, at, from before a place.
        At = "at",
        /// to, towards before a destination.
        Toward = "toward",
        /// hospital, infirmary: who is in it need not be held.
        Ward = "ward",
        /// prison, jail, barracks, hospital.
        Prison = "prison",
        /// will do so, lo harán: what was said last is said again, and to come.
        DoSo = "do_so",
        /// court, town, district: what is "of X" has its seat at the place X.
        Seat = "seat",
        /// is serving, cumple: a term that somebody is in prison for follows.
        Serves = "serves",
        /// Words of a running total: in all, so far.
        Total = "total",
        /// Words of one day's tally.
        DayTally = "day_tally",
        /// In a raid, that day: what ties a count to one occasion.
        Occasion = "occasion",
        /// figure, count, toll: nouns that a number is put to.
        Figure = "figure",
        /// Verbs of keeping a running count: counts, registers, eleva a.
        Tallies = "tallies",
        /// Verbs that put a number to a figure: stood at, rose to.
        Puts = "puts",
        /// Republic, government, coast: what is "of X" tells that X is a country or a city.
        Land = "land",
        /// Names, identities.
        Names = "names",
        /// number, figure, how many (in withholding).
        NumberNoun = "number_noun",
        /// list, register.
        List = "list",
        /// give, publish, reveal.
        Give = "give",
        /// on X, on Telegram.
        Channel = "channel",
        /// Words of rumour.
        Rumour = "rumour",
        /// asked not to be named.
        Anonymous = "anonymous",
        /// still, remains.
        Still = "still",
        /// including.
        Including = "including",
        /// Words between parts of a name: de, al, van.
        NameLink = "name_link",
        /// Capitalised words that begin no name.
        NotName = "not_name",
        /// Titles before a name: President, Dr.
        Title = "title",
        /// Nouns of bodies: ministry, group.
        Body = "body",
        /// Abbreviations after which a dot ends no sentence.
        Abbreviation = "abbreviation",
        /// Adjectives between number and noun are read over; these end the search.
        Preposition = "preposition",
        /// correction words: the correct figure is.
        Correct = "correct",
        /// thanked, praised, agradeció a: who is thanked is not who was freed.
        Credits = "credits",
        /// so were, lo mismo.
        SoWere = "so_were",
        /// ruled out, descartó: no word of saying, but who rules out is no detainee.
        RulesOut = "rules_out",
        /// Words that deny.
        Deny = "deny",
        /// the existence of, that there are.
        Exist = "exist",
        /// figure, count, that (object of "rejected").
        Demonstrative = "demonstrative",
        /// such as "for political reasons".
        Political = "political",
        /// passport, nationality.
        Passport = "passport",
        /// citizens, compatriots: people of a country, whichever it is.
        Citizen = "citizen",
        /// own, propia.
        Own = "own",
        /// years old, de edad.
        Aged = "aged",
        /// given, received, jailed for: what a court metes out follows with its term.
        Metes = "metes",
        /// years, a life sentence: a term that a court metes out.
        Term = "term",
        /// charges, accusations (never of people).
        Thing = "thing",
        /// year, month, day words inside dates.
        OfYear = "of_year",
        /// him, her.
        Object = "object",
        /// his, her, their.
        Possessive = "possessive",
        /// when, after: what follows is no attribution.
        Subordinate = "subordinate",
        /// we, I.
        First = "first",
        /// how (before "many").
        How = "how",
        /// presenter, P: whose turns of a transcript ask.
        Asker = "asker",
        /// A, R: whose turns of a transcript answer.
        Answerer = "answerer",
        /// "open letter to", "Dear Sir": who speaks has signed below.
        Letter = "letter",
        /// "questions to", "statement by": who speaks in the whole text.
        Interview = "interview",
        /// "in", "across": behind it, a name that no list has is that of a place.
        Inside = "inside",
        /// "in", "at", "to": behind it stands where somebody is or is brought.
        Where = "where",
        /// "left": what somebody leaves is a place.
        Leaves = "leaves",
        /// "there": the place named last.
        There = "there",
        /// "during", "amid": what stands behind it is told of the time, not of the people.
        Amid = "amid",
        /// demands.
        Asks = "asks",
        /// to free, release (in demands).
        Frees = "frees",
        /// verifying, examining: has still to be checked.
        Check = "check",
        /// cases, reports: what is checked.
        Casework = "casework",
        /// under review, por confirmar.
        Pending = "pending",
        /// releases, an operation: what begins.
        Process = "process",
        /// began, is under way.
        Begin = "begin",
        /// in batches, por grupos.
        Batches = "batches",
        /// first, largest.
        OrdinalFirst = "ordinal_first",
        /// release, swap, arrest: what is the first of its sort.
        EventNoun = "event_noun",
        /// two years, a decade.
        SpanOfTime = "span_of_time",
        /// promise, deadline, plazo.
        PromiseNoun = "promise_noun",
        /// debía salir, saldría: was to come out.
        PromisedOut = "promised_out",
        /// want, plea for: softer than a demand.
        Wants = "wants",
        /// sean liberados, se publique: what is demanded, in the subjunctive.
        BeDone = "be_done",
        /// liberen a, devuélvanlos.
        FreeNow = "free_now",
        /// accused, denunció.
        Accuses = "accuses",
        /// torture, beatings: ill-treatment.
        Ill = "ill",
        /// was, suffered: before a word for ill-treatment.
        Suffers = "suffers",
        /// medical care, visits: what prisoners are refused.
        Care = "care",
        /// niegan, impiden.
        Withhold = "withhold",
        /// called, described, calificó.
        Calls = "calls",
        /// terrorists, spy, kidnapping: what somebody is called.
        Label = "label",
        /// releases, law, verdict: what is judged.
        Judged = "judged",
        /// farce, insufficient.
        Poor = "poor",
        /// first step, good news.
        Good = "good",
        /// welcomed, celebró.
        Praises = "praises",
        /// detention, trial.
        Detention = "detention",
        /// posting, protesting: what people are taken for.
        Doing = "doing",
        /// accused of, acusados de.
        AccusedOf = "accused_of",
        /// treason, spying.
        Crime = "crime",
        /// keeps secret, mantiene en reserva.
        KeepsBack = "keeps_back",
        /// any, anyone, alguien.
        Any = "any",
        /// men, children: plurals without their ending.
        Plural = "plural",
        /// wages, prices: what is no matter of ours.
        Elsewhere = "elsewhere",
    }
}

/// How a predicate is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// The people are the subject: walked free, salieron de prisión.
    Subject,
    /// The people are the object: liberó, detuvieron.
    Object,
    /// Participle: freed, liberados (after "were" the people are before it).
    Participle,
    /// A noun: releases, detenciones.
    Noun,
    /// Future or conditional: saldrán, serán excarcelados.
    Future,
}

/// How a date phrase is reckoned from the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reckoned {
    /// So many days away.
    Day(i32),
    /// The Monday-to-Sunday week so many weeks away.
    Week(i32),
    /// The month so many months away.
    Month(i32),
    /// The year so many years away.
    Year(i32),
    /// The last Saturday and Sunday.
    Weekend,
    /// From the first day of this year.
    YearSoFar,
    /// From the first day of this month.
    MonthSoFar,
    /// The end of the month.
    MonthEnd,
    /// The date last spoken of.
    That,
    /// So many days after the date last spoken of.
    After(i32),
    /// A feast on the same day of every year: 501 is 1 May.
    Fixed(i32),
    /// The first so many days of the month or year that is named next.
    First(i32),
}

/// How a hedge changes a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hedge {
    /// At least.
    AtLeast,
    /// More than.
    MoreThan,
    /// At most.
    AtMost,
    /// Fewer than.
    FewerThan,
    /// About.
    About,
    /// Only: changes nothing.
    Only,
}

/// A part of a number in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// one to nineteen, and veintiuno to veintinueve.
    Unit,
    /// twenty to ninety.
    Tens,
    /// hundred (multiplies what stands before it), doscientos (adds).
    Hundreds,
    /// thousand, million: multiplies.
    Thousands,
    /// dozen, docena: multiplies, and stands alone.
    Collective,
    /// decena, veintena, centenar: as a collective, but roughly.
    Rough,
}

/// Which sorts of meaning the phrases have that begin at a token, as a set: a question about
/// numbers need not be asked where no phrase is of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sorts(u16);

impl Sorts {
    /// A number, a vague quantity, nobody, a fraction, an ordinal.
    pub const NUMBER: Sorts = Sorts(1);
    /// A hedge before a number.
    pub const HEDGE: Sorts = Sorts(1 << 1);
    /// A month, a day of the week, a date phrase.
    pub const DATE: Sorts = Sorts(1 << 2);
    /// A predicate.
    pub const PREDICATE: Sorts = Sorts(1 << 3);
    /// A verb or noun of saying.
    pub const SPEECH: Sorts = Sorts(1 << 4);
    /// A noun for a speaker, next of kin.
    pub const SOURCE: Sorts = Sorts(1 << 5);
    /// A noun for people.
    pub const PEOPLE: Sorts = Sorts(1 << 6);
    /// A demonym.
    pub const NATION: Sorts = Sorts(1 << 7);
    /// A country, a place, one known to be of a country.
    pub const PLACE: Sorts = Sorts(1 << 8);

    /// The sort of a meaning; none for those that are not asked for so often.
    #[must_use]
    pub const fn of(meaning: &Meaning) -> Sorts {
        match meaning {
            Meaning::Number(..)
            | Meaning::Vague(..)
            | Meaning::Nobody
            | Meaning::No
            | Meaning::Fraction(..)
            | Meaning::Ordinal(_) => Sorts::NUMBER,
            Meaning::Before(_) => Sorts::HEDGE,
            Meaning::Month(_) | Meaning::Weekday(_) | Meaning::When(_) => Sorts::DATE,
            Meaning::Predicate(..) => Sorts::PREDICATE,
            Meaning::Speech(_) => Sorts::SPEECH,
            Meaning::Source(_) | Meaning::Kin => Sorts::SOURCE,
            Meaning::People(_) => Sorts::PEOPLE,
            Meaning::Demonym(_) => Sorts::NATION,
            Meaning::Country(_) | Meaning::Of(_) | Meaning::Place(..) => Sorts::PLACE,
            _ => Sorts(0),
        }
    }

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Sorts) -> Sorts {
        Sorts(self.0 | other.0)
    }

    /// Whether the sets have one in common.
    #[must_use]
    pub const fn meets(self, other: Sorts) -> bool {
        self.0 & other.0 != 0
    }
}

/// What a phrase means.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// A small word.
    Word(Tag),
    /// A part of a number.
    Number(Part, u64),
    /// A vague quantity with its floor (0: none).
    Vague(Box<str>, u32),
    /// Nobody.
    Nobody,
    /// Nobody, where a noun for people follows: "no prisoners".
    No,
    /// A fraction.
    Fraction(u32, u32),
    /// An ordinal.
    Ordinal(u32),
    /// A hedge before a number.
    Before(Hedge),
    /// A hedge after a number.
    After(Hedge),
    /// People, with the category if the word has one.
    People(Option<Category>),
    /// Words of sex.
    Gender(Gender),
    /// Words of age.
    Age(AgeBand),
    /// A predicate.
    Predicate(Predicate, Form),
    /// A demonym.
    Demonym(Nationality),
    /// A country.
    Country(Nationality),
    /// A body or person that is known to be of a country.
    Of(Nationality),
    /// A place of the gazetteer and its country.
    Place(Nationality, bool),
    /// A verb or noun of saying and how far the speaker stands behind it.
    Speech(Modality),
    /// A noun for a speaker.
    Source(Option<Role>),
    /// Next of kin.
    Kin,
    /// A month.
    Month(i8),
    /// A day of the week, Monday 1.
    Weekday(i8),
    /// A date phrase.
    When(Reckoned),
}
