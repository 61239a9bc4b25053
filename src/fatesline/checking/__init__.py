"""Floor 2: existing pipelines -> what is there, what is missing, what is wired wrongly. Nothing is ever run."""

from fatesline.checking.findings import Finding, Report, Suppressed, check
from fatesline.checking.inventory import inventory
from fatesline.checking.recognise import Evidence, detected, recognise

__all__ = ["Evidence", "Finding", "Report", "Suppressed", "check", "detected", "inventory", "recognise"]
