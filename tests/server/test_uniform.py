"""Whoever does not come in learns nothing by it: one answer for every reason, byte for byte, at one moment after the
question; and no token lives on that should be dead."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from aiohttp import WSMessage, WSMsgType

from protocol.errors import Code
from server import backup, entries, invites
from server.guard import Limits
from server.room import Room
from tests.server.conftest import Serve
from tests.server.evening import Evening, Guest, evening
from tests.server.test_invites import by, invited, told
from tests.server.test_moving import way

Auth = dict[str, Any]
MOMENT = Limits().refusal


def secret(url: str) -> str:
    return url.rpartition("#")[2].removeprefix("~")


def with_secret(room: Room, url: str, name: str = "Budi") -> Auth:
    return {"v": 1, "room": room.id, "name": name, "secret": secret(url)}


def with_token(guest: Guest, **changed: Any) -> Auth:
    return {"v": 1, "room": guest.room, "name": guest.name, "resume": guest.resume, **changed}


def with_code(room: Room, url: str) -> Auth:
    return {"v": 1, "room": room.id, "name": "", "move": secret(url)}


async def heard(server: Evening, auth: Auth) -> bytes:
    """What a connection that begins with this is sent, all of it: nothing before the moment, and then everything."""
    guest = server.guest()
    guest.line._limits = Limits()
    frames = guest._outlet.frames
    guest.knock(auth)
    await server.at(server.time + MOMENT - 0.001)
    assert frames == [], auth
    await server.at(server.time + 0.001)
    sent = b"".join(frame.wire for frame in frames)
    guest.line.take(WSMessage(WSMsgType.BINARY, b"whatever", None))
    await server.at(server.time + 1)
    assert b"".join(frame.wire for frame in frames) == sent
    assert guest.code == "no-entry", auth
    assert [event for event, _ in guest.heard] == ["end"]
    return sent


async def dead_links(server: Evening) -> list[Auth]:
    """Secrets that open nothing, each for another reason."""
    room, (ada, _) = await server.meeting("Ada", "Budi")
    other = await server.room()
    gone = await server.room()
    found: list[Auth] = [{"v": 1, "room": "nowhere", "name": "Budi", "secret": "x"}]
    own = entries.urls(room)["participant"]
    found += [
        with_secret(room, entries.urls(other)["participant"]),
        with_secret(gone, entries.urls(gone)["participant"]),
        with_secret(room, own[:-1]),
        with_secret(room, own + "a"),
        with_secret(room, "#" + "x" * 5000),
        with_secret(room, ""),
        {"v": 1, "room": room.id, "name": "Budi"},
        {"v": 1, "room": room.id, "name": "\u202e", "secret": "wrong"},
    ]
    await server.rooms.delete(gone)
    # renewed, revoked, expired
    await told(server, ada, "renew-link", link="participant")
    found.append(with_secret(room, own))
    renewed, revoked, fading, barred = [await invited(server, ada) for _ in range(4)]
    await told(server, ada, "renew-link", link=renewed["id"])
    await told(server, ada, "revoke-link", link=revoked["id"])
    answer = await told(server, ada, "renew-link", link=fading["id"], hours=0.5)
    late = next(link["url"] for link in answer["links"] if link["id"] == fading["id"])
    found += [with_secret(room, link["url"]) for link in (renewed, revoked, fading)] + [with_secret(room, late)]
    host = entries.urls(room)["host"]
    await entries.revoke(room, "host")
    found.append(with_secret(room, host, "Hana"))
    # of somebody who was removed; also where the name would be none
    sari = await by(server, barred["url"], "Sari")
    ada.ask("remove", seat=sari.seat, reason="")
    await server.settled()
    found += [with_secret(room, barred["url"], name) for name in ("Sari", "\u202e", "")]
    server.wall_ahead = 1800
    return found


async def dead_tokens(server: Evening) -> list[Auth]:
    """Resume tokens that give nothing back, each for another reason."""
    room, (ada, budi, citra, dewi, eka) = await server.meeting("Ada", "Budi", "Citra", "Dewi", "Eka")
    other, (far,) = await server.meeting("Fajar")
    closed, (gita,) = await server.meeting("Gita")
    waiting, declined = server.knock(room, "Hadi"), server.knock(room, "Ina")
    links = [await invited(server, ada) for _ in range(2)]
    revoked, kiki = await by(server, links[0]["url"], "Joko"), await by(server, links[1]["url"], "Kiki")
    assert (revoked.view["sight"], kiki.view["sight"]) == ("circle", "circle")
    again = await by(server, links[1]["url"], "Kiki")
    assert again.view["sight"] == "door"
    ada.ask("remove", seat=budi.seat, reason="")
    ada.ask("decline", seat=declined.seat, reason="")
    citra.ask("leave")
    dewi.ask("leave", erase=True)
    gita.ask("close-meeting")
    await server.settled()
    await told(server, ada, "revoke-link", link=links[0]["id"])
    await told(server, ada, "renew-link", link="participant")
    await told(server, ada, "renew-link", link=links[1]["id"], hours=1)
    token = eka.resume
    assert token
    return [
        *(with_token(guest) for guest in (budi, citra, dewi, declined, gita, revoked, waiting, again)),
        with_token(budi, name=""),
        with_token(eka, name="Ada"),
        with_token(eka, name="eka"),
        with_token(eka, room=other.id),
        with_token(eka, room=closed.id),
        with_token(eka, room="nowhere"),
        with_token(far, room=room.id),
        with_token(eka, resume=token[:-1]),
        with_token(eka, resume=token + "x"),
        with_token(eka, resume="made up"),
        with_token(eka, resume=""),
        with_token(eka, resume=server.keys.resume(room.id, room.live.meeting, "nobody", "Eka", ("participant", 1))),
        with_token(eka, resume=server.keys.resume(room.id, room.live.meeting, eka.seat, "Eka", ("invite-77", 1))),
        with_token(eka, resume=server.keys.resume(room.id, "m0", eka.seat, "Eka", ("participant", 1))),
    ]


async def dead_codes(server: Evening) -> list[Auth]:
    """Ways to another device that lead nowhere, each for another reason."""
    room, (ada, budi, citra, dewi) = await server.meeting("Ada", "Budi", "Citra", "Dewi")
    other, (far,) = await server.meeting("Fajar")
    urls = {guest.name: (await way(server, guest))["url"] for guest in (ada, budi, citra, dewi, far)}
    used, replaced = urls["Citra"], urls["Dewi"]
    server.guest().knock(with_code(room, used))
    await way(server, dewi)
    ada.ask("remove", seat=budi.seat, reason="")
    await server.settled()
    elsewhere = {**with_code(room, urls["Ada"]), "room": other.id}
    far.ask("close-meeting")
    await server.settled()
    dead = [with_code(room, url) for url in (used, replaced, urls["Budi"])]
    return [*dead, with_code(other, urls["Fajar"]), elsewhere, with_code(room, ""), with_code(room, "#~made up")]


@evening
async def test_every_dead_link_has_one_answer_at_one_moment(server: Evening) -> None:
    assert len({await heard(server, auth) for auth in await dead_links(server)}) == 1


@evening
async def test_every_dead_resume_token_has_one_answer_at_one_moment(server: Evening) -> None:
    assert len({await heard(server, auth) for auth in await dead_tokens(server)}) == 1


@evening
async def test_every_dead_way_has_one_answer_at_one_moment(server: Evening) -> None:
    assert len({await heard(server, auth) for auth in await dead_codes(server)}) == 1


@evening
async def test_all_kinds_have_the_same_answer_also_after_a_crash(server: Evening) -> None:
    auths = [*await dead_links(server), *await dead_tokens(server), *await dead_codes(server)]
    before = {await heard(server, auth) for auth in auths}
    ahead = server.wall_ahead
    after = await server.crash(server.folder.with_name("after"))
    after.wall_ahead = ahead
    assert {await heard(after, auth) for auth in auths} == before
    assert len(before) == 1


@evening
async def test_a_meeting_that_is_full_locked_or_closing_says_no_more(server: Evening) -> None:
    room, (ada, _) = await server.meeting("Ada", "Budi")
    auths = [with_secret(room, entries.urls(room)["participant"], name) for name in ("Citra", "\u202e")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rooms.rules.seats.SEAT_LIMIT", 2)
        full = {await heard(server, auth) for auth in auths}
    ada.ask("lock-door")
    await server.settled()
    full |= {await heard(server, auth) for auth in auths}
    ada.ask("unlock-door")
    await server.settled()
    assert server.knock(room, "\u202e").code == "name-invalid"
    ada.ask("close-meeting")
    for auth in auths:
        assert server.guest().knock(auth).code == "no-entry"  # while the end is on its way to the disk
    assert full == {await heard(server, {**auths[0], "secret": "wrong"})}


@evening
async def test_a_restored_backup_gives_nothing_back_that_was_dead_or_alive(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    early = await invited(server, ada)
    file = server.folder.with_name("rooms.json")
    backup.write(server.folder, file)
    late = await invited(server, ada)
    await told(server, ada, "revoke-link", link=early["id"])
    await server.settled()
    folder = server.folder.with_name("restored")
    shutil.copytree(server.folder, folder)
    backup.restore(folder, file)
    await server.end()
    after = server._after = Evening(folder)
    [again] = after.rooms.rooms()
    auths = [with_secret(room, link["url"]) for link in (early, late)]
    auths += [with_secret(room, url) for url in entries.urls(room).values()]
    auths += [with_token(guest) for guest in (ada, budi)]
    assert len({await heard(after, auth) for auth in auths}) == 1
    # the invites that are made from now on have secrets of their own
    made = {await entries.make(again, invites.KINDS["participant"], 0) for _ in range(3)}
    assert len({entries.url(again, link) for link in made} & {early["url"], late["url"]}) == 0
    assert len(made) == 3
    assert len({await heard(after, auth) for auth in auths}) == 1


# The wire


async def test_only_the_answer_to_a_wrong_entry_waits(guarded: Serve) -> None:
    server = await guarded()
    clock = asyncio.get_running_loop().time
    for code in (Code.NO_ENTRY, Code.RELOAD):
        raw = await server.raw()
        asked = clock()
        await raw.packet(0, {"refuse": code.value})
        [refusal] = await raw.rest()
        assert refusal["data"] == {"message": code.value, "data": {"code": code.value}}
        assert raw.close_code == 1000
        if code is Code.NO_ENTRY:
            assert clock() - asked >= MOMENT


@pytest.mark.parametrize("packets", [[], [(2, ["command", {}])], [(0, {}), (1, None)]])
async def test_whatever_comes_meanwhile_is_not_heard(guarded: Serve, packets: list[Any]) -> None:
    server = await guarded()
    raw = await server.raw()
    await raw.packet(0, {"refuse": "no-entry"})
    for kind, data in packets:
        await raw.packet(kind, data)
    assert [found["type"] for found in await raw.rest()] == [4]
    assert (server.door.heard, server.door.here) == ([], [])


async def test_nobody_waits_for_those_who_go_meanwhile(guarded: Serve) -> None:
    server = await guarded(limits=Limits(refusal=60.0, drain=120.0))
    raw = await server.raw()
    await raw.packet(0, {"refuse": "no-entry"})
    await raw.ws.close()
    assert raw.ws.close_code == 1000
    other = await server.raw()
    await other.packet(0, {"refuse": "no-entry"})
    assert server.wire.lines == 0


@pytest.fixture(autouse=True)
def _nothing_is_printed(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    yield
    assert capfd.readouterr().err == ""
