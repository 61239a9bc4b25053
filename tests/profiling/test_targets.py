from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fatesline.catalog.answers import DataSettings
from fatesline.errors import UserError
from fatesline.profiling import Fact, Profile, profile
from fatesline.profiling.proposals import data_section
from fatesline.profiling.targets import direction_of, favourable_label, in_order

Written = Callable[..., Path]

ROWS = 600
drawn = random.Random(3)
NOISE = [drawn.randrange(1000) for _ in range(ROWS)]


def _measured(written: Written, values: Sequence[object], name: str = "y", favourable: str | None = None) -> Profile:
    cells = [values[row * 7 % len(values)] for row in range(ROWS)]
    return profile(written({"x": NOISE, name: cells}), name, favourable)


def _fact(measured: Profile, kind: str) -> Fact:
    (fact,) = [fact for fact in measured.facts if fact.kind == kind]
    return fact


@pytest.mark.parametrize(
    ("values", "task"),
    [
        (["a", "b"], "binary"),
        ([0, 1], "binary"),
        (["0.0", "1.0"], "binary"),
        ([3.5, 7.25], "binary"),
        (["a", "b", "c"], "several_classes"),
        ([0, 1, 2, 3, 4], "several_classes"),
        (["1.0", "2.0", "3.0"], "several_classes"),
        ([*range(1, 11)], "several_classes"),
        ([*range(11)], "numeric"),
        ([*range(0, 3000, 7)], "numeric"),
        ([number / 8 for number in range(40)], "numeric"),
        (["-2.5e-3", *(f"{number}.25" for number in range(30))], "numeric"),
        ([0, 10, 50], None),
        ([2, 3, 4], None),
        ([0.5, 1, 1.5], None),
        ([f"v{number}" for number in range(40)], None),
    ],
)
def test_the_kind_of_target_follows_its_values(written: Written, values: list[object], task: str | None) -> None:
    measured = _measured(written, values)

    fact = _fact(measured, "task-type")
    assert measured.task == task
    assert fact.figure == len(values)
    assert fact.standing == ("undecided" if task is None else "measured" if task == "binary" else "suggested")
    assert fact.proposes == (
        (task.replace("binary", "binary_target").replace("numeric", "numeric_target"),) if task else ()
    )


@settings(deadline=None, max_examples=20)
@given(st.permutations(range(5)), st.sampled_from(["{}", "{}.0", " {}", "{}e0"]))
def test_how_class_codes_are_written_and_ordered_in_the_file_does_not_matter(order: list[int], form: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_text("x,y\n" + "\n".join(f"{NOISE[row]},{form.format(order[row % 5])}" for row in range(100)))

        assert profile(path, "y").task == "several_classes"


def test_what_the_values_do_not_tell_the_user_does(written: Written) -> None:
    assert _measured(written, [0, 10, 50], favourable="high").direction == "high"
    assert _measured(written, [0, 10, 50], favourable="high").task == "numeric"
    assert _measured(written, [0, 10, 50], favourable="50").task == "several_classes"
    assert _measured(written, [0, 1, 2], favourable="low").task == "numeric"
    with pytest.raises(UserError) as caught:
        _measured(written, [*range(30)], favourable="7")
    assert str(caught.value).endswith('"7" is not a side of it\n  Say what is favourable: high or low.')


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("earnings", "high"),
        ("Salaire", "high"),
        ("ViolentCrimesPerPop", "low"),
        ("dropout_rate", "low"),
        ("salary_loss", None),
        ("G3", None),
        ("y", None),
    ],
)
def test_high_or_low_is_proposed_only_where_the_name_speaks_for_it(
    written: Written, name: str, direction: str | None
) -> None:
    measured = _measured(written, [*range(50)], name)

    assert direction_of(name) == measured.direction == direction
    assert _fact(measured, "favourable-direction").holds == (direction is not None)
    assert _fact(measured, "favourable-direction").standing == ("suggested" if direction else "undecided")


@pytest.mark.parametrize(
    ("target", "labels", "favourable"),
    [
        ("grade", ["good", "average", "poor"], "good"),
        ("fraud", ["yes", "maybe", "no"], None),
        ("grade", ["0", "1", "2"], None),
        ("decision", ["sim", "nao"], "sim"),
        ("besluit", ["goedgekeurd", "afgewezen"], "goedgekeurd"),
        ("entscheidung", ["abgelehnt", "genehmigt"], "genehmigt"),
        ("estado", ["rechazado", "otro"], "otro"),
    ],
)
def test_of_several_labels_only_a_good_word_is_favourable(
    target: str, labels: list[str], favourable: str | None
) -> None:
    assert favourable_label(target, labels) == favourable
    assert favourable_label(target, labels[::-1]) == favourable


@pytest.mark.parametrize(
    ("labels", "ordered"),
    [
        (["low", "medium", "high"], True),
        (["CL0", "CL1", "CL6"], True),
        (["grade 1", "grade 2", "grade 3"], True),
        (["faible", "moyen", "fort"], True),
        (["red", "green", "blue"], False),
        (["A1", "B2", "C3"], False),
        (["low", "high"], False),
    ],
)
def test_an_order_is_seen_in_words_of_a_scale_and_in_numbered_words(labels: list[str], ordered: bool) -> None:
    assert in_order(labels) == ordered


@pytest.mark.parametrize(
    ("counts", "imbalanced"),
    [((81, 19), True), ((79, 21), False), ((45, 44, 11), True), ((40, 40, 20), False), ((25, 25, 25, 25), False)],
)
def test_a_class_is_rare_below_two_fifths_of_an_equal_share(
    written: Written, counts: tuple[int, ...], imbalanced: bool
) -> None:
    cells = [f"k{label}" for label, count in enumerate(counts) for _ in range(count)]

    fact = _fact(profile(written({"x": NOISE[: len(cells)], "y": cells}), "y"), "class-imbalance")

    assert fact.holds == imbalanced
    assert fact.figure == min(counts) / sum(counts)


def test_numbers_and_classes_have_their_own_data_section(written: Written) -> None:
    number = data_section(_measured(written, [*range(50)], "income"), DataSettings())
    classes = data_section(_measured(written, ["b", "a", "c"], favourable="c"), DataSettings())
    two = data_section(_measured(written, ["yes", "no"]), DataSettings())

    assert (number.direction, number.favourable, number.labels) == ("high", (), ())
    assert (classes.direction, classes.favourable, classes.labels) == (None, "c", ("a", "b", "c"))
    assert (two.direction, two.favourable, two.labels) == (None, "yes", ())


def test_several_favourable_labels_count_together(written: Written) -> None:
    path = written(
        {
            "sex": ["f", "m"] * 300,
            "v": [row % 7 for row in range(600)],
            "y": [("low", "high", "none")[row * 11 % 3] for row in range(600)],
        }
    )

    one, several = (profile(path, "y", favourable, ["sex"]) for favourable in ("low", ("low", "none")))

    assert (one.favourable, several.favourable) == ("low", ("low", "none"))
    assert [rate.value for rate in one.rates["sex"]] == pytest.approx([1 / 3, 1 / 3])
    assert [rate.value for rate in several.rates["sex"]] == pytest.approx([2 / 3, 2 / 3])
    assert profile(path, "y", ("low",)).favourable == "low"


@pytest.mark.parametrize("favourable", [("low", "high", "none"), (), ("low", "nome")])
def test_favourable_labels_are_some_of_the_labels_and_not_all(written: Written, favourable: tuple[str, ...]) -> None:
    path = written({"v": range(90), "y": ["low", "high", "none"] * 30})

    with pytest.raises(UserError, match=r'of the labels of "y", some are favourable|has no label "nome"'):
        profile(path, "y", favourable)
