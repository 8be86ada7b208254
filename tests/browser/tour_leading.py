"""How a meeting is practised, as those who lead it meet it: the agenda, the order, rounds and breaks, time."""

import re
from collections.abc import AsyncIterator

from playwright.async_api import expect

from tests.browser.evenings import accepts, evening, phase, starts
from tests.browser.relay import Relay
from tests.browser.visitor import Visitor
from tests.server.person import Person
from tests.server.running import House, Room

States = AsyncIterator[str]

EVENING = evening(
    phase("opening", order="chosen", box=600),
    phase("check-in", floor="round", box=900),
    phase("sharing", order="fair", box=2400),
    phase("silence", floor="silence", box=900),
    phase("break", floor="break", box=900),
    phase("open-floor", floor="open", voices=3),
)


async def leads(home: House, visitor: Visitor, plan: dict[str, object], *names: str) -> tuple[Room, list[Person]]:
    """The visitor leads an open meeting of these people; Ada, a host, lets them in."""
    made = await home.room("Lingkar Rabu", format=plan)
    await visitor.comes(made.links["facilitator"])
    await visitor.large_says(visitor.word("button-open"))
    ada = await home.leading(made, "Ada", "host")
    await visitor.hears(visitor.word("said-came", name="Ada"))
    people = []
    for name in names:
        person = await home.waiting(made, name)
        await person.accept()
        await visitor.hears(visitor.word("said-door", name=name))
        await ada.do("admit", seat=person.seat)
        await visitor.hears(visitor.word("said-came", name=name))
        people.append(person)
    return made, [ada, *people]


async def goes_to(visitor: Visitor, tab: str) -> None:
    """One of the panels, on a phone."""
    if visitor.size != "phone":
        return
    label = visitor.word(tab)
    await visitor.tap(visitor.page.locator(".tab").filter(has_text=label))


async def opens(visitor: Visitor, entry: str) -> None:
    """A sheet from the agenda."""
    await goes_to(visitor, "agenda-tab")
    await visitor.presses(visitor.word(entry))
    await visitor.unfolds()


async def leading_phases(home: House, visitor: Visitor, network: Relay) -> States:
    """An evening through its phases."""
    _, [ada, budi, wulan] = await leads(home, visitor, EVENING, "Budi", "Wulan")
    await goes_to(visitor, "agenda-tab")
    await expect(visitor.page.locator(".lead-agenda > li")).to_have_count(6)
    yield "doors"
    await visitor.presses_large(visitor.word("button-open"))
    await expect(visitor.page.locator(".lead-agenda [aria-current]")).to_be_visible()
    await visitor.hears(visitor.word("prompt-opening"))
    yield "agenda"
    opening = visitor.word("phase-sharing")
    await visitor.presses(opening)
    sure = visitor.button(visitor.word("agenda-sure", phase=opening))
    await expect(sure).not_to_have_class(re.compile("resting"))
    yield "agenda-sure"
    await opens(visitor, "lead-prompt")
    yield "sheet-prompt"
    await visitor.closes_sheet()
    await opens(visitor, "lead-stills")
    yield "sheet-stills"
    await visitor.closes_sheet()
    await budi.do("raise-hand")
    await wulan.do("raise-hand")
    await goes_to(visitor, "queue-title")
    await visitor.queue(f"Budi: {visitor.word('why-choosing')}", f"Wulan: {visitor.word('why-choosing')}")
    await visitor.large_says(visitor.word("button-offer", name="Budi"))
    yield "chosen"
    await visitor.presses(f"{visitor.word('lead-order-open')} {visitor.word('order-chosen')}")
    await visitor.unfolds()
    yield "sheet-order"
    await visitor.closes_sheet()
    await budi.do("lower-hand")
    await wulan.do("lower-hand")
    await goes_to(visitor, "agenda-tab")
    await visitor.presses(visitor.word("agenda-next", phase=visitor.word("phase-check-in")))
    await goes_to(visitor, "queue-title")
    await visitor.large_says(visitor.word("button-start"))
    await visitor.presses(visitor.word("offer-pass"))
    turn = await accepts(ada)
    await visitor.middle("Ada", visitor.word("room-shares"))
    await visitor.hears(visitor.word("said-sharing", name="Ada"))
    yield "round"
    await ada.do("set-phase", phase="break")
    await visitor.hears(visitor.word("prompt-break"))
    await ada.do("finish-turn", turn=turn)
    await visitor.large_says(visitor.word("button-ready"))
    await budi.do("say-ready")
    await visitor.sees(visitor.word("lead-break-away"))
    await visitor.hears("15")  # minutes
    yield "break"
    await ada.do("resume-room")
    await ada.do("set-phase", phase="open-floor")
    await visitor.hears(visitor.word("prompt-open-floor"))
    await budi.do("take-floor")
    await visitor.hears(visitor.word("said-joins", name="Budi"))
    await wulan.do("take-floor")
    await visitor.hears(visitor.word("said-joins", name="Wulan"))
    await visitor.large_says(visitor.word("button-join"))
    yield "open-floor"
    await ada.do("set-phase", phase="silence")
    await visitor.middle(visitor.word("room-quiet"))
    await visitor.hears(visitor.word("said-silence"))
    yield "silence"


async def leading_time(home: House, visitor: Visitor, network: Relay) -> States:
    """Turns that end too early, go on for too long, or are asked something."""
    sharing = phase("sharing", kinds=["share", "question"], responses="inside", turn=600, warning=599, grace=600)
    plan = evening(sharing | {"consent": 60, "consent_for": 120}, phase("responses", turn=10, warning=5, grace=0))
    _, [ada, budi, wulan] = await leads(home, visitor, plan, "Budi", "Wulan")
    await visitor.presses_large(visitor.word("button-open"))
    await visitor.hears(visitor.word("prompt-sharing"))
    turn = await starts(budi)
    await visitor.hears(visitor.word("said-sharing", name="Budi"))
    await wulan.do("raise-hand", kind="question")
    await visitor.queue("Wulan:")
    yield "question"
    await visitor.presses(f"{visitor.word('lead-allow')} Wulan")
    await visitor.hears(visitor.word("said-question", name="Wulan", whom="Budi"))
    inner = await accepts(wulan)
    await visitor.sees(visitor.word("lead-turn-question"))
    yield "question-asked"
    await wulan.do("finish-turn", turn=inner)
    await visitor.middle("Budi")
    await expect(visitor.page.locator(".voices")).to_have_count(0)
    await visitor.hears(visitor.word("said-on"))
    await budi.do("ask-time", turn=turn)
    await visitor.hears(visitor.word("said-asking", name="Budi"))
    await visitor.large_says(visitor.word("button-fine"))
    yield "asked"
    await budi.do("finish-turn", turn=turn)
    await expect(visitor.button(re.compile(f"^{visitor.word('tool-give-back')}"))).to_be_visible()
    await visitor.hears(visitor.word("said-free"))
    yield "undo"
    await ada.do("set-phase", phase="responses")
    await visitor.hears(visitor.word("prompt-responses"))
    turn = await starts(budi)
    await expect(visitor.page.locator(".late > li")).to_have_count(1, timeout=30_000)
    await visitor.hears(visitor.word("said-lead-over", name="Budi"))
    yield "late"
    await budi.do("finish-turn", turn=turn)
    await expect(visitor.page.locator(".equal")).to_be_visible()
    await visitor.hears(visitor.word("said-free"))
    yield "equal"
