"""How a meeting is practised, as everybody meets it: rounds, more time, silences, questions, an open floor."""

import re
from collections.abc import AsyncIterator
from typing import Any

from playwright.async_api import expect

from tests.browser.evenings import accepts, evening, phase
from tests.browser.relay import Relay
from tests.browser.visitor import Visitor
from tests.server.person import Person
from tests.server.running import House, Room

States = AsyncIterator[str]

ROUND = {"floor": "round", "give": True, "hush": 600, "pause": 0}
OTHERS = ("Budi Santoso", "Wulan", "Mbak Dimas")


async def evening_of(home: House, *phases: dict[str, Any]) -> tuple[Room, Person]:
    """A room with a format of these phases, and Ada in it, who leads."""
    made = await home.room("Lingkar Rabu", format=evening(*phases))
    return made, await home.leading(made, "Ada")


async def comes_in(visitor: Visitor, made: Room, ada: Person) -> str:
    """The visitor comes to the door and is let in; their seat."""
    await visitor.comes(made.links["participant"])
    waiting = await ada.until(lambda me: [seat for seat, who in me.view["waiting"].items() if who.get("agreed")])
    await ada.do("admit", seat=waiting[0])
    await visitor.is_in()
    await visitor.hears(visitor.word("said-in"))
    return str(waiting[0])


async def with_others(home: House, made: Room, ada: Person, *names: str) -> list[Person]:
    return [await home.seated(made, ada, name) for name in names or OTHERS]


async def told(visitor: Visitor, key: str, **arguments: str) -> None:
    """A sentence was said, in this state: what is said next cannot take its place any more."""
    await visitor.hears(visitor.word(key, **arguments))


async def begins(visitor: Visitor, ada: Person, phase: str) -> None:
    """The circle is opened, and all that is said of it."""
    await ada.do("open-meeting")
    await told(visitor, "said-open")
    await told(visitor, f"prompt-{phase}")


async def passes(person: Person) -> None:
    """What they are offered, they pass."""
    turn = await person.until(lambda me: me.you.get("turn"))
    await person.do("pass-floor", turn=turn)


async def finishes(person: Person) -> None:
    await person.do("finish-turn", turn=person.you["turn"])


async def in_a_round(home: House, visitor: Visitor, network: Relay) -> States:
    """The talking piece goes around, from Ada on; the visitor sits last, passes, and is asked once more."""
    made, ada = await evening_of(home, phase("check-in", **ROUND), phase("closing-round", **ROUND, box=600))
    budi, wulan = await with_others(home, made, ada, "Budi Santoso", "Wulan")
    await comes_in(visitor, made, ada)
    await begins(visitor, ada, "check-in")
    await visitor.large_says(visitor.word("button-pass-round"))
    await visitor.sees(visitor.word("phase-check-in"))
    yield "not-yet"
    await passes(ada)
    await accepts(budi)
    await visitor.middle("Budi", visitor.word("room-shares"))
    await told(visitor, "said-sharing", name="Budi")
    yield "another-shares"
    await visitor.tap(visitor.page.locator(".policy"))
    await visitor.unfolds()
    yield "why"
    await visitor.closes_sheet()
    await visitor.tap(visitor.page.locator(".state .linkish"))
    await visitor.unfolds()
    yield "agenda"
    await visitor.closes_sheet()
    await visitor.presses_large(visitor.word("button-pass-round"))
    await visitor.large_says(visitor.word("button-raise-process"))
    await told(visitor, "said-passed")
    yield "passed"
    await finishes(budi)
    await accepts(wulan)
    await told(visitor, "said-sharing", name="Wulan")
    await finishes(wulan)
    await told(visitor, "said-sweep")
    await passes(ada)
    await visitor.large_says(visitor.word("button-start"))
    await visitor.sees(visitor.word("round-again"))
    yield "asked-once-more"
    await visitor.presses(visitor.word("offer-pass"))
    await told(visitor, "said-passed")
    await ada.do("set-phase", phase="closing-round")
    await visitor.large_says(visitor.word("button-pass-round"))
    await told(visitor, "prompt-closing-round")
    await passes(ada)
    turn = await accepts(budi)
    await told(visitor, "said-sharing", name="Budi")
    await budi.do("give-floor", turn=turn, seat=(await seat_of(ada, visitor.name)))
    await visitor.large_says(visitor.word("button-start"))
    yield "given-to-me"
    await visitor.presses_large(visitor.word("button-start"))
    await visitor.large_says(visitor.word("button-finish"))
    yield "mine"
    await visitor.presses(visitor.word("tool-give"))
    await visitor.unfolds()
    yield "give"
    await visitor.closes_sheet()
    await visitor.presses(visitor.word("tool-hush"))
    await visitor.large_says(visitor.word("button-speak"))
    await told(visitor, "said-silent-mine")
    yield "my-silence"
    await visitor.presses_large(visitor.word("button-speak"))
    await told(visitor, "said-on")
    await visitor.presses(visitor.word("tool-give"))
    await visitor.presses(f"{visitor.word('give-to')} Wulan")
    await visitor.middle("Wulan")
    await told(visitor, "said-ended")
    await visitor.large_says(visitor.word("button-raise-process"))
    yield "given-away"
    turn = await accepts(wulan)
    await told(visitor, "said-sharing", name="Wulan")
    await wulan.do("hold-silence", turn=turn)
    await visitor.middle("Wulan", visitor.word("room-silent"))
    await told(visitor, "said-silent", name="Wulan")
    yield "another-silent"


async def seat_of(ada: Person, name: str) -> str:
    return str(
        await ada.until(lambda me: next((seat for seat, who in me.view["people"].items() if who["name"] == name), ""))
    )


FAIR = {
    "order": "fair",
    "consent": 60,
    "consent_for": 120,
    "hush": 600,
    "responses": "inside",
    "kinds": ["share", "question"],
    "question": 600,
    "breath": 120,
}


async def over_time(home: House, visitor: Visitor, network: Relay) -> States:
    """A fair order, signals, more time that is asked for and refused, an accidental end."""
    made, ada = await evening_of(
        home,
        phase("sharing", **FAIR | {"turn": 600, "warning": 599, "grace": 600}),
        phase(
            "discussion",
            **FAIR | {"ending": "hard", "grace": 0, "clock": "exact", "turn": 600, "warning": 599},
        ),
    )
    budi, wulan, dimas = await with_others(home, made, ada)
    await comes_in(visitor, made, ada)
    await begins(visitor, ada, "sharing")
    for person in (budi, wulan):
        await person.do("raise-hand")
    await accepts(budi)
    await told(visitor, "said-sharing", name="Budi")
    await finishes(budi)
    turn = await accepts(wulan)
    await told(visitor, "said-sharing", name="Wulan")
    for person in (budi, dimas):
        await person.do("raise-hand")
    await visitor.presses_large(visitor.word("button-raise"))
    await visitor.large_says(visitor.word("button-lower"))
    await told(visitor, "said-hand-up", place={"en": "2nd", "id": "ke-2"}[visitor.language])
    yield "fair-order"
    await visitor.tap(visitor.page.locator(".policy"))
    await visitor.unfolds()
    yield "why-fair"
    await visitor.closes_sheet()
    await visitor.presses(visitor.word("tool-signals"))
    await visitor.sees(visitor.word("signals-for", name="Wulan"))
    yield "signals"
    await visitor.presses(visitor.word("signal-louder"))
    await expect(visitor.button(visitor.word("signal-louder"))).to_have_attribute("aria-pressed", "true")
    yield "signal-sent"
    await visitor.presses(visitor.word("tool-signals"))
    await wulan.do("ask-time", turn=turn)
    await visitor.large_says(visitor.word("button-fine"))
    await told(visitor, "said-asking", name="Wulan")
    yield "asked-for-time"
    await visitor.presses_large(visitor.word("button-fine"))
    await expect(visitor.large).to_have_attribute("aria-pressed", "true")
    yield "fine"
    await visitor.presses(visitor.word("button-enough"))
    await expect(visitor.button(visitor.word("button-enough"))).to_have_attribute("aria-pressed", "true")
    await visitor.large_says(visitor.word("button-fine"))
    yield "enough"
    for person in (ada, budi, dimas):
        await person.do("answer-time", turn=turn, fine=False)
    await visitor.large_says(visitor.word("button-lower"))
    await told(visitor, "said-enough", name="Wulan")
    await finishes(wulan)
    await told(visitor, "said-next")
    await passes(dimas)
    await visitor.presses_large(visitor.word("button-start"))
    await visitor.large_says(visitor.word("button-finish"))
    await told(visitor, "said-warning", seconds="60")
    for person in (ada, budi):
        await person.do("send-signal", signal="louder")
    await visitor.middle(visitor.word("signal-louder"))
    await told(visitor, "said-signal-louder")
    yield "signals-shown"
    await visitor.presses(visitor.word("tool-ask-time"))
    await visitor.middle(visitor.word("room-asking-yours"))
    await told(visitor, "said-asking-mine")
    yield "i-ask"
    for person in (ada, budi, wulan, dimas):
        await person.do("answer-time", turn=person.view["floor"], fine=False)
    await visitor.middle(visitor.word("room-declined"))
    await told(visitor, "said-enough-mine")
    yield "declined"
    await budi.do("lower-hand")
    await visitor.presses_large(visitor.word("button-finish"))
    await visitor.sees(visitor.word("tool-undo"))
    await told(visitor, "said-ended")
    await visitor.large_says(visitor.word("button-raise"))
    yield "done"
    await visitor.presses(visitor.word("tool-undo"))
    await visitor.large_says(visitor.word("button-resume"))
    await told(visitor, "said-yours-back")
    yield "not-done-yet"
    await visitor.presses_large(visitor.word("button-resume"))
    await told(visitor, "said-on")
    await visitor.presses_large(visitor.word("button-finish"))
    await told(visitor, "said-ended")
    await ada.do("set-phase", phase="discussion")
    await told(visitor, "prompt-discussion")
    await visitor.presses_large(visitor.word("button-raise"))
    await visitor.large_says(visitor.word("button-start"))
    yield "hard-offered"
    await visitor.presses_large(visitor.word("button-start"))
    await visitor.middle(visitor.word("room-hard"))
    await told(visitor, "said-warning-hard", seconds="60")
    await visitor.large_says(visitor.word("button-finish"))
    yield "hard"


async def stillness(home: House, visitor: Visitor, network: Relay) -> States:
    """A bell, a silence, a break, and questions inside a turn."""
    made, ada = await evening_of(home, phase("discussion", **FAIR))
    budi, wulan, dimas = await with_others(home, made, ada)
    await comes_in(visitor, made, ada)
    await ada.do("open-meeting")
    await told(visitor, "said-open")
    await wulan.do("raise-hand")
    turn = await accepts(wulan)
    await told(visitor, "said-sharing", name="Wulan")
    await budi.do("ring-bell")
    await visitor.middle(visitor.word("room-bell-what"))
    await told(visitor, "said-bell")
    yield "bell"
    await ada.do("resume-room")
    await visitor.middle("Wulan", visitor.word("room-shares"))
    await told(visitor, "said-on")
    await dimas.do("raise-hand", kind="question")
    await wulan.do("allow-question", turn=turn, hand=dimas.you["hand"])
    await visitor.middle("Dimas", visitor.word("room-question-offered"))
    await told(visitor, "said-question", name="Mbak Dimas", whom="Wulan")
    yield "question-offered"
    await accepts(dimas)
    await visitor.middle(visitor.word("room-question", name="Mbak Dimas"))
    yield "question"
    await finishes(dimas)
    await told(visitor, "said-on")
    await finishes(wulan)
    await told(visitor, "said-free")
    await visitor.presses_large(visitor.word("button-raise"))
    await visitor.presses_large(visitor.word("button-start"))
    await visitor.large_says(visitor.word("button-finish"))
    await dimas.do("raise-hand", kind="question")
    await visitor.sees(visitor.word("tool-question"))
    yield "somebody-would-ask"
    await visitor.presses(re.compile(f"^{visitor.word('tool-question')}"))
    await accepts(dimas)
    await visitor.middle(visitor.word("room-question", name="Mbak Dimas"))
    await told(visitor, "said-question-mine", name="Mbak Dimas")
    yield "i-am-asked"
    await finishes(dimas)
    await told(visitor, "said-on")
    await visitor.presses_large(visitor.word("button-finish"))
    await told(visitor, "said-ended")
    await wulan.do("raise-hand")
    turn = await accepts(wulan)
    await told(visitor, "said-sharing", name="Wulan")
    await visitor.presses(visitor.word("button-kinds"))
    await visitor.unfolds()
    await visitor.chooses(visitor.word("kind-question"))
    await visitor.presses(visitor.word("button-raise"))
    await told(visitor, "said-next")
    await wulan.do("allow-question", turn=turn, hand=await hand_of(wulan, visitor))
    await visitor.large_says(visitor.word("button-start-question"))
    yield "i-may-ask"
    await visitor.presses_large(visitor.word("button-start-question"))
    await visitor.middle(visitor.word("room-question-mine"))
    await visitor.large_says(visitor.word("button-finish"))
    yield "i-ask"
    await visitor.presses_large(visitor.word("button-finish"))
    await told(visitor, "said-ended")
    await told(visitor, "said-on")
    await ada.do("begin-silence", seconds=3600)
    await visitor.middle(visitor.word("room-together-what"))
    await told(visitor, "said-silence")
    yield "silence"
    await ada.do("resume-room")
    await told(visitor, "said-silence-over")
    await wulan.do("resume-turn", turn=turn)
    await finishes(wulan)
    await told(visitor, "said-free")
    await ada.do("begin-break", seconds=3600)
    await visitor.large_says(visitor.word("button-ready"))
    await visitor.hears("60")
    yield "break"
    await wulan.do("say-ready")
    await visitor.presses_large(visitor.word("button-ready"))
    await visitor.middle(visitor.word("room-break-back"))
    await visitor.large_says(visitor.word("button-raise"))
    yield "back"


async def hand_of(person: Person, visitor: Visitor) -> str:
    def found(me: Person) -> str:
        names = {seat: who["name"] for seat, who in me.view["people"].items()}
        return next((id for id, hand in me.view["hands"].items() if names[hand["seat"]] == visitor.name), "")

    return str(await person.until(found))


async def open_floor(home: House, visitor: Visitor, network: Relay) -> States:
    """Who likes speaks, as long as there is a voice free."""
    made, ada = await evening_of(home, phase("open-floor", floor="open", voices=3), phase("sharing"))
    budi, wulan, dimas = await with_others(home, made, ada)
    await comes_in(visitor, made, ada)
    await begins(visitor, ada, "open-floor")
    await visitor.large_says(visitor.word("button-join"))
    yield "free"
    for person, name in ((budi, "Budi"), (wulan, "Wulan")):
        await person.do("take-floor")
        await told(visitor, "said-joins", name=name)
    await visitor.middle("2", "3")
    yield "two-speak"
    await visitor.presses_large(visitor.word("button-join"))
    await visitor.large_says(visitor.word("button-finish"))
    yield "i-speak-too"
    await visitor.presses_large(visitor.word("button-finish"))
    await told(visitor, "said-ended")
    await dimas.do("take-floor")
    await told(visitor, "said-joins", name="Mbak Dimas")
    await visitor.large_says(visitor.word("button-raise"), visitor.word("button-raise-open"))
    yield "full"


PRACTICE = {
    "in-a-round": in_a_round,
    "over-time": over_time,
    "stillness": stillness,
    "open-floor": open_floor,
}
