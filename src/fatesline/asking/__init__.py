"""The command ``ask``: profile, interview and what was written before come together in one project file."""

from fatesline.asking.answers import answers_file
from fatesline.asking.project import Asked, ask_project, earlier_project, save

__all__ = ["Asked", "answers_file", "ask_project", "earlier_project", "save"]
