"""What the name of a column suggests, in English, French, German, Spanish and Italian."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

Attribute = Literal[
    "sex", "origin", "age", "nationality", "religion", "disability", "marital status", "orientation", "pregnancy"
]


def _known(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Grounds of discrimination, the most often examined first; words of column names by ground.
PROTECTED: Mapping[Attribute, frozenset[str]] = {
    "sex": _known("sex gender sexe genre geschlecht sexo genero sesso male female homme femme mann frau"),
    "origin": _known(
        "race racial ethnicity ethnic ethnie origine origin afam black white hispanic colour color couleur "
        "rac1p hautfarbe herkunft raza etnia razza"
    ),
    "age": _known("age agep birthyear yob alter edad eta geburtsjahr anciennete_age"),
    "nationality": _known(
        "nationality nationalite citizen citizenship citoyen nativecountry foreign foreigner etranger immigrant "
        "nationalitat staatsangehorigkeit auslander nacionalidad nazionalita pob pobp"
    ),
    "religion": _known("religion religious faith konfession religione"),
    "disability": _known("disability disabled handicap handicape behinderung discapacidad disabilita"),
    "marital status": _known(
        "marital married marriage single matrimonial matrimoniale familienstand spouse conjoint marstat mar "
        "estadocivil statocivile"
    ),
    "orientation": _known("orientation sexualorientation"),
    "pregnancy": _known("pregnant pregnancy grossesse enceinte schwanger"),
}

#: Grounds that are special categories of personal data (GDPR Art. 9).
SPECIAL: frozenset[Attribute] = frozenset({"origin", "religion", "orientation", "disability", "pregnancy"})

HEALTH = _known(
    "health disease diagnosis diagnostic symptom patient blood cholesterol chol bmi diabetes cancer hiv sante "
    "maladie krankheit salud malattia"
)
OPINION = _known("political party union syndicat parti gewerkschaft")

CRIME = _known(
    "crime criminal offense offence charge arrest arrests arrested recid recidivism felony felon misdemeanor "
    "misdemeanour fel misd conviction convicted jail prison priors delit infraction condamnation straftat "
    "vorstrafe custody violent"
)

#: Columns that are personal by their name alone.
PERSONAL = _known(
    "name surname firstname lastname fullname middlename nom prenom nomfamille vorname nachname nombre apellido "
    "cognome email mail courriel phone telephone tel mobile fax portable handy ssn nir iban bic passport "
    "passeport creditcard cardnumber ipaddress dob birthdate birthday dateofbirth datenaissance naissance "
    "geburtsdatum streetaddress adresse rue strasse username"
)
# Words that turn a personal word into something else: a name of a school, a telephone yes or no.
_NOT_OF_A_PERSON = _known(
    "school product company file column city country state county community model brand has available "
    "registered code type number_of campaign event variable communityname"
)

QUASI_IDENTIFIERS = _known(
    "zip zipcode postcode postal codepostal plz cap region county city town commune ville state departement "
    "district community occupation job profession beruf metier marital married marriage education relationship "
    "nativecountry nationality country housing"
)

IDENTIFIERS = _known("id ids uuid guid identifier identifiant index idx rowid key nr no num numero number ref")
PERSONS = _known(
    "person customer client patient user student employee applicant account member citizen household people "
    "personne kunde nutzer schuler etudiant salarie candidat subject respondent defendant case"
)

TARGET = _known(
    "target label class y outcome result income default deny approved accepted granted decision status released "
    "recid recidivism churn fraud hired admitted pass passed call response risk cible resultat classe"
)

#: Targets whose "yes" is bad news for the person.
UNWELCOME = _known(
    "recid recidivism reoffend default deny denied denial reject rejected rejection refused refus fraud churn "
    "death died dead mortality disease dropout readmission bad violation delinquent delinquency bankrupt "
    "bankruptcy arrest arrested fail failed failure stroke attrition deces fraude defaut recidive abandon"
)

GOOD_LABELS = _known(
    "yes y true t 1 1.0 good positive approved accepted granted accept approve hired admitted pass passed "
    "released oui vrai bon favorable accorde accepte ja gut si"
)
BAD_LABELS = _known(
    "no n false f 0 0.0 bad negative denied rejected refused reject deny fail failed none non faux mauvais "
    "defavorable refuse nein schlecht"
)

SEX_VALUES = _known(
    "male female m f man woman men women homme femme h masculin feminin mann frau w weiblich mannlich hombre "
    "mujer uomo donna other nonbinary x"
)
ORIGIN_VALUES = _known(
    "white black asian hispanic latino african-american caucasian native american indian nonwhite non-white "
    "other asian-pac-islander amer-indian-eskimo noir blanc cauc afam"
)


def words(name: str) -> tuple[str, ...]:
    """The words of a column name, in lower case without accents, and the whole name written together.

    ``"Marital-Status"`` gives ``("marital", "status", "maritalstatus")``.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    parts = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain)
    single = tuple(part for part in re.split(r"[^a-z0-9]+", parts.lower()) if part)
    together = "".join(single)
    return single if len(single) == 1 else (*single, together)


def protected_attribute(name: str) -> Attribute | None:
    """The ground of discrimination that a column name speaks of."""
    found = words(name)
    return next((ground for ground, known in PROTECTED.items() if known.intersection(found)), None)


def attribute_of_values(values: frozenset[str]) -> Attribute | None:
    """The ground of discrimination that all values of a column speak of."""
    spelt = {value.strip().lower() for value in values}
    # Single letters are not enough: F and M are also felony and misdemeanour.
    if len(spelt) >= 2 and spelt <= SEX_VALUES and max(map(len, spelt)) > 1:
        return "sex"
    if len(spelt & (ORIGIN_VALUES - {"other"})) >= 2 and len(spelt) <= 12:
        return "origin"
    return None


def is_personal(name: str) -> bool:
    """True if the name alone says that the column identifies people."""
    found = words(name)
    return bool(PERSONAL.intersection(found)) and not _NOT_OF_A_PERSON.intersection(found)


def names_person(name: str) -> bool:
    """True for a name such as ``customer_id``; repeated values then are repeated persons."""
    found = words(name)
    plural = {word.removesuffix("s") for word in found}
    return bool(PERSONS.intersection(plural) and IDENTIFIERS.intersection(found)) or bool(
        {f"{person}{suffix}" for person in PERSONS for suffix in ("id", "nr", "no", "number", "key")}.intersection(
            found
        )
    )


def names_identifier(name: str) -> bool:
    """True for a name such as ``id`` or ``row_number``."""
    return bool({"id", "uuid", "guid", "identifier", "identifiant", "index", "idx", "rowid"}.intersection(words(name)))
