//! Where somebody is held and how they left: separate axes, never one status.

words! {
    /// One at a time, per person, per moment.
    Custody {
        /// Held in a known place.
        Held = "held",
        /// Held in an undisclosed place.
        HeldUndisclosed = "held_undisclosed",
        /// Disappeared: custody denied.
        Disappeared = "disappeared",
        /// House arrest.
        HouseArrest = "house_arrest",
        /// Other confinement.
        OtherConfinement = "other_confinement",
        /// At liberty.
        AtLiberty = "at_liberty",
        /// Exiled.
        Exiled = "exiled",
        /// Deported.
        Deported = "deported",
        /// Escaped.
        Escaped = "escaped",
        /// Died in custody.
        DiedInCustody = "died_in_custody",
        /// Died.
        Died = "died",
        /// Unknown.
        Unknown = "unknown",
    }
}

words! {
    /// How a release came about.
    ReleaseMode {
        /// Without conditions.
        Unconditional = "unconditional",
        /// With measures.
        WithMeasures = "with_measures",
        /// Bail.
        Bail = "bail",
        /// Parole.
        Parole = "parole",
        /// Sentence served.
        SentenceServed = "sentence_served",
        /// Acquittal.
        Acquittal = "acquittal",
        /// Dismissal.
        Dismissal = "dismissal",
        /// Amnesty.
        Amnesty = "amnesty",
        /// Pardon.
        Pardon = "pardon",
        /// Exchange.
        Exchange = "exchange",
        /// Exile.
        Exile = "exile",
        /// Humanitarian grounds.
        Humanitarian = "humanitarian",
        /// Court order.
        CourtOrder = "court_order",
        /// Not said.
        Unknown = "unknown",
    }
}

words! {
    /// Conditions that stay after a release.
    Measure {
        /// Must report.
        Reporting = "reporting",
        /// May not travel.
        TravelBan = "travel_ban",
        /// May not speak.
        SpeechBan = "speech_ban",
        /// Electronic tag.
        Tag = "tag",
        /// Another condition.
        Other = "other",
    }
}

words! {
    /// Who may see it. Not public is the default (invariant 10).
    Disclosure {
        /// Only the team.
        Restricted = "restricted",
        /// Counted, never named.
        Counted = "counted",
        /// May be named in public.
        Public = "public",
    }
}
