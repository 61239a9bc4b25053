"""Every fix removes its finding, adds none, keeps comments, leaves code that parses; a second run changes nothing."""

from __future__ import annotations

import ast
import io
import json
import textwrap
import tokenize
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fatesline.catalog import Catalog, load
from fatesline.checking import Report, check
from fatesline.checking.detectors import RULES
from fatesline.checking.fixes import table
from fatesline.checking.fixes.fix import Fixer
from fatesline.checking.mending import Mended, mended, with_fixes
from fatesline.model.places import apply

_ROOT = Path(__file__).parents[3]
_CASES = sorted((_ROOT / "tests" / "checking" / "cases").glob("*/[!_.]*"))
_CATALOG_CASES = sorted(
    case for kind in ("must", "must_not") for case in (_ROOT / "catalog").glob(f"*/*/*/cases/{kind}/[!_.]*")
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(packages=False)


def _with_carriage_returns(code: str) -> tuple[str, bytes]:
    return "case.py", code.replace("\n", "\r\n").encode()


def _with_a_mark(code: str) -> tuple[str, bytes]:
    return "case.py", b"\xef\xbb\xbf" + code.encode()


def _in_a_branch(code: str) -> tuple[str, bytes]:
    return "case.py", ("# été\nif True:\n" + textwrap.indent(code, "\t")).encode()


def _in_one_cell(code: str) -> tuple[str, bytes]:
    cells = [
        {"cell_type": "markdown", "source": ["# Été\n", "text"]},
        {"cell_type": "code", "source": ["%matplotlib inline\n", "x = !ls"], "outputs": []},
        {"cell_type": "code", "source": code.rstrip("\n").splitlines(keepends=True), "execution_count": 3},
    ]
    return "case.ipynb", json.dumps({"cells": cells, "nbformat": 4}, indent=1, ensure_ascii=False).encode()


def _in_many_cells(code: str) -> tuple[str, bytes]:
    """A cell for each statement of the module, as one string."""
    starts = [statement.lineno - 1 for statement in ast.parse(code).body]
    lines = code.rstrip("\n").split("\n")
    pieces = ["\n".join(lines[a:b]) for a, b in zip([0, *starts[1:]], [*starts[1:], len(lines)], strict=True)]
    cells = [{"cell_type": "code", "source": piece, "metadata": {"n": n}} for n, piece in enumerate(pieces)]
    return "case.ipynb", json.dumps({"cells": cells}).encode()


_FORMS = [_with_carriage_returns, _with_a_mark, _in_a_branch, _in_one_cell, _in_many_cells]


def _comments(name: str, raw: bytes) -> Counter[str]:
    if name.endswith(".ipynb"):
        return sum((_comments("", text.encode()) for text in _sources(raw)), Counter())
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(raw.decode("utf-8-sig")).readline))
    except (tokenize.TokenError, SyntaxError):
        return Counter()
    return Counter(token.string.rstrip() for token in tokens if token.type == tokenize.COMMENT)


def _sources(raw: bytes) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(raw)["cells"] if cell["cell_type"] == "code"]


def _around_sources(raw: bytes) -> object:
    """A notebook without its code."""
    notebook = json.loads(raw)
    for cell in notebook["cells"]:
        cell["source"] = type(cell["source"]).__name__ if cell["cell_type"] == "code" else cell["source"]
    return notebook


def _statements(code: str) -> list[ast.stmt]:
    return [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.stmt) and not hasattr(node, "body")]


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _untouched(done: Mended, file: str, old: bytes) -> list[str]:
    """The statements that have no name in common with those where something was found, imports aside."""
    lines = {place.line for one in done.before.findings for place in one.places if place.file == file}
    found = [one for one in _statements(old.decode("utf-8-sig")) if not isinstance(one, ast.Import | ast.ImportFrom)]
    meant = [_names(one) for one in found if lines & {*range(one.lineno, (one.end_lineno or one.lineno) + 1)}]
    return [ast.dump(one) for one in found if not any(_names(one) & names for names in meant)]


def _holds(done: Mended, path: Path, catalog: Catalog, **options: Any) -> None:
    """What must hold after mending."""

    def counted(found: Report) -> Counter[tuple[str, str]]:
        return Counter((one.id, one.places[0].file if one.places else "") for one in found.findings)

    before, after = counted(done.before), counted(done.after)
    assert not after - before
    gone = sum((before - after).values())
    assert gone >= sum(fix.is_complete for fix in done.fixes)
    assert bool(done.fixes) == bool(done.changes)
    root = path if path.is_dir() else path.parent
    for file, (old, new) in done.changes.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes(new)
        if old is None:
            assert new in {fix.new_files[file].encode() for fix in done.fixes if file in fix.new_files}
            continue
        kept = _comments(file, new)
        assert all(kept[comment] >= number for comment, number in _comments(file, old).items())
        if file.endswith(".py"):
            rest = iter(ast.dump(one) for one in _statements(new.decode("utf-8-sig")))
            assert all(statement in rest for statement in _untouched(done, file, old))
        if b"\r\n" in old:
            assert new.count(b"\n") == new.count(b"\r\n")
        if file.endswith(".ipynb"):
            assert _around_sources(new) == _around_sources(old)
    assert not mended(path, catalog, unsafe=True, **options).changes


def _copied(case: Path, folder: Path) -> Path:
    if case.is_dir():
        for file in (one for one in case.rglob("*") if one.is_file()):
            target = folder / file.relative_to(case)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
        return folder
    (folder / case.name).write_bytes(case.read_bytes())
    return folder / case.name


@pytest.mark.parametrize("case", _CASES, ids=lambda case: "-".join(case.parts[-2:]))
def test_every_case_can_be_mended_without_harm(case: Path, catalog: Catalog, tmp_path: Path) -> None:
    path = _copied(case, tmp_path)

    done = mended(path, catalog, unsafe=True)

    _holds(done, path, catalog)


@pytest.mark.parametrize("share", range(3))
def test_pipelines_of_the_catalog_can_be_mended_without_harm(share: int, catalog: Catalog, tmp_path: Path) -> None:
    made = 0
    for number, case in enumerate(_CATALOG_CASES[share::3]):
        (tmp_path / str(number)).mkdir()
        path = _copied(case, tmp_path / str(number))

        done = mended(path, catalog, unsafe=True)

        made += len(done.fixes)
        _holds(done, path, catalog)
    assert made > 10


def test_what_is_wished_for_is_added_to_every_case_without_harm(catalog: Catalog, tmp_path: Path) -> None:
    added: Counter[tuple[str, bool]] = Counter()
    options: dict[str, Any] = {"protected": ("sex", "age"), "wished": ("group_metrics", "reweighing")}
    for number, case in enumerate(_CASES):
        folder = tmp_path / str(number)
        is_workflow = case.suffix in (".yml", ".yaml")
        (folder / ".github/workflows" if is_workflow else folder).mkdir(parents=True)
        _copied(case, folder / ".github/workflows" if is_workflow else folder)

        done = mended(folder, catalog, unsafe=True, **options)

        added += Counter((fix.feature or fix.rule, fix.is_complete) for fix in done.fixes)
        complete = {fix.feature for fix in done.fixes if fix.feature and fix.is_complete}
        assert complete <= {decision.feature for decision in done.after.configuration}
        _holds(done, folder, catalog, **options)
    assert {("group_metrics", True), ("group_metrics", False), ("reweighing", False), ("H011", True)} <= set(added)


def test_the_module_of_every_component_can_be_put_beside_the_code(catalog: Catalog, tmp_path: Path) -> None:
    # The ignores in the module of a format have nothing to ignore until it is called.
    features = [name for name, entry in catalog.entries.items() if "sklearn" in entry.code and name != "joblib_format"]
    code = "from sklearn.linear_model import LogisticRegression\n\nmodel = LogisticRegression().fit(X_train, y_train)\n"
    for name in features:
        path = tmp_path / name / "train.py"
        path.parent.mkdir()
        path.write_text(code)

        done = mended(path.parent, catalog, unsafe=True, wished=(name,))

        if name not in done.before.configuration:
            assert {file for file in done.changes if file != "train.py"} == {f"{name}.py"}, name
            assert f"# fates: call {name}." in done.changes["train.py"][1].decode(), name
        _holds(done, path.parent, catalog, wished=(name,))


@pytest.mark.parametrize("form", _FORMS, ids=lambda form: form.__name__.strip("_"))
def test_whatever_the_form_of_the_file(
    form: Callable[[str], tuple[str, bytes]], catalog: Catalog, tmp_path: Path
) -> None:
    rules = set()
    for number, case in enumerate(one for one in _CASES if one.name.startswith("found_") and one.suffix == ".py"):
        name, raw = form(case.read_text(encoding="utf-8"))
        path = tmp_path / str(number) / name
        path.parent.mkdir()
        path.write_bytes(raw)

        done = mended(path, catalog, unsafe=True)

        rules |= {fix.rule for fix in done.fixes}
        _holds(done, path, catalog)
    assert {"W001", "W002", "W003", "W005", "W006", "W007", "H001", "H002", "H003", "H005"} <= rules


@pytest.mark.parametrize(
    "case", [one for one in _CASES if one.suffix == ".py"], ids=lambda case: "-".join(case.parts[-2:])
)
def test_a_fix_told_with_its_finding_removes_it_alone(case: Path, catalog: Catalog, tmp_path: Path) -> None:
    path = _copied(case, tmp_path)
    report = with_fixes(check(path, catalog), path, catalog)

    for finding in report.findings:
        for fix in finding.fixes:
            (tmp_path / "mended.py").write_bytes(apply(fix.edits[path.name], path.read_bytes()))
            after = check(tmp_path / "mended.py", catalog)
            found, then = (Counter(one.id for one in each.findings) for each in (report, after))
            assert then[finding.id] < found[finding.id]
            assert not then - found


def test_the_table_lists_every_fixer_in_the_folder() -> None:
    folder = Path(table.__file__).parent
    shared = {"__init__", "calls", "fix", "kept", "names", "notebook_json", "source", "table", "workshop", "yaml_text"}

    listed = {fixer.proposals.__module__.rpartition(".")[2] for fixer in table.FIXERS}

    assert {file.stem for file in folder.glob("*.py")} - shared == listed


@pytest.mark.parametrize("fixer", table.FIXERS, ids=lambda fixer: fixer.proposals.__qualname__ + fixer.rules[0])
def test_a_fixer_says_what_it_does_and_for_which_rules(fixer: Fixer) -> None:
    assert set(fixer.rules) <= {rule.slug for rule in RULES}
    assert fixer.what.en != fixer.what.fr
    assert not fixer.what.en.endswith(".")


def test_without_asking_only_safe_fixes_are_made(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("import joblib\nimport numpy as np\n\nx = np.random.rand(3)\njoblib.dump(x, 'x')\n")

    done = mended(path, catalog)

    assert [fix.rule for fix in done.fixes] == ["H001"]
    assert [(fix.rule, fix.is_safe) for fix in done.left] == [("H003", False)]


def test_what_a_comment_ignores_and_what_is_known_stays(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("import numpy as np\n\nx = np.random.rand(3)  # fates: ignore[H001] only a picture\n")

    assert not mended(path, catalog).changes


def test_only_the_rules_asked_for_are_mended(catalog: Catalog, tmp_path: Path) -> None:
    path = _copied(_ROOT / "tests/checking/cases/test-set-resampled/found_smote_on_each_side.py", tmp_path)

    done = mended(path, catalog, rules=frozenset({"W007"}))

    assert [fix.rule for fix in done.fixes] == ["W007"]
