receiving = receiving
reading = reading
undone = undone, at entry
migrated = { $n ->
    [0] the tables of the server are up to date
    [one] the tables of the server are up to date: 1 migration was applied
   *[other] the tables of the server are up to date: { $count } migrations were applied
}
recorded = recorded
accept = accept
edit = edit
refuse = refuse
next = next
stop = stop
same = one person
not_same = two persons
unsure = cannot be told
reason = Why
predicate = What happened (enter keeps it)
exact-number = How many (enter keeps it)
since = Since which day (enter keeps it)
as-of = As of which day (enter keeps it)
edit-in-list = a row of a list is mended at its source: correct the file and receive it again
waiting = { $n ->
    [0] Nothing is waiting for a decision.
    [one] 1 proposal is waiting for a decision.
   *[other] { $count } proposals are waiting for a decision.
 }
decided = { $n ->
    [one] 1 proposal: { $review }
   *[other] { $count } proposals: { $review }
 }
made-case = Made the case { $path }.
made-next = Next: put documents into { $inbox }, then run: habeas open { $path } --once
received-file = received { $name } ({ $format }, { $bytes } bytes)
known-file = { $name }: received before, as { $first }
withdrawn-file = { $name }: received before and withdrawn; `habeas undo CASE { $n }` brings it back
refused-file = not received: { $place }: { $why }
refused-read = not read: { $place }: { $why }
was-read = read { $name }: { $claims } claims, { $mentions } mentions of people, { $problems } problems
ruled = by the rules of this case: { $accepted } proposals accepted, { $joined } pairs joined
wrote = wrote { $path }
verified-whole = { $entries } entries and { $blobs } documents, every hash as recorded.
verified-head = head { $head }
verified-fault = { $n ->
    [one] 1 fault. The first entries before it are whole:
   *[other] { $count } faults, the first one first:
 }
verified-next = hint: keep a copy of the ledger as it is, then restore the last good copy and open the case again
tally-title = Persons by { $by }
tally-persons = persons
tally-held = held
tally-released = released
tally-all = all
tally-unknown = not known
change-title = From { $before } to { $after }
change-point = { $day }, known by entry { $position }, rule { $rule }
change-point-now = the last known day, known by entry { $position }, rule { $rule }
change-held = Held
change-released = Released
change-same = nothing changed
change-sum = { $before } → { $after }
change-total = in all
claims-read = { $n ->
    [0] No claim was read.
    [one] 1 claim, as read and not reviewed
   *[other] { $count } claims, as read and not reviewed
 }
pair-title = Is this one person?
field-name = name
field-number = number
field-born = born
field-age = age
field-sex = sex
field-nat = nationality
field-happened = happened
field-source = source
field-quote = words
field-speaker = says
field-dates = dates
field-modality = stands behind it
board-hint = “≠” cannot be set against names, for the part that stands beside it; “○” names cannot settle it; “▼” short; “✓” supported; “▲” more named than claimed; `--line NUMBER` opens one to its rows
pair-given = given names
pair-surname = surnames
pair-number = identity number
pair-born = birth date
pair-arrested = arrest
pair-place = place
pair-gender = sex
agrees-exact = the same
agrees-similar = alike
agrees-differs = different
agrees-missing = not given
pair-changes = { $n ->
    [0] its decision changes no line of the board
    [one] its decision changes one line of the board
   *[other] its decision changes { $n } lines of the board
}
pair-rule = would be joined by the rule: { $rule }
pair-weight = evidence: { $bits } bits
rule-exact-number = same identity number and names that agree
rule-full-name-and-date = full name and a date
rule-no-other = names that agree, one date or number, and nobody else it could be
verified-proof = under a signed checkpoint: entries 1 to { $covered }; time stamps checked: { $stamps }
verified-against = it continues what that checkpoint signed
proof-holds = the proof holds: { $shown } rows shown and { $withheld } withheld are in the log { $log }
proof-own-key = checked by the key in the proof itself: compare it with the one that the log's owner publishes (--key)
proof-witness = witness { $name } saw it on { $time }
proof-stamped = stamped by { $authority } on { $time }
proof-stamp-unknown = a stamp by { $authority } was not checked: --authority { $authority }=FILE gives its root certificate
stamp-nobody = this case names no authority: [authority.NAME] in case.toml
stamped = { $on }: stamped by { $authority } on { $time }
stamps-done = { $stamped } stamped, { $waiting } waiting
stamped-entry = entry { $n }
stamped-checkpoint = checkpoint of size { $n }
custody-title = { $name }
custody-digest = SHA-256 { $digest }, { $bytes } bytes
custody-whole = its bytes are those that were received
custody-broken = ✗ its bytes are missing or changed
custody-url = address: { $word }
custody-outlet = published by: { $word }
custody-captured = captured: { $word }
custody-tool = with: { $word }
custody-operator = by: { $word }
custody-redirect = by way of: { $word }
custody-header = header { $word }
custody-received = { $when } received by { $author } (entry { $position })
custody-replaces = replaces { $digest }
custody-replaced = replaced by { $digest }
custody-uncovered = under no checkpoint yet
custody-checkpoint = { $when } under a checkpoint of size { $size }
custody-stamp = { $word } stamped by { $authority } ({ $on })
custody-stamp-bad = ✗ stamp by { $authority } ({ $on }): { $word }
custody-read = { $when } read by { $author } (entry { $position })
custody-opened = { $when } opened by { $author } (entry { $position })
custody-given = { $when } given by { $author } to { $with } (entry { $position })
custody-taken = { $when } taken by { $author } from { $with } (entry { $position })
tally-uncounted = { $n } persons have no case number and are not counted
second-sends = sends the texts of { $n } documents to { $url } (model { $model }):
second-rejected = refused by a check: { $name }: { $model } proposes { $kind } { $predicate } from “{ $quote }”: { $failed }
failed-form = it is no claim of our vocabulary
failed-quote = those words do not stand in the text
failed-quantity = our grammar reads another number there, or none
failed-person = that name does not stand there
failed-speaker = that speaker does not stand in the text
failed-predicate = the sentence says something else of them
failed-stance = the sentence denies, promises or asserts otherwise
fetch-going-out = goes out to the network: { $n } addresses, { $by }
fetch-directly = directly: the sites see this machine's address
fetch-same = { $name }: not changed since its last capture
fetch-changed = { $name }: a new version of this address
watch-round = { $received } received, { $same } unchanged, { $refused } not to be had

# Versions of a document (change --document)
versions-one = Only one version of this document is here; there is nothing to compare.
versions-step = From { $before } to { $after }
versions-new = { $name }: a new version
became-same = the same
became-changed = changed
became-new = new
became-gone = gone
became-n-same = { $n } the same
became-n-changed = { $n } changed
became-n-new = { $n } new
became-n-gone = { $n } gone
field-of-quantity = how many
field-of-population = of whom
field-of-whole = of how many in all
field-of-speaker = who says so
field-of-modality = how far they stand behind it
field-of-scope = a batch, a day, a total or a state
field-of-dates = dates
