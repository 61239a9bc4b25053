"""Put a fairness gate behind the training of a workflow."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from importlib import resources

import yaml

from fatesline.catalog.entry import Text
from fatesline.checking.findings import Finding
from fatesline.checking.fixes.fix import Fixer, Proposal
from fatesline.checking.fixes.workshop import Workshop
from fatesline.checking.fixes.yaml_text import YamlText

_SCRIPT = "fairness_gate.py"
_PREDICTIONS = "predictions.csv"


def proposals(finding: Finding, shop: Workshop) -> Iterator[Proposal]:
    """A step that compares the groups of the protected columns, and the script that it runs."""
    raw = shop.raw(finding.places[0].file)
    if raw is None or not shop.protected:
        return
    try:
        text = YamlText(raw)
    except ValueError:
        return
    found = text.item_at(finding.places[0].line)
    dash = text.dash(found[1]) if found is not None else None
    if found is None or dash is None:
        return
    indent = " " * dash
    command = f"python {_SCRIPT} {_PREDICTIONS} --protected {' '.join(map(shlex.quote, shop.protected))}"
    note = f"# fates: the training has to write {_PREDICTIONS}: actual, predicted, {', '.join(shop.protected)}"
    if isinstance(found[1], yaml.MappingNode):
        lines = [f"{indent}{note}", f"{indent}- name: Fairness gate", f"{indent}  run: {command}"]
    else:
        lines = [f"{indent}{note}", f"{indent}- {command}"]
    if any("\n" in line or ": " in command for line in lines):
        return
    script = resources.files(__package__).joinpath("fairness_gate.py.txt").read_text(encoding="utf-8")
    new_files = {} if shop.raw(_SCRIPT) is not None else {_SCRIPT: script}
    edit = text.inserted_after_line(text.last_line(found[1]), lines)
    yield Proposal((edit,), is_safe=False, new_files=new_files)


FIXER = Fixer(
    rules=("training-without-gate",),
    what=Text(
        en="add a step that stops the workflow where groups are selected at too different rates; the training has to "
        "write its predictions on the test rows",
        fr="ajouter une étape qui arrête le workflow si les taux de sélection des groupes diffèrent trop ; "
        "l'apprentissage doit écrire ses prédictions sur les lignes de test",
    ),
    safety="unsafe",
    proposals=proposals,
    needs_protected=True,
)
