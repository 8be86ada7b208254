### Coming in and whole pages. The words of the room are in room.ftl.

page-ordinal = { $n ->
    [one] { $n }st
    [two] { $n }nd
    [few] { $n }rd
   *[other] { $n }th
 }
page-moment = One moment…
page-quick-exit = Quick exit
page-help = Help
room-close = Close
later-title = Not fetched
later-failed = This could not be fetched. Check your connection.
later-again = Try again
page-reason = The reason they wrote to you:

page-no-entry-title = This room cannot be opened
page-early-title = The doors are closed just now
page-no-link-title = The link is not complete
page-removed-title = You are no longer in this room
page-declined-title = The door was not opened this time
page-revoked-title = This link is no longer in use
page-yours-title = Your seat is waiting for you
page-lost-title = This meeting could not go on
page-elsewhere-title = You are here in another place now
page-moved-title = Your seat is on your other device
page-no-way-title = This way to your seat has run out
page-closed-title = The meeting has ended
page-left-title = You have left
page-erased-title = You have left, and it is erased
page-unheard-title = You have left
page-unheard-text = The server did not take note of it: it only knows that your connection is gone. This tab has forgotten your seat.
page-strikes-title = This page needs a reload
page-reload-title = This page needs a reload

## Coming in

join-steps = Steps to come in
join-step-name = Name
join-step-agreement = Agreement
join-step-sound = Sound
join-step-waiting = Waiting
join-next = Next step
join-returning = Back to your seat
join-returning-text = One moment, your seat is kept.
join-no-connection = Not connected yet. We keep trying, there is nothing you need to do.
join-restarting = Back in a moment. Everything is kept.

join-name-title = You are invited to a circle
join-name-lead = Here one voice is heard at a time. You may share, and you may simply listen.
join-name-label = What shall we call you?
join-name-hint = A made-up name is fine. It is used for this meeting only, and erased when it ends.
join-name-go = On to the agreement

join-agreement-title = Our agreement
join-agreement-lead = Everyone reads it first, before coming into the circle.
join-agreement-changed = The agreement has changed meanwhile. Please read it once more.
join-agreement-lead-open = The door is open for you. You come in once you have read this and agree.
join-policy-general-experience-only = Only the general experience leaves the room
join-policy-general-experience-only-text = You may tell that you were here and what you learned. Who was here and what they said stays.
join-policy-stays-in-the-room = What is said here stays here
join-policy-stays-in-the-room-text = Take home what you learned, not the stories or the names.
join-policy-full-disclosure = What is said here may be told
join-policy-full-disclosure-text = This group is open: whatever you say may leave the room, also the name you use here.
join-rule-one-voice = One voice at a time
join-rule-one-voice-text = The server keeps the order, so nobody has to fight for it.
join-rule-microphone = Your microphone is closed until you open it
join-rule-microphone-text = Nobody else can. In your turn you see how many people hear you.
join-rule-silence = Silence is always fine
join-rule-silence-text = Nobody is made to speak, and no reason is needed.
join-rule-passing = Passing is never marked
join-rule-passing-text = A turn is offered, never demanded. Later is fine, and so is not at all.
join-rule-place = Your place waits for you
join-rule-place-text = If your connection drops, your seat and your place in the queue stay.
join-own-words = In this group’s own words
join-keeps = What is kept, and what we cannot promise
join-keeps-memory = During the meeting the server remembers only what we call you, your seat and the order of turns. When it ends, all of that is erased. Voices are passed on as they come, never stored.
join-keeps-disk = Your name, words and answers are never written to a disk or a log. This tab remembers your link and name until you leave.
join-keeps-cannot = We cannot stop another person from recording on their own device. Whoever runs this server could change its program.
join-agree = I agree
join-back = Back to the agreement
join-wait = On to the waiting room
join-come-in = Come in
move-here-title = Your seat comes to this device
move-here-text = The other one lets go of it. How would you like to be here?
move-here = Come in here
join-disagree = Not now, leave

join-waiting-title = You have arrived, { $name }
join-waiting-text = A facilitator will open the door for you. There is nothing you need to do.
join-waiting-second = Somebody has already come in with a facilitator’s link. A facilitator or the host will make sure that this is you.
join-waiting-line = Every seat is taken just now. You are { $place } in line: when one is free, a facilitator can let you in.
join-waiting-told = Those who open the door wrote to you:
said-waiting-told = They wrote to you: { $text }
said-waiting-line = You are { $place } in line.
join-waiting-offline = The connection is lost. Your place is kept, and we keep trying.
join-leave = Leave
join-questions-title = If you like, tell us a little
join-questions-hint = Only those who open the door read it. It is not kept, and you may leave it empty.
join-answer = Send
join-answered = Thank you, your answer has arrived.
join-answer-again = Change the answer

## Refused commands: one sentence beside the control

refused-offline = Not connected just now. This has not been sent.
refused-slow = The server has not answered yet. Please try once more.
refused-internal = That did not work, and it was not your fault. Please try again.
refused-malformed = That did not work, and it was not your fault. Please try again.
refused-not-now = It could not be stored, so nothing has changed. Please try again in a moment.
refused-too-fast = That was too fast for the server. Wait a moment, then try again.
refused-reload = This page needs a reload.
refused-lost = The last meeting could not go on.
refused-no-entry = This link does not open a room.
refused-name-empty = Please write what we shall call you. A made-up name is fine.
refused-name-invalid = This name cannot be used: 1 to 40 visible characters, no hidden marks.
refused-forbidden = That is not yours to do in this room.
refused-not-admitted = The door has not been opened for you yet.
refused-not-agreed = The agreement comes first.
refused-stale = Things have changed since. Have another look.
refused-not-open = The meeting has not begun yet.
refused-held = The room stands still just now. It goes on soon.
refused-not-yours = That belongs to somebody else.
refused-hand-up = There is a hand up already.
refused-no-hand = That hand is no longer up.
refused-has-floor = Who has the turn needs no hand.
refused-kind-off = This room does not use that kind of hand.
refused-queue-closed = The queue is closed for now. A hand about the room is still possible.
refused-nobody-behind = There is nobody waiting behind.
refused-no-turn = That turn is over.
refused-enough = That was as much as there is.
refused-not-running = That turn cannot be changed like this now.
refused-not-paused = That turn is not paused.
refused-out-of-range = That time is outside what this room allows.
refused-no-questions = There are no questions to answer.
refused-no-audio = This server forwards no sound.
