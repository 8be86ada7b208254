### Who is here: the sheet, and the panel of those who lead: fetched when they are wanted.

people-lately = What happened lately
people-title = { $count ->
    [one] 1 person here
   *[other] { $count } people here
 }
people-tab = People
people-left-text = This person is no longer in the room.
people-hears = hears
people-no-sound = no sound
people-hear = { $count } of { $of } hear whoever speaks
people-hear-you = { $count } of { $of } hear you
people-turns = { $count ->
    [one] 1 turn
   *[other] { $count } turns
 }
people-here = is here
people-here-you = this is your seat
role-successor = takes over if needed
people-successor-text = If the facilitators are lost, you take over: you hold the order until one is back. You can say no at any time.
people-not-me = Not me, please
people-acting-text = You took over when the facilitators were lost.
people-step-down = Give the lead back
