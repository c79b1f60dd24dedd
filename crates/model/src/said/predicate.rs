//! What is said to have happened to people, or to be the case.

words! {
    /// The predicate of a claim. The first group is about people; the second is about silence,
    /// demands and judgements.
    Predicate {
        /// Let out of custody.
        Released = "released",
        /// Pardoned or amnestied by decree.
        Pardoned = "pardoned",
        /// Swapped against others.
        Exchanged = "exchanged",
        /// Case closed, acquitted, no measures left.
        FullFreedom = "full_freedom",
        /// Was already outside; conditions removed.
        RestrictionsLifted = "restrictions_lifted",
        /// In custody.
        Held = "held",
        /// Confined at home: never `released`.
        HouseArrest = "house_arrest",
        /// Must report, may not speak or travel.
        Restricted = "restricted",
        /// Charges not dropped, awaiting trial.
        ChargesPending = "charges_pending",
        /// Detained, abducted, rounded up.
        Arrested = "arrested",
        /// Detained again after a release.
        Rearrested = "rearrested",
        /// Whereabouts unknown, custody denied.
        Missing = "missing",
        /// Moved to another place.
        Transferred = "transferred",
        /// Expelled, banished, forced into exile.
        Deported = "deported",
        /// Charged, remanded, put on trial.
        Charged = "charged",
        /// Sentenced.
        Sentenced = "sentenced",
        /// Died.
        Died = "died",
        /// Injured.
        Injured = "injured",
        /// Applied for an amnesty (applications count).
        AppliedAmnesty = "applied_amnesty",
        /// Left off a list or a law.
        Excluded = "excluded",
        /// Earlier arrests that were reported only now.
        NewlyReported = "newly_reported",
        /// Said to be already free though on another body's list.
        DisputedReleased = "disputed_released",
        /// Said to be common-crime cases though on another body's list.
        DisputedCommonCrime = "disputed_common_crime",
        /// Put on trial at liberty.
        TrialAtLiberty = "trial_at_liberty",
        /// The number is kept back.
        NumberWithheld = "number_withheld",
        /// The names are kept back.
        IdentityWithheld = "identity_withheld",
        /// No list is published.
        ListUnpublished = "list_unpublished",
        /// Being checked.
        VerificationPending = "verification_pending",
        /// A process of releases has begun.
        ReleaseProcessStarted = "release_process_started",
        /// A demand.
        Demand = "demand",
        /// An allegation.
        Allegation = "allegation",
        /// A judgement.
        Assessment = "assessment",
        /// A promise said to be unkept.
        PromiseUnfulfilled = "promise_unfulfilled",
        /// The first since something.
        FirstKnown = "first_known",
        /// Freed in return for something.
        QuidProQuo = "quid_pro_quo",
    }
}

impl Predicate {
    /// Whether the predicate tells that people left custody, under some rule.
    #[must_use]
    pub fn leaves_custody(self) -> bool {
        use Predicate::*;
        matches!(self, Released | Pardoned | Exchanged | FullFreedom | Deported)
    }

    /// Whether the predicate tells a state that holds at a moment, rather than something that
    /// happened.
    #[must_use]
    pub fn is_state(self) -> bool {
        use Predicate::*;
        matches!(self, Held | HouseArrest | Restricted | ChargesPending | Missing)
    }

    /// Whether people can be counted by it (the others are about silence, demands and judgements).
    #[must_use]
    pub fn counts_people(self) -> bool {
        (self as u8) < (Predicate::NumberWithheld as u8)
    }
}
