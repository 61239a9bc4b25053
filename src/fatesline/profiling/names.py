"""What the name of a column suggests, in English, French, German, Spanish, Italian, Dutch and Portuguese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

Attribute = Literal[
    "sex",
    "origin",
    "age",
    "nationality",
    "religion",
    "disability",
    "marital status",
    "orientation",
    "pregnancy",
    "residence",
]


def _known(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Grounds of discrimination, the most often examined first; words of column names by ground.
PROTECTED: Mapping[Attribute, frozenset[str]] = {
    "sex": _known(
        "sex gender sexe genre geschlecht sexo genero sesso male female homme femme mann frau geslacht vrouw "
        "hombre mujer mulher uomo donna"
    ),
    "origin": _known(
        "race racial ethnicity ethnic ethnie ethnique origine origin afam black white hispanic hisp asian colour "
        "couleur rac1p hautfarbe herkunft ethnie raza etnia razza raca etniciteit afkomst huidskleur"
    ),
    "age": _known("age agep birthyear yob alter edad eta idade leeftijd geburtsjahr geboortejaar anneenaissance"),
    "nationality": _known(
        "nationality nationalite citizen citizenship citoyen nativecountry foreign foreigner etranger immigrant "
        "nationalitat staatsangehorigkeit auslander nacionalidad nacionalidade nazionalita nationaliteit cittadinanza "
        "ciudadania birthplace pob pobp"
    ),
    "religion": _known("religion religious faith konfession religione religione religiao godsdienst geloof culte"),
    "disability": _known(
        "disability disabled handicap handicape behinderung discapacidad disabilita deficiencia invaliditeit"
    ),
    "marital status": _known(
        "marital married marriage single matrimonial matrimoniale familienstand spouse conjoint marstat mar "
        "estadocivil statocivile burgerlijkestaat"
    ),
    "orientation": _known("orientation sexualorientation"),
    "pregnancy": _known("pregnant pregnancy grossesse enceinte schwanger embarazada embarazo incinta gravida zwanger"),
    "residence": _known("region residence neighbourhood neighborhood quartier wohnort wohnsitz woonplaats residencia"),
}

#: Grounds that are special categories of personal data (GDPR Art. 9).
SPECIAL: frozenset[Attribute] = frozenset({"origin", "religion", "orientation", "disability", "pregnancy"})

HEALTH = _known(
    "health disease diagnosis diagnostic symptom patient blood cholesterol chol bmi diabetes cancer hiv sante "
    "maladie krankheit salud malattia saude gezondheid gesundheit salute"
)
OPINION = _known("political party union syndicat parti gewerkschaft vakbond sindicato sindacato partido")

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
    "geburtsdatum streetaddress adresse rue strasse username achternaam voornaam telefoon telefon telefono "
    "telefone correo sobrenome geboortedatum nascimento fechanacimiento datanascita indirizzo direccion endereco bsn "
    "nif codicefiscale"
)
# Words that turn a personal word into something else: a name of a school, a telephone yes or no.
_NOT_OF_A_PERSON = _known(
    "school product company file column city country state county community model brand has available "
    "registered code type number_of campaign event variable communityname pct percent perc avg mean rate frac share"
)

#: Names under which whole numbers are codes of a list: places, occupations, branches.
CATEGORIES = _known(
    "zip zipcode postcode postalcode codepostal plz postleitzahl county community commune state departement district "
    "region country nativecountry birthplace pob pobp occupation occp occ job profession beruf metier cow industry "
    "indp naics naicsp sic nace code codes category sector education marriage marital marstat"
)
# What turns the name of a place into a quantity.
_QUANTITIES = _known("num number count pct percent share frac rate per income inc years avg mean median age size")

#: Names of a division of the rows that somebody made: folds, train and test.
SPLITS = _known("fold folds kfold cvfold split datasplit partition traintest trainortest istrain istest")
#: Names of weights that say how many people a row stands for.
SURVEY_WEIGHTS = _known(
    "fnlwgt wgt pwgtp pwgt wgtp perwt finalweight finalwgt samplingweight sampleweight surveyweight personweight "
    "poidssondage ponderation gewichtung"
)
#: Names of what a model said of the target.
PREDICTIONS = _known(
    "yhat ypred ypredicted ypreds yproba prediction predictions predicted pred preds proba probability predictedlabel "
    "predictedclass vorhersage prediccion predizione previsao voorspelling"
)
#: Targets of which more is better for the person.
WELCOME = _known(
    "earnings earning income wage wages salary salaire revenu gehalt lohn einkommen ingreso ingresos salario reddito "
    "stipendio inkomen loon grade grades gpa zgpa zfygpa ugpa noten survival lifespan"
)

QUASI_IDENTIFIERS = _known(
    "zip zipcode postcode postal codepostal plz cap region county city town commune ville state departement "
    "district community occupation job profession beruf metier marital married marriage education relationship "
    "nativecountry nationality country housing postleitzahl postcode codigopostal beruf gemeinde provincia comune "
    "gemeente"
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
    "bankruptcy arrest arrested crime crimes violent violence fail failed failure "
    "stroke attrition deces fraude defaut recidive abandon "
    "cost costs debt loss losses dette schulden unpaid delay "
    "mortalite todesfall ausfall impago impagado morte fallecimiento inadimplencia wanbetaling rechazado recusado"
)

# Parts of the names of shares: "racepctblack".
_SHARES = _known("pct percent perc frac fraction share prop proportion anteil part quota porcentaje")
# What is counted per head of an area is about the area, whatever group it names; how long is not where.
_NOT_A_GROUP = _known("pct percent perc frac fraction share prop proportion percap since duration months seit depuis")
# Short words such as "age" are left out: "percentage".
_PARTS = _SHARES | {word for known in PROTECTED.values() for word in known if len(word) > 3}

GOOD_LABELS = _known(
    "yes y true t 1 1.0 good positive approved accepted granted accept approve hired admitted pass passed "
    "released oui vrai bon favorable accorde accepte ja gut si sim goed buono bueno bom goedgekeurd aprobado aprovado "
    "genehmigt bewilligt angenommen"
)
BAD_LABELS = _known(
    "no n false f 0 0.0 bad negative denied rejected refused reject deny fail failed none non faux mauvais "
    "defavorable refuse nein schlecht nee nao slecht malo mau cattivo abgelehnt afgewezen rechazado recusado"
)

SEX_VALUES = _known(
    "male female m f man woman men women homme femme h masculin feminin mann frau w weiblich mannlich hombre "
    "mujer uomo donna homem mulher vrouw masculino feminino femenino other nonbinary x"
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
    if _NOT_A_GROUP.intersection(found) or any(word.startswith("pct") for word in found):
        return None
    return next((ground for ground, known in PROTECTED.items() if known.intersection(found)), None)


def share_of_group(name: str) -> Attribute | None:
    """The ground of a name such as ``racePctWhite`` or ``pctfemale``: what part of an area belongs to a group.

    Every part of the name must be known: ``MalePctDivorce`` says something else about men.
    """
    parts = _parts(name)
    shares = [part for part in parts if part in _SHARES]
    others = [part for part in parts if part not in _SHARES]
    grounds = {ground for ground, known in PROTECTED.items() if others and known.intersection(others)}
    known_words = frozenset().union(*(PROTECTED[ground] for ground in grounds))
    return next(iter(grounds)) if shares and len(grounds) == 1 and known_words.issuperset(others) else None


def _parts(name: str) -> tuple[str, ...]:
    """The words of a name, those written together taken apart where every part is known."""
    single = words(name)
    found: list[str] = []
    for word in single if len(single) == 1 else single[:-1]:
        found += _apart(word) or (word,)
    return tuple(found)


def _apart(word: str) -> tuple[str, ...]:
    if word in _PARTS or not word:
        return (word,) if word else ()
    for end in range(3, len(word) - 2):
        rest = _apart(word[end:]) if word[:end] in _PARTS else ()
        if rest and all(part in _PARTS for part in rest):
            return (word[:end], *rest)
    return ()


def attribute_of_values(values: frozenset[str]) -> Attribute | None:
    """The ground of discrimination that all values of a column speak of."""
    spelt = {value.strip().lower() for value in values}
    # Single letters are not enough: F and M are also felony and misdemeanour.
    if len(spelt) >= 2 and spelt <= SEX_VALUES and max(map(len, spelt)) > 1:
        return "sex"
    if len(spelt & (ORIGIN_VALUES - {"other"})) >= 2 and len(spelt) <= 12:
        return "origin"
    return None


def names_split(name: str) -> bool:
    """True for a name such as ``fold`` or ``train_test``: a division of the rows, not a property of a person."""
    return bool(SPLITS.intersection(words(name)))


def names_survey_weight(name: str) -> bool:
    """True for a name such as ``fnlwgt``; a bare ``weight`` may be that of a body."""
    return bool(SURVEY_WEIGHTS.intersection(words(name)))


def names_category(name: str) -> bool:
    """True for the name of a place, an occupation or a branch, unless it counts or measures something there."""
    found = words(name)
    return bool(CATEGORIES.intersection(found)) and not _QUANTITIES.intersection(found)


def names_prediction(name: str) -> bool:
    """True for a name such as ``yhat`` or ``predicted_class``."""
    return bool(PREDICTIONS.intersection(words(name)))


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
