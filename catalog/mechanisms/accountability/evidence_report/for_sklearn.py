"""The evidence of a run as one HTML page: no script, no font, no picture from elsewhere, so it opens anywhere."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

#: English and French, in the order in which `_say` chooses.
TEXTS = {
    "report": ("Evidence report", "Rapport de preuves"),
    "verdicts": ("What holds", "Ce qui tient"),
    "requirement": ("What was measured", "Ce qui a été mesuré"),
    "verdict": ("Verdict", "Verdict"),
    "because": ("Because", "Motif"),
    "True": ("holds", "tient"),
    "False": ("does not hold", "ne tient pas"),
    "None": ("cannot tell", "indéterminé"),
    "performance": ("Performance on the test rows", "Performance sur les lignes de test"),
    "figure": ("Figure", "Chiffre"),
    "before": ("before mitigation", "avant atténuation"),
    "after": ("the model", "le modèle"),
    "pictures": ("Pictures", "Figures"),
    "why": ("What was chosen, and why", "Ce qui a été choisi, et pourquoi"),
    "component": ("Component", "Composant"),
    "source": ("Source", "Source"),
    "people": ("To be done by people", "À faire par des personnes"),
    "run": ("The run", "L'exécution"),
    "details": ("All figures", "Tous les chiffres"),
    "finished": ("Training finished", "Apprentissage terminé"),
    "data": ("Table", "Tableau"),
    "rows": ("rows", "lignes"),
    "model": ("Model", "Modèle"),
    "waived": ("Rules set aside", "Règles écartées"),
    "until": ("until", "jusqu'au"),
}
STYLE = """
:root { color-scheme: light dark; --line: #8886; --good: #1a7f37; --bad: #c62828; --open: #8a6100; }
@media (prefers-color-scheme: dark) { :root { --good: #6fdd8b; --bad: #ff8a80; --open: #ffd479; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
td.number { font-variant-numeric: tabular-nums; }
.holds { color: var(--good); } .does-not-hold { color: var(--bad); } .cannot-tell { color: var(--open); }
.verdict { font-weight: 600; white-space: nowrap; }
img { max-width: 100%; background: white; } figure { margin: 1rem 0; } code { overflow-wrap: anywhere; }
details table { font-size: .9rem; margin-left: 1rem; width: auto; }
"""


def write(evidence: Mapping[str, Any], project: Mapping[str, Any], figures: Path, folder: Path) -> Path:
    """Write the page.

    Parameters
    ----------
    evidence : mapping
        What the run recorded, by id.
    project : mapping
        The facts of ``project.json``, with those of this run.
    figures : Path
        Folder with pictures in PNG; all of them are part of the page. Need not exist.
    folder : Path
        Made where it does not exist.

    Returns
    -------
    Path
        ``evidence_report.html``.
    """
    language = project["language"]
    titles = {part["id"]: part["title"] for part in project["selected"]}
    body = [
        f"<h1>{_text(project['title'])}</h1>",
        f"<p>{_text(project['purpose'])}</p>" if project["purpose"] else "",
        _run(evidence["run"], language),
        _verdicts(evidence, titles, language),
        _performance(evidence["performance"], language),
        _pictures(figures, titles, language),
        _chosen(project, language),
        _waived(project, language),
        _people(project, language),
        _details(evidence, titles, language),
    ]
    title = f"{_say('report', language)}{' : ' if language == 'fr' else ': '}{project['title']}"
    page = (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "\n</body>\n</html>\n"
    )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "evidence_report.html"
    path.write_text(page, encoding="utf-8")
    return path


def _say(key: str, language: str) -> str:
    return TEXTS[key][language == "fr"]


def _text(value: object) -> str:
    return escape(str(value), quote=True)


def _name(key: str, titles: Mapping[str, str]) -> str:
    return _text(titles.get(key, key.replace("_", " ")))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Cells that begin with a tag of their own are taken as they are."""
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    lines = ["".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in row) for row in rows]
    inside = "\n".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{inside}\n</tbody>\n</table>"


def _run(run: Mapping[str, Any], language: str) -> str:
    data, model = run["data"], run["model"]
    lines = [
        f"{_say('finished', language)}: {_text(run['finished'])}",
        f"{_say('data', language)}: {_text(data['file'])}, {data['rows']} {_say('rows', language)}, "
        f"SHA-256 <code>{_text(data['sha256'])}</code>",
        f"{_say('model', language)}: {_text(model['file'])}, SHA-256 <code>{_text(model['sha256'])}</code>",
    ]
    return "<ul>\n" + "\n".join(f"<li>{line}</li>" for line in lines) + "\n</ul>"


def _verdicts(evidence: Mapping[str, Any], titles: Mapping[str, str], language: str) -> str:
    rows = []
    for key, found in evidence.items():
        if "holds" in found:
            mark = {True: "holds", False: "does-not-hold", None: "cannot-tell"}[found["holds"]]
            verdict = f'<td class="verdict {mark}">{_say(str(found["holds"]), language)}</td>'
            rows.append((_name(key, titles), verdict, _reason(found, language)))
    head = [_say(key, language) for key in ("requirement", "verdict", "because")]
    return f'<h2 id="verdicts">{_say("verdicts", language)}</h2>\n{_table(head, rows)}'


def _reason(found: Mapping[str, Any], language: str) -> str:
    """The sentence of the evidence; it is English, so readers of French get the figures that were judged before it."""
    sentence = _text(found.get("because", ""))
    if language != "fr":
        return sentence
    told = [f"{_text(name)} : {figure}, seuil {_french(limit)}" for name, limit, figure in _judged(found)]
    return "<br>".join([*told, f'<small lang="en">{sentence}</small>'])


def _judged(found: Mapping[str, Any]) -> Iterator[tuple[str, object, str]]:
    """What is compared with a limit: its name, the limit and the figure, of each attribute where there are several."""
    measured = found.get("measured", {})
    for name, limit in found.get("threshold", {}).items():
        if name in measured:
            yield name, limit, _with_interval(measured[name])
        for attribute, figures in measured.get("attributes", {}).items():
            if isinstance(figures, Mapping) and name in figures:
                yield f"{name} ({attribute})", limit, _with_interval(figures[name])


def _with_interval(figure: object) -> str:
    if not isinstance(figure, Mapping):
        return _french(figure)
    if figure.get("value") is None:
        return "indéterminé"
    if figure.get("low") is None or figure.get("high") is None:
        return _french(figure["value"])
    return f"{_french(figure['value'])} [{_french(figure['low'])} ; {_french(figure['high'])}]"


def _french(value: object) -> str:
    return _plain(value).replace(".", ",") if isinstance(value, float) else _plain(value)


def _performance(performance: Mapping[str, Any], language: str) -> str:
    states = [state for state in ("before", "after") if performance.get(state)]
    names = [name for name, value in performance["after"].items() if isinstance(value, int | float | None)]
    rows = [[_text(name.replace("_", " ")), *(_number(performance[state][name]) for state in states)] for name in names]
    head = [_say("figure", language), *(_say(state, language) for state in states)]
    return f"<h2>{_say('performance', language)}</h2>\n{_table(head, rows)}"


def _number(value: object) -> str:
    return f'<td class="number">{_plain(value)}</td>'


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    return "–" if value is None else _text(value)


def _pictures(folder: Path, titles: Mapping[str, str], language: str) -> str:
    parts = []
    for path in sorted(folder.glob("*.png")):
        content = base64.b64encode(path.read_bytes()).decode("ascii")
        name = _name(path.stem, titles)
        picture = f'<img alt="{name}" src="data:image/png;base64,{content}">'
        parts.append(f"<figure>\n{picture}\n<figcaption>{name}</figcaption>\n</figure>")
    return "\n".join([f"<h2>{_say('pictures', language)}</h2>", *parts]) if parts else ""


def _chosen(project: Mapping[str, Any], language: str) -> str:
    rows = [
        (_text(part["title"]), _text(part["because"]), "<br>".join(_text(source) for source in part["sources"]))
        for part in project["selected"]
    ]
    head = [_say(key, language) for key in ("component", "because", "source")]
    return f"<h2>{_say('why', language)}</h2>\n{_table(head, rows)}"


def _waived(project: Mapping[str, Any], language: str) -> str:
    lines = [
        f"<li><code>{_text(waiver['constraint'])}</code>: {_text(waiver['person'])}, {_say('until', language)} "
        f"{_text(waiver['until'])}. {_text(waiver['reason'])}</li>"
        for waiver in project["waivers"]
    ]
    return "\n".join([f"<h2>{_say('waived', language)}</h2>\n<ul>", *lines, "</ul>"]) if lines else ""


def _people(project: Mapping[str, Any], language: str) -> str:
    lines = [f"<li>{_text(part['title'])}</li>" for part in project["people"]]
    return "\n".join([f"<h2>{_say('people', language)}</h2>\n<ul>", *lines, "</ul>"]) if lines else ""


def _details(evidence: Mapping[str, Any], titles: Mapping[str, str], language: str) -> str:
    parts = [
        f"<details>\n<summary>{_name(key, titles)}</summary>\n{_tree(found)}\n</details>"
        for key, found in evidence.items()
    ]
    return "\n".join([f"<h2>{_say('details', language)}</h2>", *parts])


def _tree(value: object) -> str:
    """Any evidence as nested tables, so that nothing measured is left out."""
    if isinstance(value, Mapping):
        rows = "\n".join(
            f'<tr><th scope="row">{_text(str(key).replace("_", " "))}</th><td>{_tree(inner)}</td></tr>'
            for key, inner in value.items()
        )
        return f"<table>\n{rows}\n</table>" if rows else "–"
    if isinstance(value, list | tuple):
        return "<br>".join(_tree(inner) for inner in value) or "–"
    return _plain(value)
