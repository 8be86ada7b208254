"""The files of docs/hosting say what is there: flags, variables, ports, numbers; and their own programs take them."""

import json
import os
import re
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from server.__main__ import parser
from server.config import Config, config
from tests.server.proxies import HOSTING, free_ports, program
from tests.server.running import house, running
from tests.serving import COMMAND, HOME, clean_environment

UNITS = ("lingkar.service", "lingkar-backup.service", "lingkar-backup.timer")
# Variables that are not a flag of `lingkar serve`: secrets, and what the files tell each other.
NO_FLAG = {"LINGKAR_HOST_TOKEN", "LINGKAR_METRICS_TOKEN"}
OF_THE_FILES = {"LINGKAR_SITE", "LINGKAR_UPSTREAM", "LINGKAR_NAME", "LINGKAR_MEDIA"}
# Numbers that are on no panel: when a series began, which its own number says better.
NOT_SHOWN = re.compile(r"lingkar_\w+_created")
MOST_EXPOSED = 20  # tenths, of what `systemd-analyze security` finds; 100 is a service without any bounds


def read(name: str) -> str:
    return (HOSTING / name).read_text(encoding="utf-8")


def ran(*command: str | Path) -> str:
    """What a program says that has nothing against what it was given."""
    done = subprocess.run(list(command), cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout
    return done.stdout


def settings(env: dict[str, str]) -> Config:
    """`lingkar serve` with these variables."""
    return config(parser(env).parse_args(["serve"]), env)


@pytest.fixture(scope="module")
def flags() -> set[str]:
    """Every flag that any command has."""
    commands = ["serve", "room create", "room list", "link make", "backup", "restore", "host-link"]
    said = "".join(ran(*COMMAND, *command.split(), "--help") for command in commands)
    return set(re.findall(r"--[a-z][a-z-]+", said))


# systemd


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Our units, with a program that is there in the place of the one that an operator installs."""
    folder = tmp_path_factory.mktemp("units")
    for name in UNITS:
        text = read(name)
        assert name.endswith(".timer") or "/opt/lingkar/bin/lingkar" in text
        (folder / name).write_text(text.replace("/opt/lingkar/bin/lingkar", sys.executable))
    return [folder / name for name in UNITS]


def test_systemd_takes_the_units(units: list[Path]) -> None:
    said = ran("systemd-analyze", "verify", "--man=no", *units)
    assert [line for line in said.splitlines() if "lingkar" in line] == []


def test_the_service_has_narrow_bounds(units: list[Path]) -> None:
    ran("systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", units[0])


def test_systemd_waits_for_longer_than_stopping_takes() -> None:
    found = re.search(r"^TimeoutStopSec=(\d+)$", read("lingkar.service"), re.MULTILINE)
    assert found and int(found[1]) > 15
    found = re.search(r"stop_grace_period: (\d+)s$", read("compose.yaml"), re.MULTILINE)
    assert found and int(found[1]) > 15


def test_the_backup_of_every_night_is_written(tmp_path: Path) -> None:
    """The very line of the unit, with other folders."""
    line = re.search(r"^ExecStart=(/bin/sh -c '.*')$", read("lingkar-backup.service"), re.MULTILINE)
    assert line
    command = line[1].replace("%%", "%").replace("/var/lib/lingkar-backups", str(tmp_path))
    command = command.replace("/opt/lingkar/bin/lingkar", f"{sys.executable} -m server")
    with running(tmp_path / "data", "--audio", "off"):
        env = clean_environment() | {"LINGKAR_DATA": str(tmp_path / "data")}
        subprocess.run(command, shell=True, check=True, cwd=HOME, env=env, capture_output=True)
    [backup] = tmp_path.glob("rooms-*.json")
    assert json.loads(backup.read_text())["lingkar_backup"]
    assert backup.stat().st_mode & 0o077 == 0


# Settings


def assigned(text: str) -> dict[str, str]:
    """The variables of an env file; those that are commented out, too."""
    return dict(re.findall(r"^#?(LINGKAR_\w+)=(.*)$", text, re.MULTILINE))


def test_the_settings_are_taken() -> None:
    env = assigned(read("lingkar.env"))
    found = settings({name: value for name, value in env.items() if value})
    assert found.public_url == "https://meet.example.org"
    assert [str(one) for one in found.trusted_proxies] == ["127.0.0.1/32"]
    assert (found.media_port, found.media_addresses) == (40000, ("203.0.113.5",))
    assert f"{found.host}:{found.port}" == "127.0.0.1:8080"  # where Caddyfile, nginx.conf and prometheus.yml look
    for name in ("Caddyfile", "nginx.conf", "prometheus.yml"):
        assert "127.0.0.1:8080" in read(name)


def test_every_variable_and_flag_is_one(flags: set[str]) -> None:
    known = {"LINGKAR_" + flag.removeprefix("--").upper().replace("-", "_") for flag in flags}
    for path in sorted(HOSTING.iterdir()):
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"LINGKAR_\w+", text)) <= known | NO_FLAG | OF_THE_FILES, path.name
        for command in re.findall(r"\blingkar (?:serve|room|link|backup|restore|host-link)\b([^`\n]*)", text):
            assert set(re.findall(r"(?<!\S)--[a-z][a-z-]+", command)) <= flags, (path.name, command)


# Containers: no engine runs here, so what the files name is compared with what is there


def test_the_image_is_made_of_what_is_there() -> None:
    text, ignored = read("Dockerfile"), read("Dockerfile.dockerignore").splitlines()
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {*project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"], project["project"]["readme"]}
    sent = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    assert wanted | {"LICENSE", "constraints.txt", "pyproject.toml"} == sent
    assert all((HOME / name).exists() for name in sent)
    assert 'ENTRYPOINT ["lingkar"]' in text and "lingkar" in project["project"]["scripts"]
    assert re.search(r"^USER [1-9]\d+$", text, re.MULTILINE)
    env = dict(re.findall(r"(LINGKAR_\w+)=(\S+)", text))
    found = settings(env)
    assert f"EXPOSE {found.port}/tcp {found.media_port}/udp" in text
    assert (found.host, found.data) == ("0.0.0.0", Path("/data"))


def test_the_containers_agree() -> None:
    text = read("compose.yaml")
    given = dict(re.findall(r'^      (LINGKAR_\w+): "(.*)"$', text, re.MULTILINE))
    filled = {"LINGKAR_NAME": "meet.example.org", "LINGKAR_MEDIA": "203.0.113.5"}
    env = {key: re.sub(r"\$\{(\w+):\?[^}]*\}", lambda m: filled[m[1]], value) for key, value in given.items()}
    assert env["LINGKAR_UPSTREAM"] == "lingkar:8080"
    assert env["LINGKAR_SITE"] == "meet.example.org"
    found = settings(env)
    assert found.public_url == "https://meet.example.org"
    assert f'"{found.media_port}:{found.media_port}/udp"' in text
    assert f"subnet: {found.trusted_proxies[0]}" in text
    [context, dockerfile] = re.findall(r"(?:context|dockerfile): (\S+)", text)
    assert (HOSTING / context).resolve() == HOME
    assert (HOME / dockerfile).is_file()


def test_the_health_of_a_container(tmp_path: Path) -> None:
    """The very command of the image: it agrees with a server that is well, and with nothing else."""
    found = re.search(r"HEALTHCHECK[^\[]*(\[.*\])$", read("Dockerfile"), re.MULTILINE | re.DOTALL)
    assert found
    command: list[str] = json.loads(found[1].splitlines()[0])
    assert command[0] == "python"
    command[0] = sys.executable

    def healthy(port: int) -> bool:
        env = os.environ | {"LINGKAR_PORT": str(port)}
        return subprocess.run(command, env=env, capture_output=True, timeout=60).returncode == 0

    with running(tmp_path / "data", "--audio", "off") as server:
        assert healthy(server.port)
    assert not healthy(free_ports(1)[0])


# Numbers


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a real server answers to Prometheus."""
    token = "numbers-for-prometheus"
    with running(tmp_path_factory.mktemp("numbers"), "--audio", "off", env={"LINGKAR_METRICS_TOKEN": token}) as server:
        asked = urllib.request.Request(server.url + "/metrics", headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            text: str = answer.read().decode()
    return text


def queries() -> str:
    board: dict[str, Any] = json.loads(read("grafana.json"))
    return " ".join(target["expr"] for panel in board["panels"] for target in panel["targets"])


def test_the_dashboard_shows_what_the_server_counts(numbers: str) -> None:
    counted = set(re.findall(r"^# TYPE (lingkar_\w+) ", numbers, re.MULTILINE))
    shown = {re.sub(r"_bucket$", "", name) for name in re.findall(r"lingkar_\w+", queries())}
    assert shown == {name for name in counted if not NOT_SHOWN.fullmatch(name)}
    assert set(re.findall(r"lingkar_\w+", read("alerts.yml"))) <= counted


def test_the_dashboard_has_numbers_only() -> None:
    asked_by = set(re.findall(r"by \(([^)]*)\)", queries()))
    assert asked_by == {"outcome", "where", "le"}


def test_every_alert_rises_when_it_should_and_not_before() -> None:
    ran(program("promtool"), "test", "rules", HOME / "tests/server/alerts.yml")


def test_prometheus_takes_what_it_is_given(numbers: str) -> None:
    ran(program("promtool"), "check", "rules", HOSTING / "alerts.yml")
    ran(program("promtool"), "check", "config", "--syntax-only", HOSTING / "prometheus.yml")
    done = subprocess.run(
        [program("promtool"), "check", "metrics"], input=numbers, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


async def test_a_disk_that_refuses_is_a_number(tmp_path: Path) -> None:
    with running(tmp_path / "data", "--audio", "off") as server:
        async with house(server) as home:

            async def failing() -> str:
                headers = {"Authorization": f"Bearer {server.token}"}
                async with home.session.get(server.url + "/metrics", headers=headers) as answer:
                    [found] = re.findall(r"^lingkar_journal_failing (\S+)$", await answer.text(), re.MULTILINE)
                return str(found)

            assert await failing() == "0.0"
            with server.full_disk():
                assert (await home.api("POST", "/api/rooms", {"title": "Wednesday"}))[0] == 503
                assert await failing() == "1.0"
