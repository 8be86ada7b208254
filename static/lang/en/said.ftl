### Said aloud of the practice: phases, rounds, silence, more time. Fetched in the room; the rest stands in room.ftl.

said-phase = Now: { $phase }.
said-prompt = { $prompt }
said-round = A round: everybody once, in the order of the circle. You can always pass.
said-round-next = After this it comes to you.
said-sweep = Once around. Whoever would still like to is asked once more.
said-round-over = The round is complete.
said-open-floor = Up to { $count } may speak at once, and whoever likes joins in.
said-joins = { $name } joins in.
said-question = { $name } asks { $whom } a question. { $whom }’s time stands still.
said-question-mine = { $name } asks you a question. Your time stands still.
said-asking = { $name } would like a little more time. You are asked, without names.
said-asking-mine = The group is asked, without names.
said-more = { $name } has a little more time.
said-enough = { $name } brings it to an end.
said-enough-mine = It is enough for now, the group says. Finish your thought.
said-given = { $name } passes the talking piece to { $whom }.
said-given-you = { $name } passes the talking piece to you.
said-order-first-come = The queue is now in the order in which hands were raised.
said-order-fair = The queue is now fair: first who has not spoken yet, then whoever spoke least.
said-order-chosen = Those who lead choose now who comes next. Nothing is offered by itself.
said-order-circle = The queue now goes around as you sit.
said-extra-seconds = From now on turns are { $seconds } seconds longer, so that everybody has had the same.
said-extra-minutes = { $minutes ->
    [one] From now on turns are 1 minute longer, so that everybody has had the same.
   *[other] From now on turns are { $minutes } minutes longer, so that everybody has had the same.
 }
said-signal-louder = A little louder, please.
said-signal-slower = A little slower, please.
said-signal-unclear = Not everybody could follow.
said-bell = The bell: one breath.
said-silence = Silence together.
said-silence-over = The silence is over. We go on.
said-break = { $minutes ->
    [one] A break of 1 minute.
   *[other] A break of { $minutes } minutes.
 }
said-break-over = The time of the break is over. Say when you are back.
said-break-over-lead = The time of the break is over. Go on when all are back.
said-break-ends = The break is over. We go on.
said-silent = { $name } is silent for a moment.
said-silent-mine = Your time stands still. You are still heard.
said-again = { $name } has the floor again.
said-warning-hard = { $seconds } seconds left, then the turn ends by itself.
act-end-undone = { $name } gave you your turn back.
