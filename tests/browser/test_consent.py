"""More time, asked of the group and answered without names: given, and refused."""

from playwright.async_api import FloatRect, expect

from tests.browser.conftest import Someone
from tests.browser.evenings import evening, phase
from tests.browser.visitor import Visitor
from tests.server.person import Person
from tests.server.running import House

TIMED = {"turn": 600, "warning": 599, "grace": 600, "consent": 300, "consent_for": 120, "clock": "exact"}


async def sharing(home: House, someone: Someone, **more: object) -> tuple[Person, Person, Visitor, Visitor]:
    """Ada leads, Wulan listens, both without a browser; Siti shares, in her last seconds, Budi has a hand up."""
    room = await home.room(format=evening(phase("sharing", **TIMED | more)))
    ada = await home.leading(room, "Ada")
    wulan = await home.seated(room, ada, "Wulan")
    siti, budi = await someone("Siti"), await someone("Budi", "id")
    for person in (siti, budi):
        await person.comes(room.links["participant"])
        waiting = await ada.until(lambda me: [seat for seat, who in me.view["waiting"].items() if who.get("agreed")])
        await ada.do("admit", seat=waiting[0])
        await person.is_in()
    await ada.do("open-meeting")
    await siti.presses_large("Raise hand")
    await siti.presses_large("It’s yours: start")
    await budi.presses_large("Angkat tangan")
    await budi.large_says("Turunkan tangan")
    return ada, wulan, siti, budi


async def place(visitor: Visitor) -> FloatRect:
    box = await visitor.page.locator(".dock > div:has(> #large)").bounding_box()
    assert box is not None
    return box


async def test_the_group_gives_more_time(home: House, someone: Someone) -> None:
    ada, wulan, siti, budi = await sharing(home, someone)
    before = ada.view["turns"][ada.view["floor"]]
    stood = await place(budi)
    await siti.presses("Ask for time")
    await siti.middle("the group is being asked")
    await budi.middle("Siti", "minta waktu sedikit lagi")
    await budi.large_says("Boleh lanjut")
    now = await place(budi)
    assert (round(now["y"]), round(now["height"])) == (round(stood["y"]), round(stood["height"]))
    await expect(budi.large.locator("small")).to_have_text("tanpa nama, 120 detik")

    # Answered, and changed; the own hand stays in reach; who answers what is seen by nobody else
    await budi.presses("Cukup")
    await expect(budi.button("Cukup")).to_have_attribute("aria-pressed", "true")
    await expect(budi.large).to_have_attribute("aria-pressed", "false")
    await budi.presses_large("Boleh lanjut")
    await expect(budi.large).to_have_attribute("aria-pressed", "true")
    await expect(budi.button("Cukup")).to_have_attribute("aria-pressed", "false")
    await budi.presses("Turunkan")
    await budi.queue()
    assert "asking" in ada.view and "Budi" not in str(ada.view["asking"])
    for person in (ada, wulan):
        await person.do("answer-time", turn=ada.view["floor"], fine=True)
    await budi.large_says("Angkat tangan")
    await siti.middle("as slowly as you like")
    after = ada.view["turns"][ada.view["floor"]]
    assert (after["budget"], after["ends_at"]) == (before["budget"] + 300, before["ends_at"] + 300)
    await siti.middle("left of 15:00")
    await budi.middle("dari 15:00")  # here everybody sees the clock
    answers = [command["fine"] for command in budi.sent if command["type"] == "answer-time"]
    assert answers == [False, True]


async def test_the_group_says_that_it_is_enough(home: House, someone: Someone) -> None:
    ada, wulan, siti, budi = await sharing(home, someone)
    ends = ada.view["turns"][ada.view["floor"]]["ends_at"]
    await siti.presses("Ask for time")
    await budi.presses("Cukup")
    for person in (ada, wulan):
        await person.do("answer-time", turn=ada.view["floor"], fine=False)
    await siti.middle("the group is ready to go on")
    await expect(siti.button("Ask for time")).to_have_count(0)  # not again in this turn
    await budi.large_says("Turunkan tangan")
    assert ada.view["turns"][ada.view["floor"]]["ends_at"] == ends

    # An end by accident is taken back, while nobody was offered the floor
    await budi.presses_large("Turunkan tangan")
    await siti.presses_large("I’m done")
    await siti.presses("Not done yet")
    await siti.presses_large("Go on with your turn")
    await siti.large_says("I’m done")
    await budi.middle("Siti", "sedang berbagi")
    assert ada.view["turns"][ada.view["floor"]]["seat"] == ada.view["circle"][2]


async def test_a_turn_that_ends_at_its_moment_says_so_before(home: House, someone: Someone) -> None:
    room = await home.room(
        format=evening(
            phase("sharing", **TIMED | {"turn": 10, "warning": 9, "grace": 0, "consent": 0, "ending": "hard"})
        )
    )
    ada = await home.leading(room, "Ada")
    siti = await someone("Siti")
    await siti.comes(room.links["participant"])
    waiting = await ada.until(lambda me: [seat for seat, who in me.view["waiting"].items() if who.get("agreed")])
    await ada.do("admit", seat=waiting[0])
    await ada.do("open-meeting")
    await siti.presses_large("Raise hand")
    await siti.middle("the turn ends when its time is over")
    await siti.presses_large("It’s yours: start")
    await siti.middle("your turn ends when its time is over")
    await siti.page.wait_for_function("() => document.querySelector('.circle.is-ending')", timeout=20_000)
    await expect(siti.page.locator(".centre")).to_contain_text("Nobody is speaking", timeout=20_000)
    await siti.large_says("Raise hand")


async def test_signals_reach_whoever_speaks_without_names(home: House, someone: Someone) -> None:
    ada, wulan, siti, budi = await sharing(home, someone)
    line = await budi.page.locator(".queue").bounding_box()
    await budi.presses("Isyarat")
    await budi.sees("Isyarat hening untuk Siti")
    await budi.presses("lebih keras")
    await wulan.do("send-signal", signal="louder")
    await ada.do("send-signal", signal="with-you")
    await siti.middle("2 people: louder")
    await expect(budi.button("lebih keras")).to_have_attribute("aria-pressed", "true")
    assert await budi.page.locator(".queue").bounding_box() == line  # over the queue, which stays
    assert "signals" not in wulan.you
    await siti.presses_large("I’m done")
    await expect(budi.page.locator(".signals")).to_have_count(0)
