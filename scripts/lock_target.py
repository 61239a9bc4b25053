"""Write catalog/targets/sklearn/lock.json: exact pins of all that a generated project may need, and who needs whom.

A generated project's lock is the part of this file that its own packages reach. Run after changing a target's or an
entry's packages, with `uv` on the path:

    python scripts/lock_target.py [constraints.txt]

`constraints.txt` holds pins that are known to work together; the resolution starts from them.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "catalog" / "targets" / "sklearn"
LINE = re.compile(r"(?P<name>[a-z0-9._-]+)==(?P<version>[^ ;]+)(?: ; (?P<marker>[^#]+?))?\s+# via (?P<via>.+)")


def main() -> None:
    target = yaml.safe_load((TARGET / "target.yaml").read_text(encoding="utf-8"))
    wanted = {*target["packages"], *target["development_packages"]}
    wanted |= {package for packages in target.get("reads", {}).values() for package in packages}
    for path in sorted((ROOT / "catalog" / "mechanisms").glob("*/*/entry.yaml")):
        entry = yaml.safe_load(path.read_text(encoding="utf-8"))
        wanted |= {package + _marker(entry.get("requires_python", "")) for package in entry.get("packages", ())}
    with tempfile.TemporaryDirectory() as folder:
        wishes = Path(folder) / "requirements.in"
        wishes.write_text("".join(f"{line}\n" for line in sorted(wanted)), encoding="utf-8")
        pins = ["--constraint", sys.argv[1]] if len(sys.argv) > 1 else []
        command = ["uv", "pip", "compile", str(wishes), "--universal", "--python-version", "3.11", *pins]
        command += ["--no-header", "--annotation-style", "line", "--quiet"]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    pins_of: dict[str, list[str]] = {}
    needs: dict[str, set[str]] = {}
    for line in text.splitlines():
        found = LINE.match(line)
        if found is None:
            raise SystemExit(f"not understood: {line}")
        marker = f" ; {found['marker']}" if found["marker"] else ""
        pins_of.setdefault(found["name"], []).append(f"{found['name']}=={found['version']}{marker}")
        for parent in found["via"].split(", "):
            if not parent.startswith("-"):
                needs.setdefault(parent, set()).add(found["name"])
    lock = {name: {"pins": pins_of[name], "needs": sorted(needs.get(name, ()))} for name in sorted(pins_of)}
    text = json.dumps({"packages": lock}, indent=1) + "\n"
    (TARGET / "lock.json").write_text(text, encoding="utf-8")
    print(f"{len(lock)} packages locked")


def _marker(requires_python: str) -> str:
    """What an entry says of Python versions, as the marker of its packages."""
    parts = re.findall(r"([<>=!]+)\s*([0-9.]+)", requires_python)
    return " ; " + " and ".join(f"python_version {sign} '{version}'" for sign, version in parts) if parts else ""


if __name__ == "__main__":
    main()
