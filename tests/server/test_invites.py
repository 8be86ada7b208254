"""Links: personal invites, what renewing and revoking mean for whoever came by them, and what a crash makes of it.
Clock by hand, real journal."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from protocol.errors import Code, Rejected
from protocol.views import Role
from server import backup, entries, invites
from server.invites import KINDS
from server.journal import RoomRow, StorageFailed
from tests.server.evening import Evening, Guest, evening

HOUR = 3600.0
GENERATIONS = {"participant": 1, "facilitator": 1, "host": 1}


def row(**changed: Any) -> RoomRow:
    plan: dict[str, Any] = {
        "id": "r",
        "title": "Rabu",
        "format": "simple",
        "policy": "stays-in-the-room",
        "text": "",
        "version": 1,
        "questions": (),
        "generations": GENERATIONS,
        "created": 0.0,
    }
    return RoomRow(**(plan | changed))


def made(given: RoomRow, count: int = 1, until: float | None = None, now: float = 0.0) -> RoomRow:
    for _ in range(count):
        given, _ = invites.made(given, Role.PARTICIPANT, until, now, set())
    return given


def refused(ask: Callable[[], object]) -> Code:
    with pytest.raises(Rejected) as no:
        ask()
    return no.value.code


# The row


def test_an_invite_has_a_number_that_no_other_ever_has() -> None:
    three = made(row(), 3)
    assert three.invites == dict.fromkeys(["invite-1", "invite-2", "invite-3"], "participant")
    again = made(invites.revoked(three, "invite-3"))
    assert list(again.invites) == ["invite-1", "invite-2", "invite-4"]
    assert again.invite_count == 4
    assert again.generations.keys() == {*GENERATIONS, *again.invites}


def test_after_a_restored_backup_no_invite_has_the_secret_of_one_before() -> None:
    """The backup knows nothing of invites that were made, and revoked, after it was written."""
    later = made(row(), 2)
    restored = row(generations=dict.fromkeys(GENERATIONS, 1_700_000_000))
    again = made(restored, 2)
    for link in again.invites:
        assert again.generations[link] > later.generations[link]


def test_there_are_at_most_two_hundred_and_expired_ones_make_room() -> None:
    full = made(row(), invites.MOST)
    assert refused(lambda: invites.made(full, Role.PARTICIPANT, None, 0.0, set())) is Code.LINKS_FULL
    fading = invites.renewed(invites.renewed(full, "invite-7", 10.0), "invite-9", 10.0)
    assert refused(lambda: invites.made(fading, Role.PARTICIPANT, None, 9.9, set())) is Code.LINKS_FULL
    found, link = invites.made(fading, Role.HOST, 99.0, 10.0, {"invite-9"})
    assert link == "invite-201"
    assert "invite-7" not in found.invites and "invite-9" in found.invites
    assert len(found.invites) == invites.MOST
    assert (found.invites[link], found.until) == ("host", {"invite-9": 10.0, link: 99.0})
    assert invites.dead(found, "invite-7.1")


def test_renewing_ends_nobody_and_revoking_everybody_who_came_by_it() -> None:
    twice = invites.renewed(invites.renewed(row(), "participant", 50.0), "participant", None)
    assert (twice.generations["participant"], twice.until) == (3, {})
    assert not any(invites.dead(twice, f"participant.{n}") for n in (1, 2, 3))
    assert [invites.waits(twice, f"participant.{n}", 0.0) for n in (1, 2, 3)] == [False, False, True]
    closed = invites.revoked(twice, "participant")
    assert all(invites.dead(closed, f"participant.{n}") for n in (1, 2, 3))
    assert "participant" not in invites.opening(closed, 0.0)
    assert refused(lambda: invites.revoked(closed, "participant")) is Code.NO_LINK
    opened = invites.renewed(closed, "participant", None)
    assert invites.opening(opened, 0.0) == {**GENERATIONS, "participant": 4}
    assert all(invites.dead(opened, f"participant.{n}") for n in (1, 2, 3))
    assert not invites.dead(opened, "participant.4")
    assert invites.dead(opened, "participant.5")


def test_a_revoked_invite_is_gone_from_the_row() -> None:
    one = invites.renewed(made(row()), "invite-1", 9.0)
    none = invites.revoked(one, "invite-1")
    assert (none.invites, none.until, none.generations) == ({}, {}, GENERATIONS)
    assert invites.dead(none, "invite-1.1") and invites.dead(none, "invite-1.2")
    for ask in (invites.revoked, lambda row, link: invites.renewed(row, link, None), invites.role_of):
        assert refused(lambda ask=ask: ask(none, "invite-1")) is Code.NO_LINK  # type: ignore[misc]
        assert refused(lambda ask=ask: ask(none, "../host")) is Code.NO_LINK  # type: ignore[misc]


def test_a_link_expires_by_the_wall_clock() -> None:
    fading = invites.renewed(made(row()), "host", 100.0)
    assert "host" in invites.opening(fading, 99.9)
    assert "host" not in invites.opening(fading, 100.0)
    assert not invites.dead(fading, "host.2")
    assert invites.opening(fading, 100.0).keys() == {"participant", "facilitator", "invite-1"}


STEPS = ("make", "make", "renew", "revoke", "later", "backup", "restore")


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 40)), max_size=60))
def test_what_is_dead_stays_dead_and_no_secret_comes_back(steps: list[tuple[str, int]]) -> None:
    """Whatever is done with the links of a room, and whichever backup is restored: a link that opened nothing never
    opens again in the same generation, and whoever had to go never may return."""
    found, now, saved = row(), 0.0, row()
    opened: set[tuple[str, int]] = set()
    shut: set[tuple[str, int]] = set()
    dead: set[str] = set()
    for step, which in steps:
        link = list(found.generations)[which % len(found.generations)]
        until = now + which if which % 3 else None
        now += 1
        with contextlib.suppress(Rejected):
            match step:
                case "make":
                    found, _ = invites.made(found, Role.PARTICIPANT, until, now, set())
                case "renew":
                    found = invites.renewed(found, link, until)
                case "revoke":
                    found = invites.revoked(found, link)
                case "later":
                    now += which
                case "backup":
                    saved = found
                case "restore":
                    known = found if which % 2 else saved  # in this data folder, or in a new one
                    found = backup._renewed(saved, known, 1e6 + now)
                    dead.clear()  # every meeting is erased: nobody has a token
        opens = set(invites.opening(found, now).items())
        assert not opens & shut
        shut |= opened - opens
        opened |= opens
        every = {f"{link}.{generation}" for link, generation in opened}
        assert all(invites.dead(found, descent) for descent in dead)
        dead |= {descent for descent in every if invites.dead(found, descent)}
        assert not dead & {invites.descent(found, link) for link, _ in opens}
        assert len(found.invites) <= invites.MOST
        assert found.invites.keys() | KINDS.keys() == found.generations.keys() >= found.until.keys()
        assert msgspec.json.decode(msgspec.json.encode(found), type=RoomRow) == found


# Asked from inside


async def told(server: Evening, guest: Guest, type: str, **fields: Any) -> dict[str, Any]:
    """The answer to what somebody asks about links."""
    key = guest.emit("ask", {"type": type, **fields})
    await server.settled()
    guest.heard  # noqa: B018
    return guest.answers[key]


async def invited(server: Evening, lead: Guest, **fields: Any) -> dict[str, Any]:
    """A new invite, as whoever asked sees it."""
    answer = await told(server, lead, "make-invite", **fields)
    assert answer["ok"], answer
    return next(link for link in answer["links"] if link["id"] == answer["made"])


async def by(server: Evening, url: str, name: str) -> Guest:
    """Somebody by that address, a moment later, with the agreement accepted."""
    room, _, secret = url.rpartition("/r/")[2].partition("#")
    guest = server.guest().knock({"v": 1, "room": room, "secret": secret, "name": name})
    await server.at(server.time + 0.25)
    if not guest.code:
        guest.ask("accept-agreement", version=1)
        await server.at(server.time + 0.25)
    return guest


def goodbye(guest: Guest) -> str:
    return str(next((data["code"] for event, data in guest.heard if event == "bye"), ""))


def acts(guest: Guest) -> list[str]:
    view = guest.view
    return [view["acts"][id]["done"] for id in view.get("lately", [])]


@evening
async def test_whoever_has_an_invite_walks_in_and_the_list_says_whose_it_is(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    link = await invited(server, ada)
    assert (link["id"], link["role"], link.get("people", 0)) == ("invite-1", "participant", 0)
    sari = await by(server, link["url"], "Sari")
    assert sari.view["sight"] == "circle"
    links = {link["id"]: link for link in (await told(server, ada, "list-links"))["links"]}
    assert (links["invite-1"]["people"], links["invite-1"]["seat"]) == (1, sari.seat)
    assert (links["participant"]["people"], links["facilitator"]["people"]) == (1, 1)
    assert acts(budi)[-1] == "invited"
    [outside] = [link for link in entries.listed(room, None) if link.id == "invite-1"]
    assert (outside.people, outside.seat) == (0, UNSET)  # who is here is for those who are here


@evening
async def test_facilitators_invite_participants_and_hosts_everybody(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    waiting = server.knock(room, "Citra")
    host = server.knock(room, "Hana", "host")
    await server.at(server.time + 0.25)
    host.ask("accept-agreement", version=1)
    await server.settled()
    for question in (
        {"type": "list-links"},
        {"type": "make-invite"},
        {"type": "renew-link", "link": "participant"},
        {"type": "revoke-link", "link": "participant"},
    ):
        assert (await told(server, budi, **question))["code"] == "forbidden"
        assert (await told(server, waiting, **question))["code"] == "not-admitted"
    for role in ("facilitator", "host"):
        assert (await told(server, ada, "make-invite", role=role))["code"] == "forbidden"
    leading = await invited(server, host, role="facilitator")
    for link in ("facilitator", "host", leading["id"]):
        for type in ("renew-link", "revoke-link"):
            assert (await told(server, ada, type, link=link))["code"] == "forbidden"
    assert (await told(server, ada, "renew-link", link="invite-9"))["code"] == "no-link"
    seen = {link["id"]: "url" in link for link in (await told(server, ada, "list-links"))["links"]}
    assert seen == {"participant": True, "facilitator": False, "host": False, leading["id"]: False}
    assert all("url" in link for link in (await told(server, host, "list-links"))["links"])
    dewi = await by(server, leading["url"], "Dewi")
    assert dewi.view["sight"] == "lead"
    assert (await told(server, host, "renew-link", link="facilitator"))["made"] == "facilitator"


@evening
async def test_renewing_takes_the_door_from_who_waits_and_nothing_from_who_is_in(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    waiting = server.knock(room, "Citra")
    await server.at(server.time + 0.25)
    old = entries.urls(room)["participant"]
    assert (await told(server, ada, "renew-link", link="participant"))["ok"]
    assert goodbye(waiting) == "revoked"
    assert server.back(waiting).code == "no-entry"
    assert (await by(server, old, "Citra")).code == "no-entry"
    assert acts(budi)[-1] == "link-renewed"
    assert acts(budi).count("link-renewed") == 1
    budi.pull()
    again = server.back(budi)
    await server.at(server.time + 0.25)
    assert again.view["sight"] == "circle"
    assert (await by(server, entries.urls(room)["participant"], "Citra")).view["sight"] == "door"


@evening
async def test_revoking_ends_everybody_who_came_by_it_on_every_way_back(server: Evening) -> None:
    room, (ada, budi, citra) = await server.meeting("Ada", "Budi", "Citra")
    link = await invited(server, ada)
    sari = await by(server, link["url"], "Sari")
    citra.pull()
    assert (await told(server, ada, "revoke-link", link="participant"))["ok"]
    assert (goodbye(budi), goodbye(sari)) == ("revoked", "")
    assert budi.heard[-1] == ("end", 1000)
    assert [server.back(guest).code for guest in (budi, citra)] == ["no-entry", "no-entry"]
    assert set(ada.view["people"]) == {ada.seat, sari.seat}
    assert "participant" not in entries.urls(room)
    assert (await told(server, ada, "revoke-link", link=link["id"]))["ok"]
    assert goodbye(sari) == "revoked"
    assert server.back(sari).code == "no-entry"
    assert (await by(server, link["url"], "Sari")).code == "no-entry"
    assert acts(ada)[-2:] == ["link-revoked", "link-revoked"]
    answer = await told(server, ada, "renew-link", link="participant")
    assert "participant" in [link["id"] for link in answer["links"]]
    assert server.back(budi).code == "no-entry"
    assert (await by(server, entries.urls(room)["participant"], "Budi")).view["sight"] == "door"


@evening
async def test_an_expired_link_opens_nothing_and_puts_nobody_out(server: Evening) -> None:
    room, (ada, _) = await server.meeting("Ada", "Budi")
    link = await invited(server, ada, hours=1)
    assert abs(link["until"] - server.wall() - HOUR) <= 1
    await told(server, ada, "renew-link", link="participant", hours=1)
    fading = entries.urls(room)["participant"]
    waiting = await by(server, fading, "Citra")
    sari = await by(server, link["url"], "Sari")
    server.wall_ahead = HOUR
    assert (await by(server, link["url"], "Sari")).code == "no-entry"
    assert (await by(server, fading, "Eka")).code == "no-entry"
    sari.pull()
    back = server.back(sari)
    await server.at(server.time + 0.25)
    assert back.view["sight"] == "circle"
    assert goodbye(waiting) == ""
    waiting.pull()
    assert server.back(waiting).code == "no-entry"
    shown = {one["id"]: one for one in (await told(server, ada, "list-links"))["links"]}
    assert "url" not in shown[link["id"]] and "until" in shown[link["id"]]
    assert "participant" not in entries.urls(room)
    renewed = await told(server, ada, "renew-link", link=link["id"])
    url = next(one["url"] for one in renewed["links"] if one["id"] == link["id"])
    assert (await by(server, url, "Sari")).view["sight"] == "door"  # in use: somebody confirms that it is the same one


@evening
async def test_whoever_comes_by_an_invite_in_use_is_given_the_seat_by_those_who_lead(server: Evening) -> None:
    _, (ada, budi) = await server.meeting("Ada", "Budi")
    link = await invited(server, ada)
    sari = await by(server, link["url"], "Sari")
    sari.ask("raise-hand")
    again = await by(server, link["url"], "Sari di HP")
    assert again.view["sight"] == "door"
    assert ada.view["waiting"][again.seat]["again"] == sari.seat
    ada.ask("admit", seat=again.seat)
    await server.settled()
    [bye] = [data for event, data in again.heard if event == "bye"]
    assert bye["code"] == "yours"
    new = server.guest().knock({"v": 1, "room": again.room, "resume": bye["resume"], "name": "Sari di HP"})
    await server.at(server.time + 0.25)
    assert (new.seat, new.you["name"]) == (sari.seat, "Sari di HP")
    assert goodbye(sari) == "elsewhere"
    assert budi.view["people"][new.seat]["name"] == "Sari di HP"
    assert again.seat not in budi.view["people"]
    wrong = server.guest().knock({"v": 1, "room": again.room, "resume": bye["resume"], "name": "Ada"})
    assert wrong.code == "no-entry"


@evening
async def test_the_invite_of_somebody_removed_opens_nothing_and_is_gone_when_the_meeting_ends(server: Evening) -> None:
    room, (ada, _) = await server.meeting("Ada", "Budi")
    link, other = await invited(server, ada), await invited(server, ada)
    sari = await by(server, link["url"], "Sari")
    ada.ask("remove", seat=sari.seat, reason="")
    await server.settled()
    assert (await by(server, link["url"], "Sari")).code == "no-entry"
    answer = await told(server, ada, "renew-link", link=link["id"])
    url = next(one["url"] for one in answer["links"] if one["id"] == link["id"])
    assert (await by(server, url, "Sari")).code == "no-entry"
    ada.ask("close-meeting")
    await server.settled()
    assert list(room.row.invites) == [other["id"]]
    assert [row.invites for row in server.journal.rooms()] == [room.row.invites]
    for address in (link["url"], url):
        assert (await by(server, address, "Sari")).code == "no-entry"
    assert (await by(server, other["url"], "Tari")).code == ""


@evening
async def test_an_undone_removal_gives_the_invite_back_unless_it_was_revoked(server: Evening) -> None:
    room, (ada, _) = await server.meeting("Ada", "Budi")
    first, second = await invited(server, ada), await invited(server, ada)
    sari, tari = await by(server, first["url"], "Sari"), await by(server, second["url"], "Tari")
    for guest in (sari, tari):
        ada.ask("remove", seat=guest.seat, reason="")
    await server.settled()
    await told(server, ada, "revoke-link", link=second["id"])
    for guest in (sari, tari):
        ada.ask("undo-removal", seat=guest.seat)
    await server.settled()
    assert sari.seat in room.live.state.kept.seats
    assert tari.seat not in room.live.state.kept.seats
    back = server.back(sari)
    await server.at(server.time + 0.25)
    assert back.seat == sari.seat
    assert server.back(tari).code == "no-entry"


@evening
async def test_where_removing_takes_two_revoking_is_no_way_around_it(server: Evening) -> None:
    room, (ada, budi, citra) = await server.meeting("Ada", "Budi", "Citra", two_to_remove=True)
    assert ada.view["two_to_remove"] is True
    link = await invited(server, ada)
    sari = await by(server, link["url"], "Sari")
    bima = server.knock(room, "Bima", "facilitator")
    await server.at(server.time + 0.25)
    bima.ask("accept-agreement", version=1)
    ada.ask("admit", seat=bima.seat)
    await server.settled()
    for link_id in ("participant", link["id"]):
        assert (await told(server, ada, "revoke-link", link=link_id))["code"] == "forbidden"
    assert (await told(server, ada, "revoke-link", link=(await invited(server, ada))["id"]))["ok"]
    bima.pull()
    await server.at(server.time + 1)
    assert (await told(server, ada, "revoke-link", link=link["id"]))["ok"]
    assert goodbye(sari) == "revoked"
    assert goodbye(budi) == goodbye(citra) == ""


@evening
async def test_too_many_questions_are_too_fast_and_nonsense_is_malformed(server: Evening) -> None:
    _, (ada,) = await server.meeting("Ada")
    wrong: list[object] = [
        {"type": "burn-links"},
        {"type": "renew-link"},
        {"type": "make-invite", "hours": -1},
        None,
        [],
    ]
    for nonsense in wrong:
        key = ada.emit("ask", nonsense)
        await server.settled()
        assert ada.heard
        assert ada.answers[key]["code"] == "malformed"
    codes = [(await told(server, ada, "list-links")).get("code", "ok") for _ in range(42)]
    assert codes.count("too-fast") in (2, 3)
    assert codes[-1] == "too-fast"


# The disk


@evening
async def test_what_cannot_be_stored_has_not_happened(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    before = room.row
    with server.unwritable():
        for question in (
            {"type": "make-invite"},
            {"type": "renew-link", "link": "participant"},
            {"type": "revoke-link", "link": "participant"},
        ):
            assert (await told(server, ada, **question))["code"] == "not-now"
        with pytest.raises(StorageFailed):
            await entries.make(room, Role.HOST, 0)
    assert room.row is before
    assert goodbye(budi) == ""
    assert "invited" not in acts(budi)


@evening
async def test_between_the_rooms_row_and_the_meetings_event_a_crash_lets_nobody_stay(server: Evening) -> None:
    """The row is stored first; the next start ends the seats before anybody comes in."""
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    link = await invited(server, ada)
    sari = await by(server, link["url"], "Sari")
    waiting = server.knock(room, "Citra")
    await server.settled()
    changed = invites.renewed(invites.revoked(room.row, link["id"]), "participant", None)
    await server.journal.save_room(changed)
    after = await server.crash(server.folder.with_name("after"))
    [again] = after.rooms.rooms()
    assert set(again.live.state.kept.seats) == {ada.seat, budi.seat}
    assert [after.back(guest).code for guest in (sari, waiting, budi)] == ["no-entry", "no-entry", ""]
    assert (await by(after, link["url"], "Sari")).code == "no-entry"


@evening
async def test_a_revoked_person_is_out_even_if_the_meeting_cannot_store_it_yet(server: Evening) -> None:
    room, (ada, budi, citra) = await server.meeting("Ada", "Budi", "Citra")
    revoked = invites.revoked(room.row, "participant")
    await server.journal.save_room(revoked)
    room.row = revoked
    seen = [guest.kinds().count("snapshot") for guest in (budi, citra)]
    with server.unwritable():
        room.put_out()
        await server.settled()
        assert (goodbye(budi), goodbye(citra)) == ("revoked", "revoked")
        assert all(guest.kinds()[-2:] == ["bye", "end"] for guest in (budi, citra))
        assert [kinds.count("snapshot") for kinds in (budi.kinds(), citra.kinds())] == seen
        assert server.back(budi).code == "no-entry"
        await server.at(server.time + 1.5)
    await server.at(server.time + 3)
    assert set(room.live.state.kept.seats) == {ada.seat}
    after = await server.crash(server.folder.with_name("after"))
    [again] = after.rooms.rooms()
    assert set(again.live.state.kept.seats) == {ada.seat}
    assert (after.back(budi).code, after.back(ada).code) == ("no-entry", "")


@evening
async def test_the_invite_of_somebody_removed_is_gone_also_when_the_server_stops_as_the_meeting_ends(
    server: Evening,
) -> None:
    _, (ada, _) = await server.meeting("Ada", "Budi")
    link = await invited(server, ada)
    sari = await by(server, link["url"], "Sari")
    ada.ask("remove", seat=sari.seat, reason="")
    ada.ask("close-meeting")
    await server.rooms.stop()  # the very moment: the end is on its way to the disk
    await server.settled()
    assert [row.invites for row in server.journal.rooms()] == [{link["id"]: "participant"}]
    after = await server.crash(server.folder.with_name("after"))
    assert (await by(after, link["url"], "Sari")).code == "no-entry"
    await after.settled()
    assert [row.invites for row in after.journal.rooms()] == [{}]
    assert after.journal.meetings() == []


@evening
async def test_an_invite_that_could_not_be_revoked_yet_is_not_open_in_the_next_meeting(server: Evening) -> None:
    room, (ada, _) = await server.meeting("Ada", "Budi")
    link = await invited(server, ada)
    sari = await by(server, link["url"], "Sari")
    ada.ask("remove", seat=sari.seat, reason="")
    await server.settled()
    room.live.was = room.live.state.kept
    room.barred = frozenset({link["id"]})
    assert (await by(server, link["url"], "Sari")).code == "no-entry"
    assert link["id"] not in [one["id"] for one in (await told(server, ada, "list-links"))["links"]]
    for type in ("renew-link", "revoke-link"):
        assert (await told(server, ada, type, link=link["id"]))["code"] == "no-link"


@evening
async def test_who_was_removed_while_their_wish_waited_changes_nothing_more(server: Evening) -> None:
    room, (ada, _) = await server.meeting("Ada", "Budi")
    bima = server.knock(room, "Bima", "facilitator")
    await server.at(server.time + 0.25)
    bima.ask("accept-agreement", version=1)
    ada.ask("admit", seat=bima.seat)
    await server.settled()
    await room._changing.acquire()  # another change is on its way to the disk
    before = room.row
    keys = [
        bima.emit("ask", wish) for wish in ({"type": "make-invite"}, {"type": "revoke-link", "link": "participant"})
    ]
    await server.settled()
    ada.ask("remove", seat=bima.seat, reason="")
    await server.settled()
    room._changing.release()
    await server.settled()
    assert room.row is before
    assert acts(ada)[-1] == "removed"
    assert bima.heard[-1] == ("end", 1000)
    assert not set(keys) & bima.answers.keys()  # nobody is there to hear it


@evening
async def test_who_had_the_seat_before_it_was_handed_over_has_no_way_back_to_it(server: Evening) -> None:
    """It may have been somebody who found the invite."""
    room, (ada,) = await server.meeting("Ada")
    link = await entries.make(room, Role.PARTICIPANT, 0)
    secret = entries.url(room, link).rpartition("#")[2]
    guests = []
    for name in ("Finder", "Budi"):
        guests.append(server.guest().knock({"v": 1, "room": room.id, "secret": secret, "name": name}))
        await server.at(server.time + 0.3)
        guests[-1].ask("accept-agreement", version=1)
        await server.at(server.time + 0.3)
    finder, budi = guests
    key = finder.emit("ask", {"type": "move"})
    while not finder.kinds() or key not in finder.answers:  # it is drawn beside the loop
        await asyncio.sleep(0)
    code = finder.answers[key]["url"].rpartition("#~")[2]
    ada.ask("admit", seat=budi.seat)
    await server.at(server.time + 0.3)
    [bye] = [data for kind, data in budi.heard if kind == "bye"]
    for _ in range(2):
        again = server.guest().knock({"v": 1, "room": room.id, "resume": bye["resume"], "name": "Budi"})
        await server.at(server.time + 0.3)
        assert (again.seat, again.you["name"]) == (finder.seat, "Budi")
        assert server.back(finder).code == "no-entry"
        moved = server.guest().knock({"v": 1, "room": room.id, "move": code, "name": ""})
        assert (moved.code, "end" in again.kinds()) == ("no-entry", False)
        server = await server.crash(server.folder.with_name("again")) if _ == 0 else server
