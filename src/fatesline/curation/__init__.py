"""Floor 2: is a catalog sound and complete? Proofs with the reasoner, and what authors still owe."""

from fatesline.curation.check import check_catalog
from fatesline.curation.problem import Problem

__all__ = ["Problem", "check_catalog"]
