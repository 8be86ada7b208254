"""All rooms of a server: made, changed, closed, removed, taken up again. Clock by hand, real journal."""

import asyncio

import msgspec
import pytest

from protocol.views import MeetingState
from server import entries
from server.journal import StorageFailed
from tests.server.evening import Evening, evening


@evening
async def test_rooms_are_found_oldest_first_also_after_a_restart(server: Evening) -> None:
    rooms = [await server.room(questions=("Who sent you?",)) for _ in range(3)]
    assert server.rooms.rooms() == rooms
    assert [server.rooms.find(room.id) for room in rooms] == rooms
    assert server.rooms.find("nowhere") is None
    links = [entries.urls(room) for room in rooms]
    assert len({link for kinds in links for link in kinds.values()}) == 9
    after = await server.crash(server.folder.with_name("after"))
    assert [(room.id, room.plan, entries.urls(room)) for room in after.rooms.rooms()] == [
        (room.id, room.plan, link) for room, link in zip(rooms, links, strict=True)
    ]


@evening
async def test_a_meeting_that_nobody_came_to_is_not_on_the_disk(server: Evening) -> None:
    room = await server.room()
    assert server.journal.meetings() == []
    meeting = room.live.meeting
    server.knock(room, "Ada", "facilitator")
    await server.settled()
    [row] = server.journal.meetings()
    assert (row.id, row.room) == (meeting, room.id)


@evening
async def test_only_the_meeting_that_was_interrupted_goes_on(server: Evening) -> None:
    going, people = await server.meeting("Ada", "Budi")
    closing, (eka,) = await server.meeting("Eka")
    quiet = await server.room()
    was = closing.live.meeting
    eka.ask("close-meeting")
    await server.settled()
    assert closing.live.meeting != was
    assert [row.id for row in server.journal.meetings()] == [going.live.meeting]
    after = await server.crash(server.folder.with_name("after"))
    rooms = {room.id: room for room in after.rooms.rooms()}
    assert rooms[going.id].live.meeting == going.live.meeting
    assert rooms[going.id].numbers().state is MeetingState.OPEN
    assert rooms[closing.id].numbers().state is rooms[quiet.id].numbers().state is MeetingState.DOORS
    assert after.back(people[0]).code == ""
    assert after.back(eka).code == "no-entry"


@evening
async def test_an_end_that_was_stored_but_not_erased_is_erased_after_the_restart(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    was = room.live.meeting
    ada.ask("close-meeting")
    await server.rooms.stop()  # the very moment: the write is on its way, and the server stops
    await server.settled()
    assert [row.id for row in server.journal.meetings()] == [was]
    after = await server.crash(server.folder.with_name("after"))
    await after.settled()
    assert after.journal.meetings() == []
    [room] = after.rooms.rooms()
    assert room.live.meeting != was
    assert after.back(budi).code == "no-entry"


@evening
async def test_a_room_in_numbers(server: Evening) -> None:
    room, (_, budi, citra) = await server.meeting("Ada", "Budi", "Citra")
    server.knock(room, "Dewi")
    budi.ask("raise-hand")
    await server.settled()
    budi.ask("accept-floor", turn=budi.turn)
    citra.ask("raise-hand")
    citra.pull()
    await server.at(server.time + 7)
    numbers = room.numbers()
    assert (numbers.id, numbers.title, numbers.phase, numbers.leads) == (room.id, "Wednesday", "sharing", ["Ada"])
    assert (numbers.present, numbers.reconnecting, numbers.waiting, numbers.hands) == (2, 1, 1, 1)
    assert (numbers.floor, numbers.longest_wait, numbers.longest_at_door) == ("speaking", 7.0, 7.0)
    await server.at(server.time + 300)
    assert (room.numbers().floor, room.numbers().reconnecting, room.numbers().waiting) == ("over", 0, 1)


# Changes


@evening
async def test_a_new_title_and_new_questions_show_at_once(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    waiting = server.knock(room, "Citra")
    await server.at(server.time + 1)
    before = len(waiting.heard)
    await server.rooms.change(room, msgspec.structs.replace(room.plan, title="Thursday"))
    assert ada.view["title"] == budi.view["title"] == "Thursday"
    assert waiting.kinds(before) == []
    await server.rooms.change(room, msgspec.structs.replace(room.plan, questions=("Who sent you?",)))
    assert waiting.view["questions"] == ada.view["questions"] == ["Who sent you?"]
    ada.ask("close-meeting")
    await server.settled()
    await server.rooms.change(room, msgspec.structs.replace(room.plan, text="Other words."))
    ada = server.knock(room, "Ada", "facilitator")
    await server.at(server.time + 0.25)
    assert ada.view["agreement"] == {"version": 2, "policy": "stays-in-the-room", "text": "Other words."}
    after = await server.crash(server.folder.with_name("after"))
    assert after.rooms.rooms()[0].plan == room.plan


@evening
async def test_a_change_that_cannot_be_stored_has_not_happened(server: Evening) -> None:
    room, (ada,) = await server.meeting("Ada")
    with server.unwritable(), pytest.raises(StorageFailed):
        await server.rooms.change(room, msgspec.structs.replace(room.plan, title="Thursday"))
    assert (room.plan.title, ada.view["title"]) == ("Wednesday", "Wednesday")
    with server.unwritable(), pytest.raises(StorageFailed):
        await server.room()
    assert server.rooms.rooms() == [room]


# Ends


@evening
async def test_a_closed_meeting_is_followed_by_exactly_one_fresh_one(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    was = room.live
    ada.ask("close-meeting")
    assert server.knock(room, "Citra").code == "no-entry"
    room.live.replan(room.rules())  # something more to show while the end is on its way to the disk
    closed = room.live.close()
    await server.settled()
    assert closed.done()
    fresh = room.live
    assert fresh is not was
    assert budi.heard[-2:] == [("bye", {"code": "closed", "knows": ["room", "address", "counts"]}), ("end", 1000)]
    citra = server.knock(room, "Citra", "facilitator")
    await server.at(server.time + 300)
    assert room.live is fresh
    assert citra.view["sight"] == "door"
    assert [row.id for row in server.journal.meetings()] == [fresh.meeting]


@evening
async def test_an_end_that_cannot_be_stored_has_not_happened(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    was = room.live
    with server.unwritable():
        asked = ada.ask("close-meeting")
        await server.settled()
    assert ada.heard
    assert ada.answers[asked]["code"] == "not-now"
    assert room.live is was
    budi.ask("raise-hand")
    await server.settled()
    assert budi.turn


@evening
async def test_an_erasure_that_fails_is_tried_until_it_succeeds(server: Evening) -> None:
    room, _ = await server.meeting("Ada")
    ended = server.journal.begin("an old one", room.id, 0.0)
    await server.settled()
    assert ended.done()
    with server.unwritable():
        room.erase("an old one")
        await server.at(server.time + 0.4)
        await server.at(server.time + 0.6)
    assert len(server.journal.meetings()) == 2
    await server.at(server.time + 60)
    assert [row.id for row in server.journal.meetings()] == [room.live.meeting]


@evening
async def test_a_room_that_is_removed_tells_everybody_and_lets_nobody_in(server: Evening) -> None:
    other = await server.room()
    room, people = await server.meeting("Ada", "Budi")
    waiting = server.knock(room, "Citra")
    removing = asyncio.create_task(server.rooms.delete(room))
    await asyncio.sleep(0)
    assert server.knock(room, "Dewi").code == "no-entry"
    await removing
    for guest in (*people, waiting):
        assert guest.heard[-2:] == [("bye", {"code": "closed", "knows": ["room", "address", "counts"]}), ("end", 1000)]
        assert server.back(guest).code == "no-entry"
    assert server.knock(room, "Ada", "host").code == "no-entry"
    assert (server.rooms.rooms(), server.journal.meetings()) == ([other], [])
    assert [row.id for row in server.journal.rooms()] == [other.id]


@evening
async def test_a_removal_of_a_room_that_fails_leaves_it_as_it_was(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    other = await server.room()
    before = len(budi.heard)
    with server.unwritable(), pytest.raises(StorageFailed):
        await server.rooms.delete(room)
    await server.at(server.time + 1)
    assert server.rooms.rooms() == [room, other]
    assert "bye" not in budi.kinds(before)
    budi.ask("raise-hand")
    await server.settled()
    assert ada.view["turns"]


# Left behind

HOUR = 3600.0


@evening
async def test_a_meeting_that_everybody_has_left_behind_ends_by_itself(server: Evening) -> None:
    room, people = await server.meeting("Ada", "Budi")
    was, left = room.live.meeting, server.time
    for guest in people:
        guest.pull()
    for minutes in range(1, 119):
        await server.at(left + minutes * 60)
    assert room.live.meeting == was
    for minutes in range(119, 123):
        await server.at(left + minutes * 60)
    assert room.live.meeting != was
    assert server.journal.meetings() == []
    assert [server.back(guest).code for guest in people] == ["no-entry", "no-entry"]


@evening
async def test_one_who_stays_keeps_it_open_but_not_for_ever(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    was = room.live.meeting
    budi.pull()
    for minutes in range(1, 12 * 60 - 1):
        await server.at(minutes * 60)
    assert room.live.meeting == was
    await server.at(12 * HOUR + 120)
    assert room.live.meeting != was
    assert [data["code"] for event, data in ada.heard if event == "bye"] == ["closed"]


@evening
async def test_its_age_counts_on_after_a_restart_and_emptiness_anew(server: Evening) -> None:
    room, people = await server.meeting("Ada", "Budi")
    was = room.live.meeting
    after = await server.crash(server.folder.with_name("after"))
    [again] = after.rooms.rooms()
    await after.at(1.9 * HOUR)
    assert again.live.meeting == was
    assert after.back(people[0]).code == ""
    for minutes in range(115, 12 * 60 - 1, 5):
        await after.at(minutes * 60)
    assert again.live.meeting == was
    await after.at(12 * HOUR + 120)
    assert again.live.meeting != was


@evening
async def test_a_disk_that_refuses_only_delays_it(server: Evening) -> None:
    room, (ada,) = await server.meeting("Ada")
    was = room.live.meeting
    ada.pull()
    await server.at(1.9 * HOUR)
    with server.unwritable():
        await server.at(2.1 * HOUR)
        assert room.live.meeting == was
    for minutes in range(130, 140):
        await server.at(minutes * 60)
    assert room.live.meeting != was


@evening
async def test_a_room_where_nobody_was_has_nothing_to_end(server: Evening) -> None:
    room = await server.room()
    was = room.live.meeting
    await server.at(13 * HOUR)
    assert room.live.meeting == was
