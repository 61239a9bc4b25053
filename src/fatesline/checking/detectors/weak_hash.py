"""H004: identifiers hashed without a secret, or cut short, as if that hid them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.flow.scopes import Module

RULE = Rule(
    id="H004",
    slug="weak-hash-as-anonymisation",
    severity="warning",
    title=Text(en="Weak hash as anonymisation", fr="Hachage faible en guise d'anonymisation"),
    what=Text(
        en="Names, addresses, numbers or other identifiers of people are hashed without a secret salt or key, or the "
        "hash is cut short.",
        fr="Des noms, adresses, numéros ou autres identifiants de personnes sont hachés sans sel ni clé secrète, ou le "
        "condensat est tronqué.",
    ),
    why=Text(
        en="There are few enough identifiers to hash them all and look the people up; a hash cut short joins different "
        "people. The data remain personal data.",
        fr="Les identifiants sont assez peu nombreux pour les hacher tous et retrouver les personnes ; un condensat "
        "tronqué confond des personnes différentes. Les données restent personnelles.",
    ),
    bad="import hashlib\n\n"
    'table["email"] = table["email"].map(lambda email: hashlib.sha256(email.encode()).hexdigest())\n',
    good="import hmac\n\n"
    'table["email"] = table["email"].map(lambda email: hmac.new(key, email.encode(), "sha256").hexdigest())\n',
    sources=(
        "AEPD and EDPS 2019, Introduction to the hash function as a personal data pseudonymisation technique: "
        "https://www.edps.europa.eu/data-protection/our-work/publications/papers/"
        "introduction-hash-function-personal-data_en",
        "Article 29 Working Party, Opinion 05/2014 on anonymisation techniques: "
        "https://ec.europa.eu/justice/article-29/documentation/opinion-recommendation/files/2014/wp216_en.pdf",
    ),
)

_HASHES = re.compile(r"(md5|sha1|sha224|sha256|sha384|sha512|sha3_\d+|blake2[bs])\Z")
_SECRET = re.compile(r"salt|pepper|secret|key|hmac|nonce", re.IGNORECASE)
_PERSON = re.compile(
    r"(\A|_)(e?mail|phone|telephone|ssn|nss|passport|iban|surname|lastname|firstname|fullname|username|ip|address"
    r"|person|patient|customer|client|user|employee|citizen|identifier|identifiant|national)(_|\Z)"
    r"|(\A|_)(first|last|full|user)_name(_|\Z)|\Aname\Z|\Apii",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"anonymi[sz]|pseudonymi[sz]|de_?identif|hash_(pii|id|user|email|name|column|phone)", re.IGNORECASE
)
_FILES = re.compile(r"checksum|digest_of|fingerprint|file|path|cache|etag|bucket", re.IGNORECASE)
_COLUMNWISE = frozenset({"apply", "map", "applymap", "transform"})


def in_module(module: Module, text: str) -> Iterable[Sighting]:
    """Hashes made of what is called like an identifier, or within a function that says it hides people."""
    if "hashlib" not in text:
        return
    for statement in module.statements:
        for call, around in _hashes(statement, ()):
            names = {*_names(call), *(name for node in around[-1:] for name in _parameters(node))}
            if "name" in _counted(call):
                # Of a column or a field, not of a person.
                names.discard("name")
            purpose = [getattr(node, "name", "") for node in around]
            if any(_FILES.search(name) for name in purpose):
                continue
            columnwise = any(isinstance(node, ast.Call) for node in around)
            if not columnwise and not any(_PURPOSE.search(name) for name in purpose):
                # Everything has one.
                names.discard("name")
            personal = any(_PERSON.search(name) for name in names) or any(_PURPOSE.search(name) for name in purpose)
            if columnwise:
                personal = personal or any(
                    _PERSON.search(name) for node in around if isinstance(node, ast.Call) for name in _names(node.func)
                )
            if not personal:
                continue
            cut = any(isinstance(node, ast.Subscript) for node in around)
            inner = next((node for node in around[::-1] if isinstance(node, ast.FunctionDef | ast.Lambda)), call)
            if cut or not any(_SECRET.search(name) for name in _names(inner)):
                yield Sighting(RULE.id, module.place(call), (), {"hash": "cut short" if cut else "no salt"})


def _hashes(node: ast.AST, around: tuple[ast.AST, ...]) -> Iterator[tuple[ast.Call, tuple[ast.AST, ...]]]:
    """Calls of hash functions with an argument, and the functions, column-wise calls and slices around each."""
    waiting: list[tuple[ast.AST, tuple[ast.AST, ...]]] = [(node, around)]
    while waiting:
        current, outer = waiting.pop()
        if isinstance(current, ast.Compare):
            # Check sums and signatures are compared; a pseudonym is kept.
            continue
        if isinstance(current, ast.Call):
            name = getattr(current.func, "attr", getattr(current.func, "id", ""))
            if _HASHES.match(name) and current.args:
                yield current, outer
            elif name in _COLUMNWISE:
                outer = (*outer, current)
        elif isinstance(current, ast.FunctionDef | ast.Lambda) or (
            isinstance(current, ast.Subscript)
            and isinstance(current.slice, ast.Slice)
            and isinstance(current.value, ast.Call)
            and getattr(current.value.func, "attr", "") in ("hexdigest", "digest")
        ):
            outer = (*outer, current)
        waiting += [(child, outer) for child in ast.iter_child_nodes(current)]


def _names(node: ast.AST) -> Iterator[str]:
    # What a record's keys are called is no name of a person.
    keys = {
        inner.key.id for inner in ast.walk(node) if isinstance(inner, ast.DictComp) and isinstance(inner.key, ast.Name)
    }
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            if inner.id not in keys:
                yield inner.id
        elif isinstance(inner, ast.Attribute):
            yield inner.attr
        elif isinstance(inner, ast.arg):
            yield inner.arg
        elif isinstance(inner, ast.Constant) and isinstance(inner.value, str) and len(inner.value) < 40:
            yield inner.value


def _counted(call: ast.Call) -> set[str]:
    """Names that a comprehension within the call goes through."""
    return {
        name.id
        for inner in ast.walk(call)
        if isinstance(inner, ast.comprehension)
        for name in ast.walk(inner.target)
        if isinstance(name, ast.Name)
    }


def _parameters(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        yield from (argument.arg for argument in node.args.args)


DETECTOR = Detector(RULE, in_module=in_module)
