"""What profiling proposes for sixteen well-known tables, beside what their descriptions state.

The truths were written down from the descriptions of the tables before the profiles were looked at. Each is judged:

- right: the profile says so;
- cannot tell: the profile says that it cannot;
- wrong: the profile is silent about it, or says so only as a doubt;
- confidently wrong: the profile proposes the opposite.

One truth was amended after the first look: in drug_consumption, ``a`` holds "white" and "non-white", so proposing it as
protected is no fault, though the description calls it a leak.

    python benchmarks/profiling/known_tables.py ../shared/data
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fatesline.profiling import Fact, Profile, profile

Verdict = Literal["right", "cannot tell", "wrong", "confidently wrong"]
VERDICTS: tuple[Verdict, ...] = ("right", "cannot tell", "wrong", "confidently wrong")


@dataclass(frozen=True, slots=True)
class Truth:
    """One thing that is known of a table.

    Parameters
    ----------
    topic : str
    states : str
        What is true, in words.
    judged : callable
        A profile -> what it makes of it.
    """

    topic: str
    states: str
    judged: Callable[[Profile], Verdict]


@dataclass(frozen=True, slots=True)
class Known:
    """A table, its target, and what is known of it."""

    file: str
    target: str
    truths: tuple[Truth, ...]


def facts(measured: Profile, *kinds: str) -> list[Fact]:
    """Facts of these kinds that hold."""
    return [fact for fact in measured.facts if fact.kind in kinds and fact.holds]


def _undecided(measured: Profile, *kinds: str) -> bool:
    return any(fact.kind in kinds and fact.standing == "undecided" for fact in measured.facts)


def _said(says: bool, *, missed: Verdict = "wrong") -> Verdict:
    return "right" if says else missed


def task(kind: str) -> list[Truth]:
    """The kind of target."""

    def judged(measured: Profile) -> Verdict:
        if measured.task is None:
            return "cannot tell"
        return _said(measured.task == kind, missed="confidently wrong")

    return [Truth("task", f"the target is {kind.replace('_', ' ')}", judged)]


def favourable(label: str) -> list[Truth]:
    """The label that is good for the person, or high or low for a number."""

    def judged(measured: Profile) -> Verdict:
        proposed = measured.favourable if measured.task != "numeric" else measured.direction
        if proposed is None:
            return "cannot tell"
        return _said(proposed == label, missed="confidently wrong")

    return [Truth("favourable", f'favourable is "{label.strip()}"', judged)]


def imbalanced(yes: bool = True) -> list[Truth]:
    """Whether one class is rare."""
    return [
        Truth(
            "imbalance",
            "a class is rare" if yes else "no class is rare",
            lambda measured: _said(
                bool(facts(measured, "class-imbalance")) == yes, missed="wrong" if yes else "confidently wrong"
            ),
        )
    ]


def protected(*columns: str, also: Iterable[str] = ()) -> list[Truth]:
    """Columns that may be protected; ``also`` are further ones that a lawyer may count among them."""
    known = {*columns, *also}
    truths = [
        Truth("protected", f"{name} may be protected", lambda m, name=name: _said(name in m.candidates))  # type: ignore[misc]
        for name in columns
    ]
    return [
        *truths,
        Truth(
            "protected",
            "nothing else is",
            lambda measured: _said(set(measured.candidates) <= known, missed="confidently wrong"),
        ),
    ]


def markers(*texts: str) -> list[Truth]:
    """Texts that stand for a missing value, all of them."""

    def judged(measured: Profile) -> Verdict:
        if set(measured.missing) - set(texts):
            return "confidently wrong"
        return _said(set(measured.missing) == set(texts))

    shown = ", ".join(f'"{text.strip()}"' for text in texts) or "nothing"
    return [Truth("missing markers", f"{shown} stands for missing", judged)]


def missing(**counts: int) -> list[Truth]:
    """Cells without a value, by column; ``_`` stands for ``-`` in names."""
    return [
        Truth(
            "missing values",
            f"{name} has {count} missing",
            lambda m, name=name, count=count: _said(m.column(name).missing == count, missed="confidently wrong"),  # type: ignore[misc]
        )
        for name, count in ((name.replace("_", "-"), count) for name, count in counts.items())
    ]


def missing_of(counts: Mapping[str, int]) -> list[Truth]:
    """As `missing`, with names as they are."""
    return [
        Truth(
            "missing values",
            f"{name} has {count} missing",
            lambda m, name=name, count=count: _said(m.column(name).missing == count, missed="confidently wrong"),  # type: ignore[misc]
        )
        for name, count in counts.items()
    ]


def sparse(*columns: str) -> list[Truth]:
    """Columns that are mostly empty."""
    return _pointed_out("sparse columns", "is mostly empty", columns, "sparse-column", "constant-column")


def duplicates(count: int) -> list[Truth]:
    """How many rows repeat another one."""

    def judged(measured: Profile) -> Verdict:
        found = [fact.figure for fact in facts(measured, "duplicate-rows")]
        return _said(found == ([count] if count else []), missed="confidently wrong" if found else "wrong")

    return [Truth("duplicates", f"{count:,} rows repeat another" if count else "no row repeats another", judged)]


def identifiers(*columns: str) -> list[Truth]:
    """Columns that number the rows, all of them."""
    return _exactly("identifiers", "numbers the rows", columns, "identifier")


def constants(*columns: str) -> list[Truth]:
    """Columns with one value or none, all of them."""
    return _exactly("constants", "has no two values", columns, "constant-column")


def personal(*columns: str) -> list[Truth]:
    """Columns that identify people, all of them."""
    return _exactly("personal data", "identifies people", columns, "personal-data")


def leaks(*columns: str, doubtful: Iterable[str] = ()) -> list[Truth]:
    """Columns known only after the outcome; no other one may be left out for that, though ``doubtful`` ones may."""
    known = {*columns, *doubtful}
    return [
        *_pointed_out(
            "leaks", "knows the outcome, or too much of it", columns, "leaks-target", "single-strong-column",
            "single-strong-value",
        ),
        Truth(
            "leaks",
            "nothing else is left out as a leak",
            lambda m: _said({c.name for c in m.columns if c.reason == "leak"} <= known, missed="confidently wrong"),
        ),
    ]  # fmt: skip


def sentinels(*columns: str) -> list[Truth]:
    """Numbers that stand for something else than a quantity."""
    return _pointed_out("sentinels", "has a number that means missing", columns, "sentinel-number")


def proxy(column: str, attribute: str) -> list[Truth]:
    """A stand-in for a protected attribute."""
    return [
        Truth(
            "proxies",
            f"{column} tells of {attribute}",
            lambda m: _said({column, attribute} in [set(fact.columns) for fact in facts(m, "proxy-column")]),
        )
    ]


def same(*columns: str) -> list[Truth]:
    """Columns that say the same."""
    return [
        Truth(
            "derived columns",
            f"{' and '.join(columns)} say the same",
            lambda m: _said(any(set(columns) <= set(fact.columns) for fact in facts(m, "same-information"))),
        )
    ]


def codes(*columns: str) -> list[Truth]:
    """Numbers that are codes, not quantities."""

    def judged(measured: Profile, name: str) -> Verdict:
        pointed_out = facts(measured, "number-codes", "high-cardinality", "identifier")
        return _said(measured.column(name).use == "categorical" or any(name in fact.columns for fact in pointed_out))

    return [
        Truth("codes", f"{name} has codes, not quantities", lambda m, name=name: judged(m, name))  # type: ignore[misc]
        for name in columns
    ]


def rare(*columns: str) -> list[Truth]:
    """Columns with stray codes."""
    return _pointed_out("codes", "has stray codes", columns, "rare-values")


def split(column: str) -> list[Truth]:
    """A column that divides the rows into folds."""
    return _pointed_out("derived columns", "is somebody's split", (column,), "split-column")


def weight(column: str) -> list[Truth]:
    """A column that says how many people a row stands for."""
    return _pointed_out("survey weights", "is a survey weight", (column,), "survey-weight")


def blanks(count: int) -> list[Truth]:
    """How many columns have values with blanks around them."""
    return [
        Truth(
            "stray blanks",
            f"{count} columns have stray blanks" if count else "no column has stray blanks",
            lambda m: _said(
                sum(len(fact.columns) for fact in facts(m, "stray-blanks")) == count, missed="confidently wrong"
            ),
        )
    ]


def numeric(*columns: str) -> list[Truth]:
    """Numbers in spite of how they are written."""
    return [
        Truth("numbers", f"{name} is a number", lambda m, name=name: _said(m.column(name).looks_numeric))  # type: ignore[misc]
        for name in columns
    ]


def ordered_rows() -> list[Truth]:
    """Rows in the order of time."""
    return [
        Truth("order", "the rows are in an order", lambda m: _said(bool(facts(m, "ordered-rows", "date-column"))))
    ]  # fmt: skip


def special(*columns: str) -> list[Truth]:
    """Columns of a special category of personal data, or of offences."""
    return _pointed_out(
        "special categories", "is a special category", columns, "special-category-data", "criminal-offence-data"
    )


def unmeasured(states: str) -> list[Truth]:
    """Something that the description states and no profile speaks of."""
    return [Truth("not looked at", states, lambda measured: "wrong")]


def _pointed_out(topic: str, states: str, columns: Iterable[str], *kinds: str) -> list[Truth]:
    def judged(measured: Profile, name: str) -> Verdict:
        if any(name in fact.columns for fact in facts(measured, *kinds)):
            return "right"
        return "cannot tell" if _undecided(measured, *kinds) else "wrong"

    return [
        Truth(topic, f"{name} {states}", lambda m, name=name: judged(m, name))  # type: ignore[misc]
        for name in columns
    ]


def _exactly(topic: str, states: str, columns: tuple[str, ...], kind: str) -> list[Truth]:
    def nothing_else(measured: Profile) -> Verdict:
        found = {name for fact in facts(measured, kind) for name in fact.columns}
        return _said(found <= set(columns), missed="confidently wrong")

    said = _pointed_out(topic, states, columns, kind)
    return [*said, Truth(topic, f"nothing else {states}" if columns else f"nothing {states}", nothing_else)]


def _known(file: str, target: str, *truths: list[Truth]) -> Known:
    return Known(file, target, tuple(truth for some in truths for truth in some))


_ADULT = (task("binary"), imbalanced(False), constants(), identifiers(), personal(), leaks(),
          weight("fnlwgt"), same("education", "education-num"), proxy("relationship", "sex"))  # fmt: skip

TABLES: tuple[Known, ...] = (
    _known(
        "adult.csv.gz", "income", *_ADULT, favourable(">50K"),
        protected("sex", "race", "age", "native-country", also=["marital-status"]),
        markers("?"), missing(occupation=2809, workclass=2799, native_country=857), duplicates(52), blanks(0),
    ),
    _known(
        "adult_train_raw.csv.gz", "income", *_ADULT, favourable(" >50K"),
        protected("sex", "race", also=["age", "native-country", "marital-status"]),
        markers(" ?"), missing(occupation=1843, workclass=1836, native_country=583), duplicates(24), blanks(14),
        numeric("fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"),
    ),
    _known(
        "compas_two_years_nopii.csv.gz", "two_year_recid", task("binary"), favourable("0"), imbalanced(False),
        protected("race", "sex", "age", also=["age_cat"]), markers(""),
        missing_of({"violent_recid": 7214, "vr_charge_degree": 6395, "vr_offense_date": 6395, "vr_charge_desc": 6395,
                    "c_arrest_date": 6077, "r_days_from_arrest": 4898}),
        sparse("violent_recid", "vr_charge_degree", "vr_offense_date", "c_arrest_date", "r_days_from_arrest"),
        duplicates(0), blanks(0), constants("violent_recid", "type_of_assessment", "v_type_of_assessment"),
        identifiers("id"), personal(),
        leaks("is_recid", "r_charge_degree", "r_days_from_arrest", "r_offense_date", "r_charge_desc", "r_jail_in",
              "r_jail_out", "is_violent_recid", "vr_charge_degree", "vr_offense_date", "vr_charge_desc", "end",
              "event", doubtful=["start", "violent_recid", "in_custody", "out_custody"]),
        same("decile_score", "decile_score.1"), same("priors_count", "priors_count.1"),
        special("two_year_recid", "race"),
    ),
    _known(
        "german_credit.csv", "credit_risk", task("binary"), favourable("1"), imbalanced(False),
        protected("personal_status_sex", "age", "foreign_worker"), markers(), duplicates(0), blanks(0), constants(),
        identifiers(), personal(), leaks(),
    ),
    _known(
        "bank_marketing.csv.gz", "y", task("binary"), favourable("yes"), imbalanced(),
        protected("age", "marital"), markers("unknown"), sparse("poutcome"), sentinels("pdays"), leaks("duration"),
        ordered_rows(), duplicates(0), blanks(0), constants(), identifiers(), personal(),
    ),
    _known(
        "law_school.csv.gz", "pass_bar", task("binary"), favourable("1.0"), imbalanced(),
        protected("race", "male"), markers(), duplicates(2), blanks(0), constants(), identifiers(), personal(),
        leaks("zgpa", "zfygpa", "decile1b", "decile3"), numeric("tier", "fulltime", "fam_inc"),
    ),
    _known("law_school.csv.gz", "zfygpa", task("numeric"), favourable("high")),
    _known("law_school.csv.gz", "tier", task("several_classes")),
    _known(
        "credit_default_taiwan.csv.gz", "default payment next month", task("binary"), favourable("0"),
        protected("SEX", "AGE", "MARRIAGE", "EDUCATION"), markers(), duplicates(0), blanks(0), constants(),
        identifiers("ID"), personal(), leaks(), codes("EDUCATION", "MARRIAGE", "SEX"), rare("EDUCATION", "MARRIAGE"),
        unmeasured("PAY_1 is missing in the numbering"), unmeasured("PAY_* of -2 and 0 are undocumented"),
    ),
    _known(
        "hmda_boston_aer.csv", "deny", task("binary"), favourable("no"), imbalanced(), protected("afam", "single"),
        markers(), duplicates(3), blanks(0), constants(), identifiers(), personal(), leaks("insurance"),
    ),
    _known(
        "arrests.csv", "released", task("binary"), favourable("Yes"), imbalanced(),
        protected("colour", "sex", "citizen", also=["age"]), markers(), duplicates(2347), blanks(0), constants(),
        identifiers(), personal(), leaks(),
    ),
    _known(
        "communities_crime.csv.gz", "ViolentCrimesPerPop", task("numeric"), favourable("low"),
        protected("racepctblack", "racePctWhite", "racePctHisp", also=["racePctAsian"]), markers("?"),
        missing_of({"LemasSwornFT": 1675, "LemasSwFTPerPop": 1675, "LemasTotalReq": 1675}),
        sparse("LemasSwornFT", "LemasSwFTPerPop", "LemasSwFTFieldOps", "LemasSwFTFieldPerPop", "LemasTotalReq",
               "LemasTotReqPerPop"),
        duplicates(0), blanks(0), constants(), identifiers(), personal(), leaks(),
        codes("county", "community", "communityname"), split("fold"), numeric("county", "LemasSwornFT"),
    ),
    _known(
        "student_por.csv", "G3", task("numeric"), favourable("high"),
        protected("sex", "age"), markers(), duplicates(0), blanks(0), constants(), identifiers(), personal(),
        leaks(doubtful=["G1", "G2"]),
    ),
    _known(
        "heart_cleveland.csv", "y", task("several_classes"), favourable("0"), imbalanced(), protected("sex", "age"),
        markers(), duplicates(0), blanks(0), constants(), identifiers(), personal(), leaks(),
    ),
    _known(
        "acs_income.csv.gz", "PINCP", task("binary"), favourable("1"), imbalanced(False),
        protected("SEX", "RAC1P", "AGEP", also=["MAR", "POBP"]), markers(), duplicates(0), blanks(0), constants(),
        identifiers("index"), personal(), leaks(), codes("OCCP", "POBP", "SEX", "RAC1P"),
    ),
    _known(
        "cps_wages.csv.gz", "earnings", task("numeric"), favourable("high"), protected("gender", "age", "region"),
        markers(), duplicates(9818), blanks(0), constants(), identifiers(), personal(), leaks(),
    ),
    _known(
        "resume_callbacks.csv.gz", "call", task("binary"), favourable("1"), imbalanced(),
        protected("race", "sex"), markers(""),
        missing_of({"school_req": 4350, "branch_sales": 4262, "branch_emp": 4212, "parent_sales": 3198}),
        sparse("school_req", "branch_sales", "branch_emp", "parent_sales", "parent_emp", "l_med_hh_inc_emp_zip"),
        proxy("first_name", "race"), proxy("first_name", "sex"), personal("first_name"), duplicates(0), blanks(0),
        constants(), identifiers(), leaks(),
    ),
    _known(
        "drug_consumption.csv.gz", "y", task("several_classes"), favourable("never"),
        protected("race", "gender", also=["age", "ethnicity", "country", "a"]), markers(), duplicates(0), blanks(0),
        constants(), identifiers("id"), personal(), leaks("yhat", "a", doubtful=["cannabis"]),
        proxy("ethnicity", "race"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A truth, and what the profile of its table makes of it."""

    known: Known
    truth: Truth
    verdict: Verdict


def judged(folder: Path, *, tables: Iterable[Known] = TABLES) -> Iterator[Judged]:
    """Every truth of every table, judged by the profile of that table."""
    for known in tables:
        measured = profile(folder / known.file, known.target)
        for truth in known.truths:
            yield Judged(known, truth, truth.judged(measured))


def summary(results: Iterable[Judged]) -> Counter[Verdict]:
    """How many truths got each verdict."""
    return Counter(result.verdict for result in results)


def _printed(results: list[Judged]) -> None:
    print("| table | target | truths | " + " | ".join(VERDICTS) + " |")
    print("|---|---|---|" + "---|" * len(VERDICTS))
    for known in dict.fromkeys(result.known for result in results):
        counts = summary(result for result in results if result.known is known)
        cells = " | ".join(str(counts[verdict]) for verdict in VERDICTS)
        print(f"| {known.file.split('.')[0]} | {known.target} | {counts.total()} | {cells} |")
    counts = summary(results)
    print(f"| all | | {counts.total()} | " + " | ".join(f"**{counts[verdict]}**" for verdict in VERDICTS) + " |")
    print(f"\n{100 * counts['right'] / counts.total():.1f} % right.\n")
    print("| topic | truths | " + " | ".join(VERDICTS) + " |")
    print("|---|---|" + "---|" * len(VERDICTS))
    for topic in sorted({result.truth.topic for result in results}):
        counts = summary(result for result in results if result.truth.topic == topic)
        print(f"| {topic} | {counts.total()} | " + " | ".join(str(counts[verdict]) for verdict in VERDICTS) + " |")
    print("\n| table | not right | verdict |\n|---|---|---|")
    for result in results:
        if result.verdict != "right":
            print(f"| {result.known.file.split('.')[0]} | {result.truth.states} | {result.verdict} |")


if __name__ == "__main__":
    _printed(list(judged(Path(sys.argv[1]))))
