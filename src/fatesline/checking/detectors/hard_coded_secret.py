"""H005: keys, tokens and passwords written into the code."""

from __future__ import annotations

import ast
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.flow.scopes import Module, Seen

RULE = Rule(
    id="H005",
    slug="hard-coded-secret",
    severity="warning",
    title=Text(en="Secret in the code", fr="Secret dans le code"),
    what=Text(
        en="A text has the form of a known key or token, or a variable, keyword or entry named after a secret is given "
        "a text that looks like one. The secret itself is never printed.",
        fr="Un texte a la forme d'une clé ou d'un jeton connu, ou une variable, un argument ou une entrée nommée "
        "d'après un secret reçoit un texte qui y ressemble. Le secret lui-même n'est jamais affiché.",
    ),
    why=Text(
        en="Whoever reads the repository, now or in its history, can act with it; a secret that was committed has to "
        "be revoked.",
        fr="Quiconque lit le dépôt, aujourd'hui ou dans son historique, peut agir avec ; un secret versé dans un dépôt "
        "doit être révoqué.",
    ),
    bad='password = "tr0ub4dor&3-Zq9"\n',
    good='import os\n\npassword = os.environ["DATABASE_PASSWORD"]\n',
    sources=(
        "OWASP, Secrets management: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
    ),
)

#: What services write on their keys; the names are told, the texts never.
_FORMS = {
    "AWS access key": r"\b(AKIA|ASIA)[0-9A-Z]{16}\b",
    "Anthropic key": r"\bsk-ant-[A-Za-z0-9_-]{20,}",
    "GitHub token": r"\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,})",
    "GitLab token": r"\bglpat-[A-Za-z0-9_-]{20}",
    "Google API key": r"\bAIza[0-9A-Za-z_-]{35}",
    "Hugging Face token": r"\bhf_[A-Za-z0-9]{30,}",
    "JSON web token": r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{16,}",
    "OpenAI key": r"\bsk-(proj-)?[A-Za-z0-9_-]{32,}",
    "PyPI token": r"\bpypi-AgE[A-Za-z0-9_-]{30,}",
    "Slack token": r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "Stripe key": r"\b[sr]k_live_[A-Za-z0-9]{16,}",
    "private key": r"-----BEGIN ([A-Z]+ )?PRIVATE KEY-----\s*[A-Za-z0-9+/=]{16}",
    "password in an address": r"\b[a-z][a-z0-9+.-]{1,20}://[^\s:/@{}$<>]+:[^\s:/@{}$<>*]{4,}@[\w.-]+",
}
_FORM = re.compile("|".join(f"(?P<f{number}>{form})" for number, form in enumerate(_FORMS.values())))
_NAMES = tuple(_FORMS)

_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_PASSWORDS = frozenset({"passwd", "password", "passphrase", "pwd"})
_HOLDS_SECRET = re.compile(
    r"(api|access|private|secret|account|encryption|signing)_?keys?\Z|(\A|_)secret\Z|(\A|_)(apikey|secretkey)\Z"
    r"|(\A|_)(api|access|auth|bearer|refresh|bot|github|gitlab|hf|slack|session)_?token\Z|\Atoken\Z|client_secret\Z"
)
_PLACEHOLDER = re.compile(
    r"x{3,}|\*{3,}|\.{3}|your|change_?me|replace|example|placeholder|dummy|fake|test|todo|insert|none|null|<.*>"
    r"|\$\{|\{\{|\{\w*\}|%\(|password|secret|token|\Aenv|vault:|\A\w+\(.*\)\Z",
    re.IGNORECASE,
)
#: Walking a tree takes longer than reading its text: only where a text follows such a name, or one looks like a key.
_WORTH_A_LOOK = re.compile(
    r"(passw|pwd|passphrase|secret|token|(api|access|private|account|encryption|signing)_?keys?)\w*[\"']?\]?\s*"
    r"(:[^=\n]{0,80})?[=:]\s*\(?\s*[rbu]?[\"']|sk-|AKIA|ASIA|gh[pousr]_|github_pat_|hf_|xox[abprs]-|AIza|glpat-"
    r"|://[^\s:/@]+:[^\s/@]+@|eyJ|pypi-|k_live_|PRIVATE KEY-----",
    re.IGNORECASE,
)
#: How each of its alternatives begins. Looking for plain text first is ten times faster than the expression alone.
_BEGINNINGS = (
    "passw", "pwd", "passphrase", "secret", "token", "api", "access", "private", "account", "encryption", "signing",
    "sk-", "akia", "asia", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "hf_", "xox", "aiza", "glpat-", "://",
    "eyj", "pypi-", "k_live_",
)  # fmt: skip

#: What opens a service; an identifier of a key does not.
_SIGNS_IN = re.compile(r"secret_(access_)?key\Z|(\A|_)(client|jwt|app)_secret\Z|(\A|_)(auth|access|admin)_token\Z")
_NO_TEXT = re.compile(
    r"\A.{0,2}\Z|\A(true|false|yes|no|none|null|\d)\Z|[$<{]|\A/|://|x{3}|\*{3}|\.{3}|your|change_?me|replace|placeholder"
    r"|todo|insert",
    re.IGNORECASE,
)

#: Random bytes as text, in which a slash divides nothing.
_BASE64 = re.compile(r"(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/]{30,}={1,2}\Z")

#: Short ones that people make up, such as "admin2024": letters and a number behind them.
_WEAK = re.compile(r"[A-Za-z]{3,}[!@#$%^&*_.-]?[0-9]{2,}[!@#$%^&*]?\Z")

#: Bits per character; words and names stay below, what a generator made lies above.
_LEAST_ENTROPY = 3.0
_LEAST_LENGTH = 8

#: Longer texts are data.
_LONGEST = 100_000


def in_module(module: Module, text: str) -> Iterable[Sighting]:
    """Texts with the form of a key, and texts given to what is named after a secret."""
    if not _is_worth_a_look(text):
        return
    for statement in module.statements:
        told: set[ast.expr] = set()
        for node in ast.walk(statement):
            if isinstance(node, ast.Expr):
                # What stands by itself is documentation, in which addresses are examples.
                told.add(node.value)
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                form = _FORM.search(node.value) if 12 <= len(node.value) <= _LONGEST else None
                if form is not None and not _PLACEHOLDER.search(form.group().partition("://")[2] or form.group()):
                    kind = _NAMES[int(str(form.lastgroup)[1:])]
                    if node in told and kind == "password in an address":
                        continue
                    yield Sighting(RULE.id, module.place(node), (), {"secret": kind})
            else:
                for name, value in _given(node):
                    if _is_secret(name, value.value) and not _FORM.search(str(value.value)):
                        yield Sighting(RULE.id, module.place(value), (), {"secret": name})


def _is_worth_a_look(text: str) -> bool:
    # Only ASCII is lowered, so that positions stay the same.
    lowered = text.lower() if text.isascii() else text.translate(_LOWER)
    for beginning in _BEGINNINGS:
        at = lowered.find(beginning)
        while at >= 0:
            if _WORTH_A_LOOK.match(text, at):
                return True
            at = lowered.find(beginning, at + 1)
    return False


def _given(node: ast.AST) -> Iterator[tuple[str, ast.Constant]]:
    """Names, and the texts that an assignment, a call or a dict gives them."""
    pairs: list[tuple[str, ast.AST | None]] = []
    if isinstance(node, ast.Assign):
        pairs = [(_name(target), node.value) for target in node.targets]
    elif isinstance(node, ast.AnnAssign):
        pairs = [(_name(node.target), node.value)]
    elif isinstance(node, ast.keyword):
        pairs = [(node.arg or "", node.value)]
    elif isinstance(node, ast.Dict):
        pairs = [(_name(key), value) for key, value in zip(node.keys, node.values, strict=True) if key is not None]
    elif isinstance(node, ast.arguments):
        named = [*node.posonlyargs, *node.args][-len(node.defaults) :] if node.defaults else []
        pairs = [(argument.arg, default) for argument, default in zip(named, node.defaults, strict=True)]
        pairs += [(one.arg, default) for one, default in zip(node.kwonlyargs, node.kw_defaults, strict=True)]
    for name, value in pairs:
        if name and isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield name, value


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value if len(node.value) <= 60 else ""
    return _name(node.slice) if isinstance(node, ast.Subscript) else ""


def _is_secret(name: str, value: object) -> bool:
    if not isinstance(value, str) or not 6 <= len(value) <= 500 or any(sign.isspace() for sign in value):
        return False
    words = [word.lower() for word in _WORD.findall(name)]
    if not words or _PLACEHOLDER.search(value):
        return False
    has_digit = any(sign.isdigit() for sign in value)
    if has_digit and _WEAK.match(value) and (words[-1] in _PASSWORDS or _SIGNS_IN.search("_".join(words))):
        return True
    if len(value) < _LEAST_LENGTH or _entropy(value) < _LEAST_ENTROPY:
        return False
    if words[-1] in _PASSWORDS:
        return has_digit or not value.isalpha()
    if _HOLDS_SECRET.search("_".join(words)) is None:
        return False
    # A path, an address or a name in capitals says where the secret is kept.
    is_place = re.search(r"[/\\]|\.\w{2,4}\Z", value) is not None and _BASE64.match(value) is None
    return has_digit and any(sign.isalpha() for sign in value) and not is_place


def _entropy(text: str) -> float:
    counts = Counter(text).values()
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts)


def in_file(seen: Sequence[Seen]) -> Iterable[Sighting]:
    """Values of environment variables of a workflow, a service or an image that look like a secret."""
    for one in seen:
        if one.name in ("setting.environment", "service.environment", "docker.env", "docker.arg", "docker.argument"):
            name, value = (text.strip("'") for text in (one.positional[0], one.keywords.get("value", "")))
            form = _FORM.search(value)
            if "${{" not in value and (
                _is_secret(name, value)
                or (form is not None and not _PLACEHOLDER.search(value))
                or (one.name == "service.environment" and _opens_service(name, value))
            ):
                yield Sighting(RULE.id, one.place, (), {"name": name})


def _opens_service(name: str, value: str) -> bool:
    """Whether a service is started with this text as its password or key, however weak it is."""
    words = [word.lower() for word in _WORD.findall(name)]
    if not words or _NO_TEXT.search(value):
        return False
    return words[-1] in _PASSWORDS or _SIGNS_IN.search("_".join(words)) is not None


DETECTOR = Detector(RULE, in_module=in_module, in_file=in_file)
