"""Makes docs/protocol-by-example.md from a real exchange: a real server, one who leads, one who comes.

python -m scripts.by_example            write it
python -m scripts.by_example --check    exit with 1 when the file is not what the server says today
"""

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

from scripts import example_words as words
from scripts.exchange import Noted, StandIns, kind, laid_out, lines, sound
from tests.server.person import EVENT
from tests.server.running import House, house, running

PAGE = Path(__file__).resolve().parents[1] / "docs" / "protocol-by-example.md"
FORMAT = {"name": "circle", "title": "Circle", "phases": [{"name": "sharing", "turn": 180, "offer": 40, "pause": 0}]}
PATCHED = ("people", "hands", "queue", "queue_version")  # what the worked example shows
ROOM, SPOKEN = "k7Qm2x", 1.2  # seconds that a turn takes at least: numbers of whole seconds are told
OFFER = """v=0
o=- 1 1 IN IP4 0.0.0.0
s=-
t=0 0
a=group:BUNDLE 0
m=audio 9 UDP/TLS/RTP/SAVPF 111
c=IN IP4 0.0.0.0
a=mid:0
a=sendrecv
a=rtcp-mux
a=rtpmap:111 opus/48000/2
a=ice-ufrag:abcd
a=ice-pwd:aPasswordThatTheBrowserMade
a=fingerprint:sha-256 FINGERPRINT
a=setup:actpass
"""


class Story:
    """The page as it grows, and the two whom it is about."""

    def __init__(self, home: House) -> None:
        self.home, self.stand = home, StandIns()
        self.rani, self.damar = (Noted(home.session, home.server.url) for _ in range(2))
        self.parts: list[str] = []
        self.links: dict[str, str] = {}
        self.began = 0.0  # when somebody began to speak, by the monotonic clock

    def say(self, text: str) -> None:
        self.parts.append(text.strip())

    def block(self, text: str, kind: str = "text") -> None:
        self.parts.append(f"```{kind}\n{text}\n```")

    def at(self, moment: float) -> None:
        """What follows happens at this time of the story, in seconds of meeting time."""
        real = self.rani.now + time.monotonic() - self.rani.since if self.rani.since else 0.0
        self.stand.step(moment, real)

    def packets(self) -> None:
        """Show Damar's packets as they are. Rani's are shown later, but their moments are of now."""
        for packet in self.rani.packets:
            self.stand.told(packet.data)
        shown = [f"{'>' if sent else '<'} {laid_out(self.stand.told(data), 2)}" for sent, data in self.damar.news()]
        self.block("\n\n".join(shown))

    async def has_spoken(self, person: Noted, told: int) -> None:
        """Their turn has gone on for a second and more, which the story tells as so many seconds."""
        self.stand.spoken[person.seat] = told
        await asyncio.sleep(max(0.0, self.began + SPOKEN - time.monotonic()))

    async def heard(self, *, rani: bool = True, damar: bool = True, whole: bool = False) -> None:
        """Show what was said and heard since the last time; Rani's `you` only when it is the `whole`."""
        for person in (self.rani, self.damar):
            if person.you and not person.closed.is_set():
                await person.caught_up()
        news = {"Damar": (damar, self.damar.news()), "Rani": (rani, self.rani.news())}
        blocks = {who: lines(who, packets, self.stand) for who, (_, packets) in news.items()}  # both: moments in them
        if not whole:
            heard = [packet for packet in news["Rani"][1] if kind(packet) != "you"]
            blocks["Rani"] = lines("Rani", heard, self.stand)
        shown = [blocks[who] for who, (wanted, _) in news.items() if wanted and blocks[who]]
        if shown:
            self.block("\n\n".join(shown))


async def story(home: House) -> str:
    """The whole page."""
    tale = Story(home)
    for chapter in (before, connecting, letting_in, beginning, raising, speaking, hearing, dropping, slips, leaving):
        await chapter(tale)
    assert not (tale.rani.gaps or tale.damar.gaps)
    return "\n\n".join(tale.parts) + "\n"


async def before(tale: Story) -> None:
    tale.say(words.INTRODUCTION)
    asked = {"title": "Monday circle", "format": FORMAT}
    status, room = await tale.home.api("POST", "/api/rooms", asked)
    assert status == 201, room
    tale.stand.text(tale.home.server.url.replace("127.0.0.1", "localhost"), "http://localhost:8080")
    tale.stand.text(room["id"], ROOM)
    for whose, link in room["links"].items():
        tale.stand.text(link.partition("#")[2], f"the-{whose}-secret")
    tale.links = room["links"]
    shown = {key: room[key] for key in ("id", "title", "links")}
    tale.block(
        f"POST /api/rooms\nAuthorization: Bearer <the host token>\n\n{laid_out(asked)}\n\n"
        f"201\n\n{laid_out(tale.stand.told(shown))[:-2]},\n  …\n}}"
    )


async def connecting(tale: Story) -> None:
    tale.say(words.CONNECTING)
    await tale.rani.join(tale.links["facilitator"], "Rani")
    tale.stand.text(tale.rani.seat, "s1")
    tale.stand.text(str(tale.rani.resume), "the-token-of-rani")
    tale.stand.text(tale.rani.packets[1].data["data"]["sid"], "a1")
    await tale.rani.accept()
    await tale.rani.until(lambda me: me.view["sight"] == "lead")
    tale.at(0)
    await tale.heard(rani=False)

    path = "/socket.io/?EIO=4&transport=websocket"
    origin = tale.home.server.url
    async with tale.home.session.ws_connect(origin + path, headers={"Origin": origin}) as socket:
        opened = await socket.receive_str()
    tale.stand.text(json.loads(opened[1:])["sid"], "a0")
    tale.block(f"< {tale.stand.told(opened)}")
    tale.say(words.PACKETS)
    tale.at(12)
    await tale.damar.join(tale.links["participant"], "Damar")
    tale.stand.text(tale.damar.seat, "s2")
    tale.stand.text(str(tale.damar.resume), "the-token-of-damar")
    tale.stand.text(tale.damar.packets[1].data["data"]["sid"], "b2")
    await tale.rani.until(lambda me: me.view.get("waiting"))
    tale.packets()
    tale.say(words.ACCEPTING)
    tale.at(20)
    await tale.damar.accept()
    tale.packets()
    tale.say(words.SHORTER)
    await tale.heard()


async def letting_in(tale: Story) -> None:
    tale.say(words.LETTING_IN)
    tale.at(31)
    await tale.rani.do("admit", seat=tale.damar.seat)
    await tale.damar.until(lambda me: me.view["sight"] == "circle")
    await tale.heard()


async def beginning(tale: Story) -> None:
    tale.say(words.BEGINNING)
    tale.at(60)
    await tale.rani.do("open-meeting")
    await tale.heard(whole=True)
    tale.say(words.BEGUN)
    tale.at(64)
    await tale.rani.do("raise-hand")
    await tale.rani.do("accept-floor", turn=await tale.rani.until(lambda me: me.you.get("turn")))
    tale.began = time.monotonic()
    await tale.heard(rani=False)


async def raising(tale: Story) -> None:
    tale.say(words.RAISING)
    tale.at(70)
    await tale.damar.do("raise-hand", note="About last week")
    await tale.heard()
    tale.say(words.REFUSING)
    tale.at(74)
    await tale.damar.ask("raise-hand")
    await tale.heard(rani=False)


async def speaking(tale: Story) -> None:
    tale.say(words.OFFERING)
    tale.at(96)
    await tale.has_spoken(tale.rani, 32)
    old = {key: tale.damar.view[key] for key in PATCHED}
    await tale.rani.do("finish-turn", turn=tale.rani.you["turn"])
    turn = await tale.damar.until(lambda me: me.you.get("turn"))
    await tale.heard(rani=False)
    tale.say(words.PATCHING)
    patch = {key: value for key, value in tale.damar.frames("patch")[-1]["patch"].items() if key in PATCHED}
    parts = {"before": old, "patch": patch, "after": {key: tale.damar.view[key] for key in PATCHED}}
    tale.block("\n".join(f"{name:<8}{laid_out(tale.stand.told(part), 8)}" for name, part in parts.items()))
    tale.say(words.MERGING)
    tale.say(words.STARTING)
    tale.at(104)
    await tale.damar.do("accept-floor", turn=turn)
    await tale.heard(rani=False)
    tale.say(words.STALE)
    tale.at(108)
    await tale.rani.ask("end-turn", turn="t1")
    await tale.heard(damar=False)


async def hearing(tale: Story) -> None:
    tale.say(words.HEARING)
    tale.at(110)
    offer = OFFER.replace("FINGERPRINT", ":".join(["AB"] * 32)).replace("\n", "\r\n")
    answer = await tale.damar.emit("signal", {"type": "offer", "sdp": offer})
    assert answer["ok"], answer
    told = OFFER.replace("FINGERPRINT", "AB:AB:…:AB").strip()
    tale.block(f'Damar > signal     {{"type": "offer", "sdp": "…"}}, where the sdp is\n\n{told}')
    tale.block(f'Damar < answer     {{"ok": true, "sdp": "…"}}\n\n{sound(answer["sdp"], tale.stand)}')
    tale.damar.news()
    tale.say(words.HEARD)


async def dropping(tale: Story) -> None:
    tale.say(words.DROPPING)
    tale.at(130)
    await tale.damar.pull()
    await tale.rani.until(lambda me: "left" in me.view["turns"][me.view["floor"]])
    await tale.heard()
    del tale.stand.lengths[180.0]  # no turn begins anew; what is left of this one is almost as long
    tale.say(words.RETURNING)
    tale.at(141)
    back = Noted(tale.home.session, tale.home.server.url)
    await back.come_back(tale.damar)
    tale.stand.text(back.packets[1].data["data"]["sid"], "c3")
    if back.resume != tale.damar.resume:
        tale.stand.text(str(back.resume), "the-next-token-of-damar")
    tale.damar = back
    await tale.heard()
    tale.say(words.GOING_ON)
    tale.at(145)
    await tale.damar.do("resume-turn", turn=tale.damar.you["turn"])
    tale.began = time.monotonic()
    await tale.heard(rani=False)
    tale.say(words.ENDING)
    tale.at(190)
    await tale.has_spoken(tale.damar, 71)
    await tale.damar.do("finish-turn", turn=tale.damar.you["turn"])
    await tale.heard(rani=False)


async def slips(tale: Story) -> None:
    tale.say(words.RESYNCING)
    tale.at(200)
    known = len(tale.damar.frames("snapshot"))
    await tale.damar.pack({"type": EVENT, "nsp": "/", "data": ["resync"]})
    await tale.damar.until(lambda me: len(me.frames("snapshot")) > known)
    asked, snapshot = tale.damar.news()
    carried = {**tale.stand.told(snapshot.data["data"][1]), "you": "…", "view": "…"}
    tale.block(f"{lines('Damar', [asked], tale.stand)}\nDamar < snapshot  {laid_out(carried, 19)}")
    tale.say(words.WRONG)
    await tale.damar.ask("raise-hand", zeal=1)
    await tale.heard(rani=False)


async def leaving(tale: Story) -> None:
    tale.say(words.LEAVING)
    tale.at(240)
    await tale.damar.ask("leave")
    await tale.damar.closed.wait()
    await tale.heard()
    tale.say(words.AFTER)


async def ready(home: House) -> None:
    """The server has tried its own sound."""
    while True:
        async with home.session.get(f"{home.server.url}/healthz") as answer:
            if (await answer.json())["audio"] == "on":
                return
        await asyncio.sleep(0.1)


async def page() -> str:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), "--media-address", "127.0.0.1") as server:
        async with house(server) as home:
            await asyncio.wait_for(ready(home), 60)
            return await story(home)


def main() -> None:
    told = asyncio.run(page())
    if "--check" in sys.argv[1:]:
        sys.exit(told != PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
