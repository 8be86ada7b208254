### The host page.

host-token-title = Host page
host-token-text = Open the host link that the server printed, or paste its code here.
host-token-label = Host code
host-token-go = Go on
host-token-wrong = This code does not fit.
host-token-changed = The host code is another one now. Open the new host link, or paste its code.
host-offline = The server cannot be reached. The numbers below may be old; we keep trying.
host-new = New room
host-new-title = Title
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
    [one] longest { $minutes } minute
   *[other] longest { $minutes } minutes
 }
host-links = Links
host-links-about = Whoever holds a link can use it. The participants’ link leads to the door; the others go straight in.
host-delete-no = Cancel
host-problem-title-invalid = Title: 1 to 80 visible characters.
host-problem-agreement-invalid = The agreement is too long or has hidden marks in it.
host-problem-questions-invalid = Each question: up to 200 visible characters.
host-problem-not-found = That room is no longer there.
host-gone = Somebody deleted it, on another host page perhaps.
host-problem-not-now = The server could not store it. Please try again in a moment.
host-problem-offline = The server cannot be reached. Nothing has changed.
host-problem-other = That did not work, and it was not your fault. Please try again.
host-limits = Limits
host-limits-save = Save
host-limits-saved = Saved.
host-seats = Seats for participants
host-seats-hint = Empty: no limit. Facilitators and hosts are not counted.
host-two = Two agree before somebody is removed
host-two-hint = When another one who leads is here. Each removal can be undone.
host-problem-links-full = The room has as many personal invites as it can have. Revoke some first.
host-problem-seats-invalid = Seats: a number from 1 to 300, or nothing.
host-problem-no-link = That link is no longer there.
host-format = Format
host-format-save = Save the format
host-format-saved = The format has been saved.
host-problem-format = Something in the format does not fit yet. Nothing that you typed is lost.
host-problem-format-unknown = The server has no format of that name.
host-problem-would-lose = Somebody would lose a turn or a place with it. Let it end first. Nothing has changed.
host-insecure = This address has no https: browsers open no microphone here. People can listen and follow, but nobody is heard.
host-new-title-hint = Seen by those who are in, not by those at the door.
host-title = Host board
host-rooms-count = { $count ->
    [one] { $count } room
   *[other] { $count } rooms
 }
host-people-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
 }
host-lost = Not connected. We keep trying.
host-lost-since = Not connected since { $time }. We keep trying.
host-none = No rooms yet
host-first-make = Make a room. Several at once, if groups meet side by side.
host-first-staff = Give each facilitator a personal invite: they walk in and open the meeting.
host-first-invite = Give everybody else the participants’ link: it leads to the door, where a facilitator lets them in.
host-first-go = Make the first room
host-search = Look for a title
host-search-found = { $count ->
    [0] no room has that in its title
    [one] { $count } room
   *[other] { $count } rooms
 }

## What needs the host

host-needs = Needs you
host-needs-none = Nothing at the moment. Whatever needs you will be told here.
host-needs-stay = What comes up goes below the others. Nothing moves by itself.
host-needs-sort = Sort again
host-needs-said = { $count ->
    [one] { $count } room needs you.
   *[other] { $count } rooms need you.
 }
host-needs-solved = Dealt with.
host-needs-lost = The facilitator’s connection is lost. The room is on hold, everything is kept.
host-needs-alone = People are here, and nobody leads.
host-needs-door = { $count ->
    [one] { $count } person at the door, for { $minutes ->
        [0] less than a minute.
        [one] a minute.
       *[other] { $minutes } minutes.
     }
   *[other] { $count } people at the door, the longest { $minutes ->
        [0] less than a minute.
        [one] a minute.
       *[other] { $minutes } minutes.
     }
 }
host-needs-away = Whoever has the turn lost the connection. Their time stands still.
host-needs-over = A turn is past its time, and nobody has ended it.
host-needs-hand = { $count ->
    [one] A hand has waited for { $minutes } minutes.
   *[other] { $count } hands, the longest waits for { $minutes } minutes.
 }
host-needs-agreement = { $count ->
    [one] { $count } person inside has not accepted the new agreement yet.
   *[other] { $count } people inside have not accepted the new agreement yet.
 }
host-needs-links = Open the room’s links
host-chip-alone = no facilitator
host-chip-door = door is waiting
host-chip-away = speaker reconnecting
host-chip-over = past its time
host-chip-hand = long wait
host-chip-agreement = agreement missing
host-age-now = just now
host-age-minutes = { $minutes } min
host-age-hours = { $hours } h

## A room in numbers

host-state-doors = not begun
host-state-open = under way
host-calm = calm
host-announced = an announcement is shown
host-not-begun = not begun
host-part = part { $n } of { $of }
host-phase = Part: { $phase }
host-doors-opens = Doors open { $when }
host-doors-empty = Nobody is here yet
host-doors-led = Not begun yet, somebody who leads is here
host-doors-unopened = Nobody has opened the meeting yet
host-hold-paused = Paused: everybody is silent
host-hold-lost = On hold: turn and queue are kept
host-hold-bell = The bell: one breath for everybody
host-hold-silence = Silence together
host-hold-break = A break
host-speaking-left = { $minutes ->
    [0] Someone is sharing, less than a minute left
    [one] Someone is sharing, about a minute left
   *[other] Someone is sharing, about { $minutes } minutes left
 }
host-voices = { $count ->
    [one] One voice in a free conversation
   *[other] { $count } voices in a free conversation
 }
host-floor-free = Nobody is sharing just now
host-floor-offered = A turn is being offered
host-floor-speaking = Someone is sharing
host-floor-grace = Someone is finishing their thought
host-floor-over = A turn is past its time
host-floor-paused = A turn is paused
host-floor-suspended = Whoever was sharing is reconnecting
host-floor-silent = A silence inside a turn
host-floor-question = A question, the turn’s time stands still
host-people = { $count ->
    [0] nobody inside
    [one] { $count } person
   *[other] { $count } people
 }
host-reconnecting = { $count } reconnecting
host-round = round, { $had } of { $size }
host-round-again = once more around, { $had } of { $size }
host-leads-nobody = nobody leads
host-leads-count = { $count ->
    [one] somebody leads
   *[other] { $count } lead
 }

## One room

host-now = Now
host-enter = Enter the room
host-enter-tab = (in a new tab)
host-enter-seen = Everybody inside sees that you come in.
host-section-links = Links
host-section-agreement = Agreement
host-section-schedule = Dates
host-section-format = Format
host-section-limits = Limits
host-section-announce = Announce
host-section-print = Sheet to print
host-section-edit = Title and questions
host-tool-announce = Announce
host-staff = Who leads
host-staff-now = { $count ->
    [one] Leads now: { $names }
   *[other] Lead now: { $names }
 }
host-staff-none = Nobody leads now.
host-staff-invites = { $count ->
    [one] { $count } invite to lead is open
   *[other] { $count } invites to lead are open
 }
host-send = Send a facilitator
host-sent = The invite is ready.
host-sent-text = Give it to one person. It opens this room for 12 hours, and they walk straight in.
host-sent-done = Done
host-invite-show = Show
host-invite-hide = Hide
host-qr = For a camera: { $name }
host-clone = Make a copy
host-clone-text = A new room like this one: format, dates, agreement, questions, limits. The people and links stay here.
host-clone-title = { $title } (copy)
host-endings = Close or delete
host-close = Close the meeting
host-close-text = Everyone in it is told goodbye, and everything of the meeting is erased. The room and its links stay, for the next one.
host-close-sure = Close the meeting for everyone
host-closed = The meeting in “{ $title }” has been closed.
host-delete = Delete the room
host-delete-text = The meeting ends for everyone, and the room and its links are gone.
host-delete-sure = Delete the room for good
host-deleted = The room “{ $title }” has been deleted.

## Making rooms

host-new-count = How many
host-new-count-hint = Several, if groups meet side by side.
host-new-count-several = From “{ $first }” to “{ $last }”, all alike.
host-new-go-several = Make { $count } rooms
host-created-several = { $count } rooms have been made.
host-created-some = { $made } of { $count } have been made. Press again for the others.

## On paper

host-print-all = Print the links
host-print-text = { $count ->
    [one] A page with the participants’ link, a picture of it for cameras, and how to come in, in both languages.
   *[other] A page for each of { $count } rooms: the participants’ link, a picture of it for cameras, and how to come in, in both languages.
 }
host-print-secret = Whoever finds the page can come as far as the door. Renew the link when that is too many.
host-print-titled = With the room’s title
host-print-titled-hint = Leave it out where others could read it.
host-print-go = Print
host-print-qr = The link for a camera
host-print-without = { $count ->
    [one] { $count } room has no open link for participants and was left out.
   *[other] { $count } rooms have no open link for participants and were left out.
 }
