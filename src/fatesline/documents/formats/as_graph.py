"""A part of a catalog as a picture: Mermaid and DOT for other tools, SVG drawn here."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from fatesline.documents.wording import Language

if TYPE_CHECKING:
    from fatesline.catalog import Catalog
    from fatesline.curation.part import Part

#: Titles longer than this are cut in pictures; the SVG has them whole as tooltips.
_LONGEST_TITLE = 46

#: Fill and line of features by kind, of constraints by level: light enough for black text on them.
_FEATURE_COLOURS = {
    "context": ("#eef2f7", "#7b8aa0"),
    "derived": ("#e3ecf9", "#4a6fa5"),
    "requirement": ("#fdf1d6", "#a8801a"),
    "mechanism": ("#dff2e1", "#3f8a4a"),
    "document": ("#f3e6f5", "#87579a"),
    "act": ("#fbe3dc", "#b35a3c"),
}
_LEVEL_COLOURS = {"law": "#9c2f2f", "technical": "#3b3b3b", "method": "#1f6f8b", "preference": "#8a8a8a"}

#: How a child hangs below its parent, as a sign and in words.
_SIGNS = {"mandatory": "●", "optional": "○", "alternative": "◇", "some": "◆", "cardinality": "◆"}
_WORDS = {
    "en": {
        "mandatory": "always with its parent",
        "optional": "optional",
        "alternative": "exactly one of these",
        "some": "at least one of these",
        "context": "context",
        "derived": "follows from the context",
        "requirement": "requirement",
        "mechanism": "mechanism",
        "document": "document",
        "act": "human act",
        "law": "law",
        "technical": "technical",
        "method": "method",
        "preference": "preference",
        "asked": "asked for",
        "excluded": "excluded",
    },
    "fr": {
        "mandatory": "toujours avec son parent",
        "optional": "facultatif",
        "alternative": "exactement l'un d'eux",
        "some": "au moins l'un d'eux",
        "context": "contexte",
        "derived": "découle du contexte",
        "requirement": "exigence",
        "mechanism": "mécanisme",
        "document": "document",
        "act": "acte humain",
        "law": "droit",
        "technical": "technique",
        "method": "méthode",
        "preference": "préférence",
        "asked": "demandé",
        "excluded": "exclu",
    },
}

# Measures of the SVG, in pixels; a character of 12 px is at most about 7 wide in the usual sans-serif fonts.
_ROW, _BOX, _INDENT, _MARGIN, _GAP, _CHARACTER = 28, 20, 24, 16, 110, 7.0


def mermaid(part: Part, catalog: Catalog, language: Language) -> str:
    """A Mermaid flowchart: the tree with arrows, constraints as hexagons with dotted ones."""
    lines = ["flowchart LR"]
    features = {name: f"f{number}" for number, name in enumerate(part.features)}
    for name, node in features.items():
        lines.append(f'  {node}["{_mermaid_text(_short(catalog.title(name, language)))}<br><i>{name}</i>"]')
    for name, node in features.items():
        parent = catalog.model[name].parent
        if parent is not None:
            arrow = "--o" if _group(catalog, name) == "mandatory" else "---"
            lines.append(f"  {features[parent]} {arrow} {node}")
    for number, tie in enumerate(part.ties):
        level = catalog.constraints[tie.constraint].level
        lines.append(f'  c{number}{{{{"{tie.constraint}<br><i>{_WORDS[language][level]}</i>"}}}}')
        lines += [f"  {features[name]} -.- c{number}" for name in tie.asking]
        lines += [f"  c{number} -.-> {features[name]}" for name in tie.asked]
        lines += [f"  c{number} -.-x {features[name]}" for name in tie.excluded]
    kinds = {name: _kind(catalog, name) for name in part.features}
    for kind, (fill, line) in _FEATURE_COLOURS.items():
        members = [features[name] for name in part.features if kinds[name] == kind]
        if members:
            lines += [f"  classDef {kind} fill:{fill},stroke:{line},color:#111", f"  class {','.join(members)} {kind}"]
    lines.append(f"  style {features[part.centre]} stroke-width:3px")
    return "\n".join(lines)


def dot(part: Part, catalog: Catalog, language: Language) -> str:
    """The DOT language of Graphviz."""
    lines = ["digraph catalog {", "  rankdir=LR;", '  node [shape=box, style=filled, fontname="sans-serif"];']
    for name in part.features:
        fill, line = _FEATURE_COLOURS[_kind(catalog, name)]
        label = f"{_dot_text(_short(catalog.title(name, language)))}\\n{name}"
        width = ", penwidth=3" if name == part.centre else ""
        lines.append(f'  "{name}" [label="{label}", fillcolor="{fill}", color="{line}"{width}];')
    for name in part.features:
        parent = catalog.model[name].parent
        if parent is not None:
            head = "dot" if _group(catalog, name) == "mandatory" else "odot"
            lines.append(f'  "{parent}" -> "{name}" [arrowhead={head}];')
    for tie in part.ties:
        colour = _LEVEL_COLOURS[catalog.constraints[tie.constraint].level]
        node = f"constraint:{tie.constraint}"
        lines.append(f'  "{node}" [label="{tie.constraint}", shape=hexagon, style=solid, color="{colour}"];')
        lines += [f'  "{name}" -> "{node}" [style=dashed, arrowhead=none, color="{colour}"];' for name in tie.asking]
        lines += [f'  "{node}" -> "{name}" [style=dashed, color="{colour}"];' for name in tie.asked]
        lines += [f'  "{node}" -> "{name}" [style=dashed, arrowhead=tee, color="{colour}"];' for name in tie.excluded]
    return "\n".join([*lines, "}"])


def svg(part: Part, catalog: Catalog, language: Language) -> str:
    """A drawing: the tree as an indented list on the left, the constraints beside what they tie on the right."""
    rows = {name: number for number, name in enumerate(part.features)}
    left = {name: _MARGIN + _INDENT * len(catalog.model.ancestors(name)) for name in part.features}
    titles = {name: catalog.title(name, language) for name in part.features}
    right = {name: left[name] + 22 + _CHARACTER * len(_short(titles[name])) for name in part.features}
    column = max(right.values()) + _GAP
    places = _rows_of_ties(part, rows)
    width = column + 24 + _CHARACTER * max((len(tie.constraint) for tie in part.ties), default=0)
    legend = _legend(part, catalog, language)
    width = max(width, _MARGIN + 230 * min(len(legend), 4)) + _MARGIN
    bottom = _MARGIN + _ROW * (max([len(rows), *(place + 1 for place in places)]))
    height = bottom + _MARGIN + 20 * ((len(legend) + 3) // 4) + _MARGIN

    def middle(row: float) -> float:
        return _MARGIN + _ROW * row + _BOX / 2

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="sans-serif" font-size="12">',
        f"<title>{escape(titles[part.centre])} ({part.centre})</title>",
        "<defs>",
        *(
            f'<marker id="to-{level}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
            f'orient="auto"><path d="M0 0L8 4L0 8z" fill="{colour}"/></marker>'
            f'<marker id="not-{level}" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="9" markerHeight="9" '
            f'orient="auto"><path d="M6 0V8" stroke="{colour}" stroke-width="2"/></marker>'
            for level, colour in _LEVEL_COLOURS.items()
        ),
        "</defs>",
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for name in part.features:
        parent = catalog.model[name].parent
        if parent is not None:
            corner = f"M{left[parent] + 8} {middle(rows[parent]) + _BOX / 2:.0f}V{middle(rows[name]):.0f}"
            lines.append(f'<path d="{corner}H{left[name]}" fill="none" stroke="#999"/>')
    # Lines before boxes, so that no line crosses a text.
    for tie, place in zip(part.ties, places, strict=True):
        level = catalog.constraints[tie.constraint].level
        stroke = f'fill="none" stroke="{_LEVEL_COLOURS[level]}" stroke-width="1.2" stroke-dasharray="4 3"'
        for name in tie.features:
            x, y, end = right[name], middle(rows[name]), middle(place)
            turn, straight = column - 50, column - 100
            # A bar stands a little off, so that an arrow to the same box does not hide it.
            stop = x + (9 if name in tie.excluded else 1)
            curve = f"M{column:.0f} {end:.0f}C{turn:.0f} {end:.0f} {turn:.0f} {y:.0f} {straight:.0f} {y:.0f}H{stop:.0f}"
            marker = "to" if name in tie.asked else "not"
            end_mark = "" if name in tie.asking else f' marker-end="url(#{marker}-{level})"'
            lines.append(f'<path d="{curve}" {stroke}{end_mark}/>')
    for name in part.features:
        kind = _kind(catalog, name)
        fill, line = _FEATURE_COLOURS[kind]
        y = middle(rows[name])
        heavy = 2.5 if name == part.centre else 1
        sign = _SIGNS.get(_group(catalog, name), "")
        lines += [
            f"<g><title>{escape(titles[name])} ({name})</title>",
            f'<rect x="{left[name]}" y="{y - _BOX / 2:.0f}" width="{right[name] - left[name]:.0f}" height="{_BOX}" '
            f'rx="3" fill="{fill}" stroke="{line}" stroke-width="{heavy}"/>',
            f'<text x="{left[name] + 5}" y="{y + 4:.0f}" fill="{line}">{sign}</text>',
            f'<text x="{left[name] + 18}" y="{y + 4:.0f}">{escape(_short(titles[name]))}</text></g>',
        ]
    for tie, place in zip(part.ties, places, strict=True):
        constraint = catalog.constraints[tie.constraint]
        y = middle(place)
        lines += [
            f"<g><title>{escape(constraint.because.in_language(language))}</title>",
            f'<rect x="{column:.0f}" y="{y - _BOX / 2:.0f}" width="{16 + _CHARACTER * len(tie.constraint):.0f}" '
            f'height="{_BOX}" rx="10" fill="white" stroke="{_LEVEL_COLOURS[constraint.level]}"/>',
            f'<text x="{column + 9:.0f}" y="{y + 4:.0f}">{tie.constraint}</text></g>',
        ]
    for number, (mark, colour, words) in enumerate(legend):
        x, y = _MARGIN + 230 * (number % 4), bottom + _MARGIN + 20 * (number // 4)
        lines.append(f'<text x="{x}" y="{y}" fill="{colour}">{mark}</text><text x="{x + 18}" y="{y}">{words}</text>')
    return "\n".join([*lines, "</svg>"])


def _rows_of_ties(part: Part, rows: dict[str, int]) -> list[float]:
    """The row of each constraint: in the middle of what it ties, and pushed down where another stands already."""
    wanted = []
    for tie in part.ties:
        tied = [rows[name] for name in tie.features]
        wanted.append(sum(tied) / len(tied) if tied else 0.0)
    # From the top: each stands where it wants to, or right below the one before.
    placed = [0.0] * len(wanted)
    free = 0.0
    for at in sorted(range(len(wanted)), key=lambda at: (wanted[at], at)):
        placed[at] = max(wanted[at], free)
        free = placed[at] + 1
    return placed


def _legend(part: Part, catalog: Catalog, language: Language) -> list[tuple[str, str, str]]:
    """Sign, colour and words of what occurs in the part."""
    words = _WORDS[language]
    groups = {_group(catalog, name) for name in part.features}
    kinds = {_kind(catalog, name) for name in part.features}
    levels = {catalog.constraints[tie.constraint].level for tie in part.ties}
    return [
        *((sign, "#333", words[group]) for group, sign in _SIGNS.items() if group in groups and group in words),
        *(("■", line, words[kind]) for kind, (_, line) in _FEATURE_COLOURS.items() if kind in kinds),
        *(("┄", colour, words[level]) for level, colour in _LEVEL_COLOURS.items() if level in levels),
        *([("→", "#333", words["asked"])] if any(tie.asked for tie in part.ties) else []),
        *([("⊣", "#333", words["excluded"])] if any(tie.excluded for tie in part.ties) else []),
    ]


def _kind(catalog: Catalog, name: str) -> str:
    return catalog.entries[name].kind if name in catalog.entries else "context"


def _group(catalog: Catalog, name: str) -> str:
    """How a feature hangs below its parent; empty for the root."""
    if catalog.model[name].parent is None:
        return ""
    return next((group.kind for group in catalog.model.groups if name in group.members), "optional")


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"


def _mermaid_text(text: str) -> str:
    # Mermaid has entities of its own: #quot; for a quotation mark.
    return text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")


def _dot_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
