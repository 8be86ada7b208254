"""A whole client for a terminal, without sound: comes in by a link, shows who speaks, takes a turn when you say so.

    pip install "python-socketio>=5.11" aiohttp msgpack
    python listener.py "https://meet.example.org/r/ROOM#SECRET" YOUR-NAME

Type a letter and Enter: h raise or lower your hand, s start when the floor is offered (or go on after a drop), p pass,
d done, q leave.
"""

import asyncio
import sys

import socketio

KEYS = {
    "h": ["raise-hand", "lower-hand"],
    "s": ["accept-floor", "resume-turn"],
    "p": ["pass-floor"],
    "d": ["finish-turn"],
}
line = socketio.AsyncClient(serializer="msgpack", reconnection_delay=0.5)
begun, over = asyncio.Event(), asyncio.Event()
seen = {"view": {}, "you": {}, "seq": 0, "resume": "", "told": "", "soon": None}


def merged(value, patch):
    """RFC 7396: objects are merged, null takes away, anything else takes the place of what was there."""
    if not isinstance(patch, dict):
        return patch
    found = dict(value) if isinstance(value, dict) else {}
    for key, inner in patch.items():
        if inner is None:
            found.pop(key, None)
        else:
            found[key] = merged(found.get(key), inner)
    return found


@line.on("snapshot")
async def snapshot(heard):
    seen.update(view=heard["view"], you=heard["you"], seq=heard["seq"])
    seen["resume"] = heard["you"].get("resume", seen["resume"])  # gives the seat back after a drop
    begun.set()
    show()


@line.on("patch")
async def patch(heard):
    if heard["seq"] != seen["seq"] + 1:  # something is missing
        return await line.emit("resync")
    seen.update(view=merged(seen["view"], heard["patch"]), seq=heard["seq"])
    show()


@line.on("you")
async def you(heard):
    seen["you"] = heard
    show()


@line.on("bye")
async def bye(heard):
    print("Goodbye:", heard["code"], heard.get("reason", ""), flush=True)
    await line.shutdown()  # and do not come again by yourself
    over.set()


def show():
    """Soon: one change often comes as a `patch` and a `you`."""
    if not seen["soon"]:
        seen["soon"] = asyncio.get_running_loop().call_later(0.02, draw)


def draw():
    """One line, when it says something new: who has the floor, and what you can do."""
    seen["soon"] = None
    view, me = seen["view"], seen["you"]
    if view["sight"] == "door":
        told = "At the door. " + ("Somebody will let you in." if me.get("agreed") else "Please read the agreement.")
    else:
        turn = view["turns"].get(view["floor"], {})
        who = view["people"].get(turn.get("seat"), {}).get("name", "Nobody")
        place = f" You are number {me['place']}." if "place" in me else ""
        told = f"{who}: {turn.get('state', 'the floor is free')}.{place}"
    keys = [key for key, kinds in KEYS.items() if set(kinds) & set(me["may"])]
    if (told := f"{told} [{' '.join([*keys, 'q'])}]") != seen["told"]:
        print(told, flush=True)
        seen["told"] = told


async def ask(kind, **fields):
    answer = await line.call("command", {"type": kind, **fields}, timeout=10)
    if not answer["ok"]:
        print("Not done:", answer["code"], flush=True)


async def typed(key):
    me = seen["you"]
    for kind in KEYS.get(key, ["leave"] if key == "q" else []):
        if kind in me["may"]:  # a client needs no rules of its own
            await ask(kind, **({"turn": me["turn"]} if "turn" in kind or "floor" in kind else {}))


async def read(keys):
    """What you type: first about the agreement, then a letter each time."""
    await begun.wait()
    agreement = seen["view"]["agreement"]
    print("Agreement:", agreement["policy"], agreement.get("text", ""), "- type yes if you agree.", flush=True)
    if (await keys.readline()).strip() != b"yes":
        return await ask("leave")
    await ask("accept-agreement", version=agreement["version"])
    while key := await keys.readline():
        await typed(key.decode().strip())
    await ask("leave")


async def main(link, name):
    origin, _, rest = link.partition("/r/")
    room, _, secret = rest.partition("#")

    def auth():  # asked for again at each connection: after a drop with the token
        return {"v": 1, "room": room, "name": name} | ({"resume": r} if (r := seen["resume"]) else {"secret": secret})

    keys = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(keys), sys.stdin)
    await line.connect(origin, auth=auth, headers={"Origin": origin}, transports=["websocket"])
    reading = asyncio.create_task(read(keys))
    await over.wait()
    reading.cancel()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
