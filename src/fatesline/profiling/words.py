"""Facts in sentences, English and French: figure first, what it was compared with after."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fatesline.catalog.positions import printable
from fatesline.profiling.facts import Fact, FactKind

_Said = Callable[[Fact, "dict[str, str | int | float]", str], tuple[str, str]]


def said(fact: Fact, language: str = "en") -> str:
    """One sentence about a fact, without the full stop.

    Parameters
    ----------
    fact : Fact
    language : {'en', 'fr'}
    """
    columns = ", ".join(printable(name, 60) for name in fact.columns[:8])
    columns += ", …" if len(fact.columns) > 8 else ""
    english, french = _SENTENCES[fact.kind](fact, dict(fact.more), columns)
    return french if language == "fr" else english


def dropped_because(reason: str, language: str = "en") -> str:
    """Why a column is left out, for ``data.dropped``."""
    english, french = _REASONS[reason]
    return french if language == "fr" else english


_REASONS: Mapping[str, tuple[str, str]] = {
    "personal": ("identifies people", "identifie des personnes"),
    "identifier": ("a different value in every row", "une valeur différente à chaque ligne"),
    "constant": ("one value only", "une seule valeur"),
    "empty": ("no value at all", "aucune valeur"),
    "date": ("a date", "une date"),
    "text": ("free text", "texte libre"),
    "many values": ("too many different values", "trop de valeurs différentes"),
    "decimal comma": ("numbers with a decimal comma", "nombres à virgule décimale"),
    "leak": ("seems to know the outcome", "semble connaître l'issue"),
    "asked": ("left out by choice", "écartée par choix"),
}


def _share(value: float) -> str:
    return f"{100 * value:.1f} %"


def _half(fact: Fact) -> str:
    return _share(fact.figure)


def _leak(fact: Fact, more: dict[str, str | int | float], columns: str) -> tuple[str, str]:
    match more["measure"]:
        case "area":
            return (
                f"{columns} alone ranks the outcomes with an area under the curve of {fact.figure:.2f} "
                f"(from {fact.threshold:.2f}: likely a leak)",
                f"{columns} classe à elle seule les issues avec une aire sous la courbe de {fact.figure:.2f} "
                f"(à partir de {fact.threshold:.2f} : fuite probable)",
            )
        case "presence":
            return (
                f"whether {columns} has a value changes the rate of the outcome by {_half(fact)}: "
                "it seems to be filled after the outcome",
                f"la présence d'une valeur dans {columns} change le taux de l'issue de {_half(fact)} : "
                "la colonne semble remplie après l'issue",
            )
    return (f"{columns} is named like the outcome", f"{columns} porte le nom de l'issue")


def _rates(fact: Fact, more: dict[str, str | int | float], columns: str) -> tuple[str, str]:
    figures = (
        f"{more['most']} {_share(float(more['most_rate']))}, {more['least']} {_share(float(more['least_rate']))}; "
        f"{_share(fact.figure)} [{_share(float(more['low']))}, {_share(float(more['high']))}]"
    )
    return (
        f"favourable outcome by {columns}: {figures.replace(';', '; difference')}",
        f"issue favorable selon {columns} : {figures.replace(';', ' ; écart')}",
    )


_SENTENCES: Mapping[FactKind, _Said] = {
    "base-rates-differ": _rates,
    "class-imbalance": lambda fact, more, columns: (
        f"the rarer label of {columns} has {_half(fact)} of the rows (imbalanced below {_share(fact.threshold or 0)})",
        f"la valeur rare de {columns} a {_half(fact)} des lignes (déséquilibre sous {_share(fact.threshold or 0)})",
    ),
    "constant-column": lambda fact, more, columns: (
        f"{columns} has {'one value' if fact.figure else 'no value'} only",
        f"{columns} n'a {'qu’une valeur' if fact.figure else 'aucune valeur'}",
    ),
    "criminal-offence-data": lambda fact, more, columns: (
        f"{columns} speaks of offences by its name",
        f"{columns} parle d'infractions par son nom",
    ),
    "date-column": lambda fact, more, columns: (f"{columns} holds dates", f"{columns} contient des dates"),
    "decimal-comma": lambda fact, more, columns: (
        f"{columns} has numbers with a decimal comma; write them with a point to use them",
        f"{columns} a des nombres à virgule décimale ; écrivez-les avec un point pour les utiliser",
    ),
    "duplicate-rows": lambda fact, more, columns: (
        f"{fact.figure:.0f} of {more['rows']} rows repeat another row",
        f"{fact.figure:.0f} lignes sur {more['rows']} en répètent une autre",
    ),
    "favourable-label": lambda fact, more, columns: (
        f"favourable label of {columns}: {more['label']}",
        f"valeur favorable de {columns} : {more['label']}",
    ),
    "free-text": lambda fact, more, columns: (
        f"{columns} holds free text, {fact.figure:.0f} characters on average",
        f"{columns} contient du texte libre, {fact.figure:.0f} caractères en moyenne",
    ),
    "high-cardinality": lambda fact, more, columns: (
        f"{columns} has {fact.figure:.0f} different values (more than {fact.threshold:.0f})",
        f"{columns} a {fact.figure:.0f} valeurs différentes (plus de {fact.threshold:.0f})",
    ),
    "identifier": lambda fact, more, columns: (
        f"{columns} has a different value in every row",
        f"{columns} a une valeur différente à chaque ligne",
    ),
    "leaks-target": _leak,
    "missing-in-target": lambda fact, more, columns: (
        f"{more['rows']} rows have no value in {columns}",
        f"{more['rows']} lignes n'ont pas de valeur dans {columns}",
    ),
    "missing-values": lambda fact, more, columns: (
        f"{more['cells']} values are missing ({_half(fact)} of the cells), in {columns}",
        f"{more['cells']} valeurs manquent ({_half(fact)} des cellules), dans {columns}",
    ),
    "outlying-values": lambda fact, more, columns: (
        f"up to {_half(fact)} of the values are far out of the usual range, in {columns}",
        f"jusqu'à {_half(fact)} des valeurs sortent largement de l'ordinaire, dans {columns}",
    ),
    "personal-data": lambda fact, more, columns: (
        f"{columns} identifies people"
        + (f": {_half(fact)} of its values are a {more['what']}" if more["what"] else ""),
        f"{columns} identifie des personnes"
        + (f" : {_half(fact)} de ses valeurs sont un(e) {_WHAT_FR[str(more['what'])]}" if more["what"] else ""),
    ),
    "protected-column": lambda fact, more, columns: (
        f"{columns} may be a protected attribute ({more['ground']})",
        f"{columns} peut être un attribut protégé ({_GROUND_FR.get(str(more['ground']), str(more['ground']))})",
    ),
    "proxy-column": lambda fact, more, columns: (
        f"{columns.replace(', ', ' tells of ')}: Cramér's V {fact.figure:.2f} (a stand-in from {fact.threshold:.2f})",
        f"{columns.replace(', ', ' renseigne sur ')} : V de Cramér {fact.figure:.2f} "
        f"(substitut à partir de {fact.threshold:.2f})",
    ),
    "repeated-persons": lambda fact, more, columns: (
        f"{columns} repeats: {fact.figure:.0f} of {more['rows']} rows are about a person seen before",
        f"{columns} se répète : {fact.figure:.0f} lignes sur {more['rows']} portent sur une personne déjà vue",
    ),
    "sentinel-number": lambda fact, more, columns: (
        f"{more['number']} in {columns} may mean missing ({_half(fact)} of its rows); "
        + ("taken so" if more["taken"] else "not taken so, since it is a real value elsewhere"),
        f"{more['number']} dans {columns} peut signifier une valeur manquante ({_half(fact)} des lignes) ; "
        + ("compris ainsi" if more["taken"] else "non compris ainsi, car c'est une vraie valeur ailleurs"),
    ),
    "single-strong-column": lambda fact, more, columns: (
        f"{columns} alone ranks the outcomes with an area under the curve of {fact.figure:.2f}; "
        "is it known before the decision?",
        f"{columns} classe à elle seule les issues avec une aire sous la courbe de {fact.figure:.2f} ; "
        "est-elle connue avant la décision ?",
    ),
    "singled-out-records": lambda fact, more, columns: (
        f"the smallest group of rows alike in {columns} has {fact.figure:.0f} (fewer than {fact.threshold:.0f} can be "
        f"singled out: {_share(float(more['share']))} of the rows)",
        f"le plus petit groupe de lignes semblables selon {columns} en a {fact.figure:.0f} (isolables sous "
        f"{fact.threshold:.0f} : {_share(float(more['share']))} des lignes)",
    ),
    "small-group": lambda fact, more, columns: (
        f"about {fact.figure:.0f} test rows for {more['group']} ({columns}); stable figures need {fact.threshold:.0f}",
        f"environ {fact.figure:.0f} lignes de test pour {more['group']} ({columns}) ; "
        f"les chiffres sont stables à partir de {fact.threshold:.0f}",
    ),
    "special-category-data": lambda fact, more, columns: (
        f"{columns} belongs to a special category by its name",
        f"{columns} relève d'une catégorie particulière par son nom",
    ),
    "under-represented-group": lambda fact, more, columns: (
        f"{more['group']} has {_half(fact)} of the rows ({columns}; under-represented below "
        f"{_share(fact.threshold or 0)})",
        f"{more['group']} a {_half(fact)} des lignes ({columns} ; sous-représenté sous {_share(fact.threshold or 0)})",
    ),
}

_WHAT_FR: Mapping[str, str] = {
    "e-mail address": "adresse électronique",
    "telephone number": "numéro de téléphone",
    "IBAN": "IBAN",
    "social security number": "numéro de sécurité sociale",
    "card number": "numéro de carte",
}

_GROUND_FR: Mapping[str, str] = {
    "sex": "sexe",
    "origin": "origine",
    "age": "âge",
    "nationality": "nationalité",
    "religion": "religion",
    "disability": "handicap",
    "marital status": "situation matrimoniale",
    "orientation": "orientation",
    "pregnancy": "grossesse",
}
