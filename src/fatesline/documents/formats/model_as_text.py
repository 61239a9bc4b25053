"""Answers about feature models as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import TYPE_CHECKING

from fatesline.documents.model_words import ModelWords
from fatesline.reasoning import Comparison, Consequences, Count, Repair

if TYPE_CHECKING:
    from fatesline.model_answers import Analysis, Checked, Contradiction, Listed, Why

#: Numbers with more digits are rounded.
_MOST_DIGITS = 30

_MOST_NAMES = 10
_MOST_BREACHES = 10


def analysis(found: Analysis, words: ModelWords) -> str:
    """What holds of a model as a whole."""
    say, model = words.say, found.model
    lines = [
        say(
            f"{len(model.features):,} features, {len(model.groups):,} groups, {len(model.constraints):,} constraints",
            f"{len(model.features)} caractéristiques, {len(model.groups)} groupes, "
            f"{len(model.constraints)} contraintes",
        ),
        say("configurations: ", "configurations : ") + _counted(found.configurations, words),
    ]
    if found.why_void is not None:
        lines += words.conflict(found.why_void)
    published = found.convention == "published"
    named = {
        say("core", "toujours présentes"): found.core,
        say("dead", "mortes"): found.dead,
        say("false optional", "fausses optionnelles")
        + (say(" (below dead ones, too)", " (sous les mortes aussi)") if published else ""): found.false_optional,
    }
    if found.redundant is not None:
        named[say("redundant constraints", "contraintes redondantes")] = found.redundant
    lines += [_named(heading, names, words) for heading, names in named.items()]
    if found.atomic_sets is not None:
        larger = [together for together in found.atomic_sets if len(together) > 1]
        number, most = len(found.atomic_sets), len(larger)
        lines.append(
            say(
                f"atomic sets: {number:,}, {most:,} of them with several features",
                f"ensembles atomiques : {number}, dont {most} de plusieurs caractéristiques",
            )
        )
        lines += [f"  {_listed(together, words)}" for together in larger[:_MOST_BREACHES]]
        if most > _MOST_BREACHES:
            lines.append("  ...")
    if found.commonality is not None:
        lines.append(say("share of the configurations that have it:", "part des configurations qui l'ont :"))
        lines += [f"  {float(share):.4f}  {name}" for name, share in found.commonality.items()]
    return "\n".join(lines)


def _named(heading: str, names: Sequence[str], words: ModelWords) -> str:
    text = f"{heading}{words.say(':', ' :')} {len(names):,}"
    return f"{text}: {_listed(names, words)}" if names else text


def _listed(names: Sequence[str], words: ModelWords) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    rest = len(names) - _MOST_NAMES
    return shown + words.say(f" and {rest:,} others", f" et {rest} autres") if rest > 0 else shown


def count(found: Count, words: ModelWords) -> str:
    """A number of configurations, or its bounds."""
    return _counted(found, words)


def _counted(found: Count, words: ModelWords) -> str:
    if found.exact is not None:
        if found.exact < 10**_MOST_DIGITS:
            return f"{found.exact:,}" if words.language == "en" else str(found.exact)
        rounded, digits = _rounded(found.exact, ROUND_FLOOR), Decimal(found.exact).adjusted() + 1
        return words.say(
            f"{rounded} ({digits:,} digits, all of them with --format json)",
            f"{rounded} ({digits} chiffres, tous avec --format json)",
        )
    least, most = _rounded(found.at_least, ROUND_FLOOR), _rounded(found.at_most, ROUND_CEILING)
    return words.say(
        f"between {least} and {most} (bounds: the time did not suffice for the exact number)",
        f"entre {least} et {most} (bornes : le temps n'a pas suffi pour le nombre exact)",
    )


def _rounded(number: int, rounding: str) -> str:
    """Five digits, so that a bound stays one."""
    if number < 10**6:
        return str(number)
    exact = Context(prec=5, rounding=rounding, Emax=10**9, Emin=-(10**9)).create_decimal(number)
    return f"{exact:.4e}".replace("e+", "e")


def checked(found: Checked, words: ModelWords) -> str:
    """How a configuration stands to its model."""
    say = words.say
    if found.is_valid:
        return say("valid: it is a configuration as it stands", "valide : c'est une configuration telle quelle")
    if found.contradiction is not None:
        return contradiction(found.contradiction, words)
    head = say(
        "can be completed; as it stands, without any further feature, this is missing:",
        "peut être complétée ; telle quelle, sans autre caractéristique, il manque ceci :",
    )
    lines = [f"  {words.because(rule)}" for rule in found.breaches[:_MOST_BREACHES]]
    rest = len(found.breaches) - _MOST_BREACHES
    if rest > 0:
        lines.append(say(f"  and {rest:,} rules more", f"  et {rest} règles de plus"))
    return "\n".join([head, *lines])


def consequences(found: Consequences, words: ModelWords) -> str:
    """Every forced feature on a line of its own; can be read again as a configuration."""
    ids = words.model.ids
    lines = [name for name in ids if name in found.chosen]
    lines += [f"!{name}" for name in ids if name in found.ruled_out]
    open_still = len(ids) - len(lines)
    chosen, gone = len(found.chosen), len(found.ruled_out)
    summary = words.say(
        f"# chosen {chosen:,}, ruled out {gone:,}, open {open_still:,}",
        f"# choisies {chosen}, exclues {gone}, ouvertes {open_still}",
    )
    return "\n".join([summary, *lines])


def contradiction(found: Contradiction, words: ModelWords) -> str:
    """A minimal conflict with its ways out."""
    return "\n".join(words.conflict(found.conflict, found.repairs, found.constraints))


def repairs(found: Sequence[Repair], words: ModelWords) -> str:
    """What to give up, one way on each line."""
    if not found:
        return words.say("nothing helps: the model is void", "rien n'y fait : le modèle est vide")
    if not found[0].give_up:
        return words.say("nothing needs to be given up", "il n'y a rien à abandonner")
    return "\n".join(way for repair in found for way in words.giving_up([repair]))


def why(found: Why, words: ModelWords) -> str:
    """The argument for a feature or against it."""
    name = words.name(found.feature)
    if found.argument is None:
        return words.say(f"{name} may be chosen or left out", f"{name} peut être choisie ou laissée")
    if found.holds:
        head = words.say(f"{name} must be chosen:", f"{name} doit être choisie :")
    else:
        head = words.say(f"{name} cannot be chosen:", f"{name} ne peut pas être choisie :")
    argued = words.argument(found.argument)
    return "\n".join([head, *argued])


def configurations(found: Listed) -> str:
    """Each on a line of its own."""
    return "\n".join(", ".join(chosen) for chosen in found.configurations)


def comparison(found: Comparison, words: ModelWords) -> str:
    """What an edit did, with witnesses."""
    kinds = {
        "refactoring": words.say("refactoring: the same configurations", "refactorisation : les mêmes configurations"),
        "specialisation": words.say("specialisation: fewer configurations", "spécialisation : moins de configurations"),
        "generalisation": words.say("generalisation: more configurations", "généralisation : plus de configurations"),
        "arbitrary edit": words.say(
            "arbitrary edit: some configurations gone, some new",
            "modification quelconque : des configurations disparues, d'autres nouvelles",
        ),
    }
    lines = [kinds[found.kind]]
    if found.gone is not None:
        lines.append(words.say("no longer allowed: ", "n'est plus permise : ") + _witness(found.gone))
    if found.new is not None:
        lines.append(words.say("newly allowed: ", "nouvellement permise : ") + _witness(found.new))
    return "\n".join(lines)


def _witness(chosen: frozenset[str]) -> str:
    return ", ".join(sorted(chosen)) or "{}"
