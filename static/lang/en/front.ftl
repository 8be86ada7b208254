### The front page.

index-title = One voice at a time
index-text = Lingkar is a listening room for online meetings: one voice is heard at a time, in an order that everyone can see. You come in from a link, without an account, and a made-up name is fine.
index-label = Paste your link here
index-hint = It was sent by the person who invited you.
index-from = There is no list of rooms here, and nothing to sign up for: whoever invites you sends you the link. If you would like to hold meetings yourself, ask whoever runs this server for a host link.
index-go = Open
index-wrong = This is not a link to a room. A room’s link has /r/ and a # in it.
index-other-place = This link belongs to another address: { $host }. Open it in the browser itself.
