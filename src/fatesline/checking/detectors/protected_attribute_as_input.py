"""H006: a protected attribute among the columns that a model learns from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.flow.values import Call, Group, Literal, Mark, Value, options, past_of

RULE = Rule(
    id="H006",
    slug="protected-attribute-as-input",
    severity="note",
    title=Text(en="Protected attribute as model input", fr="Attribut protégé en entrée du modèle"),
    what=Text(
        en="A list of columns that is written in the code, and with which a model is fitted, names a protected "
        "attribute.",
        fr="Une liste de colonnes écrite dans le code, avec laquelle un modèle est ajusté, nomme un attribut protégé.",
    ),
    why=Text(
        en="It may be forbidden, or needed to mitigate a bias; leaving it out does not make a model fair, for other "
        "columns stand in for it. Say in fates.yaml which attributes are known, and what follows is shown.",
        fr="Cela peut être interdit, ou nécessaire pour atténuer un biais ; l'omettre ne rend pas un modèle équitable, "
        "car d'autres colonnes la remplacent. Dites dans fates.yaml quels attributs sont connus : la suite s'affiche.",
    ),
    bad='X = table[["income", "sex"]]\nmodel.fit(X, y)\n',
    good='X = table[["income"]]\nmodel.fit(X, y, sample_weight=weights)\n',
    sources=(
        "Dwork et al. 2012, Fairness through awareness: https://arxiv.org/abs/1104.3913",
        "Directive 2000/43/EC and 2004/113/EC on equal treatment: https://eur-lex.europa.eu/eli/dir/2004/113/oj",
    ),
    # A fates.yaml says which columns are protected, and the reasoner argues from its answers.
    settled_by_any_configuration=True,
)

#: The attribute as a whole name or among the words of one, as "sex_Male" and "applicant_sex".
_PROTECTED = re.compile(
    r"(.*[ _.-])?(sex|gender|race|ethnicity|ethnic[ _-]group|religion|nationality|skin[ _-]colou?r|disability"
    r"|sexual[ _-]orientation|marital[ _-]status|foreign[ _-]worker|sexe|genre|nationalite|handicap)([ _.=:-].*)?\Z",
    re.IGNORECASE,
)


def marks(call: Call) -> Iterable[Mark]:
    """Tables of columns that were chosen by name, and transformers that are told which columns to take."""
    chosen = call.positional if call.name == "[]" else tuple(_columns_taken(call))
    named = ", ".join(dict.fromkeys(_protected(chosen))) if chosen else ""
    # Choosing columns anew may leave them out.
    return (Mark(RULE.id, call.place, named, watched=True, lost_through=frozenset({"[]"})),) if named else ()


def _columns_taken(call: Call) -> Iterator[Value]:
    """The columns of a column transformer, but for those that it drops."""
    if call.name == "sklearn.compose.ColumnTransformer":
        listed = call.argument(0, "transformers")
        steps = [step for option in options(listed) if isinstance(option, Group) for step in option.items]
        first = 1
    elif call.name == "sklearn.compose.make_column_transformer":
        steps, first = list(call.positional), 0
    else:
        return
    for step in steps:
        if isinstance(step, Group) and len(step.items) == first + 2:
            does, columns = step.items[first:]
            if not (isinstance(does, Literal) and does.value == "drop"):
                yield columns


def _protected(values: Iterable[Value]) -> Iterator[str]:
    for value in values:
        for option in options(value):
            if isinstance(option, Group):
                for item in option.items:
                    if isinstance(item, Literal) and isinstance(item.value, str) and _PROTECTED.match(item.value):
                        yield item.value


def in_scope(calls: Sequence[Call]) -> Iterable[Sighting]:
    """Fits whose rows carry such a column, or whose pipeline takes it."""
    for call in calls:
        if call.method in ("fit", "partial_fit") and call.argument(1, "y") is not None:
            carriers = [value for value in (call.argument(0, "X"), call.receiver) if value is not None]
            for mark in sorted(past_of(carriers).marks):
                if mark.rule == RULE.id:
                    yield Sighting(RULE.id, mark.place, (call.place,), {"attribute": mark.name})


DETECTOR = Detector(RULE, marks=marks, in_scope=in_scope, roots=("catboost", "lightgbm", "xgboost"))
