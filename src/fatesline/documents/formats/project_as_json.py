"""How a generated project stands, for programs."""

from __future__ import annotations

import dataclasses
import json

from fatesline.generation.upkeep import Status


def status(found: Status) -> str:
    """Every list of the status by its name, and whether the project is current.

    Parameters
    ----------
    found : Status
    """
    return json.dumps({**dataclasses.asdict(found), "current": found.is_current}, indent=2, ensure_ascii=False)
