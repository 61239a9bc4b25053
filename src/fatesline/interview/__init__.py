"""Floor 2: the guided questionnaire: pure functions, and the two front ends through which a person answers it."""

from fatesline.interview.filling import Answering, answer_all
from fatesline.interview.session import Session
from fatesline.interview.views import OptionView, Settled, View

__all__ = ["Answering", "OptionView", "Session", "Settled", "View", "answer_all"]
