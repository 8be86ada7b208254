### The agreement of a room on the host page.

agreement-title = Agreement
agreement-version = Version { $version }
agreement-version-since = Version { $version }, since { $since }
agreement-yet =
    { $count ->
        [one] One person has yet to accept it.
       *[other] { $count } people have yet to accept it.
    }
agreement-same = Nothing has changed here yet.
agreement-asks-nobody = Nobody is in the room now. Whoever comes reads it first.
agreement-asks-now =
    { $count ->
        [one] One person is asked again at once.
       *[other] { $count } people are asked again at once.
    }
agreement-asks-later =
    { $count ->
        [one] One person is asked again, after the turn that is running.
       *[other] { $count } people are asked again, after the turn that is running.
    }
agreement-save = Save the agreement
agreement-saved = The agreement has been saved.
agreement-before = Before
agreement-no-text = Without words of the group’s own.
agreement-then = Changed after it:
agreement-again = Use this text again
agreement-taken = It stands in the form now, and is not saved yet.
