### The room. What only those who lead read is in lead.ftl.

room-circle = The circle
room-dock = Your turn
room-skip = To the large button
room-here = { $count } here
room-beyond = { $seats } in the circle, and { $more } more listening
room-coming = { $more ->
    [one] One more person will sit down after this turn
   *[other] { $more } more people will sit down after this turn
 }
room-state-doors = Not begun yet
room-state-open = Open
room-state-queue-closed = Open · the queue is closed
room-lost = You are offline.
room-lost-text = Your place and your hand are kept.
room-restarting = Back in a moment.
room-restarting-text = Everything is kept, also your place and your hand.

## In the middle of the circle

room-offline = Offline
room-offline-what = you are offline, this is what was seen last
room-restarting-what = everything is kept, we are back by ourselves
room-doors = Not begun yet
room-doors-what = a facilitator will open the circle
room-doors-lead = open the circle when you are ready
room-first = You are the first one here
room-free = Nobody is speaking
room-free-what = raise a hand if you like
room-free-closed = the queue is closed for now
room-quiet = Silence
room-quiet-what = a moment, before the next one
room-for-you = For you
room-for-you-what = the talking piece is waiting for you
room-yours = Your turn
room-yours-what = as slowly as you like
room-yours-warning = finish your thought
room-yours-grace = finish your thought, there is no rush
room-yours-over = end it whenever you are ready
room-yours-paused = your turn is kept, its clock has stopped
room-yours-kept = your turn is kept, go on when you are ready
room-offered = is offered the turn
room-shares = is sharing
room-grace = is finishing a thought
room-still = The room is paused
room-still-what = Everything is kept, and goes on soon.
room-still-yours = Your turn is kept, and your time has stopped.
room-held = On hold
room-held-what = The facilitator’s connection is lost. Everything is kept.
room-bell-what = Somebody rang the bell. One breath, then we go on.
room-together-what = together, until the bell sounds
room-break = Break
room-break-over = time to come back, gently
room-break-back = you are back, we wait for the others
room-silent = holds a silence
room-silent-yours = your time stands, take as long as you like
room-question = { $name } is asking
room-question-what = { $name }’s time stands
room-question-yours = your time stands meanwhile
room-question-mine = Your question
room-question-offered = may ask a question now
room-asking = asks for a little more time
room-asking-yours = the group is being asked
room-declined = the group is ready to go on
room-hard = your turn ends when its time is over
room-hard-offered = the turn ends when its time is over
room-extra-offered = turns are { $left } longer now, for everybody
room-given = is passed the talking piece
room-round = The round goes on
room-round-what = passing is always fine
room-open = Open floor
room-open-what = { $count } of { $of } voices
room-open-free = whoever likes may begin
room-paused = Pause
room-paused-what = { $name }’s clock has stopped. One breath, then we go on.
room-suspended = is reconnecting
room-back = is back, and goes on in a moment
room-suspended-clock = the clock has stopped, the place is kept
room-exact = { $left } left of { $budget }
room-exact-offer = waits for an answer, { $left }
room-exact-over = past the time, +{ $past }
room-exact-kept = kept for { $left }

time-minutes-left = { $minutes ->
    [one] about 1 minute left
   *[other] about { $minutes } minutes left
 }
time-under-a-minute = less than a minute
time-seconds-left = { $seconds } seconds left
time-just-now = just now
time-minutes = { $minutes } min

## The large button and the line above it

button-reconnect = Reconnect now
button-reconnect-sub = trying by itself every few seconds
button-start = It’s yours: start
button-start-sub = all see that it is your turn
button-opens = { $count ->
    [0] microphone opens, nobody hears
    [one] opens your microphone, 1 hears
   *[other] opens your microphone, { $count } hear
 }
button-unheard = no microphone: nobody hears you
button-not-yet = no sound yet: nobody hears you
button-microphone = Open the microphone again
button-resume-room = Let the room go on
button-resume-room-sub = everything is where it was
button-resume = Go on with your turn
button-resume-sub = your time was kept
button-finish = I’m done
button-finish-paused = or wait, your time has stopped
button-open = Open the circle
button-open-sub = from then on hands can be raised
button-more = Give 1 more minute
button-more-sub = for this turn of { $name }’s
button-keep-offer = Keep the offer open
button-keep-offer-sub = 20 seconds more for { $name }
button-offer = Offer to { $name }
button-next = You are next
button-next-sub = tap if you would rather wait
button-lower = Lower hand
button-lower-sub = you are { $place }
button-lower-next = you are next
button-raise = Raise hand
button-raise-process = Raise a hand about the room
button-kinds = Other kinds of hand, and a note
button-wait-doors = Not begun yet
button-wait-doors-sub = there is nothing you need to do
button-wait = Just listen
button-wait-still = everything is kept, and goes on soon
button-wait-sub = there is nothing you need to do
button-wait-back = your turn is kept
button-wait-break = a break: there is nothing you need to do
button-start-question = You may ask: start
button-speak = Go on speaking
button-speak-sub = your time goes on then
button-ready = I’m back
button-ready-sub = { $back } of { $of } are back
button-end-silence = Go on now
button-silence-sub = it ends by itself in a moment
button-fine = Fine by me
button-fine-sub = no names, { $seconds } seconds
button-enough = Enough
button-join = Join in
button-pass-round = Pass when it comes
button-pass-round-sub = { $before ->
    [one] 1 person before you
   *[other] { $before } people before you
 }
button-raise-open = all voices are taken

stat-listening = You are listening
stat-unheard = You are sharing without a microphone
stat-silent = You are here without sound
stat-hear = { $count ->
    [0] nobody hears
    [one] 1 hears
   *[other] { $count } hear
 }
stat-kept = Your seat is kept
stat-kept-place = Kept: { $place } in the queue

tool-people = Who is here
tool-agreement = Agreement
tool-leave = Leave
tool-defer = After the next
tool-lower = Lower hand
tool-end = End turn
tool-bell = Bell
tool-hand = Raise hand
tool-process = About the room

offer-title = This turn is yours, if you want it
offer-calm = Take the time you need
offer-held = The turn waits for you
offer-late = If now is not the moment, the turn moves on and your hand stays
offer-round = Passing is fine: you are asked once more at the end
offer-round-later = Now, or a little later, or not at all: all of it is fine
offer-moment = I need a moment
offer-later = Come back to me
offer-pass = Pass

## Sound

mic-open = Your microphone is open
mic-opening = Opening your microphone…
mic-closed = Your microphone is closed
mic-held = Your device holds the microphone: a call, or a switch?
mic-rests = Your microphone rests, and opens again with your turn
mic-trouble = The microphone did not open.
sound-off = This room has no sound
sound-lost = Sound is coming back…
sound-blocked = Sound does not get through this network. You can follow on the screen.
sound-sleeps = The browser waits for a tap.
sound-wake = Tap to hear
sound-again = Try again
sound-settings = Sound settings
sound-use = Use a microphone
sound-title = How would you like to be here?
sound-lead = All three are equally good, and you can change at any time.
sound-ways = Way of being here
sound-way-voice = With my voice
sound-way-voice-text = speak when it is your turn
sound-way-listen = Just listening
sound-way-listen-text = your microphone stays off
sound-way-silent = Without sound
sound-way-silent-text = follow on the screen
sound-voice-calm = You come in with your microphone closed. Only you can open it.
sound-listen-calm = You hear everyone. Your microphone is not asked for.
sound-silent-calm = You see who shares and what happens. Nothing is heard.
sound-try = Try the microphone
sound-try-stop = Enough, stop
sound-speak = Say a few quiet words. Nobody hears you yet.
sound-clear = You are heard clearly.
sound-quiet = Very quiet: come a little closer.
sound-meter = How loud you are
sound-microphone = Microphone
sound-speaker = Speaker
sound-usual = The usual one
sound-device = Device { $n }
sound-tone = Play a soft tone
sound-denied = The browser does not let this page use a microphone. Allow it at the icon beside the address, then try again. Listening is as good.
sound-no-microphone = No microphone was found. Plug one in and try again, or come in listening.
sound-busy = Another program has the microphone. Close it there, then try again.
sound-unplugged = The microphone is gone. Plug it in again, or choose another.
sound-insecure = Browsers open a microphone only at an https address. Ask whoever runs this server; listening works.
sound-unsupported = This browser knows no sound of this kind. Try another, or follow on the screen.
sound-no-speaker = That speaker does not work. The usual one is used.

## Hands

queue-title = Queue
queue-title-count = { $count ->
    [one] Queue · 1 hand
   *[other] Queue · { $count } hands
 }
queue-closed = Closed for now
queue-empty = No hands yet. Silence is always fine.
order-first-come = First come, first served
order-fair = Fair order
order-chosen = Those who lead choose
order-circle = As people sit
round-title = { $count ->
    [0] Round
    [one] Round · 1 to come
   *[other] Round · { $count } to come
 }
round-order = In circle order
round-again = Once more, for whoever likes
round-empty = Everybody has been asked.
ready-title = Who is back
ready-back = is back
ready-empty = Nobody yet. It is a break.
kind-respond = Respond
kind-question = Ask a question
why-first-come = in order
why-process = about the room
why-called = called by a facilitator
why-moved = moved by a facilitator
why-later = comes back later
why-deferred = after the next one
why-returned = goes on with a turn
why-rests = rests for a moment
why-not-spoken = not spoken yet
why-turns = { $turns ->
    [one] 1 turn
   *[other] { $turns } turns
 }
why-turns-minutes = { $turns } turns, { $minutes } min
why-choosing = waits to be chosen
why-circle = as people sit
why-round = next in the round
why-given = was passed the piece

## People

people-open = Who is here
people-you = You
people-me = you
people-somebody = Somebody
people-lost = reconnecting
people-left = has left
people-place = { $place } in the queue
role-facilitator = facilitator
role-host = host

## Menu and leaving

menu-open = Menu: people, agreement, settings, leave
leave-title = Leaving?
leave-text = Any time, no reason needed. Your seat and hand are given up.
leave-text-lead = Your seat and hand are given up. The meeting goes on without you.
leave-now = Leave the room
leave-erase = Leave and erase what the server has of me now
leave-erase-text = Otherwise numbers about your seat stay until the meeting ends; never your name.
leave-stay = Stay here

## Said aloud

said-in = You are in the circle.
said-in-doors = You are in the circle. It has not begun yet.
said-in-lead = You are in the circle. Open it when you are ready.
said-in-sharing = You are in the circle. { $name } is sharing.
said-lost = The connection is lost, your place is kept.
act-hand-lowered = { $name } took your hand down.
act-all-lowered = { $name } took all hands down.
act-hand-moved = { $name } moved your hand.
act-hand-moved-place = { $name } moved your hand. You are now { $place }.
act-hand-added = { $name } raised a hand for you.
act-turn-extended = { $name } gave you more time.
act-turn-ended = { $name } ended your turn. Thank you.
act-offer-ended = { $name } took the offer back.
act-turn-paused = { $name } paused your turn. Your time has stopped.
act-turn-resumed = { $name } lets your turn go on.
said-back = You are connected again.
said-offered = This turn is yours, if you want it.
said-yours = It is your turn.
said-mic-open = Your microphone is open, { $count ->
    [0] nobody hears yet.
    [one] 1 person hears.
   *[other] { $count } people hear.
 }
said-mic-closed = Your microphone is closed.
said-mic-held = Your device holds the microphone. Nobody hears you.
said-sleeps = To hear the others, press “Tap to hear”.
said-sound-back = Sound is back.
said-warning = { $seconds } seconds left, finish your thought.
said-grace = Finish your thought, there is no rush.
said-over = End your turn whenever you are ready.
said-kept = Your turn is kept.
said-yours-back = Your turn is kept. Go on when you are ready.
said-someone-back = { $name } is back.
said-on = We go on.
said-more-time = You have more time.
said-ended = Your turn has ended. Thank you.
said-passed = You have passed. That is always fine.
said-later = The turn moves on, your hand stays.
said-sharing = { $name } is sharing.
said-still = The room is paused. Everything is kept.
said-lead-lost = No facilitator is here just now. Everything is kept, and goes on when one is back.
said-goes-on = The room goes on.
said-you-lead = You have taken over: you hold the order now.
said-gave-back = You have given the lead back.
said-took-over = { $name } has taken over and leads now.
said-successor = You were named to take over if the facilitators are lost.
said-paused = Pause, one breath.
said-suspended = { $name } is reconnecting.
said-lead-over = { $name } is past the time.
said-quiet = Silence, for a moment.
said-free = Nobody is speaking.
said-hand-up = Your hand is up. You are { $place }.
said-hand-down = Your hand is down.
said-next = You are next.
said-place = You are now { $place }.
said-open = The circle is open.
said-queue-open = The queue is open again.
said-queue-closed = The queue is closed for now.
said-came = { $name } has come.
said-came-many = { $count } people have come.
said-left = { $name } has left.
said-left-many = { $count } people have left.
said-door = { $name } is waiting at the door.
said-door-many = { $count } people are waiting at the door.
