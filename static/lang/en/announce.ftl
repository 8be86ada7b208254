### What a host says to those who are inside. `reach`: to how many, in how many rooms.

announce-title = Announce something
announce-lead = Everybody inside reads it, for ten minutes; nobody at the door does. It stands where nothing has to move for it, and it is not kept anywhere.
announce-label = What you want to say
announce-left = { $left ->
    [one] 1 more character
   *[other] { $left } more characters
 }
announce-everywhere = In all rooms, not only in this one
announce-preview = How they will see it
announce-from = From the host:
announce-nothing = …
announce-go = Announce this
announce-people = { $count ->
    [one] 1 person
   *[other] { $count } people
 }
announce-rooms = { $count ->
    [one] 1 room
   *[other] { $count } rooms
 }
announce-reach = { $people } in { $rooms }
announce-whom = For { $reach }.
announce-instead = It takes the place of what is shown there now.
announce-done = Announced to { $reach }.
announce-now = Shown now
announce-age = { $minutes ->
    [0] just now
    [one] 1 minute ago
   *[other] { $minutes } minutes ago
 }
announce-down = { $rooms ->
    [one] Take it down
   *[other] Take it down in { $rooms } rooms
 }
announce-taken-down = It is not shown any more.
announce-invalid = An announcement has 1 to 300 visible characters, without hidden marks.
