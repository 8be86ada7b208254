"""The formats that come with the server, read once from their files."""

from importlib import resources

from rooms.format import Format, read

FORMATS: dict[str, Format] = {
    found.name: found
    for file in resources.files("rooms").joinpath("formats").iterdir()
    if file.name.endswith(".toml")
    for found in [read(file.read_text(encoding="utf-8"))]
}
