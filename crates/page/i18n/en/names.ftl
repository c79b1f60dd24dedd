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
how-sound = sounds alike
how-slip = a slip
how-nickname = short form
how-part = written apart
how-initial = initial
how-near = one letter apart
find-unanswered = { $n } typed words are not in the name
