"""Places for help: what a file may say, that a wrong one starts no server, and what people and operators are given."""

import json
import subprocess
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest

from server import assets, offline
from server.cli.doctor import lines
from server.doctor.signposts import shown
from server.errors import KINDS, ErrorPages
from server.signposts import LANGUAGES, MOST, OLD, SignpostsWrong, Words, load, placeholders, read
from tests.serving import COMMAND, HOME, clean_environment, serving

EXAMPLE = HOME / "docs" / "hosting" / "signposts.toml"
POST = """
[[signpost]]
web = "https://help.example.org/"
[signpost.en]
name = "A line"
what = "They listen."
where = "Everywhere"
[signpost.id]
name = "Satu saluran"
what = "Mereka mendengarkan."
where = "Di mana saja"
"""
GOOD = f"checked = 2026-11-01\n{POST}"


def lingkar(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], cwd=HOME, env=clean_environment(), capture_output=True, text=True, timeout=60
    )


def test_a_file_says_who_can_be_reached_and_when_that_was_last_tried() -> None:
    found = read(GOOD.replace('where = "Everywhere"', "where = ' Everywhere '"))
    assert found.checked == date(2026, 11, 1)
    [post] = found.signposts
    assert (post.telephone, post.text, post.web) == ("", "", "https://help.example.org/")
    assert post.words["en"] == Words("A line", "They listen.", "Everywhere")
    assert post.words.keys() == set(LANGUAGES)
    assert len(read("checked = 2026-11-01\n" + POST * MOST).signposts) == MOST
    assert read("\ufeff" + GOOD.replace("https://help.example.org/", "https://x.example:8443/a?b#c")).signposts


def test_the_example_names_nobody_who_exists() -> None:
    found = load(EXAMPLE)
    assert [post.web for post in found.signposts if post.web] == ["https://help.example.org/"]
    assert {number for post in found.signposts for number in (post.telephone, post.text)} == {
        "", "+00 000 0000", "+00 000 0001",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (POST, "checked: it is the day"),
        (GOOD.replace("2026-11-01", '"2026-11-01"'), "line 1: checked: it is the day"),
        (GOOD.replace("2026-11-01", "2026-11-01T10:00:00"), "line 1: checked: it is the day"),
        ("checked = 2026-11-01", "signpost: there is at least one"),
        ("checked = 2026-11-01\nsignpost = 3", "line 2: signpost: there is at least one"),
        ("checked = 2026-11-01\n" + POST * (MOST + 1), f"signpost {MOST + 1}: there are {MOST} at most"),
        (GOOD.replace("web = ", "page = "), "line 4: signpost 1, page: it is not known here"),
        (GOOD.replace('web = "https://help.example.org/"', ""), "line 3: signpost 1: it has a telephone, a text or"),
        (GOOD.replace("https:", "http:"), "line 4: signpost 1, web: it is an address"),
        (GOOD.replace("https:", "javascript:"), "line 4: signpost 1, web: it is an address"),
        (GOOD.replace("https://", "https://name@"), "line 4: signpost 1, web: it is an address"),
        (GOOD.replace("https://help.example.org/", "https://[x/"), "line 4: signpost 1, web: it is an address"),
        (GOOD.replace('web = "https://help.example.org/"', "telephone = 112"), "line 4: signpost 1, telephone: it is"),
        (GOOD.replace('web = "https://help.example.org/"', 'text = "call us"'), "line 4: signpost 1, text: it is"),
        (GOOD.replace('name = "A line"\n', ""), "line 5: signpost 1, en: name is missing"),
        (GOOD.replace('"A line"', '""'), "line 6: signpost 1, en, name: it is 1 to 60"),
        (GOOD.replace('"A line"', '"A\\u202eline"'), "line 6: signpost 1, en, name: it is 1 to 60"),
        (GOOD.replace('"A line"', f'"{"x" * 61}"'), "line 6: signpost 1, en, name: it is 1 to 60"),
        (GOOD.replace('where = "Everywhere"', 'where = "x"\nhours = "At night"'), "signpost 1, id: hours is missing"),
        (GOOD.partition("[signpost.id]")[0], "line 3: signpost 1, id: its words are missing"),
        (GOOD + "[signpost.fr]\nname = 'Une ligne'", "line 13: signpost 1, fr: it is not known here"),
        (GOOD + "name 'x'", "line 13: this is not TOML"),
        (GOOD + "a = '", "line 13: this is not TOML"),
        ("a = " + "[" * 5000, "line 1: something stands in itself too deep"),
        ("a" + ".a" * 5000 + " = 1", "line 1: a field's name has too many dots"),
    ],
)
def test_whatever_is_wrong_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(SignpostsWrong) as no:
        read(text)
    assert told in str(no.value)


def test_a_file_that_is_no_text_or_too_long_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "signposts.toml"
    for content, told in ((b"\xff\xfe", "not text in UTF-8"), (b"#" * 70_000, "longer than 64 KiB")):
        file.write_bytes(content)
        with pytest.raises(SignpostsWrong, match=told):
            load(file)


def test_the_command_line_checks_files(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(POST.replace("A line", ""))
    asked = lingkar("signposts", "check", str(EXAMPLE), str(wrong))
    assert asked.returncode == 1
    assert f"{EXAMPLE}: fine (2 signposts, last checked on 2026-11-01)" in asked.stdout
    assert f"{wrong}: line 5: signpost 1, en, name: it is 1 to 60" in asked.stdout
    asked = lingkar("signposts", "check", "--json", str(wrong))
    [found] = json.loads(asked.stdout)["files"]
    assert {fault["line"] for fault in found["faults"]} == {0, 5}
    assert lingkar("signposts", "check", str(tmp_path / "none.toml")).returncode == 2


def test_a_server_does_not_start_with_a_wrong_file(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(POST)
    asked = lingkar("serve", "--port", "0", "--data", str(tmp_path / "data"), "--signposts", str(wrong))
    assert (asked.returncode, asked.stdout) == (2, "")
    assert asked.stderr.startswith(f"lingkar: {wrong} cannot be used:\nchecked: it is the day")


def filled(folder: Path) -> Path:
    """The form as somebody leaves it who has filled it in."""
    file = folder / "filled.toml"
    file.write_text(EXAMPLE.read_text().replace('"+00 ', '"+999 ').replace("help.example.org", "help.lingkar"))
    return file


def test_a_form_that_was_not_filled_in_is_noticed_everywhere(tmp_path: Path) -> None:
    """Somebody who needs help would call nobody."""
    nowhere = "+00 000 0000, +00 000 0001, https://help.example.org/"
    assert nowhere in lingkar("signposts", "check", str(EXAMPLE)).stdout
    assert "nowhere" not in lingkar("signposts", "check", str(filled(tmp_path))).stdout
    [one] = shown(EXAMPLE, date(2026, 11, 1))
    assert (one.state, nowhere in one.text) == ("wrong", True)
    for file, times in ((EXAMPLE, 1), (filled(tmp_path), 0)):
        with serving(tmp_path / file.stem, "--signposts", str(file)) as server:
            assert "\n".join(server.said).count(nowhere) == times
    for web, there in (("https://example.com/", True), ("https://a.test", True), ("https://myexample.com/", False)):
        found = read(GOOD.replace("https://help.example.org/", web))
        assert (web in placeholders(found)) is there


def test_a_server_gives_everybody_the_same_list_and_the_doctor_sees_it(tmp_path: Path) -> None:
    with serving(tmp_path / "data", "--signposts", str(filled(tmp_path))) as server:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("GET", "/signposts.json")
        answer = connection.getresponse()
        assert answer.headers["Cache-Control"] == "no-store"
        listed = json.loads(answer.read())
        connection.close()
        told = json.loads(lingkar("doctor", "--json", "--data", str(tmp_path / "data")).stdout)
    assert listed["checked"] == "2026-11-01"
    assert [list(post["words"]) for post in listed["signposts"]] == [list(LANGUAGES)] * 2
    assert [one["text"][:15] for one in told if one["check"] == "signposts"] == ["last checked on"]


def test_the_doctor_asks_for_a_new_look_when_the_last_one_is_long_ago(tmp_path: Path) -> None:
    checked = date(2026, 11, 1)
    for days, state in ((0, "ok"), (OLD, "ok"), (OLD + 1, "look"), (-1, "look")):
        [one] = shown(filled(tmp_path), checked + timedelta(days))
        assert one.state == state, lines(one)
    assert [one.state for one in shown(None, checked)] == ["ok"]
    (tmp_path / "wrong.toml").write_text(POST)
    [one] = shown(tmp_path / "wrong.toml", checked)
    assert (one.state, "checked: it is the day" in one.text) == ("wrong", True)
    [one] = shown(tmp_path, checked)
    assert one.state == "wrong"


# What is said when something cannot be shown, and kept for when there is no network


def test_every_error_has_words_of_its_own_in_every_language() -> None:
    pages = ErrorPages(assets.read())
    bodies = [pages.of(kind).body.decode() for kind in KINDS] + [pages.offline.body.decode()]
    assert len({body.partition("<section")[2] for body in bodies}) == len(bodies)
    for body in bodies:
        assert body.count("<h1>") == len(LANGUAGES)
        assert "{{" not in body
        assert "<title>Lingkar</title>" in body
    assert pages.of(418) is pages.of(400)
    assert pages.of(504) is pages.of(500)
    assert pages.of(401) is pages.of(403)


def test_what_is_kept_is_there_and_names_no_room() -> None:
    found = assets.read()
    kept = offline.kept(found)
    assert kept[:2] == ["/offline", "/signposts.json"]
    assert {path.removeprefix(f"{found.prefix}/") for path in kept[2:]} <= found.files.keys()
    for part in ("js/ui/error.js", "js/ui/help.js", "js/ui/menu.js", "css/help.css", "lang/id/help.ftl", "mark.svg"):
        assert f"{found.prefix}/{part}" in kept
    assert f"{found.prefix}/js/connection.js" not in kept  # the page without a network connects to nothing
