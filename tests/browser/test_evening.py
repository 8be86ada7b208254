"""An evening of four: what each of them does, and what each of them sees. Afterwards every console was silent."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Meeting, Someone
from tests.browser.evenings import evening, phase
from tests.server.running import House


async def test_an_evening_of_four(home: House, someone: Someone) -> None:
    room = await home.room("Lingkar Rabu", questions=["Dari mana kamu tahu kami?"])
    ada = await someone("Ada Lovelace", "en", "desktop")
    siti = await someone("Siti Aminah", "id")
    budi = await someone("Budi", "id")
    wulan = await someone("Wulan", "en")

    # The facilitator's link needs nobody to open the door; the agreement comes first all the same.
    await ada.opens(room.links["facilitator"])
    await ada.gives_name()
    await ada.heading("Our agreement")
    await ada.agrees()
    await ada.heading("Lingkar Rabu")
    await ada.middle("Not begun yet", "You are the first one here")

    # At the door nothing is told about the room.
    await siti.comes(room.links["participant"])
    await siti.heading("Kamu sudah sampai, Siti")
    assert "Rabu" not in await siti.page.inner_text("body")
    assert await siti.page.title() == "Lingkar"
    await siti.page.get_by_label("Dari mana kamu tahu kami?").fill("Dari seorang teman.")
    await siti.presses("Kirim")
    await siti.sees("Terima kasih, jawabanmu sudah sampai.")

    # She is let in by name, after her answer was read.
    await ada.sees("has answers")
    await ada.presses("Siti Aminah")
    await ada.sees("Dari mana kamu tahu kami?", "Dari seorang teman.")
    await ada.presses("Let Siti in")
    await siti.is_in()
    await siti.middle("Belum dimulai")
    await siti.large_says("Belum dimulai")

    # Two more; one of them reads the agreement while the door is opened already.
    await budi.comes(room.links["participant"])
    await ada.lets_in(budi)
    await wulan.opens(room.links["participant"])
    await wulan.gives_name()
    await ada.sees("getting ready")
    await ada.presses("Let in Wulan")
    await wulan.sees("The door is open for you. You come in once you have read this and agree.")
    await wulan.agrees()
    await wulan.heading("Lingkar Rabu")

    # The circle is opened: everybody can raise a hand.
    await ada.presses_large("Open the circle")
    for person in (siti, budi):
        await person.large_says("Angkat tangan")
        await person.middle("Belum ada yang bicara")
    await wulan.large_says("Raise hand")

    # Siti's hand is offered the floor at once, in her own words.
    await siti.presses_large("Angkat tangan")
    await siti.large_says("Giliranmu: mulai")
    await siti.sees("Giliran ini untukmu, kalau kamu mau")
    await budi.middle("Siti", "ditawari giliran")
    await ada.large_says("Keep the offer open", "20 seconds more for Siti")
    await siti.presses_large("Giliranmu: mulai")
    await siti.large_says("Aku selesai")
    await siti.sees("Kamu berbagi tanpa mikrofon")
    for person in (budi, wulan, ada):
        await person.middle("Siti")

    # Behind her a queue grows: first come, and what is about the room goes ahead.
    await budi.presses_large("Angkat tangan")
    await budi.large_says("Turunkan tangan", "setelah ini giliranmu")
    await wulan.presses("Other kinds of hand, and a note")
    await wulan.chooses("About the room")
    await wulan.writes("A short note", "It is a little loud here")
    await wulan.presses("Raise hand")
    await wulan.large_says("You are next", "tap if you would rather wait")
    await budi.large_says("Turunkan tangan", "kamu urutan ke-2")
    await ada.queue("Wulan: about the room", "Budi: in order")
    await ada.sees("It is a little loud here")
    await siti.queue("Wulan: soal ruang", "Budi: sesuai urutan")
    assert "loud" not in await siti.page.inner_text("body")

    # Who is next may let the next one go first.
    await wulan.presses_large("You are next")
    await wulan.large_says("Lower hand", "you are 2nd")
    await budi.large_says("Setelah ini giliranmu")
    await ada.queue("Budi: in order", "Wulan: after the next one")

    # The facilitator puts it back, by the row's menu.
    await ada.presses("Move or lower: Budi")
    await ada.presses("Move down")
    await siti.queue("Wulan: setelah yang berikutnya", "Budi: dipindahkan fasilitator")

    # A breath: the turn and its clock stand still, and go on.
    await ada.presses("Pause turn")
    await siti.middle("Jeda")
    await siti.large_says("Aku selesai", "atau tunggu, waktumu berhenti")
    await wulan.middle("Pause", "Siti’s clock has stopped")
    await ada.presses("Go on")
    await wulan.middle("Siti", "is sharing")
    await ada.presses_large("Give 1 more minute")
    await ada.middle("of 4:00")

    # Siti is done; it is quiet for a moment, then Wulan is offered the floor and would rather wait.
    await siti.presses_large("Aku selesai")
    await wulan.large_says("It’s yours: start")
    await wulan.presses("Come back to me")
    await budi.large_says("Giliranmu: mulai")
    await ada.queue("Wulan: rests for a moment")
    await wulan.large_says("Lower hand")

    # Budi passes: nothing is marked.
    await budi.presses("Lewati")
    await budi.large_says("Angkat tangan")
    await ada.middle("Nobody is speaking")

    # A closed queue still takes what is about the room.
    await ada.presses("Close queue")
    await budi.large_says("Angkat tangan untuk hal ruang")
    await budi.sees("Ditutup sementara")
    await ada.presses("Reopen queue")
    await budi.large_says("Angkat tangan")

    # The facilitator calls on Wulan although her hand rests; and ends the turn gently.
    await ada.presses("Offer Wulan")
    await wulan.presses_large("It’s yours: start")
    await budi.middle("Wulan", "sedang berbagi")
    await ada.presses("End turn")
    await wulan.large_says("Raise hand")
    await siti.middle("Belum ada yang bicara")

    # Budi is removed, with a reason that he alone reads.
    await ada.opens_person("Budi")
    await ada.presses("Remove from the room…")
    await ada.sees("Write a reason first")
    await ada.writes("A reason, for them to read", "Tiga kali menyela, maaf.")
    await ada.presses("Remove Budi")
    await budi.heading("Kamu tidak lagi di ruang ini")
    await budi.sees("Tiga kali menyela, maaf.")
    for person in (siti, wulan, ada):
        await expect(person.page.locator(".seat:not(:has(.empty))")).to_have_count(3)
        assert "menyela" not in await person.page.inner_text("body")

    # Siti leaves by herself.
    await siti.presses("Keluar")
    await siti.presses("Keluar dari ruang")
    await siti.heading("Kamu sudah keluar")
    await wulan.sees("2 here")

    # The meeting is closed for everybody, and asks once before.
    await ada.presses("Menu: people, agreement, settings, leave")
    await ada.presses("Close the meeting for everyone")
    await ada.presses("Press once more: close and erase")
    await ada.heading("The meeting has ended")
    await wulan.heading("The meeting has ended")
    assert await wulan.page.evaluate("sessionStorage.length") == 0


async def test_a_turn_that_is_longer_than_its_time(meeting: Meeting) -> None:
    """Last seconds, grace, over: soft words, nobody is cut off, and the facilitator decides."""
    _, [ada, siti, budi] = await meeting("Ada", "Siti", "Budi", format="quick")
    await siti.presses_large("Raise hand")
    await siti.presses_large("It’s yours: start")
    await siti.middle("Your turn", "as slowly as you like", "less than a minute")
    await budi.middle("Siti", "is sharing")
    await siti.middle("finish your thought", "6 seconds left")
    await budi.middle("6 seconds left")
    await siti.middle("finish your thought, there is no rush")
    await budi.middle("Siti", "is finishing a thought")
    await ada.middle("past the time")
    await siti.middle("end it whenever you are ready")
    await ada.middle("past the time")
    await siti.large_says("I’m done")

    # More time from the facilitator: the turn goes on as before.
    await ada.presses_large("Give 1 more minute")
    await siti.middle("as slowly as you like")
    await budi.middle("Siti", "is sharing")
    assert "is past the time" not in " ".join(await budi.heard())

    # A second press asks for the same end of the turn again, and changes nothing that was not shown.
    await ada.presses("End turn")
    await siti.large_says("Raise hand")
    await siti.hears("Ada ended your turn. Thank you.")


async def test_an_offer_that_nobody_answers_moves_on_and_keeps_the_hand(meeting: Meeting) -> None:
    _, [ada, siti, budi] = await meeting("Ada", "Siti", "Budi", format="quick")
    await siti.presses_large("Raise hand")
    await siti.large_says("It’s yours: start")
    await budi.presses_large("Raise hand")
    await siti.presses("I need a moment")  # 20 s from now, and then it moves on
    await siti.sees("The turn waits for you")
    await ada.presses("Take back")
    await budi.large_says("It’s yours: start")
    await siti.large_says("Lower hand")
    await siti.hears("The turn moves on, your hand stays.")


@pytest.mark.parametrize("kind", ["removed", "declined"])
async def test_only_the_person_reads_the_reason(kind: str, meeting: Meeting, someone: Someone) -> None:
    room, [ada, siti] = await meeting("Ada", "Siti")
    tari = await someone("Tari", "id")
    await tari.comes(room.links["participant"])
    await ada.presses("Tari")
    if kind == "declined":
        await ada.presses("Do not let in…")
        await ada.writes("A reason, for them to read (may be empty)", "Malam ini sudah penuh.")
        await ada.presses("Do not let Tari in")
        await tari.heading("Kali ini pintunya tidak dibukakan")
    else:
        await ada.presses("Let Tari in")
        await tari.is_in()
        await ada.opens_person("Tari")
        await ada.presses("Remove from the room…")
        await ada.writes("A reason, for them to read", "Malam ini sudah penuh.")
        await ada.presses("Remove Tari")
        await tari.heading("Kamu tidak lagi di ruang ini")
    await tari.sees("Malam ini sudah penuh.")
    await siti.sees("2 here")
    assert "penuh" not in await siti.page.inner_text("body")


async def test_everybody_sees_the_same_order(meeting: Meeting) -> None:
    _, [ada, siti, budi, wulan] = await meeting("Ada", "Siti", "Budi", "Wulan")
    await siti.presses_large("Raise hand")
    await siti.large_says("It’s yours: start")
    for person in (wulan, budi):
        await person.presses_large("Raise hand")
        await person.large_says("Lower hand")
    order = ("Wulan: in order", "Budi: in order")
    for person in (ada, siti, budi, wulan):
        await person.queue(*(row if not row.startswith(person.name) else f"You: {row.split(': ')[1]}" for row in order))


async def test_where_everything_is_said_only_a_hand_about_the_room_has_a_note(meeting: Meeting) -> None:
    _, [ada, siti] = await meeting("Ada", "Siti", format=evening(phase("sharing", order="chosen", text="none")))
    note = siti.page.get_by_label("A short note")
    await siti.presses("Other kinds of hand, and a note")
    await siti.unfolds()
    await expect(note).to_have_count(0)
    await siti.chooses("About the room")
    await note.fill("It is a little loud here")
    await siti.chooses("Share")  # what was typed is not sent where it would be refused
    await expect(note).to_have_count(0)
    await siti.presses("Raise hand")
    await ada.queue("Siti: waits to be chosen")
    assert siti.sent[-1] == {"type": "raise-hand", "kind": "share", "note": ""}
