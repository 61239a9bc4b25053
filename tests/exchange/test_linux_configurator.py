"""The example that configures Linux does so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from random_models import real_model

EXAMPLE = Path(__file__).parents[2] / "examples" / "linux_configurator.py"


def test_the_example_configures_linux_and_refuses_what_cannot_be() -> None:
    path = real_model("linux-2.6.33.3.uvl.gz")

    done = subprocess.run(
        [sys.executable, str(EXAMPLE), str(path)], input="USB\nnope\n\n", capture_output=True, text=True, check=True
    )

    assert "chosen 148, ruled out 310 of 6467" in done.stdout
    assert "that cannot be chosen" in done.stdout
