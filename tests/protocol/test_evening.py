"""A short evening on a real server: whatever it says fits the schema that it publishes, as the manual tells it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from jsonschema import Draft202012Validator

from tests.server.person import Person, TurnedAway
from tests.serving import serving

CARRIES = {"snapshot": "Snapshot", "patch": "Patch", "you": "You", "bye": "Goodbye", "ack": "Ack"}


class Evening:
    """A room of a server that runs for one test, and the people who came."""

    def __init__(
        self, session: aiohttp.ClientSession, url: str, token: str, links: dict[str, str], schema: dict[str, Any]
    ) -> None:
        self.session, self.url, self.token, self.links, self.schema = session, url, token, links, schema
        self.people: list[Person] = []

    async def comes(self, name: str, kind: str = "participant") -> Person:
        person = await Person(self.session, self.url).join(self.links[kind], name)
        self.people.append(person)
        return person

    def check(self, name: str, document: Any) -> None:
        Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": self.schema["$defs"]}).validate(document)

    def heard(self) -> set[str]:
        """Checks everything that anybody heard, and the views that patches made of it; returns the kinds there were."""
        for person in self.people:
            self.check("View", person.view)
            assert person.gaps == 0
            for kind, document in person.heard:
                self.check(CARRIES[kind], document)
        return {kind for person in self.people for kind, _ in person.heard}


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator[Evening]:
    async with AsyncExitStack() as stack:
        server = stack.enter_context(serving(tmp_path / "data"))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        room = {"title": "Monday circle", "questions": ["What brings you here?"]}
        made = await session.post(
            f"{server.url}/api/rooms", json=room, headers={"Authorization": f"Bearer {server.token}"}
        )
        schema = await (await session.get(f"{server.url}/protocol/schema.json")).json()
        yield Evening(session, server.url, server.token, (await made.json())["links"], schema)


async def test_everything_that_is_said_fits_the_schema(evening: Evening) -> None:
    rani, damar = await evening.comes("Rani", "facilitator"), await evening.comes("Damar")
    await rani.accept()
    await damar.do("answer-door", answers=["To listen."])
    await damar.accept()
    await rani.until(lambda me: damar.seat in me.view.get("waiting", {}))
    await rani.do("admit", seat=damar.seat)
    await rani.do("open-meeting")
    await damar.until(lambda me: me.view["sight"] == "circle")

    await damar.do("raise-hand", note="About last week")
    refused = await damar.ask("raise-hand")
    assert refused == {"ok": False, "code": "hand-up"}
    turn = await damar.until(lambda me: me.you.get("turn"))
    await damar.do("accept-floor", turn=turn)
    await rani.do("pause-turn", turn=turn)
    await rani.do("resume-turn", turn=turn)
    await damar.do("finish-turn", turn=turn)
    assert (await damar.ask("finish-turn", turn=turn))["code"] == "stale"
    assert (await damar.ask("shout"))["code"] == "malformed"

    await rani.do("remove", seat=damar.seat, reason="Please rest.")
    await damar.closed.wait()
    await rani.do("close-meeting")
    await rani.closed.wait()
    assert evening.heard() == CARRIES.keys()
    assert damar.bye and rani.bye
    assert (damar.bye["code"], damar.bye["reason"], rani.bye["code"]) == ("removed", "Please rest.", "closed")


QUICK = {"pause": 0, "turn": 60, "warning": 59.9, "consent": 60, "kinds": ["share", "question"]}
PRACTICE = {
    "name": "practice",
    "title": "Everything once",
    "phases": [
        {"name": "round", "floor": "round", "give": True, "prompt": "How are you here?", **QUICK},
        {"name": "sharing", "order": "fair", "responses": "inside", **QUICK},
        {"name": "open-floor", "floor": "open", "voices": 3, "moves_on": "anyone", **QUICK},
        {"name": "break", "floor": "break", "box": 600, **QUICK},
    ],
}


async def comes_in(evening: Evening, link: str, name: str, lead: Person | None = None) -> Person:
    person = await Person(evening.session, evening.url).join(link, name)
    evening.people.append(person)
    await person.accept()
    if lead is not None:
        await lead.until(lambda me: person.seat in me.view.get("waiting", {}))
        await lead.do("admit", seat=person.seat)
    await person.until(lambda me: me.view["sight"] != "door")
    return person


async def test_the_practice_of_listening_fits_the_schema_too(evening: Evening) -> None:
    """A round with a piece that is given, the fair order, a question inside a turn, time, silence, bell, break."""
    made = await evening.session.post(
        f"{evening.url}/api/rooms",
        json={"title": "Tuesday circle", "format": PRACTICE},
        headers={"Authorization": f"Bearer {evening.token}"},
    )
    links = (await made.json())["links"]
    rani = await comes_in(evening, links["facilitator"], "Rani")
    damar = await comes_in(evening, links["participant"], "Damar", rani)
    sari = await comes_in(evening, links["participant"], "Sari", rani)
    await rani.do("open-meeting")
    assert [step["name"] for step in rani.view["agenda"]] == ["round", "sharing", "open-floor", "break"]

    await rani.do("accept-floor", turn=await rani.until(lambda me: me.you.get("turn")))
    await damar.do("send-signal", signal="with-you")
    await rani.until(lambda me: me.you.get("signals") == {"with-you": 1})
    await damar.do("pass-round")
    await rani.do("give-floor", turn=rani.you["turn"], seat=sari.seat)
    turn = await sari.until(lambda me: me.you.get("turn"))
    await sari.do("accept-floor", turn=turn)
    await sari.do("hold-silence", turn=turn)
    await rani.until(lambda me: me.view["turns"][turn]["state"] == "silent")
    await sari.do("resume-turn", turn=turn)
    await damar.do("ring-bell")
    await sari.until(lambda me: me.view.get("hold") == "bell")
    await rani.do("resume-room")
    assert (await damar.ask("ring-bell"))["code"] == "rang"
    await sari.do("finish-turn", turn=turn)
    await rani.do("undo-end", turn=turn)

    await rani.do("set-phase", phase="sharing")
    await rani.do("set-prompt", prompt="What helped you?")
    await rani.do("set-order", order="circle")
    await damar.do("raise-hand", kind="question")
    await sari.do("resume-turn", turn=turn)
    await sari.do("allow-question", turn=turn, hand=await damar.until(lambda me: me.you.get("hand")))
    await damar.do("accept-floor", turn=await damar.until(lambda me: me.you.get("turn")))
    await damar.do("finish-turn", turn=damar.you["turn"])
    while (answer := await sari.ask("ask-time", turn=turn)).get("code") == "too-early":
        await asyncio.sleep(0.02)
    assert answer["ok"], answer
    await damar.until(lambda me: me.view.get("asking", {}).get("turn") == turn)
    await damar.do("answer-time", turn=turn, fine=False)
    await damar.until(lambda me: me.you.get("answered_time") is False)
    await rani.do("answer-time", turn=turn, fine=False)
    await sari.until(lambda me: me.view["turns"][turn].get("declined"))
    await sari.do("finish-turn", turn=turn)

    await rani.do("set-phase", phase="open-floor")
    await damar.do("take-floor")
    await sari.do("take-floor")
    await damar.do("set-phase", phase="break")
    await sari.until(lambda me: me.view.get("hold") == "break")
    await sari.do("say-ready")
    await rani.until(lambda me: me.view.get("ready") == [sari.seat])
    await rani.do("close-meeting")
    await sari.closed.wait()
    assert evening.heard() == CARRIES.keys()


async def test_the_three_sights_say_which_they_are(evening: Evening) -> None:
    rani, damar = await evening.comes("Rani", "facilitator"), await evening.comes("Damar")
    assert (rani.view["sight"], damar.view["sight"]) == ("door", "door")
    assert damar.view.keys() == {"sight", "agreement", "questions"}
    assert damar.now == 0
    await rani.accept()
    await rani.until(lambda me: me.view["sight"] == "lead")
    await damar.accept()
    assert damar.view["sight"] == "door"
    await rani.do("admit", seat=damar.seat)
    await damar.until(lambda me: me.view["sight"] == "circle")
    evening.heard()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"v": 2}, "reload"),
        ({"secret": "wrong"}, "no-entry"),
        ({"room": "wrong"}, "no-entry"),
        ({"secret": None}, "malformed"),
        ({"name": ""}, "name-invalid"),
        ({"zeal": 1}, "malformed"),
    ],
)
async def test_whoever_is_turned_away_hears_why(evening: Evening, change: dict[str, Any], code: str) -> None:
    room, _, secret = evening.links["participant"].rpartition("/r/")[2].partition("#")
    auth = {"v": 1, "room": room, "secret": secret, "name": "Damar", **change}
    with pytest.raises(TurnedAway, match=f"^{code}$"):
        await Person(evening.session, evening.url).connect(auth)
    assert code in evening.schema["$defs"]["Code"]["enum"]
