### Coming in, whole pages and the host page. The words of the room are in room.ftl.

page-ordinal = { $n ->
    [one] { $n }st
    [two] { $n }nd
    [few] { $n }rd
   *[other] { $n }th
 }
page-moment = One moment…
page-quick-exit = Quick exit
page-reason = The reason they wrote to you:

page-no-entry-title = This room cannot be opened
page-no-entry-text = The link may have expired, been replaced, or it is not time yet. Ask the person who invited you for a new one.
page-no-entry-act = Try again
page-no-link-title = The link is not complete
page-no-link-text = Open the link you were sent once more, whole, to its last letter.
page-removed-title = You are no longer in this room
page-removed-text = A facilitator ended your visit to this meeting. Your seat is given up, and nothing about you is kept.
page-declined-title = The door was not opened this time
page-declined-text = A facilitator chose not to open the door for this meeting. Nothing about you is kept.
page-elsewhere-title = You are here in another place now
page-elsewhere-text = Your seat was opened on another device or tab, so this one has stopped. Nothing is lost.
page-elsewhere-act = Go on here
page-closed-title = The meeting has ended
page-closed-text = Thank you for being here. The names, words and voices of this meeting are gone.
page-left-title = You have left
page-left-text = Thank you for coming. Your seat is given up, and this tab has forgotten it. Whenever you want to come back, open your link again.
page-strikes-title = This page needs a reload
page-strikes-text = Something went wrong with the connection. It was not your fault.
page-strikes-act = Reload
page-reload-title = This page needs a reload
page-reload-text = The server has been updated, and this browser still holds the old page.
page-reload-act = Reload

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
join-disagree = Not now, leave

join-waiting-title = You have arrived, { $name }
join-waiting-text = A facilitator will open the door for you. There is nothing you need to do.
join-waiting-second = Somebody has already come in with a facilitator’s link. A facilitator or the host will make sure that this is you.
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
refused-no-entry = This link does not open a room.
refused-name-empty = Please write what we shall call you. A made-up name is fine.
refused-name-invalid = This name cannot be used: 1 to 40 visible characters, no hidden marks.
refused-forbidden = That is not yours to do in this room.
refused-not-admitted = The door has not been opened for you yet.
refused-not-agreed = The agreement comes first.
refused-stale = Things have changed since. Have another look.
refused-not-open = The meeting has not begun yet.
refused-held = The room stands still just now. It goes on soon.
refused-not-held = The room is going on already.
refused-not-acting = Only who took over can give it back.
refused-not-named = Nobody is named to take over.
refused-leads = Who is a facilitator needs no naming.
refused-already-open = The meeting has begun already.
refused-not-yours = That belongs to somebody else.
refused-no-seat = That person is no longer here.
refused-not-here = That person is not connected just now.
refused-waiting = That person is still at the door.
refused-not-waiting = That person is already in.
refused-name-taken = The name looks like a facilitator’s. Ask them to choose another.
refused-hand-up = There is a hand up already.
refused-no-hand = That hand is no longer up.
refused-has-floor = Who has the turn needs no hand.
refused-kind-off = This room does not use that kind of hand.
refused-queue-closed = The queue is closed for now. A hand about the room is still possible.
refused-queue-open = The queue is open already.
refused-nobody-behind = There is nobody waiting behind.
refused-no-turn = That turn is over.
refused-not-running = That turn cannot be changed like this now.
refused-not-paused = That turn is not paused.
refused-out-of-range = That time is outside what this room allows.
refused-enough = This offer cannot be made longer.
refused-no-questions = There are no questions to answer.
refused-no-audio = This server forwards no sound.
refused-self = That cannot be done to yourself.

## Front page

index-title = One voice at a time
index-text = Lingkar is a listening room for online meetings: one voice is heard at a time, in an order that everyone can see. You come in from a link, without an account, and a made-up name is fine.
index-label = Paste your link here
index-hint = It was sent by the person who invited you.
index-go = Open
index-wrong = This is not a link to a room. A room’s link has /r/ and a # in it.
index-other-place = This link belongs to another address: { $host }. Open it in the browser itself.

## Host page

host-title = Your rooms
host-lead = Make rooms, give out their links, and see from outside whether all is well. Numbers only; to see more, go in, and people will see you.
host-token-title = Host page
host-token-text = Open the host link that the server printed, or paste its code here.
host-token-label = Host code
host-token-go = Go on
host-token-wrong = This code does not fit.
host-offline = The server cannot be reached. The numbers below may be old; we keep trying.
host-new = New room
host-new-title = Title
host-new-title-hint = Seen by those who are in, not by those at the door.
host-new-policy = What may leave the room
host-new-text = The group’s agreement in its own words
host-new-text-hint = May be empty. Confidentiality and the rules that the server keeps are always shown.
host-new-questions = Questions at the door
host-new-questions-hint = Up to three, never an obligation, and answers are not kept.
host-new-question = Question { $n }
host-new-go = Make the room
host-new-cancel = Cancel
host-created = The room “{ $title }” has been made.
host-rooms = All rooms
host-none = No rooms yet. Make the first one.
host-state-doors = doors
host-state-open = under way
host-line-doors = Not begun yet
host-line-speaking = Somebody is sharing
host-line-over = A turn is past its time
host-line-quiet = Nobody is sharing just now
host-nobody-leads = No facilitator inside
host-people = { $count ->
    [0] nobody yet
    [one] { $count } person
   *[other] { $count } people
 }
host-door = { $count ->
    [0] nobody at the door
   *[other] { $count } at the door
 }
host-hands = { $count ->
    [0] no hands
    [one] { $count } hand
   *[other] { $count } hands
 }
host-longest = { $minutes ->
    [0] longest under a minute
    [one] longest { $minutes } minute
   *[other] longest { $minutes } minutes
 }
host-links = Links
host-links-show = Show links
host-links-hide = Hide links
host-links-about = Whoever holds a link can use it. The participants’ link leads to the door; the other two go straight in.
host-link-participant = Participants
host-link-facilitator = Facilitators
host-link-host = Host
host-copy = Copy
host-copied = Copied
host-enter = Go in
host-delete = Close and delete
host-delete-sure = Really close and delete?
host-delete-text = The meeting ends for everyone, and the room is gone.
host-delete-no = Cancel
host-deleted = The room “{ $title }” has been closed and deleted.
host-problem-title-invalid = Title: 1 to 80 visible characters.
host-problem-agreement-invalid = The agreement is too long or has hidden marks in it.
host-problem-questions-invalid = Each question: up to 200 visible characters.
host-problem-not-found = That room is no longer there.
host-problem-not-now = The server could not store it. Please try again in a moment.
host-problem-offline = The server cannot be reached. Nothing has changed.
host-problem-other = That did not work, and it was not your fault. Please try again.
