"""Words that are meant to do something else than to be read, beside a room that goes on."""

from functools import partial
from typing import Any

import pytest

from tests.reliability.faults.beside import beside, speaks
from tests.server.person import Person, TurnedAway
from tests.server.running import Running

MARKS = "Z" + "\u0335\u0489\u0300\u0345" * 500
NAMES_THAT_ARE_NONE = {
    "nothing": "",
    "blank": " \u2003\u3164 ",
    "too long": "x" * 41,
    "2,001 characters": "x" * 2001,
    "60,000 characters": "x" * 60_000,
    "a thousand combining marks": MARKS,
    "four marks": "Z" + "\u0335" * 4,
    "a right-to-left override": "Eka\u202egnp.exe",
    "an isolate": "\u2067Eka\u2069",
    "zero width": "E\u200bka",
    "a joiner alone": "\u200d",
    "a zero": "Eka\0",
    "a private character": "\ue000",
    "a tag": "Eka\U000e0041",
    "only marks": "\u0301\u0301",
    "only signs": "...",
}
LIKE_EKA = ["Eka", "eka", "ЕКА", "Eкa", "Ｅｋａ", "E k a", "Eka.", "Éka", "𝐄𝐤𝐚", "Eka\u0301"]  # Cyrillic, wide, bold
WORDS = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "a link": "javascript:alert(1) https://evil.example/?q=<b>",
    "a template": "{{constructor.constructor('x')()}} ${x} %s %n",
    "a query": "'; DROP TABLE room; --",
    "an override": "\u202egnp.exe\u2066 ok",
    "marks": "Z" + "\u0335" * 100,
    "lines": "a\r\nb\u2028c\x1b[2J",
    "plants": "🌱" * 60,
    "a zero": "a\0b",
}


async def test_names_that_hide_turn_or_drip(server: Running) -> None:
    async with beside(server) as home:
        room, (eka,) = await home.meeting("Eka")
        for why, name in NAMES_THAT_ARE_NONE.items():
            with pytest.raises(TurnedAway, match="name-invalid"):
                await home.waiting(room, name)
            assert "waiting" not in eka.view or not eka.view["waiting"], why


async def test_names_like_the_facilitators(server: Running) -> None:
    """They stand at the door, marked; nobody lets them in under that name."""
    async with beside(server) as home:
        room, (eka,) = await home.meeting("Eka")
        for name in LIKE_EKA:
            person = await home.waiting(room, name)
            await person.accept()
            await eka.until(partial(at_the_door, person.seat, "lookalike"))
            assert await eka.ask("admit", seat=person.seat) == {"ok": False, "code": "name-taken"}, name
            await person.do("leave")
        assert set(eka.view["people"]) == {eka.seat}


async def test_words_that_are_code(server: Running) -> None:
    """Whatever is written is shown to those it is for, as it was written, and is never anything but text."""
    async with beside(server) as home:
        room, (eka, fajar, speaker) = await home.meeting("Eka", "Fajar", "Speaker", questions=["Why?"])
        await speaks(eka, speaker)
        for name, words in WORDS.items():
            await fajar.do("raise-hand", note=words)
            hand = fajar.you["hand"]
            await eka.until(partial(sees_hand, hand))
            assert eka.view["hands"][hand]["note"] == words, name
            assert "note" not in fajar.view["hands"][hand]
            await fajar.do("lower-hand")
            person = await home.waiting(room, "Gita")
            await person.do("answer-door", answers=[words])
            await eka.until(partial(at_the_door, person.seat, "answers"))
            assert eka.view["waiting"][person.seat]["answers"] == [words], name
            await eka.do("decline", seat=person.seat, reason=words)
            await person.closed.wait()
            assert person.bye is not None
            assert (person.bye["code"], person.bye["reason"]) == ("declined", words), name


def at_the_door(seat: str, field: str, person: Person) -> bool:
    return bool(person.view["waiting"].get(seat, {}).get(field))


def sees_hand(hand: str, person: Person) -> bool:
    return hand in person.view["hands"]


TOO_LONG: list[tuple[str, dict[str, Any]]] = [
    ("raise-hand", {"note": "x" * 141}),
    ("raise-hand", {"note": "x" * 2001}),
    ("raise-hand", {"note": MARKS}),
    ("remove", {"seat": "x", "reason": "x" * 301}),
    ("decline", {"seat": "x", "reason": "x" * 2001}),
    ("decline", {"seat": "x" * 25}),
    ("answer-door", {"answers": ["x" * 501]}),
    ("answer-door", {"answers": [""] * 4}),
    ("accept-floor", {"turn": "t" * 2001}),
    ("lower-hand", {"hand": "\u202e" * 25}),
]


async def test_words_that_are_too_long(server: Running) -> None:
    """Refused with one code, whatever they are for; nothing of them is kept or told."""
    async with beside(server) as home:
        _, (eka, fajar) = await home.meeting("Eka", "Fajar")
        before = len(eka.heard)
        for type, fields in TOO_LONG:
            assert await fajar.ask(type, **fields) == {"ok": False, "code": "malformed"}, fields
        assert len(eka.heard) == before


async def test_titles_and_agreements_that_are_code(server: Running) -> None:
    """A host's words come back as they were given; the page itself is the same for every room."""
    async with beside(server) as home:
        async with home.session.get(f"{server.url}/r/nobody") as answer:
            page = await answer.text()
        for name in ("html", "a link", "a template", "a query"):
            room = await home.room(WORDS[name][:80], agreement={"text": WORDS[name]})
            async with home.session.get(f"{server.url}/r/{room.id}") as answer:
                assert await answer.text() == page
                assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
            person = await home.waiting(room, "Gita")
            assert person.view["agreement"]["text"] == WORDS[name]
        for words in (WORDS["an override"], WORDS["a zero"], "x" * 2001):
            status, answer = await home.api("POST", "/api/rooms", {"title": words})
            assert (status, answer) == (400, {"code": "title-invalid"})
