"""Every sentence of the dialogue, English and French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Key = Literal[
    "all_answered",
    "and_more",
    "answer_anew",
    "answer_multi",
    "answer_single",
    "answer_yes_no",
    "back_at_start",
    "because",
    "blocked",
    "dropped",
    "enter_confirms",
    "give_up",
    "go_back",
    "help",
    "how_to_go_on",
    "impossible",
    "keys",
    "measured",
    "must",
    "nearest",
    "no",
    "none_chosen",
    "not_understood",
    "one_only",
    "progress",
    "progress_at_most",
    "protective",
    "quit",
    "settles",
    "sources",
    "to_settle",
    "unknown_taken",
    "ways_out",
    "who",
    "you_chose",
    "you_did_not_choose",
    "yes",
]

_WORDS: Mapping[Key, tuple[str, str]] = {
    "all_answered": ("Every question is answered.", "Toutes les questions ont une réponse."),
    "and_more": ("and {count} more", "et {count} de plus"),
    "answer_anew": ("answer anew: {question}", "répondre à nouveau : {question}"),
    "answer_multi": ("Numbers with commas, or 0 for none", "Numéros séparés par des virgules, ou 0 pour aucun"),
    "answer_single": ("One number", "Un numéro"),
    "answer_yes_no": ("y or n", "o ou n"),
    "back_at_start": ("This is the first question.", "C'est la première question."),
    "because": ("because {reason}", "car {reason}"),
    "blocked": ("These answers do not go together:", "Ces réponses ne vont pas ensemble :"),
    "dropped": (
        "No longer asked, its answer is dropped: {question}",
        "N'est plus posée, sa réponse est abandonnée : {question}",
    ),
    "enter_confirms": ("Enter takes {options}", "Entrée retient {options}"),
    "give_up": ("give up: {feature}", "renoncer à : {feature}"),
    "go_back": ("go back to the last question", "revenir à la dernière question"),
    "help": (
        "? why it is asked   b back   u I don't know   q quit and go on later",
        "? pourquoi cette question   b retour   u je ne sais pas   q quitter et reprendre plus tard",
    ),
    "how_to_go_on": ("Choose a way out by its number", "Choisissez une issue par son numéro"),
    "impossible": ("no longer possible", "plus possible"),
    "keys": ("?, b, u, q", "?, b, u, q"),
    "measured": ("Measured: {note}", "Mesuré : {note}"),
    "must": ("follows already", "découle déjà"),
    "nearest": (
        "The protective reading does not go with your other answers; the nearest possible one is taken.",
        "La lecture protectrice ne va pas avec vos autres réponses ; la plus proche possible est retenue.",
    ),
    "no": ("no", "non"),
    "none_chosen": ("none of them", "aucune"),
    "not_understood": ("This is no answer here: {text}", "Ce n'est pas une réponse ici : {text}"),
    "one_only": ("This question takes one answer.", "Cette question prend une seule réponse."),
    "progress": ("{answered} answered, {waiting} open", "{answered} répondues, {waiting} ouvertes"),
    "progress_at_most": (
        "{answered} answered, {waiting} open, at most {at_most} to come",
        "{answered} répondues, {waiting} ouvertes, au plus {at_most} à venir",
    ),
    "protective": (
        '"I don\'t know" is read as: {options}',
        "« Je ne sais pas » est lu comme : {options}",
    ),
    "quit": (
        "Stopped here; the answers so far are kept.",
        "Arrêt ici ; les réponses données sont conservées.",
    ),
    "settles": ("This settles: {feature}", "Cela entraîne : {feature}"),
    "sources": ("Source: {sources}", "Source : {sources}"),
    "to_settle": ("Still to be settled, with those who can tell:", "À régler avec les personnes compétentes :"),
    "unknown_taken": ("Taken for now: {options}", "Retenu pour l'instant : {options}"),
    "ways_out": ("Ways out:", "Issues :"),
    "who": ("{question} ({who})", "{question} ({who})"),
    "you_chose": ("you answered: {option}", "vous avez répondu : {option}"),
    "you_did_not_choose": ("you did not choose: {option}", "vous n'avez pas choisi : {option}"),
    "yes": ("yes", "oui"),
}

_ROLES: Mapping[str, tuple[str, str]] = {
    "product_owner": ("product owner", "responsable du produit"),
    "data_scientist": ("data scientist", "data scientist"),
    "ml_engineer": ("ML engineer", "ingénieur ML"),
    "data_engineer": ("data engineer", "ingénieur des données"),
    "security": ("security", "sécurité"),
    "legal": ("legal", "juridique"),
    "operations": ("operations", "exploitation"),
    "everyone": ("anybody in the team", "toute l'équipe"),
}

#: What people type for yes and no, in either language.
YES = frozenset({"y", "yes", "o", "oui"})
NO = frozenset({"n", "no", "non"})


def word(key: Key, language: str, **parts: str | int) -> str:
    """A sentence of the dialogue.

    Parameters
    ----------
    key : str
    language : {'en', 'fr'}
    **parts
        What the sentence leaves room for.
    """
    english, french = _WORDS[key]
    return (french if language == "fr" else english).format(**parts)


def role(name: str, language: str) -> str:
    """Who can tell."""
    english, french = _ROLES[name]
    return french if language == "fr" else english
