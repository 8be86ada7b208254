### What a host announced to everybody inside. `text` is the host's own.

announced-from = From the host:
announced-title = From the host
announced-said = From the host: { $text }
announced-whom = Everybody in the room can read this. You can put it away for yourself.
announced-away = Put it away
announced-gone = It is not shown any more.
