### The host page.

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
host-links-about = Whoever holds a link can use it. The participants’ link leads to the door; the others go straight in.
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
