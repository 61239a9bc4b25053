"""Floor 2: the guided questionnaire as pure functions; no terminal, no HTTP."""

from fatesline.interview.session import Answering, OptionView, Session, Settled, View, answer_all

__all__ = ["Answering", "OptionView", "Session", "Settled", "View", "answer_all"]
