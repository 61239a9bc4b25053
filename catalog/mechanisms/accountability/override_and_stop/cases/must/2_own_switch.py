from pathlib import Path


def check_kill_switch():
    if Path("STOP").exists():
        raise SystemExit("stopped")


check_kill_switch()
