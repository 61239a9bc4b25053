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
    "answers_so_far",
    "back_at_start",
    "blocked",
    "did_you_mean",
    "dropped",
    "either",
    "enter",
    "enter_takes",
    "finish",
    "give_up",
    "give_answers",
    "help",
    "impossible",
    "its_options",
    "key_enter",
    "key_move",
    "key_space",
    "keys_again",
    "keys_answers",
    "keys_back",
    "keys_move",
    "keys_none",
    "keys_pick",
    "keys_quit",
    "keys_take",
    "keys_unknown",
    "keys_why",
    "known_answer",
    "measured",
    "measured_together",
    "measured_hint",
    "must",
    "nearest",
    "no",
    "no_option",
    "no_question",
    "no_yes_or_no",
    "nobody",
    "none_chosen",
    "not_understood",
    "nothing_yet",
    "one_only",
    "one_option",
    "opened",
    "progress",
    "progress_more",
    "protective",
    "quit",
    "released",
    "reopens",
    "review",
    "said_why",
    "settles",
    "sources",
    "spared",
    "take_back",
    "to_settle",
    "unknown",
    "unknown_taken",
    "waive",
    "ways_out",
    "who",
    "who_knows",
    "yes",
    "you_chose",
    "you_did_not_choose",
]

_WORDS: Mapping[Key, tuple[str, str]] = {
    "all_answered": ("Every question is answered.", "Toutes les questions ont une réponse."),
    "and_more": ("and {count} more; fates solve lists them all", "et {count} de plus ; fates solve les liste"),
    "answer_anew": ("answer anew: {question}", "répondre à nouveau : {question}"),
    "answer_multi": ("Numbers with commas, or 0 for none", "Numéros séparés par des virgules, ou 0 pour aucun"),
    "answer_single": ("One number", "Un numéro"),
    "answers_so_far": ("Answers so far: which one shall be changed?", "Réponses données : laquelle faut-il changer ?"),
    "back_at_start": ("This is the first question.", "C'est la première question."),
    "blocked": ("These answers do not go together:", "Ces réponses ne vont pas ensemble :"),
    "did_you_mean": ('did you mean "{near}"?', "vouliez-vous dire « {near} » ?"),
    "dropped": (
        "No longer asked, its answer is dropped: {question}",
        "N'est plus posée, sa réponse est abandonnée : {question}",
    ),
    "either": ("One of {listed}", "Au choix : {listed}"),
    "enter": ("{question} [Enter: {default}]", "{question} [Entrée : {default}]"),
    "enter_takes": ("Enter takes {options}", "Entrée retient {options}"),
    "finish": ("Finish", "Terminer"),
    "give_up": ("give up: {feature}", "renoncer à : {feature}"),
    "give_answers": (
        "Give the answers in a file: --answers FILE.",
        "Donnez les réponses dans un fichier : --answers FICHIER.",
    ),
    "help": (
        "? why it is asked   u I don't know   b back   a answers so far   q quit and go on later",
        "? pourquoi cette question   u je ne sais pas   b retour   a réponses   q quitter et reprendre plus tard",
    ),
    "impossible": ("no longer possible", "plus possible"),
    "its_options": ("Its options: {options}.", "Ses options : {options}."),
    "key_enter": ("Enter", "Entrée"),
    "key_move": ("up/down", "haut/bas"),
    "key_space": ("space", "espace"),
    "keys_again": (
        "The same key again takes it all the same; you then choose which answer to change.",
        "La même touche la retient quand même ; vous choisirez alors quelle réponse changer.",
    ),
    "keys_answers": ("answers", "réponses"),
    "keys_back": ("back", "retour"),
    "keys_move": ("move", "choisir"),
    "keys_none": (
        "Nothing is marked. Enter again answers: none of them. Space marks the line of the cursor.",
        "Rien n'est coché. Entrée encore une fois répond : aucune. Espace coche la ligne du curseur.",
    ),
    "keys_pick": ("mark", "cocher"),
    "keys_quit": ("quit", "quitter"),
    "keys_take": ("take", "valider"),
    "keys_unknown": ("I don't know", "je ne sais pas"),
    "keys_why": ("why", "pourquoi"),
    "known_answer": ("{question} - {answer}", "{question} - {answer}"),
    "measured": ("Measured: {note}", "Mesuré : {note}"),
    "measured_together": (
        "The data answer these questions. Which of the answers do you confirm?",
        "Les données répondent à ces questions. Quelles réponses confirmez-vous ?",
    ),
    "measured_hint": (
        "Whatever is left out is asked in its turn.",
        "Ce qui est laissé de côté sera demandé à son tour.",
    ),
    "must": ("follows already", "découle déjà"),
    "nearest": (
        "The protective reading does not go with your other answers; the nearest possible one is taken.",
        "La lecture protectrice ne va pas avec vos autres réponses ; la plus proche possible est retenue.",
    ),
    "no": ("No", "Non"),
    "no_option": (
        '"{name}" is no option of the question "{question}"',
        "« {name} » n'est pas une option de la question « {question} »",
    ),
    "no_question": ('there is no question "{name}"', "il n'y a pas de question « {name} »"),
    "no_yes_or_no": (
        'the question "{question}" is not answered by yes or no',
        "on ne répond pas à la question « {question} » par oui ou non",
    ),
    "nobody": ("nobody is there to answer", "personne n'est là pour répondre"),
    "none_chosen": ("none of them", "aucune"),
    "not_understood": ("This is no answer here: {text}", "Ce n'est pas une réponse ici : {text}"),
    "nothing_yet": ("Nothing is answered yet.", "Rien n'a encore reçu de réponse."),
    "one_only": ("This question takes one answer.", "Cette question prend une seule réponse."),
    "one_option": (
        'the question "{question}" takes exactly one option, not {count}',
        "la question « {question} » prend exactement une option, non {count}",
    ),
    "opened": (
        "This opens further questions ({count}): {questions}",
        "Cela ouvre d'autres questions ({count}) : {questions}",
    ),
    "progress": ("{answered} answered, {waiting} open", "répondues : {answered}, ouvertes : {waiting}"),
    "progress_more": (
        "{answered} answered, {waiting} open, up to {later} more may come",
        "répondues : {answered}, ouvertes : {waiting}, jusqu'à {later} de plus possibles",
    ),
    "protective": (
        '"I don\'t know" is read protectively, as: {options}',
        "« Je ne sais pas » est lu de façon protectrice, comme : {options}",
    ),
    "quit": (
        "Stopped here; the answers so far are kept.",
        "Arrêt ici ; les réponses données sont conservées.",
    ),
    "released": ("No longer follows: {feature}", "N'en découle plus : {feature}"),
    "reopens": ("further answers dropped with it: {count}", "autres réponses abandonnées avec elle : {count}"),
    "review": ("Finish, or change an answer?", "Terminer, ou changer une réponse ?"),
    "said_why": ("{said}: {why}", "{said} : {why}"),
    "settles": ("This settles: {feature}", "Cela entraîne : {feature}"),
    "sources": ("Source: {sources}", "Source : {sources}"),
    "spared": (
        "Not asked, since no answer would change anything here:",
        "Non posées, car aucune réponse n'y changerait rien :",
    ),
    "take_back": ("answer the last question anew", "répondre à nouveau à la dernière question"),
    "to_settle": ("Still to be settled, with those who can tell:", "À régler avec les personnes compétentes :"),
    "unknown": ("I don't know", "Je ne sais pas"),
    "unknown_taken": ("Taken for now, to be settled: {options}", "Retenu pour l'instant, à régler : {options}"),
    "waive": (
        "Or a rule is set aside: fates.yaml takes a waiver of {constraints}, with person, reason and end.",
        "Ou une règle est écartée : fates.yaml admet une dérogation à {constraints}, avec personne, motif et échéance.",
    ),
    "ways_out": ("Which way out? The cheapest comes first.", "Quelle issue ? La moins coûteuse vient d'abord."),
    "who": ("{question} ({who})", "{question} ({who})"),
    "who_knows": ("Who can tell: {who} (question {question})", "Qui le sait : {who} (question {question})"),
    "yes": ("Yes", "Oui"),
    "you_chose": ("you answered: {option}", "vous avez répondu : {option}"),
    "you_did_not_choose": ("you did not choose: {option}", "vous n'avez pas choisi : {option}"),
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

#: What people type for yes and no; the first is shown. Either language is understood in both.
YES: Mapping[str, tuple[str, ...]] = {"en": ("y", "yes", "o", "oui"), "fr": ("o", "oui", "y", "yes")}
NO: Mapping[str, tuple[str, ...]] = {"en": ("n", "no", "non"), "fr": ("n", "non", "no")}


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
