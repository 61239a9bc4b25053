"""Floor 2: is a catalog sound and complete, what is in it, and what does a new version change?"""

from fatesline.curation.check import check_catalog
from fatesline.curation.difference import Change, Effect, ProjectDifference, changes, project_difference
from fatesline.curation.overview import Overview, Standing, overview, standing
from fatesline.curation.part import Part, Tie, graph_of, part_around
from fatesline.curation.problem import Problem

__all__ = [
    "Change",
    "Effect",
    "Overview",
    "Part",
    "Problem",
    "ProjectDifference",
    "Standing",
    "Tie",
    "changes",
    "check_catalog",
    "graph_of",
    "overview",
    "part_around",
    "project_difference",
    "standing",
]
