### Places for help: fetched when they are wanted, and once for the time without a network.

help-lead = If it gets too much, or if you are not safe: here somebody can be reached who has nothing to do with this circle.
help-none = Whoever runs this server has not named a place to turn to.
help-always = If you need somebody now, the emergency number of where you are is right, and so is a person you trust. You may leave here at any time.
help-failed = The list could not be fetched.
help-checked = Last checked on { $date }.
help-call = Call { $number }
help-text = Send a text message to { $number }
help-web = Open { $host }
help-trace = Nobody in the room learns that you looked here. Calls and messages stay in the list of your phone.
