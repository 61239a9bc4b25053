"""What people do beside the model.

    python -m release_decisions.oversee --help

lists the commands.
"""

from __future__ import annotations

import argparse
import sys

from release_decisions import settings
from release_decisions.components import approval_record


def main() -> int:
    """Carry out the command."""
    parser = argparse.ArgumentParser(description="What people do beside the model.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    approval_record.add_commands(commands=commands, records_folder=settings.RECORDS, evidence_folder=settings.EVIDENCE)
    arguments = parser.parse_args()
    try:
        print(arguments.run(arguments))
    except (OSError, ValueError) as fault:
        print(f"error: {fault}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
