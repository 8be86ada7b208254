### Picking and editing a format: on the host page and, for those who lead, in the room.

edit-pick = How the meeting goes
edit-planned = { $count ->
    [one] about { $count } minute
   *[other] about { $count } minutes
 }
edit-planned-more = { $count ->
    [one] { $count } minute and open time
   *[other] { $count } minutes and open time
 }
edit-planned-open = as long as you like
edit-minutes = { $length } min
edit-each = { $length } min each
edit-each-equal = equal time for everybody
edit-agenda-step = { $phase } { $times }
edit-phase-count = { $count ->
    [one] { $count } phase
   *[other] { $count } phases
 }
edit-own = Your own format
edit-own-text = With changes of its own.
edit-copy = Copy and edit
edit-copy-sure = Press once more: it replaces your own
edit-copied = Copied from “{ $name }”. Change what you like.
edit-go-on = Edit
edit-close = Close the editor
edit-file = From a TOML file
edit-file-read = “{ $name }” is here. Look through it, then save.
edit-file-refused = { $count ->
    [one] This file is no format yet. One thing does not fit:
   *[other] This file is no format yet. { $count } things do not fit:
 }
edit-file-line = Line { $line }:
edit-toml = As a TOML file
edit-toml-unread = Something that was typed cannot be read yet.
edit-toml-copy = Copy
edit-toml-copied = Copied
edit-toml-save = Download
edit-format-title = Name of your format
edit-format-title-hint = People read it. Empty: the name of the one you copied.
edit-phases = Phases, one after the other
edit-place = { $place }. { $name }
edit-up = Move “{ $name }” up
edit-down = Move “{ $name }” down
edit-remove = Remove “{ $name }”
edit-moved = “{ $name }” is now { $place } of { $count }.
edit-removed = “{ $name }” has been removed.
edit-put-back = Put it back
edit-put-back-said = “{ $name }” is back.
edit-add-which = Another phase
edit-add = Add
edit-added = “{ $name }” is the last one now, number { $place }.
edit-full = A format has up to { $count } phases.
edit-faults = { $count ->
    [one] One thing does not fit
   *[other] { $count } things do not fit
 }
edit-rare = Seldom needed

edit-title = Name of the phase
edit-title-hint = Empty: the usual word for it.
edit-prompt = Words for everybody
edit-prompt-hint = Shown while the phase lasts: a question, an invitation, a reminder. May be empty.
edit-prompt-usual = Shown while the phase lasts. Empty: “{ $words }”
edit-floor = How the floor moves
edit-floor-queue = Hands
edit-floor-queue-text = People raise a hand and are offered the floor in the order of the queue.
edit-floor-round = Round
edit-floor-round-text = Everybody is offered the floor once, as they sit. Passing is always fine.
edit-floor-open = Open floor
edit-floor-open-text = A few people at once, without a queue while there is room.
edit-floor-silence = Silence
edit-floor-silence-text = Silence together, with a bell at both ends.
edit-floor-break = Break
edit-floor-break-text = A break; everybody says when they are back.
edit-order = Who comes next
edit-order-first-come = Who came first
edit-order-first-come-text = In the order in which hands were raised.
edit-order-fair = Fair order
edit-order-fair-text = Who has not spoken yet, then who spoke least.
edit-order-chosen = Those who lead choose
edit-order-chosen-text = Hands stand as they were raised, and nothing is offered by itself.
edit-order-circle = As people sit
edit-order-circle-text = Around the circle, from whoever spoke last.
edit-responses = Responses
edit-responses-none = None
edit-responses-none-text = What was shared stands for itself.
edit-responses-after = Afterwards
edit-responses-after-text = Responses and questions are turns of their own.
edit-responses-inside = Questions also inside a turn
edit-responses-inside-text = The speaker may allow a question; the clock stands still meanwhile.
edit-text = Writing
edit-text-none = None
edit-text-none-text = Everything is said. Only a hand about the room may carry a note.
edit-text-notes = A note with a hand
edit-text-notes-text = Short, and only those who lead read it.
edit-kinds = Hands may be for
edit-kinds-share = something of one’s own
edit-kinds-respond = a response
edit-kinds-question = a question
edit-kinds-hint = A hand about the room (cannot hear, need a break) always works.
edit-kinds-hint-inside = Questions can be asked. A hand about the room always works.
edit-question = Length of a question, in minutes
edit-turn = Length of a turn, in minutes
edit-turn-hint = For example 3, or 2:30.
edit-equal = Share the planned time equally
edit-equal-hint = The planned length is divided among all who are there, up to the length of a turn each.
edit-ending = When the time of a turn is over
edit-ending-soft = It ends softly
edit-ending-soft-text = Time to finish the thought, then those who lead decide.
edit-ending-hard = It ends at that moment
edit-ending-hard-text = Only where the group chose it. Everybody is told beforehand.
edit-clock = How time is told
edit-clock-soft = In words
edit-clock-soft-text = “About two minutes left.”
edit-clock-exact = In minutes and seconds
edit-clock-exact-text = Everybody sees the exact clock.
edit-warning = Warning before the end, in seconds
edit-grace = Time to finish the thought, in seconds
edit-asked = The group can give more time
edit-asked-hint = The speaker asks, everybody answers without a name.
edit-consent = How much more, in minutes
edit-consent-silence = No answer means
edit-consent-silence-yes = It is fine
edit-consent-silence-no = It is enough
edit-consent-for = How long the group is asked, in seconds
edit-pause = Quiet after a turn, in seconds
edit-give = The speaker may pass the talking piece to somebody
edit-give-hint = It is offered to them; they may let it go by.
edit-voices = How many voices at once
edit-second-sweep = Who passed is asked once more at the end
edit-bell = Everybody may ring the pause bell
edit-bell-hint = One breath for the whole room, then it goes on.
edit-box = Planned length, in minutes
edit-box-hint = Nobody is cut off when it is over. Empty: open. A silence really ends then; a break asks who is back.
edit-moves-on = Who moves on to the next phase
edit-moves-on-lead = Those who lead
edit-moves-on-anyone = Everybody
edit-moves-on-anyone-text = Those who lead always may, too.
edit-moves-on-itself = It moves on by itself
edit-moves-on-itself-text = When the round or the silence is over, or everybody is back.
edit-name = Short name, for files
edit-name-hint = Small letters, digits and hyphens; begins with a letter. Common names bring words of their own.
edit-hush = How long a speaker may hold a silence, in minutes
edit-breath = How long the bell pauses the room, in seconds
edit-automatic-offers = The floor is offered by itself when it is free
edit-offer = How long an offer waits, in seconds
edit-rest = How long a hand rests after “come back to me”, in seconds
edit-window = How long the floor of a lost connection is kept, in minutes
edit-unled = How long nobody may lead before the room waits, in seconds

edit-wrong-title = { $count ->
    [one] One thing does not fit yet. Nothing that you typed is lost.
   *[other] { $count } things do not fit yet. Nothing that you typed is lost.
 }
edit-wrong-in = { $where }: { $why }
edit-wrong-number = A number, like 3 or 2:30.
edit-wrong-syntax = This cannot be read as a TOML file.
edit-wrong-unknown = The server has nothing of that name.
edit-wrong-range = From { $low } to { $high }.
edit-wrong-count = A format has { $low } to { $high } phases.
edit-wrong-name = Small letters, digits and hyphens, up to 40; begins with a letter.
edit-wrong-too-long = Too long: up to { $high } characters.
edit-wrong-hidden = There are hidden marks in it, or nothing that can be seen.
edit-wrong-same-name = Another phase has this short name already.
edit-wrong-same-kind = The same kind stands there twice.
edit-wrong-warning-too-long = The warning comes before the end of a turn: make it shorter than the turn.
edit-wrong-grace-too-long = The time to finish a thought cannot be longer than the turn.
edit-wrong-needs-box = It needs a length: a silence at least 5 seconds, a break at least half a minute.
edit-wrong-kinds-none = Without responses there are no hands to respond or to ask.
edit-wrong-inside-needs-question = For questions inside a turn, hands must be able to ask one.
edit-wrong-question-short = A question needs at least 10 seconds.
edit-wrong-open-needs-voices = An open floor has at least two voices.
edit-wrong-voices-need-open = More than one voice at once: only in an open floor.
edit-wrong-give-needs-turns = The piece can be passed with hands and in rounds only.
edit-wrong-equal-needs-round = Equal time is for rounds only.
edit-wrong-equal-needs-box = To share the time equally, it needs a planned length.
edit-wrong-itself = Only a round, a silence or a break moves on by itself.
edit-wrong-consent-short = At least 10 seconds more.
edit-wrong-consent-late = The group is asked for longer than the turn would still last: make it shorter, or warn earlier.
edit-wrong-unknown-field = No format has a field of this name.
edit-wrong-missing = Something is missing here.
edit-wrong-type = Another kind of value belongs here.
edit-wrong-choice = This is not one of the possible words.
edit-wrong-too-large = The file is too large.
edit-wrong-offline = The server cannot be reached.
edit-wrong-other = This does not fit.

edit-while-open = A meeting is under way. It goes on in the same phase if the format still has it; else it begins with the first phase. Nobody loses a turn or a place: where somebody would, nothing is changed.
edit-room-title = The format of this room
edit-room-now = Now: { $name }
edit-room-save = Use it from now on
edit-room-same = This is the format that the room has.
edit-room-done = The room has its new format.
edit-room-doors = The meeting begins with “{ $name }”.
edit-room-stays = “{ $name }” goes on, in the new way. Nobody loses a turn or a place.
edit-room-begins = The meeting goes on with “{ $name }”. Hands keep their places.
edit-room-busy = Somebody has the floor, or a round is on, and it would end with this: let it end first.
edit-room-cut = Somebody has the floor and would be cut off with this: let the turn end first.
edit-room-discard = Throw my changes away
edit-room-discard-sure = Press once more: they are gone then
refused-would-lose = Somebody would lose a turn or a place with it. Let it end first, or move to another phase. Nothing has changed.
refused-bad-format = Something in it does not fit yet. Nothing that you typed is lost.
