"""How many questions a credit scorer at a French bank is asked: at most 25 by hand, at most 18 beside a table."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Mapping, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from fatesline.catalog import Catalog, load
from fatesline.catalog.project import Answer
from fatesline.interview import Session, answer_all
from fatesline.interview.dialogue import Dialogue
from fatesline.interview.prompts import Picked, Prompt, Reply, Tone
from fatesline.reasoning import Reasoner

TESTS = Path(__file__).parents[1]
DATA = TESTS.parents[1] / "shared" / "data"


class Banker:
    """Answers by a list, confirms what was measured, and counts what is asked."""

    def __init__(self, catalog: Catalog, answers: Mapping[str, Sequence[str]]) -> None:
        self._questions = {question.ask.en: question for question in catalog.questions}
        self._answers = answers
        self.asked: list[str] = []
        self.confirmed: list[tuple[str, ...]] = []

    def say(self, text: str, tone: Tone = "plain") -> None:
        pass

    def text(self, question: str, default: str = "", known: Sequence[str] = ()) -> str:
        return default

    def pick(self, prompt: Prompt) -> Reply:
        question = self._questions.get(prompt.title)
        if question is None:
            assert prompt.marked is not None
            self.confirmed.append(prompt.marked)
            return Picked(prompt.marked)
        self.asked.append(question.id)
        chosen = self._answers[question.id]
        return Picked(("yes" if chosen else "no",) if question.type == "yes_no" else prompt.whole(chosen))


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(packages=False)


@pytest.fixture(scope="module")
def personas() -> ModuleType:
    """The projects that the catalog is tried with."""
    spec = spec_from_file_location("personas_for_length", TESTS / "catalog_content" / "personas.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def answers(personas: ModuleType) -> Mapping[str, Sequence[str]]:
    known: Mapping[str, Sequence[str]] = personas.CREDIT_SCORING.answers
    return known


def _interviewed(
    catalog: Catalog, answers: Mapping[str, Sequence[str]], measured: Mapping[str, Answer] | None = None
) -> tuple[Banker, Session]:
    banker = Banker(catalog, answers)
    outcome = Dialogue(Session(catalog, Reasoner(catalog.model)), banker, proposed=measured).run()
    assert outcome.finished
    return banker, outcome.session


def test_credit_scoring_takes_at_most_25_questions_by_hand(
    catalog: Catalog, answers: Mapping[str, Sequence[str]]
) -> None:
    for view, error, focus in itertools.product(
        ("differences_reflect_reality", "differences_reflect_bias", "view_undecided"),
        ("wrong_refusal", "wrong_grant", "both_errors"),
        ("errors_among_true_cases", "errors_among_selected"),
    ):
        branch = {"view_of_differences": (view,), "harmful_error": (error,), "focus_of_error_rate": (focus,)}

        banker, session = _interviewed(catalog, {**answers, **branch})

        assert len(banker.asked) == len(set(banker.asked)) == len(session.answers)
        assert len(banker.asked) <= 25, banker.asked


@pytest.mark.parametrize(
    ("table", "target", "favourable"),
    [("german_credit.csv", "credit_risk", "1"), ("credit_default_taiwan.csv.gz", "default payment next month", "0")],
)
def test_with_a_table_at_most_18_remain_beside_pages_of_measured_answers(
    catalog: Catalog, answers: Mapping[str, Sequence[str]], table: str, target: str, favourable: str
) -> None:
    if not (DATA / table).exists():
        pytest.skip("the tables of the workshop are not here")
    from fatesline.profiling import profile, proposals

    measured = proposals(profile(DATA / table, target, favourable), catalog).answers

    banker, session = _interviewed(catalog, answers, measured)

    pages = [page for page in banker.confirmed if page != ("finish",)]
    assert len(banker.asked) <= 18, banker.asked
    assert len(pages) <= 2
    for name in (name for page in pages for name in page):
        answer = session.answers[name]
        assert answer.origin == "measured"
        assert any(sign.isdigit() for sign in answer.note) or name == "personal_data_used"


def test_answering_what_is_spared_would_change_nothing_for_anybody(catalog: Catalog, personas: ModuleType) -> None:
    reasoner = Reasoner(catalog.model)
    number = 0
    for persona in personas.PERSONAS:
        answers = {name: Answer(chosen=chosen) for name, chosen in persona.answers.items()}
        whole = answer_all(Session(catalog, reasoner), answers).session
        for question in catalog.questions:
            if question.id not in whole.answers:
                continue
            without = whole.without_answers(question.id)
            if question in without.spared():
                number += 1
                own = {option.id for option in question.options}
                assert whole.completion() - own == without.completion() - own, (persona.name, question.id)

    assert number
