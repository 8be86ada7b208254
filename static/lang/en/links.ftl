### Links of a room, for those who may hand them on: in the room and on the host page.

link-menu = Links
link-title = Links of this room
link-text = Whoever holds a link can use it, until it expires or is revoked.
link-participant = Participants
link-facilitator = Facilitators
link-host = Host
link-about-participant = leads to the door
link-about-facilitator = goes straight in
link-about-host = goes straight in
link-about-invite = for one person, who walks in
link-invite = Personal invite { $n }
link-invite-lead = Personal invite { $n }, { $role }
link-role-facilitator = facilitator
link-role-host = host
link-people = { $count ->
    [0] nobody came by it
    [one] 1 person came by it
   *[other] { $count } people came by it
 }
link-who = { $name } came by it
link-until = until { $when }
link-expired = expired { $when }: it opens nothing
link-hidden = Handed on and changed by a host only.
link-copy = Copy
link-copied = Copied
link-hours = A new link opens the room
link-hours-0 = until it is revoked
link-hours-12 = for 12 hours
link-hours-24 = for a day
link-hours-168 = for a week
link-hours-720 = for 30 days
link-make = Make a personal invite
link-make-lead = Invite a facilitator
link-made = New: give it to one person
link-new = Renewed just now
link-renew = Renew
link-renew-sure = Press once more: the old one opens nothing
link-renewed = Renewed. The old link opens nothing any more.
link-revoke = Revoke
link-revoke-sure = { $count ->
    [0] Press once more: it opens nothing any more
    [one] Press once more: who came by it goes, too
   *[other] Press once more: the { $count } who came by it go, too
 }
link-two = People came by this link. Revoking it would remove them, and in this room two have to agree to that: ask a host, or remove them one by one.
link-revoke-outside = Press once more: whoever came by it goes, too
link-revoked = Revoked: it opens nothing.
link-revoked-said = Revoked. This link opens nothing any more.
link-open-again = Make a new one
