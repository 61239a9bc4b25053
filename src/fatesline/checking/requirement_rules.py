"""Rules that no detector finds: files that cannot be read, and what the configuration asks for."""

from __future__ import annotations

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Rule

UNPARSABLE = Rule(
    id="R001",
    slug="unparsable-file",
    severity="warning",
    title=Text(en="File that cannot be parsed", fr="Fichier impossible à analyser"),
    what=Text(
        en="A Python file or a notebook cell has a syntax error, or is nested too deeply to be read.",
        fr="Un fichier Python ou une cellule de carnet contient une erreur de syntaxe, ou est imbriqué trop "
        "profondément "
        "pour être lu.",
    ),
    why=Text(
        en="Whatever is in it was not checked; a component that stands only there is reported as not shown.",
        fr="Ce qu'il contient n'a pas été vérifié ; un composant qui ne se trouve que là est signalé comme non "
        "démontré.",
    ),
    bad="def train(:\n    ...\n",
    good="def train():\n    ...\n",
)

UNREADABLE = Rule(
    id="R002",
    slug="unreadable-file",
    severity="warning",
    title=Text(en="File that cannot be read", fr="Fichier illisible"),
    what=Text(
        en="A file is not in the encoding it declares, is not what its suffix says, is too large to be code written by "
        "people, or may not be opened.",
        fr="Un fichier n'est pas dans l'encodage qu'il déclare, n'est pas ce que dit son suffixe, est trop grand "
        "pour être "
        "du code écrit par des personnes, ou ne peut être ouvert.",
    ),
    why=Text(
        en="Whatever is in it was not checked; a component that stands only there is reported as not shown.",
        fr="Ce qu'il contient n'a pas été vérifié ; un composant qui ne se trouve que là est signalé comme non "
        "démontré.",
    ),
)

MISSING = Rule(
    id="Q001",
    slug="required-component-missing",
    severity="error",
    title=Text(en="Required component missing", fr="Composant requis manquant"),
    what=Text(
        en="The configuration requires a component, and the code shows that it is not in use: it stands only in code "
        "that "
        "nothing calls, is only imported, lacks something that is told, or another one has taken its place.",
        fr="La configuration requiert un composant, et le code montre qu'il n'est pas employé : il n'apparaît que "
        "dans du "
        "code que rien n'appelle, il est seulement importé, il lui manque ce qui est dit, ou un autre a pris sa place.",
    ),
    why=Text(
        en="What follows from the answers in fates.yaml is not what the code does; the argument with the finding says "
        "which answer and which text require it.",
        fr="Ce qui découle des réponses de fates.yaml n'est pas ce que fait le code ; l'argument joint indique quelle "
        "réponse et quel texte l'exigent.",
    ),
)

NOT_SHOWN = Rule(
    id="Q002",
    slug="required-component-not-shown",
    severity="error",
    title=Text(en="Required component not shown", fr="Composant requis non démontré"),
    what=Text(
        en="The configuration requires a component, and nothing that was read shows that it is there.",
        fr="La configuration requiert un composant, et rien de ce qui a été lu ne montre qu'il est là.",
    ),
    why=Text(
        en="It may be missing, or done in a way that is not recognised; either way a reviewer has nothing to point to.",
        fr="Il peut manquer, ou être réalisé d'une façon qui n'est pas reconnue ; dans les deux cas, un relecteur "
        "n'a rien "
        "à montrer.",
    ),
)

CONTRADICTION = Rule(
    id="Q003",
    slug="code-contradicts-configuration",
    severity="error",
    title=Text(en="Code contradicts the configuration", fr="Le code contredit la configuration"),
    what=Text(
        en="The code uses something that cannot go together with what fates.yaml says.",
        fr="Le code emploie quelque chose d'incompatible avec ce que dit fates.yaml.",
    ),
    why=Text(
        en="Either the code or the configuration does not describe this project; the argument says which choices "
        "clash.",
        fr="Le code ou la configuration ne décrit pas ce projet ; l'argument indique quels choix s'opposent.",
    ),
)

INCOMPATIBLE = Rule(
    id="Q004",
    slug="components-do-not-go-together",
    severity="note",
    title=Text(en="Components that do not go together", fr="Composants incompatibles"),
    what=Text(
        en="The code uses components that cannot work together in one pipeline.",
        fr="Le code emploie des composants qui ne peuvent fonctionner ensemble dans un même pipeline.",
    ),
    why=Text(
        en="Together in one pipeline they fail or give figures that mean nothing; in separate ones they are fine.",
        fr="Ensemble dans un pipeline, ils échouent ou donnent des chiffres sans signification ; séparés, ils "
        "conviennent.",
    ),
)

RULES: tuple[Rule, ...] = (UNPARSABLE, UNREADABLE, MISSING, NOT_SHOWN, CONTRADICTION, INCOMPATIBLE)
