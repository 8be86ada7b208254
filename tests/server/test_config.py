"""Flags and environment: each value read, each wrong one refused with one sentence."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from server.config import Config, Parser, add_flags, config


def read(*flags: str, **env: str) -> Config:
    parser = Parser(prog="lingkar")
    add_flags(parser, env)
    return config(parser.parse_args(flags), env)


def test_nothing_said_means_this_machine_only() -> None:
    assert read() == Config(host="127.0.0.1", port=8080, data=Path("data"))
    assert read().url(8080) == "http://localhost:8080"
    assert read().origins(8080) == ("http://localhost:8080", "http://127.0.0.1:8080")


def test_the_address_has_the_port_that_was_bound() -> None:
    assert read("--port", "0").url(40123) == "http://localhost:40123"
    assert read("--port", "80").url(80) == "http://localhost"


def test_each_flag_has_its_variable_and_the_flag_wins(tmp_path: Path) -> None:
    pem = tmp_path / "x.pem"
    pem.touch()
    env = {
        "LINGKAR_HOST": "0.0.0.0",
        "LINGKAR_PORT": "9000",
        "LINGKAR_DATA": "/srv/lingkar",
        "LINGKAR_PUBLIC_URL": "https://Meet.example.org/",
        "LINGKAR_TLS_CERT": str(pem),
        "LINGKAR_TLS_KEY": str(pem),
        "LINGKAR_TRUSTED_PROXY": "10.0.0.0/8, 192.0.2.7",
        "LINGKAR_WRITES": "stock",
        "LINGKAR_PRINT_LINK": "yes",
        "LINGKAR_HOST_TOKEN": "a-token-of-my-own-choice",
        "LINGKAR_METRICS_TOKEN": "another-token-to-scrape",
    }
    assert read(**env) == Config(
        host="0.0.0.0",
        port=9000,
        data=Path("/srv/lingkar"),
        public_url="https://meet.example.org",
        tls_cert=pem,
        tls_key=pem,
        trusted_proxies=(ip_network("10.0.0.0/8"), ip_network("192.0.2.7")),
        writes="stock",
        print_link=True,
        host_token="a-token-of-my-own-choice",
        metrics_token="another-token-to-scrape",
    )
    flags = ("--host", "::1", "--port", "1", "--data", "d", "--public-url", "http://x", "--writes", "direct")
    given = read(*flags, "--trusted-proxy", "::1", "--trusted-proxy", "10.0.0.0/24", **env)
    assert (given.host, given.port, given.data, given.public_url, given.writes) == (
        "::1",
        1,
        Path("d"),
        "http://x",
        "direct",
    )
    assert given.trusted_proxies == (ip_network("::1"), ip_network("10.0.0.0/24"))


def test_media_addresses_come_from_flags_or_the_environment() -> None:
    assert (read().media_addresses, read().media_port) == ((), 0)
    env = {"LINGKAR_MEDIA_ADDRESS": "192.0.2.7, 2001:DB8::7", "LINGKAR_MEDIA_PORT": "4000"}
    assert (read(**env).media_addresses, read(**env).media_port) == (("192.0.2.7", "2001:db8::7"), 4000)
    given = read("--media-address", "192.0.2.9", "--media-port", "4001", **env)
    assert (given.media_addresses, given.media_port) == (("192.0.2.9",), 4001)


def test_sound_is_there_unless_it_is_switched_off() -> None:
    assert read().audio is True
    assert read("--audio", "off").audio is False
    assert read(LINGKAR_AUDIO="off").audio is False
    assert read("--audio", "on", LINGKAR_AUDIO="off").audio is True


def test_how_long_meetings_last_is_said_in_minutes() -> None:
    assert (read().meeting_empty, read().meeting_longest) == (120, 720)
    given = read("--meeting-empty", "30", LINGKAR_MEETING_LONGEST="90")
    assert (given.meeting_empty, given.meeting_longest) == (30, 90)


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://meet.example.org", "https://meet.example.org"),
        ("https://meet.example.org:443/", "https://meet.example.org"),
        ("http://meet.example.org:80", "http://meet.example.org"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("https://[2001:DB8::1]:8443", "https://[2001:db8::1]:8443"),
    ],
)
def test_a_public_url_is_an_origin_as_browsers_write_it(given: str, origin: str) -> None:
    settings = read("--public-url", given)
    assert settings.url(1) == origin
    assert settings.origins(1) == (origin,)


def test_with_a_certificate_the_address_is_https(tmp_path: Path) -> None:
    pem = tmp_path / "x.pem"
    pem.touch()
    settings = read("--tls-cert", str(pem), "--tls-key", str(pem))
    assert settings.url(443) == "https://localhost"
    assert settings.origins(8443) == ("https://localhost:8443", "https://127.0.0.1:8443")


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (["--port", "65536"], "--port: a port is a number from 0 to 65535, not '65536'."),
        (["--meeting-empty", "0"], "--meeting-empty: it is a number of minutes from 1 to 99999, not '0'."),
        (["--port", "-1"], "--port: a port is a number from 0 to 65535, not '-1'."),
        (["--port", "٣"], "--port: a port is a number from 0 to 65535, not '٣'."),
        (["--host", "not here"], "--host: 'not here' is not an address or host name."),
        (["--public-url", "ftp://x"], "--public-url: a public URL looks like https://meet.example.org, not 'ftp://x'."),
        (
            ["--public-url", "https://"],
            "--public-url: a public URL looks like https://meet.example.org, not 'https://'.",
        ),
        (
            ["--public-url", "https://me@x"],
            "--public-url: a public URL looks like https://meet.example.org, not 'https://me@x'.",
        ),
        (
            ["--public-url", "https://x/y"],
            "--public-url: a public URL has no path: Lingkar needs a host name of its own.",
        ),
        (
            ["--public-url", "https://x/?y"],
            "--public-url: a public URL has no path: Lingkar needs a host name of its own.",
        ),
        (["--public-url", "https://x:a"], "--public-url: 'https://x:a' is not a web address."),
        (
            ["--public-url", "https://bü.example"],
            "--public-url: 'https://bü.example': letters beyond ASCII are written in their xn-- form.",
        ),
        (["--tls-cert", "/no/such.pem"], "--tls-cert: there is no file '/no/such.pem'."),
        (["--tls-cert", __file__], "--tls-cert and --tls-key come together: one of them is missing."),
        (
            ["--trusted-proxy", "10.0.0.1/8"],
            "--trusted-proxy: '10.0.0.1/8' is not a network such as 10.0.0.0/8 or 192.0.2.7.",
        ),
        (["--writes", "slow"], "--writes: it is direct or stock, not 'slow'."),
        (["--audio", "no"], "--audio: it is on or off, not 'no'."),
        (["--audio", ""], "--audio: it is on or off, not ''."),
        (["--nonsense"], "unrecognized arguments: --nonsense"),
        (["--por", "1"], "unrecognized arguments: --por 1"),
    ],
)
def test_a_wrong_flag_is_one_plain_sentence(
    flags: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        read(*flags)
    assert stopped.value.code == 2
    assert capsys.readouterr() == ("", f"lingkar: {sentence}\n")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("LINGKAR_AUDIO", "OFF", "--audio: it is on or off, not 'OFF'."),
        ("LINGKAR_PORT", "many", "--port: a port is a number from 0 to 65535, not 'many'."),
        (
            "LINGKAR_TRUSTED_PROXY",
            "here",
            "LINGKAR_TRUSTED_PROXY: 'here' is not a network such as 10.0.0.0/8 or 192.0.2.7.",
        ),
    ],
)
def test_a_wrong_variable_as_well(name: str, value: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        read(**{name: value})
    assert stopped.value.code == 2
    assert capsys.readouterr().err == f"lingkar: {sentence}\n"


@pytest.mark.parametrize("token", ["short", "x" * 15, "x" * 201, "white space in the token", "slash/in/the/token/x"])
@pytest.mark.parametrize("name", ["LINGKAR_HOST_TOKEN", "LINGKAR_METRICS_TOKEN"])
def test_a_weak_token_is_refused_and_not_repeated(name: str, token: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        read(**{name: token})
    said = capsys.readouterr().err
    assert stopped.value.code == 2
    assert said.startswith(f"lingkar: {name} must be 16 to 200 ")
    assert said.count("\n") == 1
    assert token not in said


@pytest.mark.parametrize("token", ["x" * 16, "x" * 200])
def test_a_token_of_either_length_is_taken(token: str) -> None:
    assert read(LINGKAR_HOST_TOKEN=token).host_token == token


@pytest.mark.parametrize(("value", "prints"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("", False)])
def test_print_link_by_variable(value: str, prints: bool) -> None:
    assert read(LINGKAR_PRINT_LINK=value).print_link is prints
