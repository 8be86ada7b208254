"""The rulebook is complete: every command, ask and event has its row, and no row is left over."""

import msgspec
import pytest

from protocol import commands as c
from protocol.generate import command_types
from protocol.message import kebab
from rooms import asks
from rooms import events as e
from rooms.rulebook import COMMANDS, EVENTS
from rooms.standing import SERVER


def leaves(kind: type) -> set[type]:
    """The classes under this one that have none under them."""
    below: list[type] = kind.__subclasses__()
    return {leaf for sub in below for leaf in leaves(sub)} if below else {kind}


def test_every_command_and_ask_has_its_row_and_no_row_is_left_over() -> None:
    assert set(COMMANDS) == set(c.Command.__args__) | leaves(asks.Ask)
    assert sorted(command_types()) == sorted(kebab(kind.__name__) for kind in c.Command.__args__)


def test_every_event_has_its_row_and_no_row_is_left_over() -> None:
    assert set(EVENTS) == leaves(e.Durable) | leaves(e.Ephemeral)


def test_the_journal_can_read_every_durable_event() -> None:
    assert set(e.KeptEvent.__args__) == leaves(e.Durable)


@pytest.mark.parametrize("kind", sorted(leaves(asks.Ask), key=str))
def test_what_only_the_server_asks_cannot_come_by_wire(kind: type) -> None:
    assert COMMANDS[kind].who == SERVER
    assert kind not in c.Command.__args__
    sent = {"type": kebab(kind.__name__), "seat": "s1", "role": "host", "name": "x"}
    with pytest.raises(msgspec.ValidationError, match="Invalid value"):
        msgspec.convert(sent, c.Command)


def test_nothing_else_is_the_servers() -> None:
    assert {kind for kind, row in COMMANDS.items() if row.who & SERVER} == leaves(asks.Ask)
