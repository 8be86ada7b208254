"""More busy rooms (see `lives.py`): people come, are let in, removed, taken back and sent away, leave and are erased,
move to other devices; links are made, renewed and revoked; rooms are changed, closed and deleted."""

import asyncio
import contextlib
from collections.abc import Awaitable, Sequence
from pathlib import Path
from typing import Any

from tests.reliability.ledger import DEAD, asked
from tests.reliability.lives import Facts, Life, Somebody
from tests.server.person import Gone, TurnedAway

AGAIN = 12  # of those who are out, how many still try to come back


class Door(Life):
    """One who facilitates and one who hosts; and in each life, new people to whom something happens."""

    guests: Sequence[Somebody] = ()
    out: Sequence[Somebody] = ()  # who had a seat once
    codes: Sequence[str] = ()  # ways to another device, of earlier lives
    links: Sequence[str] = ()  # that this life had
    came: dict[str, bool] = {}

    async def prepare(self) -> None:
        room, lead = self.room, self.lead
        if len(self.people) == 1:
            self.people.append(Somebody(self.home, await self.home.leading(room, "Hadi", "host")))
            self.ledger.sure |= {("hold", room.id): False, ("title", room.id): "Wednesday"}
        if lead.view.get("hold"):
            await lead.do("resume-room")
            self.ledger.sure["hold", room.id] = False
        await asyncio.gather(*(self.goes(guest) for guest in self.guests))
        self.out = [*self.out, *self.guests][-AGAIN:]
        invite = await self.made_invite()
        ways = [room.links["participant"]] * 7 + [invite["url"]]
        self.guests = await asyncio.gather(*(self.comes(way, n) for n, way in enumerate(ways)))
        for guest in self.guests[:-3]:
            await lead.do("admit", seat=guest.seat)
        self.ledger.sure |= {("in", guest.seat): True for guest in [*self.guests[:-3], self.guests[-1]]}
        self.ledger.sure |= {("in", guest.seat): False for guest in self.guests[-3:-1]}
        self.ledger.sure |= {("door", guest.seat): True for guest in self.guests[-3:-1]}
        self.ledger.sure |= {("link", invite["url"]): True, ("next", self.guests[0].seat): False}
        self.links, self.invite = [invite["url"]], invite["id"]

    async def made_invite(self) -> dict[str, Any]:
        status, link = await self.home.api("POST", f"/api/rooms/{self.room.id}/links", {})
        assert status == 201, link
        return dict(link)

    async def comes(self, way: str, number: int) -> Somebody:
        line = await self.home.person().join(way, f"Guest {number}")
        await line.accept()
        return Somebody(self.home, line)

    async def goes(self, guest: Somebody) -> None:
        if guest.seat in self.lead.view["people"].keys() | self.lead.view.get("waiting", {}).keys():
            await guest.line.do("leave")
        self.ledger.sure |= {("in", guest.seat): False, ("door", guest.seat): False}

    def busy(self) -> Sequence[Awaitable[None]]:
        mover, removed, undone, leaves, erased, declined, admitted, invited = self.guests
        return [
            self.once(self.moved(mover)),
            self.once(self.removed(removed)),
            self.once(self.undone(undone)),
            self.once(self.left(leaves)),
            self.once(self.left(erased, erase=True)),
            self.once(self.did("decline", ("door", declined.seat), False, seat=declined.seat)),
            self.once(self.admitted(admitted)),
            self.once(self.revoked(invited)),
            self.once(self.renewed()),
            self.until_dead(lambda: self.next(mover), 0.3),
            self.until_dead(self.changed, 0.3),
            self.until_dead(self.held, 0.3),
        ]

    async def once(self, act: Awaitable[object]) -> None:
        """At some moment of this life."""
        await asyncio.sleep(self.chance.random() * 0.3)
        with contextlib.suppress(*DEAD, TurnedAway):
            await act

    async def did(self, type: str, key: tuple[str, str], value: object, by: int = 0, **fields: Any) -> bool:
        return await self.ledger.do(self.people[by].line, type, key, value, **fields)

    async def moved(self, guest: Somebody) -> None:
        """To another device, whose older one is told."""
        way = await guest.line.emit("ask", {"type": "move"})
        if way["ok"]:
            code = way["url"].rpartition("#~")[2]
            self.codes = [*self.codes, code][-3:]
            old, new = guest.line, self.home.person()
            await new.connect({"v": 1, "room": guest.room, "name": "", "move": code})
            new.name = guest.name
            guest.lines.append(new)
            await old.closed.wait()
            assert (new.seat, new.you["name"], old.bye and old.bye["code"]) == (guest.seat, guest.name, "elsewhere")
            self.ledger.kinds["move"] += 1

    async def removed(self, guest: Somebody) -> bool:
        by = self.chance.randrange(2)
        return await self.did("remove", ("in", guest.seat), False, by, seat=guest.seat, reason="because")

    async def undone(self, guest: Somebody) -> None:
        if await self.removed(guest):
            await self.did("undo-removal", ("in", guest.seat), True, seat=guest.seat)

    async def left(self, guest: Somebody, **how: bool) -> None:
        kind = "leave, erased" if how else "leave"
        done = asked(guest.line, "leave", how)
        if await self.ledger.ask(kind, ("in", guest.seat), False, done) and how:
            self.ledger.sure["erased", guest.seat] = True

    async def admitted(self, guest: Somebody) -> None:
        key = ("door", guest.seat)
        self.ledger.open.setdefault(key, []).append(False)
        if await self.did("admit", ("in", guest.seat), True, seat=guest.seat):
            self.ledger.sure[key] = False
        self.ledger.open[key].remove(False)

    async def revoked(self, guest: Somebody) -> None:
        """Of whoever came by it, nothing stays."""
        path, key = f"/api/rooms/{self.room.id}/links/{self.invite}", ("in", guest.seat)
        self.ledger.open.setdefault(key, []).append(False)
        if await self.ledger.ask("revoke-link", ("link", self.links[0]), False, self.host("DELETE", path)):
            self.ledger.sure[key] = False
        self.ledger.open[key].remove(False)

    async def renewed(self) -> None:
        """The link of who facilitates: the one who is in stays, the old link is dead."""
        old, path = self.room.links["facilitator"], f"/api/rooms/{self.room.id}/links/facilitator/renew"
        self.links = [*self.links, old]
        self.ledger.sure["link", old] = True
        await self.ledger.ask("renew-link", ("link", old), False, self.host("POST", path, {}))

    async def next(self, guest: Somebody) -> None:
        key = ("next", guest.seat)
        named = bool(self.ledger.sure[key])
        await self.did("unname-successor" if named else "name-successor", key, not named, seat=guest.seat)

    async def changed(self) -> None:
        title, path = f"Title {self.chance.random()}", f"/api/rooms/{self.room.id}"
        await self.ledger.ask("change-room", ("title", self.room.id), title, self.host("PATCH", path, {"title": title}))

    async def held(self) -> None:
        key = ("hold", self.room.id)
        stands = bool(self.ledger.sure[key])
        await self.did("resume-room" if stands else "pause-room", key, not stands, 1)

    async def host(self, method: str, path: str, body: object = None) -> bool:
        status, said = await self.home.api(method, path, body)
        assert status < 300, said
        return True

    async def back(self) -> None:
        await super().back()
        everybody = [*self.guests, *self.out]
        came = await asyncio.gather(*(self.comes_back(guest) for guest in everybody))
        self.came = {guest.seat: there for guest, there in zip(everybody, came, strict=True)}

    async def comes_back(self, guest: Somebody) -> bool:
        try:
            await guest.back()
        except TurnedAway as no:
            assert str(no) == "no-entry"
            return False
        return True

    async def opens(self, link: str) -> bool:
        """Whether somebody can still come by it."""
        try:
            line = await self.home.person().join(link, "Looker")
        except TurnedAway as no:
            assert str(no) == "no-entry"
            return False
        with contextlib.suppress(Gone):
            await line.ask("leave")
        return True

    async def found(self) -> Facts:
        _, document = await self.home.api("GET", f"/api/rooms/{self.room.id}")
        self.room.links.update(document["links"])
        links: Facts = {("link", link): await self.opens(link) for link in self.links}
        view = self.lead.view
        seats = self.came
        return (
            links
            | {("in", seat): seat in view["people"] for seat in seats}
            | {("door", seat): seat in view.get("waiting", {}) for seat in seats}
            | {("next", self.guests[0].seat): self.guests[0].seat in view.get("successors", [])}
            | {("hold", self.room.id): bool(view.get("hold")), ("title", self.room.id): document["title"]}
        )

    def wrong(self) -> list[str]:
        view = self.lead.view
        there = view["people"].keys() | view.get("waiting", {}).keys()
        wrong = [f"{seat} came back: {came}" for seat, came in self.came.items() if came != (seat in there)]
        roles = [view["people"][person.seat]["role"] for person in self.people]
        return wrong if roles == ["facilitator", "host"] else [*wrong, f"the roles are {roles}"]

    def on_disk(self, folder: Path) -> list[str]:
        """Before the next life: nothing is left of who was erased."""
        erased = [key[1] for key in self.ledger.sure if isinstance(key, tuple) and key[0] == "erased"][-AGAIN:]
        content = everything(folder)
        return [f"{seat} is not erased" for seat in erased if seat.encode() in content]


class Ending(Life):
    """The meeting is closed in every life, and every other time the room is deleted; the next one is another one."""

    async def prepare(self) -> None:
        if self.room.id not in [room["id"] for room in (await self.home.api("GET", "/api/rooms"))[1]["rooms"]]:
            self.room = await self.home.room()
        if self.lead.closed.is_set() or self.lead.room != self.room.id:
            lead = await self.home.leading(self.room, "Ema")
            other = await self.home.seated(self.room, lead, "Fajar")
            self.people = [Somebody(self.home, lead), Somebody(self.home, other)]
        self.ledger.sure["over", self.room.id] = False

    def busy(self) -> Sequence[Awaitable[None]]:
        return [self.end()]

    async def end(self) -> None:
        await asyncio.sleep(self.chance.random() * 0.4)
        key = ("over", self.room.id)
        with contextlib.suppress(*DEAD):
            if self.chance.random() < 0.5:
                await self.ledger.do(self.lead, "close-meeting", key, True)
            else:
                deleted = self.home.api("DELETE", f"/api/rooms/{self.room.id}")
                await self.ledger.ask("delete-room", key, True, gone(deleted))

    async def back(self) -> None:
        self.over = True
        for person in self.people:
            try:
                await person.back()
                self.over = False
            except TurnedAway as no:
                assert str(no) in ("no-entry", "lost")

    async def found(self) -> Facts:
        return {("over", self.room.id): self.over}


async def gone(answer: Awaitable[tuple[int, Any]]) -> bool:
    status, said = await answer
    assert status < 300, said
    return True


def everything(folder: Path) -> bytes:
    """All files of a folder in one."""
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
