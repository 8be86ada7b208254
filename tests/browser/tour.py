"""Every state in which somebody can find the page, one after the other, with the real server.

A tour has one visitor with a browser; everybody else speaks the wire without one. Each state is yielded by its name
when the page shows it, and stays as long as it is looked at: nothing in these rooms moves by itself.
"""

import re
from collections.abc import AsyncIterator, Callable

from playwright.async_api import expect

from tests.browser.relay import Relay
from tests.browser.tour_formats import hosting_formats, leading_formats
from tests.browser.tour_leading import leading_phases, leading_time
from tests.browser.tour_practice import PRACTICE
from tests.browser.visitor import Visitor, Way
from tests.server.person import Person
from tests.server.running import House, Room

States = AsyncIterator[str]
Tour = Callable[[House, Visitor, Relay], States]
QUESTIONS = ["Bagaimana kamu tahu tentang kami?"]
OWN_WORDS = "Kita mulai tepat waktu.\n\nNama panggilan boleh apa saja."


async def gathered(home: House, times: str = "still") -> tuple[Room, Person]:
    """A room with the times of that format, and Ada in it, who leads."""
    made = await home.room("Lingkar Rabu", format=times, questions=QUESTIONS, agreement={"text": OWN_WORDS})
    return made, await home.leading(made, "Ada")


async def comes_in(visitor: Visitor, made: Room, ada: Person, way: Way = "silent") -> str:
    """The visitor comes to the door and is let in; their seat."""
    await visitor.comes(made.links["participant"], way)
    found = await ada.until(lambda me: [seat for seat, who in me.view["waiting"].items() if _is(visitor, who)])
    await ada.do("admit", seat=found[0])
    await visitor.is_in()
    await visitor.hears(visitor.word("said-in"))
    return str(found[0])


def _is(visitor: Visitor, waiting: dict[str, object]) -> bool:
    return waiting.get("name") == visitor.name and bool(waiting.get("agreed"))


async def is_let_in(home: House, made: Room, host: Person, visitor: Visitor, name: str) -> Person:
    """Somebody whom the visitor, who leads, hears coming: to the door, and in."""
    person = await home.waiting(made, name)
    await person.accept()
    await visitor.hears(visitor.word("said-door", name=name))
    await host.do("admit", seat=person.seat)
    await visitor.hears(visitor.word("said-came", name=name))
    return person


async def speaks(person: Person) -> str:
    """This person raises a hand and starts when it is offered; the turn."""
    await person.do("raise-hand")
    turn = str(await person.until(lambda me: me.you.get("turn")))
    await person.do("accept-floor", turn=turn)
    return turn


async def starts(visitor: Visitor) -> None:
    """The visitor raises a hand and starts when it is offered."""
    await visitor.presses_large(visitor.word("button-raise"))
    await visitor.presses_large(visitor.word("button-start"))
    await visitor.large_says(visitor.word("button-finish"))


async def coming_in(home: House, visitor: Visitor, network: Relay) -> States:
    """From the front page to the door."""
    made, ada = await gathered(home)
    await visitor.opens(f"{network.url}/")
    await visitor.heading(visitor.word("index-title"))
    yield "front"
    await visitor.opens(made.links["participant"])
    await visitor.heading(visitor.word("join-name-title"))
    yield "name"
    await visitor.presses(visitor.word("join-name-go"))
    await visitor.sees(visitor.word("refused-name-empty"))
    yield "name-empty"
    await visitor.gives_name()
    await visitor.heading(visitor.word("join-agreement-title"))
    yield "agreement"
    await visitor.reads_and_agrees()
    await visitor.heading(visitor.word("sound-title"))
    yield "sound"
    await visitor.presses(visitor.word("sound-try"))
    await visitor.sees(visitor.word("sound-denied"))
    yield "sound-denied"
    await visitor.context.grant_permissions(["microphone"])
    await visitor.presses(visitor.word("sound-try"))
    await visitor.sees(visitor.word("sound-clear"))
    yield "sound-tried"
    await visitor.chooses(visitor.word("sound-way-listen"))
    yield "sound-listening"
    await visitor.chooses(visitor.word("sound-way-silent"))
    yield "sound-silent"
    await visitor.goes_in()
    await visitor.waits_at_the_door()
    yield "door"
    await visitor.page.get_by_label(QUESTIONS[0]).fill("Dari teman.")
    await visitor.presses(visitor.word("join-answer"))
    await visitor.sees(visitor.word("join-answered"))
    yield "door-answered"
    await ada.do("tell-waiting", text="Kita mulai sepuluh menit lagi.")
    await visitor.sees("Kita mulai sepuluh menit lagi.")
    yield "door-told"
    full = await home.room("Lingkar Rabu", seats=1)
    host = await home.leading(full, "Ada")
    await home.seated(full, host, "Budi Santoso")
    await visitor.comes(full.links["participant"])
    await visitor.sees(visitor.word("join-waiting-line", place=first(visitor)))
    yield "door-of-a-full-room"


async def listening(home: House, visitor: Visitor, network: Relay) -> States:
    """In the circle while others share, with a hand that comes nearer."""
    made, ada = await gathered(home)
    budi, wulan, dimas = [await home.seated(made, ada, name) for name in ("Budi Santoso", "Wulan", "Mbak Dimas")]
    await comes_in(visitor, made, ada)
    await visitor.middle(visitor.word("room-doors"))
    yield "doors"
    await ada.do("open-meeting")
    await visitor.large_says(visitor.word("button-raise"))
    yield "free"
    await budi.do("raise-hand")
    turn = await budi.until(lambda me: me.you.get("turn"))
    await visitor.middle("Budi", visitor.word("room-offered"))
    yield "offered-to-another"
    await budi.do("accept-floor", turn=turn)
    await visitor.middle("Budi", visitor.word("room-shares"))
    yield "listening"
    await wulan.do("raise-hand")
    await dimas.do("raise-hand", kind="process")
    await visitor.presses_large(visitor.word("button-raise"))
    await visitor.large_says(visitor.word("button-lower"), visitor.word("button-lower-sub", place=third(visitor)))
    yield "queued"
    await dimas.do("lower-hand")
    await visitor.large_says(visitor.word("button-lower"), visitor.word("button-lower-sub", place=second(visitor)))
    yield "queued-nearer"
    await wulan.do("lower-hand")
    await wulan.do("raise-hand")
    await visitor.large_says(visitor.word("button-next"))
    yield "next"
    await ada.do("lower-hand", hand=str(ada.view["queue"][0]))
    await visitor.sees(visitor.word("act-hand-lowered", name="Ada"))
    yield "hand-lowered"
    await wulan.do("lower-hand")
    await visitor.presses_large(visitor.word("button-raise"))
    await wulan.do("raise-hand")
    await visitor.large_says(visitor.word("button-next"))
    await ada.do("pause-turn", turn=turn)
    await visitor.middle(visitor.word("room-paused"))
    yield "another-paused"
    await ada.do("resume-turn", turn=turn)
    await visitor.middle("Budi", visitor.word("room-shares"))
    await budi.pull()
    await visitor.middle(visitor.word("room-suspended"))
    yield "another-reconnects"
    network.cut()
    await visitor.sees(visitor.word("room-lost"))
    await expect(visitor.large.locator("b")).to_have_text(visitor.word("button-reconnect"))
    yield "offline"
    await set_signal(visitor, "store.js", "room", "restarting", True)
    await visitor.sees(visitor.word("room-restarting"))
    yield "restarting"
    network.heal()
    await visitor.large_says(visitor.word("button-next"))
    yield "back"


def third(visitor: Visitor) -> str:
    return {"en": "3rd", "id": "ke-3"}[visitor.language]


def first(visitor: Visitor) -> str:
    return {"en": "1st", "id": "ke-1"}[visitor.language]


def second(visitor: Visitor) -> str:
    return {"en": "2nd", "id": "ke-2"}[visitor.language]


async def sharing(home: House, visitor: Visitor, network: Relay) -> States:
    """A turn of one's own, with everything that can come between."""
    made, ada = await gathered(home)
    await home.seated(made, ada, "Budi Santoso")
    await comes_in(visitor, made, ada)
    await ada.do("open-meeting")
    await visitor.presses_large(visitor.word("button-raise"))
    await visitor.large_says(visitor.word("button-start"))
    yield "offered"
    await visitor.presses_large(visitor.word("button-start"))
    await visitor.large_says(visitor.word("button-finish"))
    yield "sharing"
    await ada.do("pause-turn", turn=ada.view["floor"])
    await visitor.middle(visitor.word("room-yours-paused"))
    await visitor.large_says(visitor.word("button-finish"))
    yield "paused"
    await ada.do("resume-turn", turn=ada.view["floor"])
    await visitor.middle(visitor.word("room-yours-what"))
    await visitor.page.reload()
    await visitor.large_says(visitor.word("button-resume"))
    yield "reloaded"
    await visitor.presses_large(visitor.word("button-resume"))
    await visitor.large_says(visitor.word("button-finish"))
    yield "going-on"
    await visitor.presses_large(visitor.word("button-finish"))
    await visitor.large_says(visitor.word("button-raise"))
    yield "finished"
    await ada.do("close-queue")
    await visitor.large_says(visitor.word("button-raise-process"))
    yield "queue-closed"


async def voicing(home: House, visitor: Visitor, network: Relay) -> States:
    """A microphone of one's own, and what can happen to it and to the sound."""
    made, ada = await gathered(home)
    await home.seated(made, ada, "Budi Santoso")
    await visitor.context.grant_permissions(["microphone"])
    seat = await comes_in(visitor, made, ada, "voice")
    await ada.do("open-meeting")
    await ada.until(lambda me: me.view["people"][seat].get("hears"))
    await visitor.large_says(visitor.word("button-raise"))
    yield "closed"
    await visitor.presses_large(visitor.word("button-raise"))
    await visitor.large_says(visitor.word("button-start"))
    yield "offered"
    await visitor.presses_large(visitor.word("button-start"))
    await expect(visitor.page.locator(".live")).to_be_visible()
    await visitor.large_says(visitor.word("button-finish"))
    yield "open"
    await visitor.tap(visitor.page.locator(".stat > .linkish"))
    await visitor.unfolds()
    yield "people"
    await visitor.closes_sheet()
    await sound(visitor, "mic", "held")
    await visitor.sees(visitor.word("mic-held"))
    yield "held"
    await ada.do("pause-turn", turn=ada.view["floor"])
    await visitor.sees(visitor.word("mic-closed"))
    await ada.do("resume-turn", turn=ada.view["floor"])
    await visitor.large_says(visitor.word("button-microphone"))
    yield "closed-in-turn"
    await visitor.context.clear_permissions()
    await visitor.presses_large(visitor.word("button-microphone"))
    await visitor.sees(visitor.word("mic-trouble"))
    await visitor.large_says(visitor.word("button-microphone"))
    yield "trouble"
    await visitor.presses(visitor.word("sound-settings"))
    await visitor.unfolds()
    yield "sheet"
    await visitor.closes_sheet()
    await visitor.presses(visitor.word("button-finish"))
    await visitor.large_says(visitor.word("button-raise"))
    for signal, value, words in (
        ("link", "lost", "sound-lost"),
        ("link", "blocked", "sound-blocked"),
        ("plays", False, "sound-sleeps"),
    ):
        await sound(visitor, signal, value)
        await visitor.sees(visitor.word(words))
        yield words
        await sound(visitor, signal, "on" if signal == "link" else True)


async def sound(visitor: Visitor, signal: str, value: object) -> None:
    """What only a device or a network does, which tests of sound do; here it is about what is shown."""
    await set_signal(visitor, "media/state.js", "sound", signal, value)


async def set_signal(visitor: Visitor, *place: object) -> None:
    """A signal in an object of a module becomes this value: `(module, object, signal, value)`."""
    await visitor.page.evaluate(
        """async ([module, object, signal, value]) => {
          const main = document.querySelector('script[type=module]').src
          const { [object]: signals } = await import(main.replace('main.js', module))
          signals[signal].value = value
        }""",
        place,
    )


async def time_runs_out(home: House, visitor: Visitor, network: Relay) -> States:
    """The last seconds, the grace, what is beyond it, and the quiet after a turn."""
    for times, state, shown in (
        ("warned", "last-seconds", "room-yours-warning"),
        ("graced", "grace", "room-yours-grace"),
        ("over", "over", "room-yours-over"),
    ):
        made, ada = await gathered(home, times)
        await comes_in(visitor, made, ada)
        await ada.do("open-meeting")
        await starts(visitor)
        await expect(visitor.page.locator(".centre")).to_contain_text(visitor.word(shown), timeout=20_000)
        yield state
    made, ada = await gathered(home, "hushed")
    await comes_in(visitor, made, ada)
    await ada.do("open-meeting")
    budi = await home.seated(made, ada, "Budi Santoso")
    await visitor.hears("Budi")
    await ada.do("call-on", seat=budi.seat)
    turn = await budi.until(lambda me: me.you.get("turn"))
    await budi.do("accept-floor", turn=turn)
    await visitor.middle("Budi")
    await budi.do("finish-turn", turn=turn)
    await visitor.middle(visitor.word("room-quiet"))
    yield "quiet"


async def sheets(home: House, visitor: Visitor, network: Relay) -> States:
    """What unfolds over the room for everybody."""
    made, ada = await gathered(home)
    await home.seated(made, ada, "Budi Santoso")
    await comes_in(visitor, made, ada)
    await ada.do("open-meeting")
    await visitor.large_says(visitor.word("button-raise"))
    await visitor.presses(visitor.word("button-kinds"))
    await visitor.unfolds()
    yield "kinds"
    await visitor.closes_sheet()
    await visitor.tap(visitor.page.locator(".stat .linkish"))
    await visitor.unfolds()
    yield "people"
    await visitor.closes_sheet()
    await visitor.tap(visitor.page.locator(".seats button").nth(1))
    await visitor.unfolds()
    yield "person"
    await visitor.closes_sheet()
    for entry, state in (("", "menu"), ("tool-agreement", "agreement"), ("menu-keys", "keys"), ("menu-leave", "leave")):
        await visitor.presses(visitor.word("menu-open"))
        if entry:
            await visitor.presses(visitor.word(entry))
        await visitor.unfolds()
        yield state
        await visitor.closes_sheet()
    await visitor.presses(visitor.word("menu-open"))
    await visitor.presses(visitor.word("menu-move"))
    await visitor.sees(visitor.word("move-secret"))
    yield "move"
    await visitor.closes_sheet()
    await home.api("POST", "/api/announcements", {"text": "Kita berkumpul lagi pukul delapan."})
    await visitor.presses(re.compile("delapan"))
    await visitor.unfolds()
    yield "announcement"
    await visitor.closes_sheet()
    yield "announced"
    network.cut()
    await visitor.sees(visitor.word("room-lost"))
    await visitor.presses(visitor.word("tool-leave"))
    await visitor.presses(visitor.word("leave-erase"))
    await visitor.sees(visitor.word("refused-offline"))
    yield "leave-refused"
    network.heal()


async def leading(home: House, visitor: Visitor, network: Relay) -> States:
    """A facilitator's evening."""
    made = await home.room("Lingkar Rabu", format="still", questions=QUESTIONS)
    await visitor.comes(made.links["facilitator"])
    await visitor.large_says(visitor.word("button-open"))
    yield "alone"
    tari = await home.waiting(made, "Tari")
    await tari.accept()
    await visitor.hears("Tari")
    await tari.do("answer-door", answers=["Dari poster di kampus."])
    await home.waiting(made, "Eko")
    if visitor.size == "phone":
        await visitor.tab(visitor.word("door-tab"))
    await expect(visitor.page.locator(".door > li")).to_have_count(2)
    await visitor.sees(visitor.word("door-answered"))
    yield "door"
    await visitor.presses("Tari")
    yield "sheet-door"
    await visitor.presses(visitor.word("door-decline"))
    yield "sheet-decline"
    await visitor.closes_sheet()
    await visitor.presses(f"{visitor.word('door-admit')} Tari")
    await tari.until(lambda me: me.view["sight"] == "circle")
    host = await home.leading(made, "Ada", "host")
    await visitor.hears(visitor.word("said-came", name="Ada"))
    budi, wulan = [await is_let_in(home, made, host, visitor, name) for name in ("Budi", "Wulan")]
    await visitor.presses_large(visitor.word("button-open"))
    await visitor.large_says(visitor.word("button-raise"))
    yield "open"
    await budi.do("raise-hand")
    turn = await budi.until(lambda me: me.you.get("turn"))
    await visitor.large_says(visitor.word("button-keep-offer"))
    yield "offered"
    await budi.do("accept-floor", turn=turn)
    await wulan.do("raise-hand", kind="question", note="Boleh tanya soal jadwal?")
    await tari.do("raise-hand")
    await visitor.large_says(visitor.word("button-more"))
    if visitor.size == "phone":
        await visitor.tab(visitor.word("queue-title"))
    await visitor.queue("Wulan:", "Tari:")
    yield "sharing"
    await visitor.presses(visitor.word("lead-hand-menu", name="Wulan"))
    yield "sheet-hand"
    await visitor.closes_sheet()
    await visitor.presses(visitor.word("lead-add-hand"))
    yield "sheet-add"
    await visitor.closes_sheet()
    if visitor.size == "phone":
        await visitor.tab(visitor.word("people-tab"))
        yield "people"
    await visitor.tap(visitor.page.locator(".seats button").filter(has_text="Budi"))
    yield "sheet-person"
    await visitor.presses(visitor.word("lead-remove"))
    yield "sheet-remove"
    await visitor.closes_sheet()
    await visitor.presses(visitor.word("tool-pause"))
    await expect(visitor.button(visitor.word("tool-resume"))).to_be_visible()
    yield "paused"
    await visitor.presses(visitor.word("menu-open"))
    await visitor.unfolds()
    yield "sheet-menu"
    await visitor.presses(visitor.word("menu-close-meeting"))
    await expect(visitor.button(visitor.word("menu-close-meeting-sure"))).not_to_have_class(re.compile("resting"))
    yield "sheet-menu-sure"


async def leading_late(home: House, visitor: Visitor, network: Relay) -> States:
    """A turn that is past its time, for those who decide."""
    for times, state, shown in (
        ("graced", "grace", "grace"),
        ("over", "over", visitor.word("room-exact-over", past="0:")),
    ):
        made = await home.room("Lingkar Rabu", format=times)
        await visitor.comes(made.links["facilitator"])
        await visitor.presses_large(visitor.word("button-open"))
        host = await home.leading(made, "Ada", "host")
        await visitor.hears("Ada")
        await speaks(await is_let_in(home, made, host, visitor, "Budi"))
        await expect(visitor.large).to_have_attribute("data-means", re.compile("^late"), timeout=20_000)
        if state == "over":
            await visitor.middle(shown)
        await visitor.large_says(visitor.word("button-more"))
        await expect(visitor.page.locator(".late > li")).to_have_count(1)
        yield state


async def leading_together(home: House, visitor: Visitor, network: Relay) -> States:
    """Two who lead: a room that fills, a removal that both agree to, links, and an invite that is in use."""
    made = await home.room("Lingkar Rabu", format="still", seats=2, two_to_remove=True)
    await visitor.comes(made.links["facilitator"])
    await visitor.large_says(visitor.word("button-open"))
    ada = await home.leading(made, "Ada", "host")
    await visitor.hears("Ada")
    budi, _ = [await is_let_in(home, made, ada, visitor, name) for name in ("Budi", "Wulan")]
    tari = await home.waiting(made, "Tari")
    await tari.accept()
    await visitor.hears("Tari")
    if visitor.size == "phone":
        await visitor.tab(visitor.word("door-tab"))
    await visitor.sees(visitor.word("door-line", place=first(visitor)))
    yield "full"
    await visitor.presses(visitor.word("door-tell-all"))
    yield "sheet-tell"
    await visitor.presses(visitor.word("tell-send"))
    await visitor.sees(visitor.word("door-told", text=visitor.word("tell-full")))
    yield "told"
    reason = "Kamu beberapa kali menyela. Istirahat dulu, ya."
    await ada.do("remove", seat=budi.seat, reason=reason)
    await visitor.hears(visitor.word("said-proposal", who="Ada", name="Budi"))
    yield "proposal"
    await visitor.presses(f"{visitor.word('lead-proposal-keep')} Budi")
    await expect(visitor.page.locator(".proposals")).to_have_count(0)
    await visitor.opens_person("Budi")
    await visitor.presses(visitor.word("lead-remove"))
    await visitor.writes(visitor.word("lead-reason"), reason)
    yield "sheet-propose"
    await visitor.presses(visitor.word("lead-propose-now", name="Budi"))
    await visitor.sees(visitor.word("lead-proposal-waits"))
    yield "proposal-mine"
    await ada.do("remove", seat=budi.seat, reason="")
    await visitor.hears(visitor.word("said-left", name="Budi"))
    await visitor.sees(visitor.word("door-removed-look"))
    yield "removed"
    await visitor.presses(visitor.word("door-renew"))
    await visitor.sees(visitor.word("door-renewed"))
    yield "renewed"
    await visitor.presses(visitor.word("menu-open"))
    await visitor.presses(visitor.word("link-menu"))
    await visitor.presses(visitor.word("link-make"))
    await visitor.sees(visitor.word("link-made"))
    yield "sheet-links"
    invite = await visitor.page.get_by_label(visitor.word("link-invite", n="1")).input_value()
    await visitor.closes_sheet()
    sari = await home.person().join(invite, "Sari")
    await sari.accept()
    await visitor.hears(visitor.word("said-came", name="Sari"))
    again = await home.person().join(invite, "Sari")
    await again.accept()
    await visitor.hears(visitor.word("said-door", name="Sari"))
    await visitor.sees(visitor.word("door-again", name="Sari"))
    yield "again"
    await visitor.tap(visitor.page.locator(".door .named").filter(has_text="Sari"))
    yield "sheet-again"
    await visitor.closes_sheet()
    await visitor.tap(visitor.page.locator(".stat > .linkish"))
    await visitor.presses(visitor.word("people-lately"))
    await visitor.sees(visitor.word("lately-text"))
    yield "sheet-lately"


async def ends(visitor: Visitor, code: str) -> None:
    """On the page for this end; what stands below its title is fetched."""
    await visitor.heading(visitor.word(f"page-{code}-title"))
    await visitor.sees(visitor.word(f"page-{code}-text"))


async def going(home: House, visitor: Visitor, network: Relay) -> States:
    """The pages at which a visit ends."""
    made, ada = await gathered(home)
    await visitor.opens(f"{network.url}/r/{made.id}")
    await ends(visitor, "no-link")
    yield "no-link"
    await visitor.opens(f"{network.url}/r/{made.id}#no-such-secret-as-this-one")
    await visitor.gives_name()
    await ends(visitor, "no-entry")
    yield "no-entry"
    await visitor.comes(made.links["participant"])
    await visitor.waits_at_the_door()
    seat = await ada.until(lambda me: next(iter(me.view["waiting"]), None))
    await ada.do("decline", seat=seat, reason="Malam ini sudah penuh. Rabu depan ada tempat.")
    await ends(visitor, "declined")
    yield "declined"
    seat = await comes_in(visitor, made, ada)
    async with visitor.context.expect_page() as opening:
        await visitor.page.evaluate("window.open(location.href)")
    other = await opening.value
    await ends(visitor, "elsewhere")
    yield "elsewhere"
    await other.close()
    await visitor.presses(visitor.word("page-elsewhere-act"))
    await visitor.is_in()
    await ada.do("remove", seat=seat, reason="Kamu beberapa kali menyela. Istirahat dulu, ya.")
    await ends(visitor, "removed")
    yield "removed"
    await visitor.presses(visitor.word("page-removed-act"))
    await visitor.sees(visitor.word("page-tried"))
    yield "removed-still"
    await comes_in(visitor, made, ada)
    await visitor.presses(visitor.word("menu-open"))
    await visitor.presses(visitor.word("menu-leave"))
    await visitor.presses(visitor.word("leave-now"))
    await ends(visitor, "left")
    await visitor.tap(visitor.page.get_by_text(visitor.word("knows-title")))
    yield "left"
    await comes_in(visitor, made, ada)
    await visitor.presses(visitor.word("tool-leave"))
    await visitor.presses(visitor.word("leave-erase"))
    await ends(visitor, "erased")
    yield "erased"
    await visitor.opens(f"{network.url}/r/{made.id}#~nosuchwayasthisone")
    await visitor.heading(visitor.word("move-here-title"))
    yield "move-here"
    await visitor.chooses(visitor.word("sound-way-silent"))
    await visitor.presses(visitor.word("move-here"))
    await ends(visitor, "no-way")
    yield "no-way"
    for code in ("revoked", "lost", "moved", "unheard"):
        await set_signal(visitor, "store.js", "room", "farewell", {"code": code})
        await ends(visitor, code)
        yield code
    await comes_in(visitor, made, ada)
    agreement = {"policy": "full-disclosure", "text": "Boleh diam, kapan saja."}
    await home.api("PATCH", f"/api/rooms/{made.id}", {"agreement": agreement})
    await visitor.heading(visitor.word("again-title"))
    yield "asked-again"
    await home.api("POST", f"/api/rooms/{made.id}/close")
    await ends(visitor, "closed")
    yield "closed"


async def hosting(home: House, visitor: Visitor, network: Relay) -> States:
    """The host page."""
    await visitor.opens(f"{network.url}/host")
    await visitor.heading(visitor.word("host-token-title"))
    yield "no-token"
    for old in (await home.api("GET", "/api/rooms"))[1]["rooms"]:
        await home.api("DELETE", f"/api/rooms/{old['id']}")
    made, ada = await gathered(home, "led")
    await speaks_in(home, made, ada)
    await visitor.opens(f"{network.url}/")
    await visitor.opens(f"{network.url}/host#{home.server.token}")
    await visitor.heading(visitor.word("host-title"))
    await visitor.sees("Lingkar Rabu")
    yield "rooms"
    await visitor.presses("Lingkar Rabu")
    await visitor.heading("Lingkar Rabu")
    yield "room"
    await visitor.presses(f"{visitor.word('host-send')} Lingkar Rabu")
    await visitor.sees(visitor.word("host-sent"))
    await expect(visitor.page.locator(".sent .qr")).to_be_visible()
    yield "sent"
    await visitor.presses(visitor.word("host-sent-done"))
    await visitor.presses(visitor.word("host-section-links"))
    await visitor.presses(visitor.word("link-make"))
    await visitor.sees(visitor.word("link-made"))
    yield "links"
    await visitor.presses(visitor.word("host-section-links"))
    for section in ("print", "schedule", "agreement", "announce", "limits", "edit"):
        await visitor.presses(visitor.word(f"host-section-{section}"))
    await visitor.presses(visitor.word("host-close"))
    await visitor.sees(visitor.word("host-close-sure"))
    yield "settings"
    await visitor.presses(visitor.word("host-rooms"))
    await ada.pull()
    await visitor.hears(visitor.word("host-needs-lost"))
    yield "needs"
    await visitor.presses(visitor.word("host-new"))
    await visitor.sees(visitor.word("format-council"))
    yield "new"


async def speaks_in(home: House, made: Room, ada: Person) -> None:
    await ada.do("open-meeting")
    await speaks(await home.seated(made, ada, "Budi"))


TOURS: dict[str, Tour] = {
    "coming-in": coming_in,
    "listening": listening,
    "sharing": sharing,
    "voicing": voicing,
    "time-runs-out": time_runs_out,
    "sheets": sheets,
    "leading": leading,
    "leading-late": leading_late,
    "leading-together": leading_together,
    "going": going,
    "hosting": hosting,
    "hosting-formats": hosting_formats,
    "leading-formats": leading_formats,
    "leading-phases": leading_phases,
    "leading-time": leading_time,
    **PRACTICE,
}
