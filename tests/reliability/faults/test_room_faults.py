"""Many things at once, or at the worst moment, in one room, beside another that goes on."""

import asyncio

import pytest

from tests.reliability.faults.beside import beside, speaks
from tests.server.person import Person, TurnedAway
from tests.server.running import House, Room, Running

HANDS = 50


async def test_fifty_hands_in_ten_milliseconds(server: Running) -> None:
    """All of them stand in the queue, once, and everybody sees the same order: that of their arrival."""
    async with beside(server) as home:
        room, (eka, speaker, *crowd) = await home.meeting("Eka", "Speaker", *(f"P{n}" for n in range(HANDS)))
        await speaks(eka, speaker)
        await asyncio.gather(*(person.do("raise-hand") for person in crowd))
        await asyncio.gather(*(one.until(lambda me: len(me.view["queue"]) == HANDS) for one in (eka, *crowd)))
        [order] = {tuple(one.view["queue"]) for one in (eka, *crowd)}
        assert len(set(order)) == HANDS
        assert {eka.view["hands"][hand]["seat"] for hand in order} == {person.seat for person in crowd}
        fresh = await home.person().come_back(eka)
        assert tuple(fresh.view["queue"]) == order
        assert {one.gaps for one in (eka, *crowd)} == {0}
        await home.api("DELETE", f"/api/rooms/{room.id}")


async def test_drops_in_the_middle_of_a_turn_and_of_an_offer(server: Running) -> None:
    """The speaker's turn waits, the offered one's hand goes back to the head; both go on where they were."""
    async with beside(server) as home:
        _, (eka, fajar, gita) = await home.meeting("Eka", "Fajar", "Gita")
        await speaks(eka, fajar)
        turn = fajar.you["turn"]
        await fajar.pull()
        await eka.until(lambda me: me.view["turns"][turn]["state"] == "suspended")
        fajar = await home.person().come_back(fajar)
        await fajar.do("resume-turn", turn=turn)
        await eka.until(lambda me: me.view["turns"][turn]["state"] == "speaking")
        await fajar.do("finish-turn", turn=turn)
        await gita.do("raise-hand")
        await gita.until(lambda me: me.you.get("turn"))
        await gita.pull()
        await eka.until(lambda me: not me.view["turns"] and len(me.view["queue"]) == 1)
        gita = await home.person().come_back(gita)
        await gita.until(lambda me: me.you.get("turn"))
        await gita.do("accept-floor", turn=gita.you["turn"])


async def test_twenty_tabs_of_one_person(server: Running) -> None:
    """One of them has the seat; the others are told so and are let go. Each command is that of one person."""
    async with beside(server) as home:
        _, (eka, fajar) = await home.meeting("Eka", "Fajar")
        before = fajar.seat
        tabs = await asyncio.gather(*(home.person().come_back(fajar) for _ in range(20)), return_exceptions=True)
        here = [tab for tab in tabs if isinstance(tab, Person)]
        *gone, last = sorted(here, key=lambda tab: tab.bye is None)
        await asyncio.gather(fajar.closed.wait(), *(tab.closed.wait() for tab in gone))
        assert {tab.bye["code"] for tab in (fajar, *gone) if tab.bye} == {"elsewhere"}
        assert (last.seat, last.closed.is_set()) == (before, False)
        await last.do("raise-hand")
        await eka.until(lambda me: me.view["queue"] or me.view["turns"])
        assert set(eka.view["people"]) == {eka.seat, before}


async def test_let_in_and_gone_in_the_same_moment(server: Running) -> None:
    """Admitted by one while they leave, drop or are declined by another: in or out, never between; nothing is left."""
    async with beside(server) as home:
        room, (eka,) = await home.meeting("Eka")
        hana = await home.leading(room, "Hana", "host")
        for _ in range(5):
            for how in ("leave", "pull", "decline"):
                await at_once(home, room, eka, hana, how)
        await eka.until(lambda me: here(me) == {eka.seat, hana.seat})
        await hana.until(lambda me: here(me) == {eka.seat, hana.seat})
        assert not set(eka.view["people"]) & set(eka.view.get("waiting", {}))
        assert (eka.view["people"], eka.gaps, hana.gaps) == (hana.view["people"], 0, 0)


def here(person: Person) -> set[str]:
    """Who is connected, inside or at the door."""
    shown = {**person.view["people"], **person.view.get("waiting", {})}
    return {seat for seat, one in shown.items() if one.get("present")}


async def at_once(home: House, room: Room, eka: Person, hana: Person, how: str) -> None:
    person = await home.waiting(room, "Gita")
    await person.accept()
    await eka.until(lambda me: person.seat in me.view["waiting"])
    await hana.until(lambda me: person.seat in me.view["waiting"])

    async def go() -> None:
        match how:
            case "leave":
                await person.tell("command", {"type": "leave"})
            case "pull":
                await person.pull()
            case "decline":
                await hana.ask("decline", seat=person.seat)

    answer, _ = await asyncio.gather(eka.ask("admit", seat=person.seat), go())
    assert answer.get("code") in (None, "no-seat", "not-waiting", "not-here"), how
    if not person.closed.is_set():
        await person.pull()


async def test_everybody_at_once_for_one_place(server: Running) -> None:
    """Two who lead offer the floor to two people; these accept and pass at once; both leads end it: one offer, one
    answer, one end."""
    async with beside(server) as home:
        room, (eka, fajar, gita) = await home.meeting("Eka", "Fajar", "Gita")
        hana = await home.leading(room, "Hana", "host")
        await eka.do("call-on", seat=fajar.seat)
        for _ in range(3):
            await ended_by_both(eka, hana, fajar, gita)


async def ended_by_both(eka: Person, hana: Person, fajar: Person, gita: Person) -> None:
    floor = str(await eka.until(lambda me: me.view.get("floor")))
    await asyncio.gather(eka.ask("end-turn", turn=floor), hana.ask("end-turn", turn=floor))
    await asyncio.gather(*(one.until(lambda me: not me.view["turns"]) for one in (eka, hana, fajar, gita)))
    called = await asyncio.gather(
        eka.ask("call-on", seat=fajar.seat, floor=floor), hana.ask("call-on", seat=gita.seat, floor=floor)
    )
    assert [answer.get("code") for answer in called] in ([None, "stale"], ["stale", None])
    turn = await eka.until(lambda me: me.view["floor"] != floor and me.view["floor"])
    commands = ("pass-floor", "accept-floor")
    told = await asyncio.gather(*(one.ask(type, turn=turn) for one in (fajar, gita) for type in commands))
    assert [answer["ok"] for answer in told].count(True) == 1


async def test_clients_whose_clocks_are_years_off(server: Running) -> None:
    """Times come as absolute values of meeting time: what lies outside is refused with a code, and nothing waits for
    the year after next."""
    years = 2 * 365 * 86_400.0
    async with beside(server) as home:
        _, (eka, fajar) = await home.meeting("Eka", "Fajar")
        await eka.do("call-on", seat=fajar.seat)
        turn = await fajar.until(lambda me: me.you.get("turn"))
        for until in (years, -years, 1.7e9 + years, 0, -1, 2**53, 1e300, -1e300):
            answer = await fajar.ask("hold-offer", turn=turn, until=until)
            assert answer.get("code") in (None, "enough", "out-of-range", "malformed"), until
            answer = await eka.ask("extend-turn", turn=turn, until=until)
            assert answer.get("code") in (None, "enough", "out-of-range", "malformed"), until
        await fajar.do("accept-floor", turn=turn)
        before = eka.view["turns"][turn]
        for until in (years, 1.7e9 + years, 2**53, 1e300):
            assert (await eka.ask("extend-turn", turn=turn, until=until))["code"] in ("out-of-range", "malformed")
        assert eka.view["turns"][turn] == before
        for version in (2**53, -1, 0):
            assert not (await eka.ask("lower-all", queue=version))["ok"] or version == 0
        for packet in ({"sent": 1.7e12 + years}, {"now": -years}):  # a clock is nothing that a client may send
            assert (await fajar.ask("lower-hand", **packet))["code"] == "malformed"


async def test_a_full_room(server: Running) -> None:
    """Nobody more is let in than there are seats, also by two who lead at once; the others stand in a line. Who leads
    always has a seat."""
    async with beside(server) as home:
        room, (eka, fajar) = await home.meeting("Eka", "Fajar", seats=3)
        hana = await home.leading(room, "Hana", "host")
        crowd = [await home.waiting(room, f"P{n}") for n in range(6)]
        for person in crowd:
            await person.accept()
        await hana.until(lambda me: len(me.view["waiting"]) == 6)
        pairs = zip((eka, hana) * 3, crowd, strict=True)
        answers = await asyncio.gather(*(lead.ask("admit", seat=person.seat) for lead, person in pairs))
        assert sorted(str(answer.get("code")) for answer in answers) == ["None"] * 2 + ["full"] * 4
        outside = [person for person, answer in zip(crowd, answers, strict=True) if not answer["ok"]]
        await asyncio.gather(*(person.until(lambda me: me.you.get("line")) for person in outside))
        assert [person.you["line"] for person in outside] == [1, 2, 3, 4]
        assert {len(one.view["people"]) for one in (eka, hana, fajar)} == {5}
        await outside[0].do("leave")
        await outside[1].until(lambda me: me.you.get("line") == 1)


async def test_a_stolen_token(server: Running) -> None:
    """It is worth nothing under another name or in another room; with everything, the owner sees at once that somebody
    else is there, and has the seat back by the same way."""
    async with beside(server) as home:
        room, (eka, fajar) = await home.meeting("Eka", "Fajar")
        other, _ = await home.meeting("Hana")
        for wrong in ({"name": "Gita"}, {"room": other.id}, {"name": "fajar"}, {"name": "Faj\u0430r"}):
            with pytest.raises(TurnedAway, match="no-entry"):
                await home.person().come_back(fajar, **wrong)
        assert (fajar.bye, fajar.closed.is_set()) == (None, False)
        thief = await home.person().come_back(fajar)
        await fajar.closed.wait()
        assert fajar.bye == {"code": "elsewhere"}
        owner = await home.person().come_back(fajar)
        await thief.closed.wait()
        assert thief.bye == {"code": "elsewhere"}
        assert (owner.seat, set(eka.view["people"])) == (fajar.seat, {eka.seat, fajar.seat})
        await eka.do("remove", seat=owner.seat, reason="")
        for _ in range(3):
            with pytest.raises(TurnedAway, match="no-entry"):
                await home.person().come_back(fajar)
        assert room.id != other.id
