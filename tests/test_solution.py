from __future__ import annotations

import datetime
import json

from fatesline.catalog.project import About, Answer, Choice, Project, Waiver
from fatesline.documents.formats import as_json, as_text
from fatesline.solution import Coming, Contradiction, Solution, solve
from tests.conftest import CatalogFolder

DAY = datetime.date(2027, 12, 2)
BEFORE = DAY - datetime.timedelta(days=1)

PEOPLE = {"kind_of_data": Answer(chosen=("personal_data",)), "need_for_weights": Answer(chosen=("rows_differ",))}


def dated(small: CatalogFolder, *laws: tuple[str, str, datetime.date]) -> None:
    """Constraints of level law: id, formula and day, besides the law of the small catalog, which has no day."""
    small.write(
        "constraints/dated.yaml",
        "constraints:\n"
        + "".join(
            f"  - {{id: {name}, formula: '{formula}', level: law, applies_from: {day}, sources: [law], "
            f"because: {{en: the law asks for it, fr: la loi le demande}}}}\n"
            for name, formula, day in laws
        ),
    )


def solved(
    small: CatalogFolder,
    on: datetime.date | None = None,
    choices: dict[str, Choice] | None = None,
    waivers: tuple[Waiver, ...] = (),
) -> Solution:
    found = solve(project(choices, waivers), small.read(), on=on)
    assert isinstance(found, Solution)
    return found


def project(choices: dict[str, Choice] | None = None, waivers: tuple[Waiver, ...] = ()) -> Project:
    return Project(project=About(name="loans", title="Loans"), answers=PEOPLE, choices=choices or {}, waivers=waivers)


def test_without_a_day_every_law_binds_and_is_shown_with_its_date(small: CatalogFolder) -> None:
    dated(small, ("weights-by-law", "personal_data => reweighing", DAY))
    small.replace("mechanisms/fairness/reweighing/entry.yaml", "relation: some", "relation: optional")

    found = solved(small)

    assert "reweighing" in found.forced.chosen
    assert found.required_from() == {"reweighing": DAY}
    assert found.coming == () == found.pending
    assert "(law [law]); applies from 2027-12-02" in as_text.solution(found, "en")
    assert "applicable à partir du 2027-12-02" in as_text.solution(found, "fr")


def test_a_law_binds_from_its_day_and_comes_until_then(small: CatalogFolder) -> None:
    dated(small, ("weights-by-law", "personal_data => reweighing", DAY))
    small.replace("mechanisms/fairness/reweighing/entry.yaml", "relation: some", "relation: optional")

    before, after = solved(small, BEFORE), solved(small, DAY)

    assert "reweighing" not in before.forced.chosen
    assert before.coming == (Coming("weights-by-law", DAY, ("reweighing",)),)
    assert before.why("reweighing").holds is None
    assert "reweighing" in after.forced.chosen
    assert after.coming == ()


def test_what_comes_is_told_in_both_languages_and_to_programs(small: CatalogFolder) -> None:
    dated(small, ("weights-by-law", "personal_data => reweighing", DAY))
    small.replace("mechanisms/fairness/reweighing/entry.yaml", "relation: some", "relation: optional")
    found = solved(small, BEFORE)

    assert as_text.solution(found, "en").endswith(
        "Coming, not in force on that day\n"
        "  2027-12-02 weights-by-law\n"
        "      the law asks for it\n"
        "      will require: Reweighing (reweighing)"
    )
    assert as_text.solution(found, "fr").endswith("      exigera : Repondération (reweighing)")
    assert json.loads(as_json.solution(found, "en"))["coming"] == [
        {
            "constraint": "weights-by-law",
            "applies_from": "2027-12-02",
            "because": "the law asks for it",
            "requires": ["reweighing"],
            "excludes": [],
            "clashes": False,
        }
    ]


def test_a_law_that_changes_nothing_here_is_not_listed(small: CatalogFolder) -> None:
    dated(small, ("things-by-law", "things_only => reweighing", DAY), ("again", "weights_wanted => fairness", DAY))

    assert solved(small, BEFORE).coming == ()


def test_what_two_laws_ask_for_together_is_told_with_the_nearer_one(small: CatalogFolder) -> None:
    dated(small, ("first", "personal_data => !fairness | reweighing", DAY), ("second", "reweighing => bar", DAY))
    small.replace("mechanisms/fairness/reweighing/entry.yaml", "relation: some", "relation: optional")
    small.replace(
        "requirements/all.yaml",
        "  - id: weights_wanted\n",
        "  - {id: bar, title: {en: a, fr: b}, summary: {en: a, fr: b}, parent: fates, kind: act}\n"
        "  - id: weights_wanted\n",
    )

    found = solved(small, BEFORE)

    assert found.coming == (Coming("first", DAY, ("reweighing",)), Coming("second", DAY, ("bar",)))


def test_a_law_that_will_contradict_a_choice_is_told_as_such(small: CatalogFolder) -> None:
    dated(small, ("no-weights", "!reweighing", DAY))

    found = solved(small, BEFORE, {"reweighing": Choice(chosen=True)})

    assert found.coming == (Coming("no-weights", DAY, clashes=True),)
    assert "will contradict what was decided" in as_text.solution(found, "en")
    assert isinstance(solve(project({"reweighing": Choice(chosen=True)}), small.read(), on=DAY), Contradiction)


def test_a_waived_law_does_not_come(small: CatalogFolder) -> None:
    dated(small, ("weights-by-law", "personal_data => reweighing", DAY))
    small.replace("mechanisms/fairness/reweighing/entry.yaml", "relation: some", "relation: optional")
    waiver = Waiver(constraint="weights-by-law", person="Ada", reason="none", until=datetime.date(2030, 1, 1))

    found = solved(small, BEFORE, waivers=(waiver,))

    assert found.coming == ()
    assert found.left_out == ("weights-by-law",)
