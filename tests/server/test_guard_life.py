"""Dead networks, slow and stubborn readers, floods: who is cut, who is not, and that the others go on."""

import asyncio
import contextlib
import ssl
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import pairwise

import pytest
from socketio import packet as sio

from server.guard import Budget, Pulse
from server.wire import Limits, encode
from tests.server.conftest import Serve
from tests.server.guarded import PATIENCE, Guarded, JsClient, Raw, Stubborn

QUICK = Limits(ping=0.2, pong=0.4, stall=0.5, tick=0.02, drain=0.3)


@pytest.fixture(params=["direct", "stock"])
def writes(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@contextlib.asynccontextmanager
async def neighbour(server: Guarded) -> AsyncIterator[list[int]]:
    """Another person, who asks all the while; the list holds what was answered."""
    raw = await server.line(name="neighbour")
    answered: list[int] = []

    async def talk() -> None:
        while True:
            await raw.event("command", {"say": "hello"}, packet_id=len(answered))
            assert (await raw.answer(len(answered)))["ok"]
            answered.append(len(answered))
            await asyncio.sleep(0.06)  # within the budget

    talking = asyncio.create_task(talk())
    try:
        yield answered
        assert not talking.done(), talking.exception()
    finally:
        talking.cancel()
        await asyncio.wait([talking])


# the pulse, in numbers


def run(pulse: Pulse, times: Iterator[float], written: int, held: int, *, answers: bool = False) -> float | None:
    """When the pulse gives up; None when it does not within `times`."""
    for now in times:
        match pulse.check(now, written, held):
            case "dead":
                return now
            case "ask":
                written += 3
                if answers:
                    pulse.asked(now, written)
                    pulse.heard()
                else:
                    held += 3
                    pulse.asked(now, written)
    return None


def quarters(first: float, last: float) -> Iterator[float]:
    return (quarter / 4 for quarter in range(int(first * 4), int(last * 4) + 1))


def test_a_healthy_line_lives_for_ever() -> None:
    assert run(Pulse(Limits(), 0.0), quarters(0, 1000), 500, 0, answers=True) is None


def test_a_dead_network_shows_within_15_seconds() -> None:
    """The question is never taken by the peer, nor is what is said afterwards."""
    assert run(Pulse(Limits(), 0.0), quarters(0, 60), 500, 0) == 10.0


def test_a_peer_behind_a_proxy_that_takes_everything_shows_as_well() -> None:
    pulse = Pulse(Limits(), 0.0)
    written = 0
    for now in quarters(0, 60):
        written += 100  # patches go on and are taken, by the proxy
        match pulse.check(now, written, 0 if now % 1 else 50):
            case "ask":
                pulse.asked(now, written)
            case "dead":
                assert now <= 10.5
                return
    pytest.fail("never noticed")


def test_a_snapshot_that_drains_slowly_is_fine() -> None:
    """200 kB at 4 kB/s: the question reaches the peer after 50 s, its answer comes at once."""
    pulse = Pulse(Limits(), 0.0)
    written = 200_000
    for now in quarters(0, 200):
        held = max(0, written - int(4000 * now))
        if held == 0:
            pulse.heard()
        match pulse.check(now, written, held):
            case "ask":
                written += 3
                pulse.asked(now, written)
            case "dead":
                pytest.fail(f"cut at {now} with {held} waiting")


def test_once_the_question_has_arrived_the_answer_may_take_5_seconds() -> None:
    pulse = Pulse(Limits(), 0.0)
    pulse.check(0.0, 1000, 1000)
    pulse.asked(5.0, 1003)
    assert pulse.check(9.0, 1003, 500) == "fine"
    assert pulse.check(12.0, 1003, 200) == "ask"
    pulse.asked(12.0, 1006)
    assert pulse.check(13.0, 1006, 3) == "fine"  # the first question has arrived
    assert pulse.check(17.75, 1006, 3) == "ask"
    assert pulse.check(18.0, 1006, 3) == "dead"


def test_one_who_talks_but_takes_nothing_is_cut_after_10_seconds() -> None:
    pulse = Pulse(Limits(), 0.0)
    for now in quarters(0, 60):
        pulse.heard()
        match pulse.check(now, 1000, 900):
            case "ask":
                pulse.asked(now, 1000)
            case "dead":
                assert now == 10.0  # 100 bytes were taken at the start
                return
    pytest.fail("never cut")


def test_a_budget_refills() -> None:
    budget = Budget(20.0, 60, 0.0)
    assert [budget.take(0.0) for _ in range(61)] == [True] * 60 + [False]
    assert [budget.take(0.1) for _ in range(3)] == [True, True, False]
    assert [budget.take(1000.0) for _ in range(61)] == [True] * 60 + [False]


# the same on real sockets


async def test_one_who_gives_no_sign_of_life_is_gone(guarded: Serve, writes: str) -> None:
    server = await guarded(limits=QUICK, writes=writes)
    raw = await server.line()
    raw.mute = True
    await raw.rest()
    await server.door.until(lambda: server.door.left)


async def test_talking_is_a_sign_of_life(guarded: Serve) -> None:
    server = await guarded(limits=QUICK)
    raw = await server.line()
    raw.mute = True
    for number in range(1, 20):
        assert await raw.ask({}) == {"ok": True, "seq": number}
        await asyncio.sleep(0.06)
    assert server.door.left == []


async def test_a_black_hole_on_the_way_shows(guarded: Serve, js: JsClient) -> None:
    server = await guarded(limits=QUICK)
    hole = asyncio.Event()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        other_reader, other_writer = await asyncio.open_connection("127.0.0.1", server.port)
        there = asyncio.create_task(pour(reader, other_writer))
        back = asyncio.create_task(pour(other_reader, writer))
        await hole.wait()
        there.cancel()
        back.cancel()
        await finished.wait()
        other_writer.close()
        writer.close()

    async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(4096):
            writer.write(data)
            await writer.drain()

    finished = asyncio.Event()
    async with await asyncio.start_server(relay, "127.0.0.1", 0) as between:
        js.connect("a", f"http://127.0.0.1:{between.sockets[0].getsockname()[1]}")
        await js.expect("a", "connect")
        hole.set()
        await server.door.until(lambda: server.door.left)
        finished.set()


async def test_a_reader_who_stops_but_talks_is_cut_and_the_others_go_on(guarded: Serve, writes: str) -> None:
    server = await guarded(limits=QUICK, writes=writes)
    async with neighbour(server) as answered:
        stubborn = await Stubborn.connect(server)
        await stubborn.packet(sio.EVENT, ["command", {"much": 1_000_000}])
        before = len(answered)
        with pytest.raises(ConnectionError):
            for _ in range(200):  # frames that cost nothing: a pong is a sign of life
                await stubborn.text(b"3")
                await asyncio.sleep(0.05)
        await server.door.until(lambda: len(server.door.left) == 1)
        assert len(answered) > before
        stubborn.close()


async def test_more_than_a_queue_may_hold_is_not_kept(guarded: Serve, writes: str) -> None:
    server = await guarded(limits=Limits(queue=300_000), writes=writes)
    async with neighbour(server) as answered:
        stubborn = await Stubborn.connect(server)
        await stubborn.packet(sio.EVENT, ["command", {"much": 1_000_000}])
        await server.door.until(lambda: len(server.door.left) == 1)  # default limits: no clock helps here
        await server.door.until(lambda: len(answered) > 2)
        stubborn.close()


async def test_a_slow_reader_gets_everything(guarded: Serve, writes: str) -> None:
    """Nearly two seconds for a snapshot, although an answer may take 0.4 s and nothing may stall for 0.5 s."""
    server = await guarded(limits=QUICK, writes=writes)
    stubborn = await Stubborn.connect(server)
    await stubborn.packet(sio.EVENT, ["command", {"much": 250_000}])
    received = 0
    started = time.monotonic()
    while received < 250_000:
        more = await stubborn.read(16_384)
        assert more, "cut"
        received += more.count(b"x")
        await asyncio.sleep(0.03)
    assert time.monotonic() - started > QUICK.ping + QUICK.pong
    await stubborn.packet(sio.EVENT, ["command", {}], id=77)
    await stubborn.read_until(b"\xa3seq\x02")
    stubborn.close()


async def test_too_fast_is_answered_and_the_others_go_on(guarded: Serve) -> None:
    server = await guarded(limits=Limits(rate=20, burst=60, frame_burst=5000))
    async with neighbour(server) as answered:
        raw = await server.line()
        for number in range(500):
            await raw.event("command", {"number": number}, packet_id=number)
        replies = [await raw.answer(number) for number in range(500)]
        refused = [reply for reply in replies if not reply["ok"]]
        assert all(reply["ok"] for reply in replies[:60])
        assert 300 <= len(refused) <= 440
        assert all(reply == {"ok": False, "code": "too-fast"} for reply in refused)
        before = len(answered)
        await server.door.until(lambda: len(answered) > before)
        assert server.door.left == []


async def test_two_in_a_hurry_take_turns(guarded: Serve) -> None:
    """Each sends all its budget at once; neither is heard to the end before the other begins."""
    server = await guarded()
    hurried = [await Stubborn.connect(server) for _ in range(2)]
    for who, client in enumerate(hurried):
        await client.pour(client.masked(sio.EVENT, ["command", {"who": who}]) * 60)
    await server.door.until(lambda: len(server.door.heard) == 120)
    order = [data for _, data, _ in server.door.heard]
    assert sum(one != other for one, other in pairwise(order)) >= 3
    for client in hurried:
        client.close()


async def test_what_is_too_fast_is_not_read(guarded: Serve) -> None:
    """Malformed data beyond the budget is `too-fast`: nobody looked at it."""
    server = await guarded(limits=Limits(rate=0.001, burst=1))
    raw = await server.line()
    assert (await raw.ask({}, packet_id=1))["ok"]
    for _ in range(30):
        assert await raw.ask({"until": float("nan")}, packet_id=2) == {"ok": False, "code": "too-fast"}
    assert server.door.left == []


FLOODS: dict[str, Callable[[Raw], Awaitable[None]]] = {
    "events": lambda raw: raw.event("command", {}),
    "pongs": lambda raw: raw.ws.send_str("3"),
    "websocket pings": lambda raw: raw.ws.ping(),
}


@pytest.mark.parametrize("kind", FLOODS)
async def test_a_flood_ends_with_a_goodbye_and_the_others_go_on(guarded: Serve, writes: str, kind: str) -> None:
    server = await guarded(limits=Limits(drain=0.3), writes=writes)
    async with neighbour(server) as answered:
        raw = await server.line()
        with contextlib.suppress(ConnectionError):
            for _ in range(20_000):
                await FLOODS[kind](raw)
        packets = []
        with contextlib.suppress(ConnectionError, AssertionError):
            while True:
                message = await raw.ws.receive()
                if message.type.name == "BINARY":
                    packets.append(message.data)
                elif message.type.name in ("CLOSED", "CLOSING", "ERROR"):
                    break
        await server.door.until(lambda: len(server.door.left) == 1)
        assert any(b"strikes" in packet for packet in packets)
        assert len(server.door.heard) < 200
        before = len(answered)
        await server.door.until(lambda: len(answered) > before)


async def test_a_flood_in_one_piece_does_not_hold_the_others(guarded: Serve) -> None:
    """43,000 frames that arrive as one read."""
    server = await guarded(limits=Limits(drain=0.3))
    async with neighbour(server) as answered:
        stubborn = await Stubborn.connect(server)
        with contextlib.suppress(ConnectionError):
            await stubborn.pour(b"\x81\x81\0\0\0\x003" * 43_000)
        await server.door.until(lambda: len(server.door.left) == 1)
        before = len(answered)
        await server.door.until(lambda: len(answered) > before)
        stubborn.close()


async def test_one_who_floods_is_not_reset_while_the_goodbye_may_arrive(guarded: Serve) -> None:
    """Closing a socket with unread bytes resets it, and a reset may overtake what was said last."""
    server = await guarded(limits=Limits(drain=0.5))
    stubborn = await Stubborn.connect(server)
    await stubborn.pour(b"\x81\x81\0\0\0\x003" * 2000)
    await server.door.until(lambda: len(server.door.left) == 1)
    assert not server.door.left[0]._transport.is_closing()
    await stubborn.read_until(b"strikes")
    stubborn.close()


async def test_what_waits_for_a_reader_who_stopped_is_let_go(guarded: Serve, writes: str) -> None:
    server = await guarded(writes=writes)
    stubborn = await Stubborn.connect(server)
    await stubborn.packet(sio.EVENT, ["command", {"much": 1_000_000}])
    await stubborn.text(b"nonsense")
    await server.door.until(lambda: len(server.door.left) == 1)
    async with asyncio.timeout(PATIENCE):
        while server.wire._open:
            await asyncio.sleep(0.01)
    received = 0
    with contextlib.suppress(ConnectionError):
        while more := await stubborn.read(65_536):
            received += len(more)
    assert received < 900_000
    stubborn.close()


async def test_garbage_of_many_at_once_disturbs_nobody(guarded: Serve) -> None:
    server = await guarded()
    async with neighbour(server) as answered:
        for garbage in (b"\xc1" * 100, b"\xdf\xff\xff\xff\xff", b"\x91" * 60_000):
            lines = [await server.line() for _ in range(10)]
            for _ in range(3):
                await asyncio.gather(*(line.send(garbage) for line in lines))
            await asyncio.gather(*(line.rest() for line in lines))
            assert {line.close_code for line in lines} == {1008}
        await server.door.until(lambda: len(server.door.left) == 30)
        before = len(answered)
        await server.door.until(lambda: len(answered) > before)
    assert server.wire.lines == 1


async def test_a_process_that_stood_still_cuts_nobody(guarded: Serve) -> None:
    server = await guarded(limits=Limits(ping=0.3, pong=0.3, stall=0.5, tick=0.02))
    raw = await server.line()
    while (await raw.ws.receive()).data != "2":
        pass
    await asyncio.sleep(0.1)  # it has arrived, and its time runs
    time.sleep(1.5)  # noqa: ASYNC251 - the whole process stands still, as under a debugger, with a question unanswered
    await raw.ws.send_str("3")
    for number in range(1, 10):
        assert await raw.ask({}) == {"ok": True, "seq": number}
        await asyncio.sleep(0.05)
    assert server.door.left == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "1",
    ]
    command += ["-subj", "/CN=localhost", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    return context


async def test_the_same_over_tls(
    guarded: Serve, writes: str, certificate: ssl.SSLContext, caplog: pytest.LogCaptureFixture
) -> None:
    server = await guarded(limits=QUICK, writes=writes, tls=certificate)
    leaving, mute, told, nonsense = [await server.line() for _ in range(4)]
    for number in range(1, 8):
        reply = await told.ask({"much": 300_000}, packet_id=number)
        assert reply == {"ok": True, "seq": number}
    await leaving.ws.close()
    await nonsense.ws.send_str("nonsense")
    await told.event("command", {"bye": "removed"})
    assert [found["type"] for found in await told.rest()] == [sio.EVENT, sio.DISCONNECT]
    mute.mute = True
    await mute.rest()
    await nonsense.rest()
    await server.door.until(lambda: len(server.door.left) == 4)
    await server.wire.close()
    assert not server.wire._open
    assert caplog.text == ""


async def test_a_bug_with_one_line_leaves_the_others_looked_after(
    guarded: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    server = await guarded(limits=QUICK)
    broken, mute = await server.line(), await server.line()
    mute.mute = True
    del server.door.here[0]._pulse
    await broken.rest()
    await mute.rest()
    await server.door.until(lambda: len(server.door.left) == 2)
    assert "a bug, in watch: AttributeError" in caplog.text


async def test_what_is_said_to_those_who_left_goes_nowhere(guarded: Serve, writes: str) -> None:
    server = await guarded(writes=writes)
    raw = await server.line()
    (line,) = server.door.here
    await raw.ws.close()
    await server.door.until(lambda: server.door.left)
    line.send(encode("patch", {}))
    line.ack(1, {"ok": True})
    line.strike()
    line.close(encode("bye", {}))
    line.close()
    assert server.door.left == [line]
    assert server.wire.lines == 0


async def test_nothing_is_left_behind(guarded: Serve, writes: str) -> None:
    server = await guarded(writes=writes)
    for _ in range(3):
        lines = [await server.line() for _ in range(5)]
        await lines[0].ws.close()
        await lines[1].packet(sio.DISCONNECT)
        await lines[2].ws.send_str("nonsense")
        await lines[3].event("command", {"bye": "removed"})
        server.door.here[-1]._transport.abort()
        for line in lines:
            await line.rest()
    await server.door.until(lambda: len(server.door.left) == 15)
    assert server.wire.lines == 0
    assert not server.door.here
    await server.wire.close()
    assert not server.wire._open
