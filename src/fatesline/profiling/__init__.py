"""Floor 2: a table -> facts that answer questions, each with its measured figure; never a row."""

from fatesline.profiling.drift import Drift, drift
from fatesline.profiling.facts import Fact
from fatesline.profiling.profile import Profile, profile
from fatesline.profiling.proposals import Proposals, proposals

__all__ = ["Drift", "Fact", "Profile", "Proposals", "drift", "profile", "proposals"]
