# Persons found by a typed name.
find-prompt = Type a name and press Enter; Ctrl-D ends.
find-none = nobody of the register bears such a name
find-person = person
find-name = name
find-mentions = mentions
find-weight = bits
find-why = why
how-same = same
how-begins = begins so
how-encoding = letters lost by a computer
how-sound = sounds alike
how-slip = a slip
how-nickname = short form
how-part = written apart
how-initial = initial
how-near = one letter apart
find-unanswered = { $n } typed words are not in the name

# Why two rows are one person or two.
explain-before = before comparing
explain-relatives = relatives and namesakes agree so, too
explain-reviewed = reviewed pairs
explain-sum = together
explain-one = One person: { $bits } bits, p { $p }; from { $join } on pairs are joined
explain-two = Two persons: { $bits } bits, p { $p }; from { $join } on pairs are joined
explain-kept-apart = Two persons, though the pair has { $bits } bits, p { $p }: { $why }
explain-through-others = One person through other rows or a decision; the pair alone has { $bits } bits, p { $p }
explain-met = met under { $keys }, with { $rows } rows
explain-over = both have the same { $keys }, but { $rows } rows have it, more than its bound
explain-never-met = the two share no key under which rows are compared
explain-would-join = one person, if { $part } were: { $level } (p { $p })
explain-would-part = two persons, if { $part } were: { $level } (p { $p })
explain-nothing-turns = no single part would turn the decision
explain-no-row = no row has the id `{ $id }`
held-undecided = no decision joins them
held-decision = somebody said of them, or of rows joined with them, that they are two persons, or that it cannot be told
held-once-a-list = they, or rows joined with them, stand in one list that holds each person once
held-siblings = the same surnames and another given name: brothers or sisters, perhaps
held-contradiction = their numbers and births, or their whole names and births, contradict each other
held-others = the rows that they would join as one person speak against it: a chain through a weak link
compared-surnames = surnames
compared-given-names = given names
compared-name = name
level-missing = not given
level-both-same = both the same
level-both-alike = both, with a slip
level-swapped = both, in the other order
level-one-same = the one that both give
level-one-alike = the one that both give, with a slip
level-one-crossed = the first of one is the second of the other
level-first-only = the first; the second ones differ
level-second-only = the second; the first ones differ
level-crossed-only = one, in another place; the rest differs
level-turned = given name and surname changed places
level-all-same = all the same
level-only-same = the only one, the same
level-alike = alike
level-initials = by initials
level-nickname = by short forms
level-first-same = the first the same; one side has no more
level-later-same = a later one the same; one side has no more
level-some-alike = some, with a slip
level-some-short = a short form or initial; one side has no more
level-partly = some; the rest differs
level-differs = different
level-all-alike = all, with slips
level-most-same = two or more the same; one side has no more
level-most-alike = two or more, with slips
level-one-only = one; one side has no more
level-one-differs = three or more; one word differs
level-two-shared = two; one word differs
level-several-differ = two or more; several differ
level-one-shared = one; the rest differs
level-same = the same
level-same-rare = the same, a rare one
level-same-common = the same, a common one
level-one-slip = one slip
level-neighbours = neighbouring numbers
level-day-month-swapped = day and month swapped
level-two-of-three = two of day, month and year
level-year = the year; one side has no more
level-near = near
level-same-rare-day = the same day, a rare one
level-same-day = the same day
level-same-day-of-many = the same day, one of many people
level-5-days = within 5 days
level-31-days = within 31 days
level-first-word = the first word
level-crossed = in the other column
link-sure = How sure the pairs are
link-sure-note = Kept pairs by their probability of being one person. Many in the middle mean that the columns say little.
link-rows = rows: { $n }
link-rows-more = rows: over { $n }, up to { $most }
link-split = Chains split at a weak link
link-split-note = Pairs of the joining probability that were not followed, because over all rows of the two persons the evidence is against: the strongest between any two persons.
link-split-pair = pair
link-split-p = p of the pair
link-split-bits = bits of the pair
link-split-between = mean bits between the two persons
link-split-rows = rows of the two
link-split-contradict = they contradict each other
link-split-found = { $n } chains were split at a weak link: pairs that are strong alone, and the rows that they would join speak against them (--report and --json name them)

# A sample of pairs that people look at.
sample-drawn = { $n ->
    [one] one pair was written into `{ $file }`; fill its column `same` with yes, no or unsure, then: habeas link --sampled `{ $file }`
   *[other] { $count } pairs were written into `{ $file }`; fill its column `same` with yes, no or unsure, then: habeas link --sampled `{ $file }`
}
sample-of = { $answered } pairs looked at, for { $pairs } kept pairs
sample-precision = precision (of the joined pairs, those that are one person)
sample-recall = recall (of the kept pairs that are one person, those that are joined)
sample-within = { $at } (95 %: { $low } to { $high })
sample-none = no such pair was looked at
sample-open = { $n ->
    [one] one pair has no answer yet
   *[other] { $count } pairs have no answer yet
}
sample-unsure = { $n ->
    [one] one pair cannot be told, and is left out
   *[other] { $count } pairs cannot be told, and are left out
}
sample-unseen = Pairs that no key brought together are not in the sample: recall does not count them.
