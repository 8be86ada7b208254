"""The libraries in `static/vendor/` are those that `package-lock.json` pins, unchanged, with their licences."""

import hashlib
import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"
VERSIONS = json.loads((VENDOR / "versions.json").read_text())


def test_every_module_is_the_one_that_was_written_down() -> None:
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")}
    assert found == {name: module["sha256"] for name, module in VERSIONS.items()}


def test_every_package_is_pinned_and_its_licence_is_kept() -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    licences = (VENDOR / "LICENSES.txt").read_text()
    for module in VERSIONS.values():
        for package, version in module["packages"].items():
            assert any(
                path.endswith(f"node_modules/{package}") and pin["version"] == version for path, pin in locked.items()
            )
            assert f"\n{package} {version} (" in licences


def test_bundling_again_gives_the_same() -> None:
    done = subprocess.run(
        ["node", "scripts/vendor.mjs", "--check"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
