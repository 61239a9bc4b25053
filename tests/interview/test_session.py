from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fatesline.catalog import Catalog, load
from fatesline.catalog.entry import Question
from fatesline.catalog.project import About, Answer, Project, configuration
from fatesline.errors import UserError, UserErrors
from fatesline.interview import Session, answer_all
from fatesline.interview.faults import NEAREST
from fatesline.interview.questions import is_asked
from fatesline.reasoning import Reasoner
from tests.interview.conftest import written


def _asked(session: Session) -> str | None:
    question = session.view().question
    return question.id if question is not None else None


def _standing(session: Session) -> dict[str, str]:
    return {one.option.id: one.standing for one in session.view().options}


def test_questions_come_section_by_section(session: Session) -> None:
    assert _asked(session) == "area"
    assert _asked(session.answered("area", ("hiring",))) == "automation"
    assert _asked(session.answered("area", ("nowhere",))) in ("personal", "wish")


def test_the_question_that_settles_more_comes_first_within_its_section(session: Session) -> None:
    elsewhere = session.answered("area", ("nowhere",))

    # The answer on personal data settles whether groups are asked for; the wish settles nothing yet.
    assert _asked(elsewhere) == "personal"


def test_what_follows_already_is_not_asked(session: Session) -> None:
    credit = session.answered("area", ("credit",)).answered("automation", "advised")

    assert "personal" not in [question.id for question in credit.waiting()]
    assert _asked(credit) in ("attributes", "wish")


def test_consequences_of_the_last_answer_come_with_their_reason(session: Session) -> None:
    view = session.answered("area", ("credit",)).view()

    settled = {one.feature: one for one in view.settled}
    assert settled["personal_data"].holds
    assert settled["attributes"].holds

    view = session.answered("area", ("credit",)).answered("automation", "fully").view()

    (review,) = [one for one in view.settled if one.why is not None]
    assert review.feature == "human_review"
    assert review.why is not None
    assert [rule.id for rule in review.why.rules] == ["machines-are-reviewed"]


def test_an_option_that_is_no_longer_possible_says_why(session: Session) -> None:
    without_persons = session.answered("personal", False)

    credit, hiring, elsewhere = without_persons.view().options
    assert (credit.standing, hiring.standing, elsewhere.standing) == ("impossible", "open", "open")
    assert credit.why is not None
    assert [rule.id for rule in credit.why.rules] == ["credit-is-personal"]
    assert [decision.feature for decision in credit.why.decisions] == ["personal_data"]


def test_a_question_whose_options_all_follow_is_not_asked(session: Session) -> None:
    answered = session.answered("area", ("hiring",)).answered("automation", "fully").answered("personal", True)

    assert answered.answered("attributes", "groups_known").is_finished


def test_unknown_takes_the_protective_reading_and_says_so(session: Session) -> None:
    answered = session.answered("area", "unknown")

    assert answered.answers["area"] == Answer(chosen=("credit", "hiring"), origin="default")
    assert [question.id for question in answered.unknown()] == ["area"]


def test_unknown_takes_the_nearest_reading_where_the_protective_one_is_impossible(session: Session) -> None:
    answered = session.answered("wish", "neighbours").answered("area", ("credit",)).answered("automation", "fully")

    groups = answered.answered("attributes", "unknown")
    assert groups.answers["attributes"].chosen == ("groups_unknown",)

    weighed = session.answered("area", ("hiring",)).answered("automation", "fully").answered("personal", True)
    weighed = weighed.answered("attributes", "groups_known").answered("wish", "unknown")
    assert weighed.answers["wish"] == Answer(chosen=("trees",), origin="default", note=NEAREST)
    assert weighed.is_consistent


def test_changing_an_answer_drops_those_that_depended_on_it(session: Session) -> None:
    answered = session.answered("area", ("hiring",)).answered("automation", "advised").answered("personal", False)

    changed = answered.answered("area", ("nowhere",))

    assert list(changed.answers) == ["area", "personal"]
    assert changed.view().dropped == ("automation",)
    assert "fully" not in changed.configuration


def test_dropping_goes_on_to_what_depended_on_the_dropped(session: Session) -> None:
    answered = session.answered("personal", True).answered("attributes", "groups_known")

    changed = answered.answered("personal", False)

    assert list(changed.answers) == ["personal"]
    assert changed.dropped == ("attributes",)


def test_back_gives_the_session_before_the_last_answer(session: Session) -> None:
    first = session.answered("area", ("hiring",))

    assert first.answered("automation", "fully").back() == first
    assert first.back().back() == session


def test_a_contradiction_is_a_minimal_set_with_ways_out(session: Session) -> None:
    answered = (
        session.answered("wish", "neighbours")
        .answered("area", ("hiring",))
        .answered("automation", "fully")
        .answered("personal", True)
        .answered("attributes", "groups_known")
    )

    blocked = answered.view().blocked

    assert blocked is not None
    assert {one.feature for one in blocked.conflict.decisions} == {"neighbours", "fully", "groups_known"} or {
        one.feature for one in blocked.conflict.decisions
    } == {"trees", "fully", "groups_known"}
    for repair in blocked.repairs:
        assert answered.repaired(repair).is_consistent
    assert not answered.is_finished


def test_a_waived_constraint_no_longer_forces(five: Catalog) -> None:
    session = Session(five, Reasoner(five.model), without=("known-groups-are-weighed",))

    answered = (
        session.answered("area", ("credit",)).answered("automation", "fully").answered("attributes", "groups_known")
    )

    assert _standing(answered) == {"neighbours": "open", "trees": "open"}


def test_progress_counts_open_questions_and_those_that_may_come(session: Session) -> None:
    progress = session.view().progress

    assert (progress.answered, progress.waiting, progress.at_most) == (0, 3, 5)


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ("aera", "credit", 'there is no question "aera"\n  did you mean "area"?'),
        ("area", "credits", '"credits" is no option of the question "area"\n  did you mean "credit"?'),
        ("wish", ("trees", "neighbours"), 'the question "wish" takes exactly one option, not 2'),
        ("wish", True, 'the question "wish" is not answered by yes or no'),
    ],
)
def test_an_answer_that_does_not_fit_is_one_clear_fault(
    session: Session, question: str, answer: str | bool | tuple[str, ...], said: str
) -> None:
    with pytest.raises(UserError) as caught:
        session.answered(question, answer)

    assert str(caught.value).startswith(said)


def test_an_answers_file_may_be_in_any_order(session: Session) -> None:
    answers = {
        "wish": "trees",
        "attributes": "groups_known",
        "automation": "fully",
        "area": ("hiring",),
        "personal": "yes",
    }

    done = answer_all(session, answers)
    reversed_ = answer_all(session, dict(reversed(answers.items())))

    assert done.session.is_finished
    assert done.session.answers == reversed_.session.answers
    assert (done.left_open, done.not_asked) == ((), ())


def test_what_an_answers_file_leaves_out_and_says_in_vain_is_told(session: Session) -> None:
    done = answer_all(session, {"area": ("nowhere",), "automation": "fully", "personal": False})

    assert done.left_open == ("wish",)
    assert done.not_asked == ("automation",)


def test_a_proposal_is_taken_only_where_nothing_is_said(session: Session) -> None:
    measured = {
        "personal": Answer(chosen=("personal_data",), origin="measured", note="sex"),
        "attributes": Answer(chosen=("groups_known",), origin="measured", note="sex"),
    }

    done = answer_all(
        session, {"area": ("nowhere",), "attributes": "groups_unknown", "wish": "unknown"}, proposed=measured
    )

    assert done.session.answers["personal"] == measured["personal"]
    assert done.session.answers["attributes"].chosen == ("groups_unknown",)


def test_all_unknown_answers_of_a_file_are_told_at_once(session: Session) -> None:
    with pytest.raises(UserErrors) as caught:
        answer_all(session, {"aera": "credit", "wish": "tree"})

    assert len(caught.value.faults) == 2


def test_a_session_goes_on_from_the_answers_of_a_project(session: Session) -> None:
    answered = session.answered("area", ("hiring",)).answered("automation", "unknown").answered("personal", False)
    project = Project(project=About(name="a_project", title="A"), answers=answered.answers)

    resumed = Session(session.catalog, session.reasoner, project.answers)

    assert configuration(project, session.catalog) == answered.configuration
    assert _asked(resumed) == _asked(answered) == "wish"


def test_former_ids_of_options_still_count(session: Session) -> None:
    before = {"area": Answer(chosen=("lending",))}

    assert Session(session.catalog, session.reasoner, before).configuration["credit"].chosen
    assert answer_all(session, before).session.answers["area"].chosen == ("credit",)
    assert session.answered("area", "lending").answers["area"].chosen == ("credit",)


def _answers(question: Question) -> list[tuple[str, ...]]:
    ids = [option.id for option in question.options]
    if question.type == "single":
        return [(name,) for name in ids]
    sizes = range(len(ids) + 1) if len(ids) <= 4 else (0, 1, 2)
    return list(chain.from_iterable(combinations(ids, size) for size in sizes))


def _wander(session: Session, data: st.DataObject) -> Session:
    """Answer asked questions in any order, with any allowed answer or "I don't know", until none is open."""
    for _ in range(60):
        waiting = session.waiting()
        if not waiting:
            return session
        question = data.draw(st.sampled_from(waiting), label="question")
        allowed = [chosen for chosen in _answers(question) if session.allows(question.id, chosen)]
        # No dead end: an open question always has an answer.
        assert allowed
        session = session.answered(question.id, data.draw(st.sampled_from([*allowed, "unknown"]), label="answer"))
        assert session.is_consistent
    raise AssertionError("the interview does not end")


def _ends_well(session: Session) -> None:
    assert session.is_finished
    chosen = session.completion()
    assert session.reasoner.is_consistent(session.configuration)
    for decision in session.configuration:
        assert (decision.feature in chosen) == decision.chosen
    follows = session.reasoner.consequences(session.configuration)
    assert all(is_asked(session.catalog.question(name), follows) for name in session.answers)


OPTIONS = [
    "credit",
    "hiring",
    "nowhere",
    "fully",
    "advised",
    "personal_data",
    "groups_known",
    "groups_unknown",
    "trees",
]
FEATURES = ["reweighing", "human_review"]
literals = st.builds(lambda sign, name: sign + name, st.sampled_from(["", "!"]), st.sampled_from(OPTIONS + FEATURES))
clauses = st.lists(literals, min_size=1, max_size=3).map(" | ".join)


@given(st.lists(clauses, max_size=8), st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_order_of_allowed_answers_ends_in_a_valid_configuration(
    tmp_path_factory: pytest.TempPathFactory, rules: list[str], data: st.DataObject
) -> None:
    text = "constraints:\n" + "".join(
        f'  - {{id: rule-{number}, formula: "{rule}", level: technical, because: {{en: a, fr: b}}, sources: [law]}}\n'
        for number, rule in enumerate(["credit | hiring | nowhere", *rules])
    )
    catalog = written(tmp_path_factory.mktemp("random"), text)
    reasoner = Reasoner(catalog.model)
    assume(reasoner.is_consistent())

    _ends_well(_wander(Session(catalog, reasoner), data))


@pytest.fixture(scope="module")
def built_in() -> tuple[Catalog, Reasoner]:
    catalog = load(packages=False)
    return catalog, Reasoner(catalog.model)


@given(st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_order_of_allowed_answers_to_the_built_in_catalog_ends_in_a_valid_configuration(
    built_in: tuple[Catalog, Reasoner], data: st.DataObject
) -> None:
    _ends_well(_wander(Session(*built_in), data))


def test_knowing_nothing_still_ends_in_a_project(built_in: tuple[Catalog, Reasoner]) -> None:
    session = Session(*built_in)

    while (question := session.view().question) is not None:
        session = session.answered(question.id, "unknown")

    _ends_well(session)
