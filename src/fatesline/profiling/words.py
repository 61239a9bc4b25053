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
    if len(fact.columns) > 8:
        # The attribute that a fact is about stands last.
        columns += f", …, {printable(fact.columns[-1], 60)}" if fact.kind == "missing-by-group" else ", …"
    english, french = _SENTENCES[fact.kind](fact, dict(fact.more), columns)
    return _with_signs(french if language == "fr" else english, language)


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
    "split": ("divides the rows", "répartit les lignes"),
    "leak": ("seems to know the outcome", "semble connaître l'issue"),
    "asked": ("left out by choice", "écartée par choix"),
}


#: Stand for the signs of numbers until the language is known; no name of a column or value has them.
_DECIMAL, _THOUSANDS = "\ue000", "\ue001"


def _with_signs(text: str, language: str) -> str:
    decimal, thousands = (",", "\u202f") if language == "fr" else (".", ",")
    return text.replace(_DECIMAL, decimal).replace(_THOUSANDS, thousands)


def _figure(value: float | None, digits: int) -> str:
    return f"{value or 0:.{digits}f}".replace(".", _DECIMAL)


def _whole(value: str | int | float | None) -> str:
    return f"{float(value or 0):,.0f}".replace(",", _THOUSANDS)


def _share(value: float) -> str:
    return f"{_figure(100 * value, 1)} %"


def _several(count: str | int | float, one: str, many: str) -> str:
    """One form for one, another for more; no fact counts none, of which French would speak as of one."""
    return one if round(float(count)) == 1 else many


def _of(count: str | int | float, one: str, many: str = "") -> str:
    """A number and what it counts; the plural may be left out where it only takes an s."""
    return f"{_whole(count)} {_several(count, one, many or one + 's')}"


def _half(fact: Fact) -> str:
    return _share(fact.figure)


def _leak(fact: Fact, more: dict[str, str | int | float], columns: str) -> tuple[str, str]:
    match more["measure"]:
        case "area":
            return (
                f"{columns} alone ranks the outcomes with an area under the curve of {_figure(fact.figure, 2)} "
                f"(from {_figure(fact.threshold, 2)}: likely a leak)",
                f"{columns} classe à elle seule les issues avec une aire sous la courbe de {_figure(fact.figure, 2)} "
                f"(à partir de {_figure(fact.threshold, 2)} : fuite probable)",
            )
        case "presence":
            return (
                f"whether {columns} has a value changes the rate of the outcome by {_half(fact)}: "
                "it seems to be filled after the outcome",
                f"la présence d'une valeur dans {columns} change le taux de l'issue de {_half(fact)} : "
                "la colonne semble remplie après l'issue",
            )
        case "explained":
            return (
                f"{columns} alone explains {_half(fact)} of the variance of the outcome "
                f"(from {_share(fact.threshold or 0)}: likely a leak)",
                f"{columns} explique à elle seule {_half(fact)} de la variance de l'issue "
                f"(à partir de {_share(fact.threshold or 0)} : fuite probable)",
            )
        case "prediction":
            return (
                f"{columns} is named like the prediction of a model",
                f"{columns} porte le nom d'une prédiction de modèle",
            )
    return (f"{columns} is named like the outcome", f"{columns} porte le nom de l'issue")


def _strong(fact: Fact, more: dict[str, str | int | float], columns: str) -> tuple[str, str]:
    if more.get("measure") == "explained":
        return (
            f"{columns} alone explains {_half(fact)} of the variance of the outcome; is it known before the decision?",
            f"{columns} explique à elle seule {_half(fact)} de la variance de l'issue ; "
            "est-elle connue avant la décision ?",
        )
    if more.get("measure") == "presence-of-number":
        return (
            f"whether {columns} has a value moves the mean outcome by {_figure(fact.figure, 2)} standard deviations; "
            "is it filled before the outcome, and by everybody?",
            f"la présence d'une valeur dans {columns} déplace l'issue moyenne de {_figure(fact.figure, 2)} écarts "
            "types ; est-elle remplie avant l'issue, et par tous ?",
        )
    return (
        f"{columns} alone ranks the outcomes with an area under the curve of {_figure(fact.figure, 2)}; "
        "is it known before the decision?",
        f"{columns} classe à elle seule les issues avec une aire sous la courbe de {_figure(fact.figure, 2)} ; "
        "est-elle connue avant la décision ?",
    )


def _between(fact: Fact, more: dict[str, str | int | float]) -> tuple[str, str]:
    figures = f"{more['most']} {_share(float(more['most_rate']))}, {more['least']} {_share(float(more['least_rate']))}"
    gap = f"{_share(fact.figure)} [{_share(float(more['low']))}, {_share(float(more['high']))}]"
    return f"{figures}; difference {gap}", f"{figures} ; écart {gap}"


_SIDES: Mapping[str, tuple[str, str]] = {
    "favourable": ("favourable outcome", "issue favorable"),
    "high": ("favourable side of the median (high)", "côté favorable de la médiane (haut)"),
    "low": ("favourable side of the median (low)", "côté favorable de la médiane (bas)"),
    "upper": ("values above the median", "valeurs au-dessus de la médiane"),
}


def _rates(fact: Fact, more: dict[str, str | int | float], columns: str) -> tuple[str, str]:
    side, side_fr = _SIDES[str(more["side"])]
    if "most" not in more:
        return (
            f"{side} by {columns}: cannot tell, fewer than two groups have {more['fewest']} rows",
            f"{side_fr} selon {columns} : on ne peut pas dire, moins de deux groupes ont {more['fewest']} lignes",
        )
    english, french = _between(fact, more)
    if fact.standing == "undecided":
        english, french = f"{english}; cannot tell from so few rows", f"{french} ; trop peu de lignes pour conclure"
    return f"{side} by {columns}: {english}", f"{side_fr} selon {columns} : {french}"


def _by_group(fact: Fact, more: dict[str, str | int | float], columns: str) -> tuple[str, str]:
    column, attribute = columns.rsplit(", ", 1)
    english, french = _between(fact, more)
    return (
        f"missing values of {column} by {attribute}: {english}",
        f"valeurs manquantes de {column} selon {attribute} : {french}",
    )


def _share_of_group(fact: Fact, more: dict[str, str | int | float], columns: str) -> tuple[str, str]:
    share, expected = _share(float(more["share"])), _share(float(more["expected"]))
    english = f"{more['group']} ({columns}) has {share} of the rows, {expected} of the reference"
    french = f"{more['group']} ({columns}) a {share} des lignes, {expected} de la référence"
    if fact.standing == "undecided":
        return f"{english}; cannot tell from so few rows", f"{french} ; trop peu de lignes pour conclure"
    ratio = f"{_figure(fact.figure, 2)}"
    return (
        f"{english}: {ratio} (under-represented below {_figure(fact.threshold, 2)})",
        f"{french} : {ratio} (sous-représenté sous {_figure(fact.threshold, 2)})",
    )


_TASKS: Mapping[str, tuple[str, str]] = {
    "binary": ("two classes", "deux classes"),
    "several_classes": ("several classes", "plusieurs classes"),
    "numeric": ("a number", "un nombre"),
}
_ORDERED: Mapping[str, tuple[str, str]] = {
    "yes": (" in an order", " ordonnées"),
    "no": ("", ""),
    "unknown": (" (in an order or not)", " (ordonnées ou non)"),
}


def _task(fact: Fact, more: dict[str, str | int | float], columns: str) -> tuple[str, str]:
    values = f"{columns} has {_of(fact.figure, 'value')}", f"{columns} a {_of(fact.figure, 'valeur')}"
    if not more["task"]:
        return (
            f"{values[0]}: cannot tell whether they are classes or points on a scale",
            f"{values[1]} : on ne peut pas dire si ce sont des classes ou les points d'une échelle",
        )
    english, french = _TASKS[str(more["task"])]
    if more["task"] == "several_classes":
        english, french = english + _ORDERED[str(more["ordered"])][0], french + _ORDERED[str(more["ordered"])][1]
    return f"{values[0]}: {english}", f"{values[1]} : {french}"


def _label(fact: Fact, more: dict[str, str | int | float], columns: str) -> tuple[str, str]:
    if "label" not in more:
        return (
            f"which of the {_whole(fact.figure)} labels of {columns} is favourable cannot be told",
            f"on ne peut pas dire laquelle des {_whole(fact.figure)} valeurs de {columns} est favorable",
        )
    return f"favourable label of {columns}: {more['label']}", f"valeur favorable de {columns} : {more['label']}"


def _direction(fact: Fact, more: dict[str, str | int | float], columns: str) -> tuple[str, str]:
    match more["direction"]:
        case "high":
            return f"favourable in {columns}: high values", f"favorable dans {columns} : les valeurs hautes"
        case "low":
            return f"favourable in {columns}: low values", f"favorable dans {columns} : les valeurs basses"
    return (
        f"whether high or low values of {columns} are favourable cannot be told",
        f"on ne peut pas dire si les valeurs hautes ou basses de {columns} sont favorables",
    )


def _drift(fact: Fact, more: dict[str, str | int | float], columns: str) -> tuple[str, str]:
    figures = f"{_figure(fact.figure, 3)}", f"{_figure(fact.threshold or 0, 2)}"
    if fact.standing == "undecided":
        return (
            f"population stability index of {columns}: {figures[0]}; cannot tell, chance alone gives "
            f"{_figure(float(more['chance']), 3)} with so few rows",
            f"indice de stabilité de {columns} : {figures[0]} ; on ne peut pas dire, le hasard seul donne "
            f"{_figure(float(more['chance']), 3)} avec si peu de lignes",
        )
    return (
        f"population stability index of {columns}: {figures[0]} (drift from {figures[1]})",
        f"indice de stabilité de {columns} : {figures[0]} (dérive à partir de {figures[1]})",
    )


_SENTENCES: Mapping[FactKind, _Said] = {
    "base-rates-differ": _rates,
    "class-imbalance": lambda fact, more, columns: (
        f"the rarest label of {columns} has {_half(fact)} of the rows (imbalanced below {_share(fact.threshold or 0)})",
        f"la valeur la plus rare de {columns} a {_half(fact)} des lignes "
        f"(déséquilibre sous {_share(fact.threshold or 0)})",
    ),
    "column-drift": _drift,
    "columns-changed": lambda fact, more, columns: (
        f"{'new' if more['change'] == 'added' else 'no longer there'}: {columns}",
        f"{'nouvelles' if more['change'] == 'added' else 'disparues'} : {columns}",
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
        f"{_whole(fact.figure)} of {_whole(more['rows'])} rows {_several(fact.figure, 'repeats', 'repeat')} another "
        "row",
        f"{_of(fact.figure, 'ligne')} sur {_whole(more['rows'])} en {_several(fact.figure, 'répète', 'répètent')} "
        "une autre",
    ),
    "favourable-direction": _direction,
    "favourable-label": _label,
    "free-text": lambda fact, more, columns: (
        f"{columns} holds free text, {_whole(fact.figure)} characters on average",
        f"{columns} contient du texte libre, {_whole(fact.figure)} caractères en moyenne",
    ),
    "group-share": _share_of_group,
    "high-cardinality": lambda fact, more, columns: (
        f"{columns} has {_of(fact.figure, 'different value')} (more than {_whole(fact.threshold)})",
        f"{columns} a {_of(fact.figure, 'valeur différente', 'valeurs différentes')} "
        f"(plus de {_whole(fact.threshold)})",
    ),
    "identifier": lambda fact, more, columns: (
        f"{columns} has a different value in every row",
        f"{columns} a une valeur différente à chaque ligne",
    ),
    "leaks-target": _leak,
    "missing-by-group": _by_group,
    "missing-drift": lambda fact, more, columns: (
        f"missing values of {columns}: {_share(float(more['before']))} before, {_share(float(more['now']))} now "
        f"(a change from {_share(fact.threshold or 0)})",
        f"valeurs manquantes de {columns} : {_share(float(more['before']))} avant, {_share(float(more['now']))} "
        f"maintenant (un changement à partir de {_share(fact.threshold or 0)})",
    ),
    "missing-in-target": lambda fact, more, columns: (
        f"{_of(more['rows'], 'row')} {_several(more['rows'], 'has', 'have')} no value in {columns}",
        f"{_of(more['rows'], 'ligne')} n'{_several(more['rows'], 'a', 'ont')} pas de valeur dans {columns}",
    ),
    "missing-values": lambda fact, more, columns: (
        f"{_of(more['cells'], 'value')} {_several(more['cells'], 'is', 'are')} missing ({_half(fact)} of the cells), "
        f"in {columns}",
        f"{_of(more['cells'], 'valeur')} {_several(more['cells'], 'manque', 'manquent')} "
        f"({_half(fact)} des cellules), dans {columns}",
    ),
    "new-values": lambda fact, more, columns: (
        f"{columns} has {_of(more['values'], 'value')} that {_several(more['values'], 'was', 'were')} not there "
        f"before, in {_half(fact)} of the rows",
        f"{columns} a {_of(more['values'], 'valeur')} qui n'y {_several(more['values'], 'était', 'étaient')} pas, "
        f"dans {_half(fact)} des lignes",
    ),
    "number-codes": lambda fact, more, columns: (
        f"{columns} has {_of(fact.figure, 'whole number')} under the name of a category: codes, not quantities?",
        f"{columns} a {_of(fact.figure, 'nombre entier', 'nombres entiers')} sous le nom d'une catégorie : des codes, "
        "non des quantités ?",
    ),
    "ordered-rows": lambda fact, more, columns: (
        f"the rows are in an order: the place of the row correlates with {columns}, at most with "
        f"{_figure(abs(fact.figure), 2)} (from {_figure(fact.threshold, 2)}); the end of the table "
        "differs from its beginning",
        f"les lignes sont dans un ordre : le rang de la ligne est corrélé avec {columns}, au plus à "
        f"{_figure(abs(fact.figure), 2)} (à partir de {_figure(fact.threshold, 2)}) ; la fin de la table "
        "diffère du début",
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
        f"{columns} may be a protected attribute ({more['ground']}"
        + ("; a share of an area, which needs a threshold)" if more.get("area") else ")"),
        f"{columns} peut être un attribut protégé ({ground_named(str(more['ground']), 'fr')}"
        + (" ; une part dans un territoire, à couper à un seuil)" if more.get("area") else ")"),
    ),
    "proxy-column": lambda fact, more, columns: (
        f"{columns.replace(', ', ' tells of ')}: Cramér's V {_figure(fact.figure, 2)} "
        f"(a stand-in from {_figure(fact.threshold, 2)})",
        f"{columns.replace(', ', ' renseigne sur ')} : V de Cramér {_figure(fact.figure, 2)} "
        f"(substitut à partir de {_figure(fact.threshold, 2)})",
    ),
    "rare-values": lambda fact, more, columns: (
        f"{columns} has {_of(fact.figure, 'value')} with fewer than {_share(fact.threshold or 0)} of the rows"
        + _several(fact.figure, "", " each"),
        f"{columns} a {_of(fact.figure, 'valeur')} avec moins de {_share(fact.threshold or 0)} des lignes"
        + _several(fact.figure, "", " chacune"),
    ),
    "repeated-persons": lambda fact, more, columns: (
        f"{columns} repeats: {_whole(fact.figure)} of {_whole(more['rows'])} rows {_several(fact.figure, 'is', 'are')} "
        "about a person seen before",
        f"{columns} se répète : {_of(fact.figure, 'ligne')} sur {_whole(more['rows'])} "
        f"{_several(fact.figure, 'porte', 'portent')} sur une personne déjà vue",
    ),
    "same-information": lambda fact, more, columns: (
        f"{columns} say the same: {_whole(fact.figure)} values that occur together",
        f"{columns} disent la même chose : {_whole(fact.figure)} valeurs qui vont ensemble",
    ),
    "sentinel-number": lambda fact, more, columns: (
        f"{more['number']} in {columns} may mean missing ({_half(fact)} of its rows); "
        + ("taken so" if more["taken"] else "not taken so, since it is a real value elsewhere"),
        f"{more['number']} dans {columns} peut signifier une valeur manquante ({_half(fact)} des lignes) ; "
        + ("compris ainsi" if more["taken"] else "non compris ainsi, car c'est une vraie valeur ailleurs"),
    ),
    "single-strong-column": _strong,
    "single-strong-value": lambda fact, more, columns: (
        f"after one value of {columns} the rarer outcome ({_share(float(more['rate']))} overall) is at least "
        f"{_half(fact)} certain; is it written down before the decision?",
        f"après une valeur de {columns}, l'issue rare ({_share(float(more['rate']))} en tout) est certaine à au moins "
        f"{_half(fact)} ; est-elle notée avant la décision ?",
    ),
    "singled-out-records": lambda fact, more, columns: (
        f"the smallest group of rows alike in {columns} has {_whole(fact.figure)} (fewer than {_whole(fact.threshold)} "
        f"can be singled out: {_share(float(more['share']))} of the rows)",
        f"le plus petit groupe de lignes semblables selon {columns} en a {_whole(fact.figure)} (isolables sous "
        f"{_whole(fact.threshold)} : {_share(float(more['share']))} des lignes)",
    ),
    "small-group": lambda fact, more, columns: (
        f"about {_of(fact.figure, 'test row')} for {more['group']} ({columns}); stable figures need "
        f"{_whole(fact.threshold)}",
        f"environ {_whole(fact.figure)} {'ligne' if fact.figure < 1.5 else 'lignes'} de test pour {more['group']} "
        f"({columns}) ; "
        f"les chiffres sont stables à partir de {_whole(fact.threshold)}",
    ),
    "sparse-column": lambda fact, more, columns: (
        f"{columns} has no value in {_half(fact)} of the rows (sparse from {_share(fact.threshold or 0)})",
        f"{columns} n'a pas de valeur dans {_half(fact)} des lignes (creuse à partir de {_share(fact.threshold or 0)})",
    ),
    "special-category-data": lambda fact, more, columns: (
        f"{columns} belongs to a special category by its name",
        f"{columns} relève d'une catégorie particulière par son nom",
    ),
    "split-column": lambda fact, more, columns: (
        f"{columns} seems to divide the rows in {_whole(fact.figure)} parts, for training and testing",
        f"{columns} semble répartir les lignes en {_whole(fact.figure)} parts, pour l'apprentissage et le test",
    ),
    "stray-blanks": lambda fact, more, columns: (
        f"values begin or end with blanks in {columns}",
        f"des valeurs commencent ou finissent par des blancs dans {columns}",
    ),
    "survey-weight": lambda fact, more, columns: (
        f"{columns} is named like a survey weight: it says how many people a row stands for, nothing of the person",
        f"{columns} porte le nom d'un poids de sondage : il dit combien de personnes une ligne représente",
    ),
    "task-type": _task,
    "time-column": lambda fact, more, columns: (
        f"{columns} may say when a row came about; named under data as time: {{column: ...}} in an answers file, it "
        "makes the latest rows the test rows",
        f"{columns} dit peut-être de quand date une ligne ; nommée sous data par time: {{column: ...}} dans un fichier "
        "de réponses, elle fait des lignes les plus récentes celles du test",
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
    "residence": "lieu de résidence",
}


def ground_named(ground: str, language: str = "en") -> str:
    """What a ground of discrimination is called; a column's own name stays as it is."""
    return _GROUND_FR.get(ground, ground) if language == "fr" else ground


def few_rows(columns: Mapping[str, int], fewest: int, language: str = "en") -> str:
    """A sentence on values of categories that are written down though they are those of a few rows only.

    Parameters
    ----------
    columns : mapping of str to int
        How many such values each column has.
    fewest : int
        So many rows are enough.
    language : {'en', 'fr'}
    """
    count, named = sum(columns.values()), ", ".join(map(printable, columns))
    if language == "fr":
        text = (
            f"le projet nomme les valeurs des catégories ; {_of(count, 'valeur')} de {named} "
            f"{_several(count, 'figure', 'figurent')} dans moins de {fewest} lignes : "
            f"{_several(count, 'désigne-t-elle', 'désignent-elles')} une personne ?"
        )
    else:
        text = (
            f"the project names the values of categories; {_of(count, 'value')} of {named} "
            f"{_several(count, 'is', 'are')} in fewer than {fewest} rows: {_several(count, 'does it', 'do they')} "
            "name anybody?"
        )
    return _with_signs(text, language)
