"""Sentences around the interview, English and French."""

from __future__ import annotations

from fatesline.documents.wording import Language

_WORDS = {
    "en": {
        "measuring": "measuring {file}",
        "measured": "Measured on {file}: {rows} rows, {columns} columns.",
        "target": "Which column is to be predicted?",
        "favourable": "Which label of the target is good for the person concerned?",
        "direction": "Which values of the target are good for the person concerned?",
        "high": "High ones",
        "low": "Low ones",
        "counted": "{count} rows",
        "protected": "Which columns are protected attributes?",
        "protected_typed": "Which columns are protected attributes? (separated by commas, or - for none)",
        "groups": "groups: {groups}",
        "title": "What is the project called?",
        "purpose": "What is it for, in one sentence?",
        "favourable_several": "Which labels of the target are good for the person concerned? (one or several)",
        "some_favourable": "Some labels must be favourable, and some not.",
        "left_open": "{count} questions are open and will be read protectively: {questions}",
        "left_open_one": "one question is open and will be read protectively: {questions}",
        "not_asked": "not asked here, so the answer does not count: {questions}",
        "kept": "{path} held comments or edits of yours; as it was, it is now {backup}",
        "cannot_go_on": "the file is there already and cannot be gone on from",
        "mend": "Mend it, or choose another with -o.",
    },
    "fr": {
        "measuring": "mesure de {file}",
        "measured": "Mesuré sur {file} : {rows} lignes, {columns} colonnes.",
        "target": "Quelle colonne faut-il prédire ?",
        "favourable": "Quelle étiquette de la cible est favorable à la personne concernée ?",
        "direction": "Quelles valeurs de la cible sont favorables à la personne concernée ?",
        "high": "Les hautes",
        "low": "Les basses",
        "counted": "{count} lignes",
        "protected": "Quelles colonnes sont des attributs protégés ?",
        "protected_typed": "Quelles colonnes sont des attributs protégés ? (séparées par des virgules, - pour aucune)",
        "groups": "groupes : {groups}",
        "title": "Comment s'appelle le projet ?",
        "purpose": "À quoi sert-il, en une phrase ?",
        "favourable_several": "Quelles étiquettes (une ou plusieurs) sont favorables à la personne concernée ?",
        "some_favourable": "Il faut des étiquettes favorables, et d'autres qui ne le sont pas.",
        "left_open_one": "une question est ouverte et sera lue de façon protectrice : {questions}",
        "left_open": "{count} questions sont ouvertes et seront lues de façon protectrice : {questions}",
        "not_asked": "non posées ici, la réponse ne compte donc pas : {questions}",
        "kept": "{path} contenait des commentaires ou des modifications ; l'ancienne version est {backup}",
        "cannot_go_on": "le fichier existe déjà et on ne peut pas reprendre à partir de lui",
        "mend": "Corrigez-le, ou choisissez-en un autre avec -o.",
    },
}


def word(key: str, language: Language, **values: object) -> str:
    """A sentence.

    Parameters
    ----------
    key : str
    language : {'en', 'fr'}
    **values
        What the sentence leaves room for.
    """
    return _WORDS[language][key].format(**values)
