"""The time of turns as those who lead keep it: one who is put back, the same for all, a question, silence."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Meeting
from tests.browser.evenings import accepts, chips, comes, evening, phase, starts
from tests.server.running import House

STRIKES = """() => {
  const Tone = window.OscillatorNode
  window.struck = []
  window.OscillatorNode = function (context, options) {
    window.struck.push(options.frequency)
    return new Tone(context, options)
  }
}"""
SHARING = evening(phase("sharing", kinds=["share", "question"], responses="inside", consent=60, consent_for=120))


async def test_the_last_speaker_is_put_back(home: House, meeting: Meeting) -> None:
    room, [ada, siti] = await meeting("Ada", "Siti", format=SHARING)
    budi = await comes(home, room, ada, "Budi")
    await siti.presses_large("Raise hand")
    await siti.presses_large("It’s yours: start")
    await expect(ada.button(re.compile("^Undo"))).to_have_count(0)
    await budi.do("raise-hand")
    await ada.presses("End turn")
    await budi.until(lambda me: me.you.get("turn"))
    await ada.large_says("Keep the offer open")

    # Budi was offered the floor meanwhile: his hand stands where it stood.
    await ada.presses("Undo the end of Siti’s turn")
    await siti.hears("Ada gave you your turn back.")
    await budi.until(lambda me: "turn" not in me.you and me.you.get("place") == 1)
    await siti.presses_large("Go on with your turn")
    await ada.middle("Siti", "is sharing")
    await ada.queue("Budi:")
    await ada.tap(ada.page.locator(".stat > .linkish"))
    await ada.unfolds()
    await ada.presses("What happened lately")
    await ada.sees("You gave Siti the turn back.")
    await ada.closes_sheet()

    # Nobody can be put back once somebody else has begun.
    await siti.presses_large("I’m done")
    await accepts(budi)
    await ada.middle("Budi", "is sharing")
    await expect(ada.button(re.compile("^Undo"))).to_have_count(0)


async def test_overtime_is_counted_and_given_to_everybody(home: House, meeting: Meeting) -> None:
    plan = evening(phase("sharing", turn=10, warning=5, grace=0))
    room, [ada, siti] = await meeting("Ada", "Siti", format=plan)
    budi = await comes(home, room, ada, "Budi")
    await ada.sees("0:10 for each turn")
    turn = await starts(budi)
    await expect(ada.page.locator(".late")).to_have_text(re.compile(r"Budi: \+0:0[2-9]"), timeout=30_000)
    await ada.middle("+0:0")
    await budi.do("finish-turn", turn=turn)
    await ada.sees("The longest overtime in this phase was 0:0")
    await ada.presses("Give it to everybody else")
    await siti.hears("so that everybody has had the same.")
    await expect(ada.page.locator(".equal")).to_have_count(0)
    await expect(ada.page.locator(".time-part")).to_contain_text(re.compile(r"0:10 for each turn and 0:0[2-9] more"))
    await siti.presses_large("Raise hand")
    await siti.presses_large("It’s yours: start")
    assert await budi.until(lambda me: 12 <= me.view["turns"].get(me.view["floor"], {"budget": 0})["budget"] < 20)


async def test_a_question_is_allowed_from_its_row(home: House, meeting: Meeting) -> None:
    room, [ada, siti] = await meeting("Ada", "Siti", format=SHARING)
    budi = await comes(home, room, ada, "Budi")
    await siti.presses_large("Raise hand")
    await siti.presses_large("It’s yours: start")
    await ada.middle("Siti", "is sharing")
    await budi.do("raise-hand", kind="question")
    await ada.presses("Allow Budi")
    await siti.hears("Budi asks you a question. Your time stands still.")
    turn = await accepts(budi)
    await ada.middle("Budi")
    await expect(ada.page.locator(".voices .rows strong")).to_have_text(["Siti", "Budi"])
    await ada.sees("is asked a question")
    await budi.do("finish-turn", turn=turn)
    await siti.hears("We go on.")
    await ada.middle("Siti", "is sharing")
    await expect(ada.page.locator(".voices")).to_have_count(0)


async def test_the_group_is_asked_for_more_time(home: House, meeting: Meeting) -> None:
    plan = evening(phase("sharing", turn=90, warning=89, grace=60, consent=60, consent_for=120))
    room, [ada, siti] = await meeting("Ada", "Siti", format=plan)
    budi = await comes(home, room, ada, "Budi")
    turn = await starts(budi)
    await expect(ada.page.locator(".centre")).to_contain_text(re.compile("1:[0-2][0-9] left"))  # the warning has come
    await budi.do("ask-time", turn=turn)
    await ada.sees("Everybody is asked whether Budi may go on for a little.")
    await ada.large_says("Fine by me")
    await siti.hears("Budi would like a little more time. You are asked, without names.")
    await siti.presses_large("Fine by me")
    assert not re.search(r"\b1 (of|fine|yes)", await ada.page.inner_text(".time-part"))  # nobody is shown how many
    await ada.presses_large("Fine by me")
    await siti.hears("Budi has a little more time.")
    await ada.large_says("Give 1 more minute")
    await expect(ada.page.locator(".asked-time")).to_have_count(0)


async def test_silence_and_bell_are_struck_on_a_bowl(home: House, meeting: Meeting) -> None:
    room, [ada, siti] = await meeting("Ada", "Siti", format=SHARING)
    for person in (ada, siti):
        await person.page.evaluate(STRIKES)
    budi = await comes(home, room, ada, "Budi")
    await ada.presses("Silence or break…")
    await ada.presses("1 min Silence together")
    await siti.hears("Silence together.")
    await siti.middle("Silence")
    await ada.presses_large("Go on now")
    await siti.hears("The silence is over. We go on.")
    bowl = [440, 440 * 1.004, 440 * 2.72, 440 * 5.15]
    assert await siti.page.evaluate("window.struck") == bowl * 2
    await ada.presses("Bell")
    await siti.hears("The bell: one breath.")
    assert await siti.page.evaluate("window.struck") == bowl * 3

    # A turn goes on by itself after the bell; nothing is struck over a voice.
    await ada.large_says("Go on now")
    await ada.presses_large("Go on now")
    turn = await starts(budi)
    await siti.middle("Budi", "is sharing")
    await budi.do("hold-silence", turn=turn)
    await siti.hears("Budi is silent for a moment.")
    await budi.do("resume-turn", turn=turn)
    await siti.middle("is sharing")
    assert await siti.page.evaluate("window.struck") == bowl * 3
    await chips(ada, ".not-spoken", "Siti")
