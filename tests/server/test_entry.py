"""Who comes in, as what, who does not, and who stays out: links, names, resume tokens, removal, several who lead."""

from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import Any

import pytest

from tests.server.person import Person, TurnedAway
from tests.server.running import House, Room, Running, house, running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("lingkar") / "data") as found:
        yield found


@pytest.fixture
async def home(server: Running) -> AsyncIterator[House]:
    async with house(server) as found:
        yield found


async def refused(home: House, auth: object) -> str:
    """The code that such a connection hears; it hears nothing else."""
    person = home.person()
    with pytest.raises(TurnedAway) as no:
        await person.connect(auth)
    await person.closed.wait()
    assert person.heard == []
    return str(no.value)


def said(bye: dict[str, Any]) -> dict[str, Any]:
    """A goodbye, but for what the server still knows then."""
    return {key: value for key, value in bye.items() if key != "knows"}


def waits(seat: str, lead: Person) -> bool:
    return seat in lead.view.get("waiting", {})


def secret(room: Room, kind: str = "participant") -> str:
    return room.links[kind].rpartition("#")[2]


# Not in at all


async def test_whatever_is_wrong_with_a_link_has_one_answer(home: House) -> None:
    room, other = await home.room(), await home.room()
    gone = await home.room()
    await home.api("DELETE", f"/api/rooms/{gone.id}")
    fine = {"v": 1, "room": room.id, "secret": secret(room), "name": "Budi"}
    for wrong in (
        {"secret": secret(other)},
        {"secret": secret(room)[:-1]},
        {"secret": secret(room).upper()},
        {"secret": ""},
        {"secret": "\u0000" * 40},
        {"secret": "x" * 5000},
        {"room": other.id},
        {"room": "nowhere"},
        {"room": ""},
        {"room": gone.id, "secret": secret(gone)},
        {"resume": "made up"},
        {"resume": ""},
        {"secret": "wrong", "name": "\u202e"},
    ):
        assert await refused(home, {**fine, **wrong}) == "no-entry", wrong
    assert await refused(home, {"v": 1, "room": room.id, "name": "Budi"}) == "no-entry"


async def test_another_version_of_the_page_is_told_to_reload(home: House) -> None:
    room = await home.room()
    for v in (2, 0, "1", None, 1.5, [1]):
        assert await refused(home, {"v": v, "room": room.id, "secret": secret(room), "name": "Budi"}) == "reload"
    assert await refused(home, {}) == "reload"


@pytest.mark.parametrize(
    "auth",
    [
        None,
        "Budi",
        [],
        {"v": 1},
        {"v": 1, "room": 1, "name": "Budi"},
        {"v": 1, "room": "r", "name": ["Budi"]},
        {"v": 1, "room": "r", "name": "Budi", "role": "host"},
        {"v": 1, "room": "r", "name": "Budi", "resume": 1},
    ],
)
async def test_what_is_no_beginning_is_malformed(home: House, auth: object) -> None:
    assert await refused(home, auth) == "malformed"


@pytest.mark.parametrize(
    "name",
    ["", " ", "x" * 41, "a\u202eb", "a\u200bb", "a\u0000b", "\u3164", "e" + 5 * "\u0324", "..."],
)
async def test_a_name_has_to_be_one(home: House, name: str) -> None:
    room = await home.room()
    auth = {"v": 1, "room": room.id, "secret": secret(room), "name": name}
    assert await refused(home, auth) == "name-invalid"


async def test_names_are_composed_and_tidied(home: House) -> None:
    room = await home.room()
    person = await home.waiting(room, "  Ibu   Zoe\u0308 ")
    assert person.you["name"] == "Ibu Zo\u00eb"
    back = await home.person().come_back(person, name="Ibu Zo\u00eb")
    assert back.seat == person.seat


async def test_nobody_comes_in_under_a_name_that_looks_like_a_facilitators(home: House) -> None:
    room, (ada,) = await home.meeting("Ada Sari")
    for name in ("Ada Sari", "ada  sari", "\u0410da Sari", "Ad\u0430.S\u0430ri"):
        looks = await home.waiting(room, name)
        await looks.accept()
        await ada.until(partial(waits, looks.seat))
        assert ada.view["waiting"][looks.seat]["lookalike"] is True
        assert (await ada.ask("admit", seat=looks.seat))["code"] == "name-taken"
        assert "lookalike" not in looks.you
        await ada.do("decline", seat=looks.seat)
    other = await home.seated(room, ada, "Adi Sari")
    assert other.view["sight"] == "circle"


# The door


async def test_being_let_in_and_agreeing_come_in_either_order(home: House) -> None:
    room = await home.room(agreement={"policy": "full-disclosure", "text": "Pelan-pelan."}, questions=["Dari mana?"])
    ada = await home.leading(room, "Ada")
    first, second = await home.waiting(room, "Budi"), await home.waiting(room, "Citra")
    assert first.view == {
        "sight": "door",
        "agreement": {"version": 1, "policy": "full-disclosure", "text": "Pelan-pelan."},
        "questions": ["Dari mana?"],
    }
    assert set(first.you["may"]) == {"accept-agreement", "answer-door", "leave"}
    assert (await first.ask("raise-hand"))["code"] == "not-admitted"
    await first.do("answer-door", answers=["dari Eka"])
    await first.accept()
    await ada.until(lambda me: me.view["waiting"].get(first.seat, {}).get("agreed"))
    assert ada.view["waiting"][first.seat]["answers"] == ["dari Eka"]
    assert first.view["sight"] == "door"
    await ada.do("admit", seat=first.seat)
    await first.until(lambda me: me.view["sight"] == "circle")
    await ada.do("admit", seat=second.seat)
    assert (await second.ask("raise-hand"))["code"] == "not-agreed"
    assert (await second.ask("accept-agreement", version=2))["code"] == "stale"
    await second.accept()
    assert second.view["sight"] == "circle"
    assert "dari Eka" not in str(second.heard)


async def test_a_second_facilitator_waits_for_the_first_and_a_host_walks_in(home: House) -> None:
    room = await home.room()
    ada = await home.leading(room, "Ada")
    second = await home.waiting(room, "Bima", "facilitator")
    await second.accept()
    assert second.view["sight"] == "door"
    await ada.until(lambda me: second.seat in me.view["waiting"])
    assert ada.view["waiting"][second.seat]["role"] == "facilitator"
    assert (await second.ask("open-meeting"))["code"] == "not-admitted"
    await ada.do("admit", seat=second.seat)
    await second.until(lambda me: me.view["sight"] == "lead")

    host = await home.leading(room, "Hana", "host")
    budi = await home.seated(room, second, "Budi")
    assert (host.you["role"], budi.you["role"]) == ("host", "participant")
    assert (await ada.ask("remove", seat=host.seat, reason="no"))["code"] == "forbidden"
    assert (await ada.ask("remove", seat=ada.seat, reason="no"))["code"] == "self"
    assert (await budi.ask("remove", seat=ada.seat, reason="no"))["code"] == "forbidden"
    await host.do("remove", seat=ada.seat, reason="thank you")
    await ada.closed.wait()
    assert ada.bye and said(ada.bye) == {"code": "removed", "reason": "thank you"}


async def test_the_same_command_of_two_facilitators_happens_once(home: House) -> None:
    room, (ada, budi, citra) = await home.meeting("Ada", "Budi", "Citra")
    bima = await home.seated(room, ada, "Bima", "facilitator")
    floor = ada.view["floor"]
    await ada.do("call-on", seat=budi.seat, floor=floor)
    turn = await budi.until(lambda me: me.you.get("turn"))
    await ada.do("call-on", seat=citra.seat, floor=turn)
    await ada.do("end-turn", turn=turn)
    assert (await bima.ask("end-turn", turn=turn))["code"] == "stale"


# Out


async def no_way_back(home: House, person: Person) -> None:
    auth = {"v": 1, "room": person.room, "name": person.name, "resume": person.resume}
    assert await refused(home, auth) == "no-entry"


async def test_whoever_is_removed_declined_or_gone_hears_why_and_has_no_way_back(home: House) -> None:
    room, (ada, budi, citra) = await home.meeting("Ada", "Budi", "Citra")
    waiting = await home.waiting(room, "Dewi")
    await ada.do("remove", seat=budi.seat, reason="Not like this, please.")
    await ada.do("decline", seat=waiting.seat, reason="We are full tonight.")
    await citra.do("leave")
    knows = ["room", "seat", "address", "counts"]
    for person, bye in (
        (budi, {"code": "removed", "reason": "Not like this, please.", "knows": [*knows[:2], "name", *knows[2:]]}),
        (waiting, {"code": "declined", "reason": "We are full tonight.", "knows": knows}),
        (citra, {"code": "left", "knows": [*knows[:2], "name", *knows[2:]]}),  # Ada let her in: that is told by name
    ):
        await person.closed.wait()
        assert person.bye == bye
        assert (person.heard[-1], person.socket.close_code) == (("bye", person.bye), 1000)
        await no_way_back(home, person)
    assert "Not like this" not in str(ada.heard + citra.heard)
    await ada.until(lambda me: me.view["people"].keys() == {me.seat})
    again = await home.waiting(room, "Budi")
    assert again.view["sight"] == "door"
    assert again.seat != budi.seat


async def test_a_token_is_for_one_seat_of_one_meeting_in_one_room_by_one_name(home: House) -> None:
    room, (ada, budi) = await home.meeting("Ada", "Budi")
    other = await home.room()
    token = budi.resume
    assert token
    fine = {"v": 1, "room": room.id, "name": "Budi", "resume": token}
    for wrong in (
        {"name": "Ada"},
        {"name": "budi"},
        {"room": other.id},
        {"resume": token[:-1]},
        {"resume": token + "x"},
    ):
        assert await refused(home, {**fine, **wrong}) == "no-entry", wrong
    assert await refused(home, {**fine, "name": ""}) == "name-invalid"
    await ada.do("close-meeting")
    await budi.closed.wait()
    await no_way_back(home, budi)
    await no_way_back(home, ada)


async def test_a_second_device_takes_the_seat_and_the_first_is_told(home: House) -> None:
    _, (ada, budi) = await home.meeting("Ada", "Budi")
    await budi.do("raise-hand")
    before = len(ada.frames("patch"))
    second = await home.person().come_back(budi)
    await budi.closed.wait()
    assert (budi.bye, budi.socket.close_code) == ({"code": "elsewhere"}, 1000)
    assert (second.seat, second.you["hand"]) == (budi.seat, budi.you["hand"])
    assert "resume" not in second.you
    await second.do("lower-hand")
    assert ada.view["people"][budi.seat]["present"] is True
    assert not any("present" in str(patch) for patch in ada.frames("patch")[before:])
    third = await home.person().come_back(second)
    assert third.seat == budi.seat


async def test_a_drop_is_no_leaving(home: House) -> None:
    _, (ada, budi, citra) = await home.meeting("Ada", "Budi", "Citra")
    await ada.do("call-on", seat=budi.seat)
    await budi.until(lambda me: me.you.get("turn"))
    await budi.do("accept-floor", turn=budi.you["turn"])
    await citra.do("raise-hand")
    await budi.pull()
    await ada.until(lambda me: me.view["turns"][budi.you["turn"]]["state"] == "suspended")
    left = ada.view["turns"][budi.you["turn"]]["left"]
    assert not ada.view["people"][budi.seat]["present"]
    back = await home.person().come_back(budi)
    await ada.until(lambda me: me.view["turns"][budi.you["turn"]]["state"] == "paused")
    assert ada.view["turns"][budi.you["turn"]]["left"] == left
    assert "resume-turn" in back.you["may"]
    await back.do("resume-turn", turn=back.you["turn"])
    assert ada.view["queue"] == [citra.you["hand"]]


async def test_everybody_behind_one_router_drops_and_keeps_their_order(home: House) -> None:
    """The offer goes from one to the next while they drop one after the other, and changes nothing."""
    _, people = await home.meeting("Ada", *(f"Person {n}" for n in range(5)))
    ada, others = people[0], people[1:]
    for person in others:
        await person.do("raise-hand")
    await others[0].until(lambda me: me.you.get("turn"))
    for person in others:
        await person.pull()
    await ada.until(lambda me: not any(me.view["people"][person.seat]["present"] for person in others))
    assert [ada.view["hands"][hand]["seat"] for hand in ada.view["queue"]] == [person.seat for person in others]


# Invites, another device, a full room: over the real wire (more in test_invites.py, test_moving.py, test_uniform.py)


async def test_somebody_is_invited_walks_in_moves_to_another_device_and_is_out_when_the_invite_is_revoked(
    home: House,
) -> None:
    _, (ada, budi) = await home.meeting("Ada", "Budi")
    assert (await budi.emit("ask", {"type": "make-invite"}))["code"] == "forbidden"
    made = await ada.emit("ask", {"type": "make-invite", "hours": 24})
    [link] = [link for link in made["links"] if link["id"] == made["made"]]
    sari = await home.person().join(link["url"], "Sari")
    await sari.accept()
    await sari.until(lambda me: me.view["sight"] == "circle")

    way = await sari.emit("ask", {"type": "move"})
    code = way["url"].partition("#~")[2]
    there = await home.person().connect({"v": 1, "room": sari.room, "name": "", "move": code})
    await sari.closed.wait()
    assert sari.bye == {"code": "elsewhere"}
    assert (there.seat, there.you["name"], there.view["sight"]) == (sari.seat, "Sari", "circle")
    there.name = "Sari"
    assert await refused(home, {"v": 1, "room": sari.room, "name": "", "move": code}) == "no-entry"

    assert (await ada.emit("ask", {"type": "revoke-link", "link": link["id"]}))["ok"]
    await there.closed.wait()
    assert there.bye and there.bye["code"] == "revoked"
    await no_way_back(home, there)
    await no_way_back(home, sari)
    await ada.until(lambda me: there.seat not in me.view["people"])
    assert [ada.view["acts"][act]["done"] for act in ada.view["lately"]] == ["admitted", "invited", "link-revoked"]


async def test_in_a_full_room_people_stand_in_a_line_until_there_is_a_seat(home: House) -> None:
    room, (ada, budi) = await home.meeting("Ada", "Budi", seats=1)
    assert (ada.view["seats"], ada.view["taken"]) == (1, 1)
    citra, dewi = await home.waiting(room, "Citra"), await home.waiting(room, "Dewi")
    await citra.accept()
    await dewi.accept()
    await dewi.until(lambda me: me.you.get("line") == 2)
    assert citra.you["line"] == 1
    assert (await ada.ask("admit", seat=citra.seat))["code"] == "full"
    made = await ada.emit("ask", {"type": "make-invite"})
    url = next(link["url"] for link in made["links"] if link["id"] == made["made"])
    eka = await home.person().join(url, "Eka")
    assert eka.view["sight"] == "door"
    assert (await home.api("PATCH", f"/api/rooms/{room.id}", {"seats": 2}))[0] == 200
    await dewi.until(lambda me: "line" not in me.you)
    await ada.do("admit", seat=citra.seat)
    await dewi.until(lambda me: me.you.get("line") == 1)
    await budi.do("leave")
    await dewi.until(lambda me: "line" not in me.you)


async def test_links_leave_no_secret_in_what_the_server_says(home: House, server: Running) -> None:
    _, (ada,) = await home.meeting("Ada")
    for question in ({"type": "make-invite"}, {"type": "renew-link", "link": "participant"}, {"type": "move"}):
        assert (await ada.emit("ask", question))["ok"]
    assert await refused(home, {"v": 1, "room": ada.room, "name": "", "move": "x" * 26}) == "no-entry"
    assert (await ada.emit("ask", {"type": "renew-link", "link": "x"}))["code"] == "no-link"
    assert "#" not in server.said.partition("Ctrl-C")[2]
    async with home.session.get(f"{server.url}/metrics", headers={"Authorization": f"Bearer {server.token}"}) as found:
        numbers = await found.text()
    assert 'lingkar_asks_total{outcome="ok"}' in numbers
    assert ada.room not in numbers and "invite-" not in numbers
