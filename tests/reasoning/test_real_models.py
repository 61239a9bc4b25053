"""Published and independently computed figures of real models, as named in their manifest."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

from fatesline.exchange import read
from fatesline.model.configuration import Configuration
from fatesline.model.features import FeatureModel
from fatesline.reasoning import Census, Reasoner, compared, core, count, covering, dead, false_optional

MODELS = Path(__file__).parents[2].parent / "shared" / "models"

needs_models = pytest.mark.skipif(not MODELS.is_dir(), reason="the collection of real models is not here")


@cache
def model_of(file: str) -> FeatureModel:
    return read(MODELS / file).model


@needs_models
@pytest.mark.parametrize(
    ("file", "features", "core_features", "dead_features", "false_optional_features"),
    [
        ("jhipster.uvl", 45, 7, 0, None),
        ("uclibc.uvl", 313, 44, 31, None),
        ("busybox-2010.uvl", 631, 9, 0, 8),
        ("financialservices01.uvl.gz", 771, 22, 0, 3),
        ("embtoolkit.uvl.gz", 1179, 91, 236, 121),
        ("freebsd-8.0.0.uvl.gz", 1397, 4, 38, 3),
        ("uclinux-distribution.xml.gz", 1580, 8, 1, 6),
        ("erp-system.uvl.gz", 1920, 1, 0, 0),
        ("automotive01.xml.gz", 2513, 100, 195, 90),
        ("automotive01.uvl.gz", 2513, 94, 185, None),
        ("linux-2.6.33.3.uvl.gz", 6467, 146, 310, None),
        ("automotive02_v4.uvl.gz", 18616, 1777, 10, 29),
    ],
)
def test_core_dead_and_false_optional_features_are_as_published(
    file: str, features: int, core_features: int, dead_features: int, false_optional_features: int | None
) -> None:
    reasoner = Reasoner(model_of(file))

    assert len(reasoner.model.features) == features
    assert len(core(reasoner)) == core_features
    assert len(dead(reasoner)) == dead_features
    if false_optional_features is not None:
        assert len(false_optional(reasoner, "published")) == false_optional_features


@needs_models
@pytest.mark.parametrize(
    ("file", "leading", "digits"),
    [
        ("jhipster.uvl", "26256", 5),
        ("uclibc.uvl", "16601", 41),
        ("busybox-2010.uvl", "35992", 142),
        ("financialservices01.uvl.gz", "97451212554676", 14),
        ("embtoolkit.uvl.gz", "51345", 97),
        ("uclinux-distribution.uvl", "40747", 410),
        ("automotive01.xml.gz", "52785", 211),
        ("automotive01.uvl.gz", "54337", 218),
        ("automotive02_v4.uvl.gz", "16505", 1535),
    ],
)
def test_numbers_of_configurations_are_as_computed_by_others(file: str, leading: str, digits: int) -> None:
    sys.set_int_max_str_digits(10_000)
    number = str(Census(model_of(file), seconds=60).count())

    assert len(number) == digits
    # The independent figures are rounded to five digits.
    assert abs(int(number[: len(leading)]) - int(leading)) <= (len(leading) == 5 < digits)


@needs_models
@pytest.mark.parametrize(
    ("file", "features", "constraints"),
    [
        ("truck.uvl", 33, 10),
        ("gpl.xml", 38, 16),
        ("jhipster.uvl", 45, 13),
        ("axtls.uvl", 96, 14),
        ("manila.xml", 111, 23),
        ("uclibc.uvl", 313, 56),
        ("busybox-2010.uvl", 631, 681),
        ("financialservices01.uvl.gz", 771, 1080),
        ("embtoolkit.uvl.gz", 1179, 323),
        ("freebsd-8.0.0.uvl.gz", 1397, 14295),
        ("uclinux-distribution.uvl", 1580, 197),
        ("uclinux-distribution.xml.gz", 1580, 197),
        ("erp-system.uvl.gz", 1920, 59044),
        ("automotive01.uvl.gz", 2513, 2833),
        ("automotive01.xml.gz", 2513, 2833),
        ("linux-2.6.33.3.uvl.gz", 6467, 3545),
        ("automotive02_v4.uvl.gz", 18616, 1369),
    ],
)
def test_features_and_constraints_are_as_many_as_listed(file: str, features: int, constraints: int) -> None:
    model = model_of(file)

    assert (len(model.features), len(model.constraints)) == (features, constraints)


@needs_models
def test_both_files_of_uclinux_mean_the_same() -> None:
    uvl, xml = model_of("uclinux-distribution.uvl"), model_of("uclinux-distribution.xml.gz")

    assert compared(uvl, xml).kind == "refactoring"
    assert Census(uvl, seconds=60).count() == Census(xml, seconds=60).count()


@needs_models
def test_the_uvl_of_automotive01_allows_what_its_original_forbids() -> None:
    original, translated = model_of("automotive01.xml.gz"), model_of("automotive01.uvl.gz")

    difference = compared(original, translated)

    # The witness, checked by the words of the original alone: a group that asks for its only member lacks it.
    assert difference.kind == "generalisation"
    assert difference.new is not None
    broken = [
        group
        for group in original.groups
        if group.parent in difference.new and sum(member in difference.new for member in group.members) < group.minimum
    ]
    assert broken
    assert {len(group.members) for group in broken} == {1}
    kept = {(group.parent, group.members) for group in translated.groups}
    lost = [group for group in original.groups if len(group.members) == 1 and (group.parent, group.members) not in kept]
    assert len(lost) == 36


@needs_models
def test_the_clauses_of_automotive01_were_made_from_its_translation() -> None:
    clauses = Census(model_of("automotive01.cnf.gz"), seconds=60).count()

    assert clauses == Census(model_of("automotive01.uvl.gz"), seconds=60).count()
    assert clauses > Census(model_of("automotive01.xml.gz"), seconds=60).count()


@needs_models
def test_bounds_of_freebsd_enclose_the_count_of_another_tool() -> None:
    sys.set_int_max_str_digits(10_000)
    found = count(model_of("freebsd-8.0.0.uvl.gz"), seconds=1)

    # ganak's figure, rounded to five digits.
    assert found.at_least < 83888 * 10**309
    assert found.at_most > 83886 * 10**309


@needs_models
def test_arguments_on_a_large_model_are_short_and_start_from_the_decisions() -> None:
    model = model_of("automotive01.xml.gz")
    reasoner = Reasoner(model)
    settled = reasoner.consequences()
    open_ids = settled.open(model.ids)
    configuration = Configuration.choosing(*open_ids[:1])

    forced = sorted(reasoner.consequences(configuration).chosen - settled.chosen - {open_ids[0]})
    for name in forced[:20]:
        argument = reasoner.why(configuration, name)
        assert argument is not None
        assert [decision.feature for decision in argument.decisions] == [open_ids[0]]
        assert argument.steps[-1].conclusion is not None
        assert argument.steps[-1].conclusion.feature == name


@needs_models
def test_pairs_of_a_real_model_are_all_shown_by_few_configurations() -> None:
    model = model_of("uclibc.uvl")

    sample = covering(model, model.ids)

    # flamapy 2.6 needs 717 configurations for the same pairs.
    assert len(sample) < 500
    reasoner = Reasoner(model)
    living = [name for name in model.ids if name not in dead(reasoner)]
    for name in living[::20]:
        with_it = reasoner.consequences(Configuration.choosing(name))
        seen_with = [chosen for chosen in sample if name in chosen]
        for other in living[::7]:
            assert any(other in chosen for chosen in seen_with) == (other not in with_it.ruled_out)
            assert all(other in chosen for chosen in seen_with) == (other in with_it.chosen)
