"""Links and tokens: what opens what, and that nothing else opens anything."""

import base64
import os
import re
import stat
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.links import KEY_BYTES, Keys, KeysUnreadable

KEYS = Keys(bytes(range(32)))
OTHER = Keys(bytes(range(1, 33)))
START = """
import sys
from pathlib import Path
from server.links import Keys
input()
print(Keys.open(Path(sys.argv[1])).host_token())
"""
NEW = {"host": 1, "facilitator": 1, "participant": 1}
anything = st.text(st.characters(), max_size=80)  # with lone surrogates


def token(name: str = "Ada", **changed: object) -> str:
    about = {"room": "r1", "meeting": "m1", "seat": "s1", "link": ("participant", 1)} | changed
    return KEYS.resume(name=name, **about)  # type: ignore[arg-type]


# The key file


def test_the_first_start_makes_a_private_key_and_later_starts_find_it(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "lingkar"
    first = Keys.open(folder)
    file = folder / "key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert file.stat().st_size == KEY_BYTES
    assert [f.name for f in folder.iterdir()] == ["key"]
    assert Keys.open(folder).host_token() == first.host_token()


def test_two_folders_have_nothing_in_common(tmp_path: Path) -> None:
    assert Keys.open(tmp_path / "a").host_token() != Keys.open(tmp_path / "b").host_token()


def test_many_first_starts_at_once_agree_on_one_key(tmp_path: Path) -> None:
    starting = [
        subprocess.Popen([sys.executable, "-c", START, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    for child in starting:
        assert child.stdin
        child.stdin.write(b"\n")
        child.stdin.flush()
    told = {child.communicate(timeout=60)[0].strip() for child in starting}
    assert told == {Keys.open(tmp_path).host_token().encode()}
    assert [f.name for f in tmp_path.iterdir()] == ["key"]


def test_a_key_that_others_may_read_is_closed_to_them(tmp_path: Path) -> None:
    Keys.open(tmp_path)
    (tmp_path / "key").chmod(0o644)
    Keys.open(tmp_path)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"too short", b"x" * (KEY_BYTES - 1), b"x" * (KEY_BYTES + 1)])
def test_a_key_of_the_wrong_length_is_refused_plainly_and_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(KeysUnreadable, match="is damaged") as refused:
        Keys.open(tmp_path)
    assert (tmp_path / "key").read_bytes() == content
    assert not content or content.decode() not in str(refused.value)


def test_things_that_are_no_key_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder" / "key").mkdir(parents=True)
    (tmp_path / "pipe").mkdir()
    os.mkfifo(tmp_path / "pipe" / "key")
    (tmp_path / "nowhere").mkdir()
    (tmp_path / "nowhere" / "key").symlink_to(tmp_path / "gone")
    (tmp_path / "file").write_text("not a folder")
    for name in ("folder", "pipe", "nowhere", "file"):
        with pytest.raises(KeysUnreadable):
            Keys.open(tmp_path / name)


def test_nothing_prints_the_key() -> None:
    keys = Keys(b"CANARY" * 5 + b"42")
    resume = keys.read_resume(keys.resume("r", "m", "s", "Ada", ("host", 1)))
    for shown in (repr(keys), str(keys), repr(resume), f"{keys} {resume}"):
        assert "CANARY" not in shown
    assert not hasattr(keys, "__dict__")


def test_a_key_of_another_length_is_no_key() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Keys(b"short")


# Links


def test_a_secret_is_long_and_has_only_letters_and_digits() -> None:
    for kind in NEW:
        assert re.fullmatch(r"[a-z2-7]{26}", KEYS.secret("r1", kind, 1))
    assert re.fullmatch(r"[a-z2-7]{26}", KEYS.host_token())


def test_each_link_opens_its_kind_and_only_in_its_room_and_generation() -> None:
    for kind in NEW:
        secret = KEYS.secret("r1", kind, 1)
        assert KEYS.link_of("r1", NEW, secret) == kind
        assert KEYS.link_of("r2", NEW, secret) is None
        assert KEYS.link_of("r1", NEW | {kind: 2}, secret) is None
        assert OTHER.link_of("r1", NEW, secret) is None
        assert KEYS.link_of("r1", NEW, secret[:-1]) is None
        assert KEYS.link_of("r1", NEW, secret.upper()) is None
        assert KEYS.link_of("r1", NEW, secret + "=") is None
    assert KEYS.link_of("r1", {}, KEYS.secret("r1", "host", 1)) is None


def test_no_two_things_have_the_same_secret() -> None:
    """Fields may not run into each other: (ab, c) and (a, bc) are different rooms."""
    rooms, kinds, generations = ("a", "ab", "abc", "", "a1"), ("c", "bc", "", "host"), (0, 1, 11, -1)
    made = [KEYS.secret(*parts) for parts in product(rooms, kinds, generations)]
    assert len({*made, KEYS.host_token()}) == len(made) + 1


@given(room=anything, secret=anything | st.text("é\ud800x", min_size=60, max_size=5000))
def test_whatever_is_given_as_a_secret_opens_nothing(room: str, secret: str) -> None:
    assert KEYS.link_of(room, NEW, secret) is None


# Resume tokens


def test_a_resume_token_gives_back_the_seat_to_the_same_name() -> None:
    resume = KEYS.read_resume(token("Ada 🌿"))
    assert resume
    assert (resume.room, resume.meeting, resume.seat) == ("r1", "m1", "s1")
    assert (resume.link, resume.generation) == ("participant", 1)
    assert resume.is_for("Ada 🌿")
    for another in ("Ada", "ada 🌿", "Ada 🌿 ", "", "\ud800"):
        assert not resume.is_for(another)


def test_a_resume_token_does_not_show_the_name() -> None:
    made = token("Adalovelace")
    assert b"Adalovelace" not in base64.urlsafe_b64decode(made + "=" * (-len(made) % 4))
    assert re.fullmatch(r"[A-Za-z0-9_-]+", made)


def test_the_same_name_elsewhere_leaves_no_common_trace() -> None:
    """Digests of one name in two seats or meetings cannot be matched with each other."""
    made = [token("Ada"), token("Ada", seat="s2"), token("Ada", meeting="m2"), token("Ada", room="r2")]
    read = [KEYS.read_resume(t) for t in made]
    assert len({r._name for r in read if r}) == 4


def test_a_changed_shortened_or_lengthened_token_is_nothing() -> None:
    made = token()
    letters = "AQgwZ_-9"
    changed = {made[:i] + c + made[i + 1 :] for i in range(len(made)) for c in letters} - {made}
    shortened = {made[:i] for i in range(len(made))} | {made[i:] for i in range(1, len(made))}
    lengthened = {made + c for c in [*letters, "=", "==", "\n", " ", "A" * 5000]} | {" " + made, made + made}
    for forged in changed | shortened | lengthened:
        assert KEYS.read_resume(forged) is None, forged


def test_another_key_reads_nothing() -> None:
    assert OTHER.read_resume(token()) is None


@given(anything | st.text("ab-_=", max_size=600) | st.text(max_size=2000))
def test_whatever_is_given_as_a_token_is_nothing(text: str) -> None:
    assert KEYS.read_resume(text) is None


def test_a_signed_token_of_another_make_is_nothing() -> None:
    for claims in (b"", b"\xc0", b"\x93\x01\x02\x03", b"\xff"):
        made = base64.urlsafe_b64encode(claims + KEYS._signature(claims)).decode().rstrip("=")
        assert KEYS.read_resume(made) is None


def test_ids_that_would_make_an_unreadable_token_are_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="too long"):
        token(room="r" * 600)


def test_what_a_power_cut_left_of_making_the_key_is_cleared_away(tmp_path: Path) -> None:
    first = Keys.open(tmp_path).host_token()
    half = tmp_path / "key.0123456789abcdef.new"
    half.write_bytes((tmp_path / "key").read_bytes())
    assert Keys.open(tmp_path).host_token() == first
    assert not half.exists()
