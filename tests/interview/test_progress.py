"""What holds however an interview goes: counts do not rise unsaid, and hidden answers never count."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fatesline.catalog import Catalog, load
from fatesline.catalog.entry import Question
from fatesline.interview import Session
from fatesline.interview.questions import is_asked
from fatesline.reasoning import Reasoner

THOROUGH = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def built_in() -> Session:
    catalog: Catalog = load(packages=False)
    return Session(catalog, Reasoner(catalog.model))


def _answer(session: Session, question: Question, data: st.DataObject) -> tuple[str, ...] | str:
    """An answer that goes with the others, or "I don't know"."""
    ids = [option.id for option in question.options]
    wanted = [(name,) for name in ids] if question.type == "single" else _few(ids)
    allowed = [chosen for chosen in wanted if session.allows(question.id, chosen)]
    return data.draw(st.sampled_from([*allowed, "unknown"]))


def _few(ids: list[str]) -> list[tuple[str, ...]]:
    return list(chain.from_iterable(combinations(ids, size) for size in (0, 1, 2)))


def _answered(session: Session, data: st.DataObject, most: int = 12) -> Session:
    for _ in range(data.draw(st.integers(1, most), label="answers")):
        waiting = session.waiting()
        if not waiting:
            break
        question = data.draw(st.sampled_from(waiting))
        session = session.answered(question.id, _answer(session, question, data))
    return session


@given(st.data())
@settings(THOROUGH, max_examples=8)
def test_what_may_come_never_grows_by_answering_and_what_is_open_grows_only_with_a_word(
    built_in: Session, data: st.DataObject
) -> None:
    session = built_in
    before = session.view().progress
    while question := session.view().question:
        session = session.answered(question.id, _answer(session, question, data))
        view = session.view()

        assert view.progress.answered == before.answered + 1
        assert view.progress.at_most < before.at_most
        assert view.progress.waiting <= before.waiting - 1 + len(view.opened)
        before = view.progress


@given(st.data())
@THOROUGH
def test_after_any_change_the_session_is_the_one_in_which_only_its_answers_were_given(
    built_in: Session, data: st.DataObject
) -> None:
    answered = _answered(built_in, data)
    question = built_in.catalog.question(data.draw(st.sampled_from(list(answered.answers)), label="changed"))

    changed = answered.answered(question.id, _answer(answered, question, data))

    if changed.is_consistent:
        follows = changed.reasoner.consequences(changed.configuration)
        assert all(is_asked(changed.catalog.question(name), follows) for name in changed.answers)
        assert set(changed.answers) | set(changed.dropped) == set(answered.answers)
        afresh = Session(changed.catalog, changed.reasoner, changed.answers)
        assert afresh.configuration == changed.configuration
        options = {option.id for name in changed.dropped for option in changed.catalog.question(name).options}
        assert not options & {decision.feature for decision in changed.configuration}


@given(st.data())
@THOROUGH
def test_asking_again_does_not_let_what_hangs_on_the_answer_speak_for_it(
    built_in: Session, data: st.DataObject
) -> None:
    answered = _answered(built_in, data)
    name = data.draw(st.sampled_from(list(answered.answers)))

    without = answered.without_answers(name)
    view = answered.view_of(name)

    follows = without.reasoner.consequences(without.configuration)
    for one in view.options:
        expected = (
            "forced"
            if one.option.id in follows.chosen
            else "impossible"
            if one.option.id in follows.ruled_out
            else "open"
        )
        assert one.standing == expected


@given(st.data())
@THOROUGH
def test_no_answer_to_a_question_that_was_spared_changes_anything_else(built_in: Session, data: st.DataObject) -> None:
    session = _answered(built_in, data, most=25)
    for question in session.spared():
        own = {option.id for option in question.options}
        before = session.reasoner.consequences(session.configuration)
        after_all = session.answered(question.id, _answer(session, question, data))
        after = after_all.reasoner.consequences(after_all.configuration)

        assert after.chosen - own == before.chosen - own
        assert after.ruled_out - own == before.ruled_out - own
        assert after_all.completion() - own == session.completion() - own


@given(st.data())
@THOROUGH
def test_every_way_out_of_a_contradiction_leads_out(built_in: Session, data: st.DataObject) -> None:
    answered = _answered(built_in, data, most=8)
    question = data.draw(st.sampled_from(answered.catalog.questions))
    ids = [option.id for option in question.options]
    chosen = data.draw(
        st.lists(st.sampled_from(ids), unique=True, min_size=1, max_size=1 if question.type == "single" else 3)
    )

    blocked = answered.answered(question.id, tuple(chosen))

    shown = blocked.view().blocked
    if shown is None:
        assert blocked.is_consistent
    else:
        assert shown.repairs
        for repair in shown.repairs:
            assert blocked.repaired(repair).is_consistent
