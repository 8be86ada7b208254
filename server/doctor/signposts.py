"""The places for help that people are shown: can the file be used, and when did somebody last try what it says."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from server.doctor.finding import Finding, look, ok, wrong
from server.signposts import OLD, SignpostsWrong, load, placeholders

CHECK = "signposts"


def shown(file: Path | None, today: date) -> Iterator[Finding]:
    """`file` as the server has it; without one the page names no place."""
    if file is None:
        yield ok(CHECK, "no file is given (--signposts), so the page names no place for help")
        return
    try:
        found = load(file)
    except SignpostsWrong as no:
        for fault in no.faults:
            yield wrong(CHECK, f"{file}: {fault}", "mend it; the server does not start with it")
        return
    except OSError as no:
        yield wrong(CHECK, f"{file} cannot be read: {no.strerror}", "let the user that runs the server read it")
        return
    checked = found.checked
    assert checked is not None  # a file that can be used says it
    days = (today - checked).days
    if nowhere := placeholders(found):
        do = "write down places that answer, or leave --signposts away"
        yield wrong(CHECK, f"people are shown placeholders that lead nowhere: {', '.join(nowhere)}", do)
    elif days < 0:
        yield look(CHECK, f"last checked on {checked}, which is still to come", "write the day on which it was done")
    elif days > OLD:
        do = f"try every number and address, then write today's date into {file}"
        yield look(CHECK, f"last checked on {checked}, {days} days ago", do)
    else:
        yield ok(CHECK, f"last checked on {checked}")
