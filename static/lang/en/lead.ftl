### What only those who lead read: fetched when somebody leads.

lead-tabs = Panels
lead-left = Door and people
lead-right = Queue
lead-held = { $more ->
    [one] The list holds still while you touch it. 1 new one waits below.
   *[other] The list holds still while you touch it. { $more } new ones wait below.
 }
lead-offer = Offer
lead-call-next = Next
lead-hand-menu = Move or lower: { $name }
lead-hand-title = { $name }’s hand
lead-hand-gone = This hand is down
lead-hand-gone-text = It is no longer in the queue.
lead-move-up = Move up
lead-move-down = Move down
lead-move-front = To the front
lead-lower-hand = Lower { $name }’s hand
lead-close-queue = Close queue
lead-reopen-queue = Reopen queue
lead-add-hand = Add a hand
lead-add-title = A hand for whom?
lead-add-nobody = Everybody who is here has a hand up or the turn.
lead-add = Add
lead-add-hand-for = Raise a hand for { $name }
lead-lower-all = Lower all hands
lead-lower-all-sure = Press once more: lower all
lead-not-spoken = Not spoken yet, no hand up
lead-not-spoken-more = and { $more } more
lead-no-turn = no turn yet
lead-call-on = Offer { $name } the turn
lead-successor = { $name } takes over if I am lost
lead-no-successor = { $name } need not take over
lead-remove = Remove from the room…
lead-remove-title = Remove { $name }?
lead-remove-text = The reason is shown to this person alone. Everyone sees that they are gone. By the room’s link they come as far as the door, and you can undo it.
lead-propose-text = In this room two have to agree: another one who leads is asked now, and reads your reason. Until then { $name } hears nothing of it.
lead-propose-now = Propose to remove { $name }
lead-proposals = Removals that wait for an answer
lead-proposal-about = Remove { $name }?
lead-proposal = { $who } would like to remove { $name }.
lead-proposal-mine = You would like to remove { $name }.
lead-proposal-waits = It waits for another one who leads. Without an answer nothing happens.
lead-proposal-answer = Without an answer nothing happens.
lead-proposal-remove = Remove
lead-proposal-keep = Keep
lead-proposal-back = Take back
lead-seats = { $taken } of { $seats } seats taken
lead-reason = A reason, for them to read
lead-reason-free = A reason, for them to read (may be empty)
lead-reason-first = Write a reason first
lead-remove-now = Remove { $name }
lead-decline-title = Do not let { $name } in?
lead-decline-text = The reason is shown to this person alone.
lead-decline-now = Do not let { $name } in
door-tab = Door
door-title = At the door
door-empty = Nobody is waiting.
door-admit = Let in
door-admit-name = Let { $name } in
door-admitted = let in
door-agreed = agreed
door-reading = getting ready
door-answered = has answers
door-no-answer = would rather not say
door-lookalike = looks like a facilitator’s name
door-lookalike-text = This name looks like a facilitator’s, so nobody can be let in with it. Decline kindly, and ask for another name.
door-decline = Do not let in…
door-gone = No longer at the door
door-gone-text = This person has come in or gone.

door-locked = locked
door-lock = Lock the door
door-unlock = Unlock the door
door-lock-said = The door is locked: nobody new comes to it.
door-unlock-said = The door is open to newcomers again.
door-full = full
door-line = { $place } in line for a seat
door-again = by the invite of { $name }, who is here
door-again-lost = by the invite of { $name }, who is reconnecting
door-again-ask = The same person?
door-again-yes = Yes, give the seat back
door-again-text = { $name } came by the same personal invite and has a seat. If this is { $name } on another device, give the seat back: this page gets it, and the other one rests. If it is not, somebody has handed the invite on.
door-told = written: “{ $text }”
door-tell = Write to { $name }…
door-tell-all = Write to all who wait…
door-removed = Removed from this meeting
door-removed-look = The room’s link still leads to the door. Whoever stands there now may be somebody who was removed, by another name.
door-removed-personal = the personal invite opens nothing now
door-undo = Undo
door-renew = Renew the link
door-renew-lead = Renew the link: { $link }
door-renewed = The room has another link now, and the old one opens nothing. You find it under “Links” in the menu.

tell-title = A few words to { $name }
tell-title-all = A few words to all who wait
tell-text = Shown at the door, instead of what was written before. It is kept nowhere.
tell-words = What to write
tell-soon = We begin in a few minutes.
tell-late = We have begun already. There will be a moment to let you in.
tell-full = We are full today. Thank you for coming.
tell-name = Somebody here has a name like yours. Please open the link again and choose another one.
tell-own = In my own words
tell-empty = Write something first
tell-send = Send

refused-locked = The door is locked already.
refused-not-locked = The door is not locked.
refused-full = Every seat is taken. When somebody leaves, or the host gives the room more seats, there is room.
refused-not-removed = That has been undone already.
refused-not-proposed = That proposal is no longer there.
refused-no-link = That link is no longer there.
refused-links-full = The room has as many personal invites as it can have. Revoke some first.

said-proposal = { $who } would like to remove { $name }. Your answer is asked for.
said-stays = { $name } stays.

## Refused to those who lead

refused-not-held = The room is going on already.
refused-not-acting = Only who took over can give it back.
refused-not-named = Nobody is named to take over.
refused-leads = Who is a facilitator needs no naming.
refused-already-open = The meeting has begun already.
refused-no-seat = That person is no longer here.
refused-not-here = That person is not connected just now.
refused-waiting = That person is still at the door.
refused-not-waiting = That person is already in.
refused-name-taken = The name looks like a facilitator’s. Ask them to choose another.
refused-queue-open = The queue is open already.
refused-self = That cannot be done to yourself.

tool-pause = Pause turn
tool-pause-room = Pause room
tool-resume = Go on
tool-take-back = Take back
tool-my-hand = My hand
