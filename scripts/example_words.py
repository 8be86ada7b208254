"""The prose of docs/protocol-by-example.md, in its order: what stands between the packets."""

INTRODUCTION = """
# The protocol by example

<!-- Made by `make example` from a real exchange (scripts/by_example.py). Change that, not this. -->

One short meeting as it goes over the wire. Rani leads it, Damar comes by the participants' link. Everything below was
sent and answered by a real server; only what is drawn by lot (ids, secrets, tokens, addresses) has stand-ins, and the
moments are moved apart so that you can tell them from each other. [The protocol](protocol.md) is the reference for each
field and code, and [a whole client](examples/listener.py) in Python does what you see here in some hundred lines.

`>` is what a person's client sends, `<` what it hears. What Rani sends, and her own `you`, are left out where they
teach nothing new.

## A room

Somebody with the host token makes the room. Its links are for people; what stands behind the `#` is the secret.
"""
CONNECTING = """
## Connect

A websocket to `/socket.io/?EIO=4&transport=websocket`, with the `Origin` of the server itself. The first frame is text.
It opens Engine.IO; from then on answer a text frame `2` with `3`, or the server takes you for gone.
"""
PACKETS = """
Everything else is binary: one Socket.IO packet in MessagePack for each frame. `type` is 0 for connecting, 2 for an
event, 3 for an acknowledgement, 1 for the end, 4 for *you cannot connect*. A Socket.IO library with a MessagePack
parser does all of this for you. Damar connects with what his link says, and is at the door. He sees the agreement and
nothing else, and keeps `you.resume` for this tab.
"""
ACCEPTING = """
## Accept the agreement, and wait

The page shows the agreement; he accepts the version that he was shown. Every command is an event `command` with an
`id`, so that it is acknowledged.
"""
SHORTER = """
That is all there is to packets. From here on only the event and what it carries are shown, and an acknowledgement is
called `answer`. Rani, who leads, has seen him come and agree. What she is sent are changes to her view:
"""
LETTING_IN = """
## Be let in

Rani lets him in. His sight is another one now, so he is sent a whole snapshot. It counts on from the number that the
circle's stream has; the patches that follow have 3, 4, 5, ...
"""
BEGINNING = """
## Begin

The meeting opens. `you` comes whole whenever something in it changes, and `may` says what would not be refused at once:
offer these controls and no others.
"""
BEGUN = """
Rani says a few words first. She raises a hand and is offered the floor; she starts. Damar sees her turn. It was offered
until 104, and now runs until 244: seconds of meeting time, which is 64 now. Remember at each snapshot how far `now`
is from your own clock.
"""
RAISING = """
## Raise a hand

`place` is his place in the queue, `next` says that the next offer comes to him. Those who lead see his note, the others
do not: each sight has its own patches, with its own numbers.
"""
REFUSING = """
A second hand is refused. A refusal is an answer like another: nothing has changed, and `code` says why.
"""
OFFERING = """
## Be offered the floor, and take it

Rani is done, and the floor goes on to Damar. His hand is gone from the queue, and a turn of his is there. He has until
136 to answer; if he does nothing, it moves on and his hand comes back.
"""
PATCHING = """
A patch is a JSON merge patch (RFC 7396). What is an object is merged, key by key; `null` takes a key away; everything
else takes the place of what was there, lists too. Four parts of Damar's view, before and after:
"""
MERGING = """
In ten lines of Python:

```python
def merged(value, patch):
    if not isinstance(patch, dict):
        return patch
    found = dict(value) if isinstance(value, dict) else {}
    for key, inner in patch.items():
        if inner is None:
            found.pop(key, None)
        else:
            found[key] = merged(found.get(key), inner)
    return found
```
"""
STARTING = """
He starts. The command names the turn that it is aimed at:
"""
STALE = """
Meanwhile Rani pressed *End turn*, but what she saw was her own turn, which was over. Damar's goes on: what is no longer
there cannot be hit by accident.
"""
HEARING = """
## Sound

Whoever wants to hear or be heard offers a WebRTC connection, once, as soon as they are in: one `m=audio` for each voice
that the agenda can have at the same time, without candidates. It is an event of its own, `signal`.
"""
HEARD = """
The server's addresses are in the answer, and it waits to be found there: begin ICE, and it begins DTLS
(`a=setup:active`). Offer it all the time if you like; the server forwards the voice of whoever has the floor, and no
other. `people.s2.hears` becomes true when sound really reaches Damar. How loud the speaker is comes as a `signal` too,
`{"type": "level", "seat": "s2", "step": 3}`, up to five times a second and without any promise. A client without sound
leaves all of this out.
"""
DROPPING = """
## Drop, and come back

Damar's train goes into a tunnel. Nothing is sent, the connection is just gone. The others see him reconnecting; his
clock stands still with 154 seconds left, and the floor is kept until 250.
"""
RETURNING = """
He is back after eleven seconds, on another connection and with the token instead of the secret. The snapshot has his
turn: it waits for him, and goes on by itself at 161.
"""
GOING_ON = """
He is ready before that:
"""
ENDING = """
And he is done. `last` says that the turn could be put back, after a slip of the finger.
"""
RESYNCING = """
## When something is missing

`seq` counts by one. If a number is missing, ask for everything anew, at most once in two seconds. The whole view comes:
"""
WRONG = """
A field that the server does not know is a mistake of the client, and is counted: after 20 within a minute the
connection is ended.
"""
LEAVING = """
## Leave

Only the command `leave` gives the seat up. The last event is `bye`, with what the server still knows of him: show it,
and forget the token.
"""
AFTER = """
## Try it

```
lingkar demo --serve --hosted --people 5            # prints a participants' link
python docs/examples/listener.py LINK Damar         # comes, waits, listens, and takes a turn when you type it
```

`lingkar demo` fills a room with simulated people, so that you have somebody to listen to while you write a client. They
use the same protocol, and their source is another example: `server/demo/line.py`.
"""
