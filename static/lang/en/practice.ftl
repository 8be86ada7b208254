### What unfolds in the room about how the meeting is practised: fetched when the circle is open.

agenda-title = This meeting
agenda-now = now
agenda-box = about { $minutes } min
agenda-spent = now, about { $gone } of { $minutes } min
agenda-longer = now, a little longer than { $minutes } min, and that is fine
agenda-extra = Somebody had more time here, so everybody else has { $left } more.
agenda-move-on = Move on to: { $name }
agenda-move-sure = Press once more: { $name }
order-why-first-come = Whoever raised a hand first speaks first.
order-why-fair = Whoever has not spoken yet comes first; then whoever had the fewest turns, then whoever spoke the least, then who came first.
order-why-chosen = Hands stand as they were raised, and those who lead choose who is offered the turn next.
order-why-circle = The turn goes around as people sit, counted from whoever spoke last.
order-why-round = Everybody is asked once, in circle order.
order-why-kept = Nobody loses a place: who lets others go first, comes back later or was called, stands where it says so.
order-why-pass = Passing is always fine and marked nowhere; whoever passed may be asked once more at the end.
order-why-process = A hand about the room, for a break or when something cannot be heard, goes ahead of all others.
order-why-other = Would another order be better for all of you? Raise a hand about the room and say so.
round-why-title = A round
give-title = Pass the talking piece
give-lead = Your turn ends, and the turn is offered to this person next. They may pass.
give-nobody = There is nobody it could be passed to just now.
give-to = Pass it on
room-state-phase = { $name } · { $n } of { $of }
tool-signals = Signals
tool-hush = Silence
tool-ask-time = Ask for time
tool-give = Pass it on
tool-question = Let ask
tool-undo = Not done yet
signals-for = Silent signals to { $name }
signals-shown = { $count ->
    [one] 1 person: { $signal }
   *[other] { $count } people: { $signal }
 }
signal-with-you = with you
signal-louder = louder
signal-slower = slower
signal-unclear = unclear
refused-phase-off = That is not part of what happens just now.
refused-no-phase = The meeting has no such part.
refused-no-round = There is no round just now.
refused-not-in-round = That person has been asked in this round already.
refused-floor-taken = All voices are taken. Raise a hand: you are next when one is free.
refused-rang = The bell has just rung. In a little while again.
refused-too-early = More time can be asked for in the last seconds.
refused-not-asked = The answers are in already.
refused-nothing-to-undo = That turn cannot be brought back any more.
