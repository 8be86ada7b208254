### The names of phases that many formats have; a format may have a title of its own instead.

phase-opening = Opening
phase-agreement-reminder = What we agreed on
phase-newcomers = Newcomers
phase-check-in = Check-in
phase-theme = The theme
phase-reading = Reading
phase-sharing = Sharing
phase-round = Round
phase-responses = Responses
phase-discussion = Discussion
phase-silence = Silence
phase-break = Break
phase-open-floor = Open floor
phase-closing-round = Closing round
phase-after-room = Afterwards
phase-own = A phase of your own
