"""The formats that come with the server, read once from their files."""

from importlib import resources

from rooms.format import Format, read

_LISTED = ("simple", "listening-space", "council", "equal-time", "discussion", "support-circle", "open-floor")


def _texts() -> dict[str, str]:
    files = resources.files("rooms").joinpath("formats").iterdir()
    found = {file.name.removesuffix(".toml"): file for file in files if file.name.endswith(".toml")}
    names = [*(name for name in _LISTED if name in found), *sorted(found.keys() - set(_LISTED))]
    return {name: found[name].read_text(encoding="utf-8") for name in names}


TEXTS: dict[str, str] = _texts()  # with what their comments say to people
FORMATS: dict[str, Format] = {found.name: found for found in map(read, TEXTS.values())}


def chosen(name: str, own: Format | None) -> Format:
    """What a room runs: its own copy, or the one of that name. `KeyError` when this version has none."""
    return FORMATS[name] if own is None else own
