"""Simulated people: a room that one person alone sees and hears alive, and a rehearsal for those who lead.

They come over the wire like everybody else and do nothing that `you.may` does not list. What they decide is pure
(`acts`, `hosting`, `mind`); the network is in `line`, `person` and `microphone`, their sound is made in `voice`.
"""
