"""The manual for people who write clients: prose, examples made from real messages, tables made from the schema."""

from collections.abc import Iterable, Mapping
from string import Template
from typing import Any

import msgspec

from protocol import asked, commands, replies, views
from protocol.errors import Bye, Code, Known
from protocol.generate import HEARD, SENT, TERMS, Json, command_kinds, schema
from protocol.message import VERSION, Term
from protocol.patch import diff

Who = Mapping[str, str]

_AGREEMENT = views.Agreement(version=1, policy=views.Confidentiality.STAYS, text="We speak for ourselves.")
_POLICY = views.Policy(kinds=[commands.HandKind.SHARE], turn=180, warning=30, grace=20, offer=40, window=120)
_PEOPLE = {
    "s1": views.Person(role=views.Role.FACILITATOR, present=True, number=0, name="Rani"),
    "s2": views.Person(role=views.Role.PARTICIPANT, present=True, number=1, name="Damar"),
}
_HAND = views.Hand(seat="s2", kind=commands.HandKind.SHARE, reason=views.Why.FIRST_COME, since=61.5)
_OFFERED = views.Turn(seat="s2", state=views.TurnState.OFFERED, budget=180, ends_at=101.5)
_CIRCLE = views.CircleView(
    title="Monday circle",
    format="simple",
    meeting=views.MeetingState.OPEN,
    agreement=_AGREEMENT,
    policy=_POLICY,
    people=_PEOPLE,
    circle=["s1", "s2"],
    hands={"h1": _HAND},
    queue=["h1"],
    queue_version=1,
    queue_open=True,
    turns={},
    floor="",
)
_WITH_OFFER = msgspec.structs.replace(_CIRCLE, hands={}, queue=[], queue_version=2, turns={"t1": _OFFERED}, floor="t1")
_DOOR = views.DoorView(agreement=_AGREEMENT, questions=["What brings you here?"])
_AT_DOOR = views.You(seat="s2", role=views.Role.PARTICIPANT, may=["accept-agreement", "leave"], resume="r1.Zk3…")
_INSIDE = msgspec.structs.replace(_AT_DOOR, may=["lower-hand", "leave"], agreed=True, admitted=True, name="Damar")
_IN_QUEUE = msgspec.structs.replace(_INSIDE, hand="h1", place=1, next=True, resume=msgspec.UNSET)

_KNOWN = [Known.ROOM, Known.SEAT, Known.NAME, Known.ADDRESS, Known.COUNTS]
_LINK = replies.Link(
    id="participant",
    role=views.Role.PARTICIPANT,
    url="https://meet.example.org/r/k7Qm2x#the-new-secret",
    until=1798761600.0,
    people=11,
)
_INVITE = replies.Link(id="invite-3", role=views.Role.PARTICIPANT, seat="s2", people=1)

EXAMPLES: dict[str, tuple[str, msgspec.Struct]] = {
    "auth": ("Auth", replies.Auth(v=VERSION, room="k7Qm2x", name="Damar", secret="the-part-after-the-hash")),
    "again": ("Auth", replies.Auth(v=VERSION, room="k7Qm2x", name="Damar", resume="r1.Zk3…")),
    "door": ("Snapshot", replies.Snapshot(seq=1, now=0.0, you=_AT_DOOR, view=_DOOR)),
    "accept": ("Command", commands.AcceptAgreement(version=1)),
    "circle": ("Snapshot", replies.Snapshot(seq=40, now=63.0, you=_IN_QUEUE, view=_CIRCLE)),
    "raise_hand": ("Command", commands.RaiseHand(note="About last week")),
    "done": ("Ack", replies.Done(seq=40)),
    "refused": ("Ack", replies.Refused(code=Code.HAND_UP)),
    "patch": ("Patch", replies.Patch(seq=41, patch=diff(_CIRCLE, _WITH_OFFER))),
    "accept_floor": ("Command", commands.AcceptFloor(turn="t1")),
    "bye": ("Goodbye", replies.Goodbye(Bye.REMOVED, "Please rest, and write to us tomorrow.", knows=_KNOWN)),
    "renew": ("Asked", asked.RenewLink(link="participant", hours=24)),
    "links": ("Links", replies.Links(links=[_LINK, _INVITE], made="participant")),
    "way": (
        "Way",
        replies.Way(url="https://meet.example.org/r/k7Qm2x#~once", size=33, path="M4 4h7v1h-7z", seconds=120),
    ),
    "early": (
        "Dates",
        replies.Dates(1795522500.0, "Asia/Jakarta", 90, 15, [1795523400.0, 1796128200.0], "0c5b3e8d1f7a42969b30"),
    ),
    "moving": ("Auth", replies.Auth(v=VERSION, room="k7Qm2x", name="", move="once")),
}

PROSE = Template("""\
# The protocol, for people who write clients

<!-- Made by `python -m protocol manual` from protocol/*.py. Change those, not this. -->

A client shows what it is sent and asks for what the person wants. It keeps no rule of its own: what somebody may see
arrives as a *view*, what they may ask for is listed in `you.may`, and the server decides. This page goes through one
evening; [by example](protocol-by-example.md) it stands there packet by packet. The same for machines:
`GET /protocol/schema.json` (JSON Schema 2020-12) and `static/js/protocol.d.ts`.

Tags are kebab-case, fields snake_case. A field that holds its default is left out, so nothing is ever null, except
inside a patch, where null means: gone. Be ready for fields that you do not know in what you receive; a command with a
field that the server does not know is refused.

## Connect

Socket.IO 4 at `/socket.io/`, namespace `/`, websocket only, with the msgpack parser (`socket.io-msgpack-parser`). The
`Origin` must be the server's own. A person's link is `/r/<room>#<secret>`: the secret stands after the `#`, so that
browsers never send it in a request, and goes into `auth`:

$auth

A refused connection is a `connect_error` whose `data` is `{"code": "..."}`: `no-entry` (one answer for a wrong, expired
or revoked link, a locked door, a closed or full room, a removed seat), `early`, `name-invalid`, `malformed`,
`too-fast`, `not-now`, or `reload`
when `v` is not $version.

`early` is heard by participants with a right link while the doors of a planned room are shut; `data.dates` says when
they open (`starts[0]` less `doors` minutes). Come again then, and now and then before: somebody who leads may open
earlier.

$early

## The door

The first event is a `snapshot`. Somebody who has not accepted the agreement, or is not let in yet, sees the door and
nothing else. `view.sight` says which view it is: `door`, `circle` or `lead`. While a room with a limit is full,
`you.line` is the place in the line for a seat; `you.message` is what those who admit wrote.

$door

`you.resume` comes when it is new; keep it for this tab only. Show `agreement.policy` and the rules in the reader's
language and `agreement.text` as it is; when the person accepts, say so with the version that you showed:

$accept

`you.agreed` and `you.admitted` tell where a person stands. When both are true the next event is a new snapshot:

$circle

`now` and every other time is *meeting time*: seconds that run only while the server runs. Remember the difference
between `now` and your own monotonic clock at each snapshot, and compare nothing with the wall clock. At the door `now`
is always 0: how long a meeting has been going on is not told there.

## Ask for something

Send the event `command` with one object, and always with an acknowledgement and a timeout:

$raise_hand

The answer comes when the change is durable, after the patches that it caused:

$done

or says why nothing changed:

$refused

Every command is safe to repeat, because it names the turn, hand, seat, version or absolute time that it was aimed at:
what is no longer there is refused with `stale`. Send nothing while disconnected, and after a timeout look at the view
before you ask again. Offer a control only if its command is in `you.may`.

## Follow what happens

Each change arrives as an RFC 7396 merge patch to the view. Here the floor is offered:

$patch

To apply one: for each key, null removes it, an object is applied to what is there, anything else (lists too)
replaces it. `seq` counts by one from the snapshot on; if one is missing, send the event `resync` without data (at most
once per two seconds) and wait for the snapshot. A new snapshot may come at any time and replaces everything. `you` is
sent whole, as its own event, when it changes.

An offer is answered with the turn's id:

$accept_floor

While a turn's clock runs it has `ends_at`; while it stands still it has `left`, in seconds.

## Drop, come back, leave

A lost connection is not leaving: the seat, its hand and its turn wait. Connect again with the token instead of the
secret:

$again

A seat has one connection. When another one takes it, or the meeting ends for this person, the last event is `bye`, and
the client must not connect again by itself:

$bye

`knows` says what the server still knows of the person then; show it. Only the command `leave` leaves; with `erase` the
answer comes when what was stored about the seat is gone, too. Forget the token after every `bye` except `elsewhere`,
and `removed`: a removal can be undone until the meeting ends, and then the token gives the seat back. `yours` brings a
token and wants you to connect again with it, at once: the person's personal invite has a seat already.

The `signal` `restarting` says that the server is back in a moment. Come back as after any drop, soon, and not all in
the same instant.

## Links, and another device

Who leads asks about links with the event `ask`, acknowledged; facilitators get the addresses that they may hand on:

$renew

$links

Everybody may move their seat. Ask `{"type": "move"}` and show the address, or the QR code, to the person alone:

$way

The other device connects with what follows the `~`, once, and has the seat; the first connection hears `elsewhere`.

$moving

## Good manners

A message that is not of the protocol is answered `malformed` and counted; after 20 in 60 seconds the connection ends
with `bye strikes`. Broken frames are counted more strictly, frames above 64 KiB are not read, and a client that stops
reading is disconnected. Never write names, notes or words to a disk or a log.

# Reference

## Events

$events

## Commands

$commands

## Codes

$codes

$terms

## Shapes

$shapes
""")


def manual(who: Who | None = None) -> str:
    """The manual as Markdown. `who` says who may ask for a command, by its type; without it there is no such column."""
    document = schema()
    examples = {name: f"```json\n{_pretty(value)}\n```" for name, (_, value) in EXAMPLES.items()}
    return PROSE.substitute(
        examples,
        version=VERSION,
        events=_events(),
        commands=_commands(document, who),
        codes=meanings(Code),
        terms="\n\n".join(f"## {term.__name__}\n\n{meanings(term)}" for term in TERMS if term is not Code),
        shapes="\n\n".join(_shape(name, document["$defs"][name]) for name in _shapes(document)),
    )


def _pretty(value: msgspec.Struct) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def meanings(term: type[Term]) -> str:
    return f"{term.__doc__}\n\n" + table(["word", "meaning"], [[f"`{word.value}`", word.meaning] for word in term])


def _events() -> str:
    rows = [
        [f"`{event}`", "client", f"`{name}`" if name else "nothing", says] for event, (name, _, says) in SENT.items()
    ]
    rows += [[f"`{event}`", "server", f"`{name}`", says] for event, (name, says) in HEARD.items()]
    return table(["event", "from", "carries", "meaning"], rows)


def _commands(document: Json, who: Who | None) -> str:
    rows = []
    for kind in command_kinds():
        tag, shape = str(kind.__struct_config__.tag), document["$defs"][kind.__name__]
        fields = ", ".join(_field(name, shape) for name in shape["properties"] if name != "type")
        rows.append([f"`{tag}`", fields, *([who[tag]] if who else []), shape["description"].replace("\n", " ")])
    return table(["type", "fields", *(["who"] if who else []), "meaning"], rows)


def _field(name: str, shape: Json) -> str:
    kind = _kind(shape["properties"][name])
    return f"`{name}`: {kind}" if name in shape["required"] else f"`{name}`?: {kind}"


def _shapes(document: Json) -> list[str]:
    """Everything with fields that is not a command, as the tables above have those."""
    known = {kind.__name__ for kind in command_kinds()}
    return [name for name, shape in document["$defs"].items() if "properties" in shape and name not in known]


def _shape(name: str, shape: Json) -> str:
    rows = [
        [f"`{field}`", _kind(inner), _absent(field, shape), inner.get("description", "")]
        for field, inner in shape["properties"].items()
    ]
    told = shape["description"].replace("\n    ", "\n")
    return f"### {name}\n\n{told}\n\n" + table(["field", "holds", "may be left out", "meaning"], rows)


def _absent(field: str, shape: Json) -> str:
    if field in shape["required"]:
        return ""
    inner = shape["properties"][field]
    return f"when {_word(inner['default'])}" if "default" in inner else "when there is none"


def _kind(shape: Json) -> str:
    """A field's type in a few words, with its limits."""
    if "$ref" in shape:
        return f"`{shape['$ref'].rpartition('/')[2]}`"
    if "enum" in shape:
        return " or ".join(_word(value) for value in shape["enum"])
    if shape["type"] == "array":
        most = f"at most {shape['maxItems']} " if "maxItems" in shape else ""
        return f"list of {most}{_kind(shape['items'])}"
    if shape["type"] == "object":
        inner = shape.get("additionalProperties")
        return f"{_kind(inner)} by id" if inner else "object"
    most = f" (at most {shape['maxLength']})" if "maxLength" in shape else ""
    return f"{shape['type']}{most}"


def _word(value: Any) -> str:
    return f"`{msgspec.json.encode(value).decode()}`"
