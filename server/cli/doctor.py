"""`lingkar doctor`: is everything all right here, and what to do where it is not."""

import argparse
from collections.abc import Iterable, Mapping

from server.cli.said import add_json, document, say
from server.config import Parser, add_flags, config
from server.doctor.finding import Finding

LABEL = {"ok": "ok", "look": "look at this", "wrong": "wrong"}


def add(one: Parser, env: Mapping[str, str]) -> None:
    one.set_defaults(do=examine)
    add_json(one)
    add_flags(one, env)


def examine(asked: argparse.Namespace, env: Mapping[str, str]) -> None:
    """A line for each finding, as it is found. Exit status 1 when something is wrong."""
    from server.doctor import examination  # the other commands start without it

    found = []
    for one in examination.findings(config(asked, env)):
        found.append(one)
        for line in [] if asked.json else lines(one):
            say(line)
    say(document(found) if asked.json else summary(found))
    if any(one.state == "wrong" for one in found):
        raise SystemExit(1)


def lines(one: Finding) -> Iterable[str]:
    """What is so and, below it, what to do."""
    yield f"{LABEL[one.state]:<13} {one.check}: {one.text}"
    if one.do:
        yield f"{'':<13} -> {one.do}"


def summary(found: Iterable[Finding]) -> str:
    states = [one.state for one in found]
    wrong, look = states.count("wrong"), states.count("look")
    if not wrong and not look:
        return "Everything is all right."
    return f"{wrong} wrong, {look} to look at, {states.count('ok')} all right."
