"""DIMACS: clauses with feature names, in and out.

A DIMACS file has no tree. It becomes a model with an abstract root, every variable an optional child of it, and every
clause a constraint of its own; the root is marked, so that writing gives the same clauses again.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import combinations
from math import comb
from pathlib import Path

from fatesline.errors import UserError, UserErrors
from fatesline.exchange.files import bytes_of, decoded
from fatesline.exchange.imported import Enough, Faults, Imported, Remark, ordinary_id, shortened, without_collection
from fatesline.model.features import Constraint, Feature, FeatureModel, Group
from fatesline.model.formula import Formula, feature, negation

#: Marks the root that stands for no variable.
ROOT_KEY = "dimacs.root"

MOST_VARIABLES = 1_000_000
#: A part of a formula with more clauses than this gets a variable of its own.
MOST_CLAUSES_OF_A_PART = 64
#: The same for a group with bounds.
MOST_CLAUSES_OF_A_GROUP = 1000

_NAMED = re.compile(r"c[ \t]+(\d{1,9})[ \t]+(.*?)[ \t]*")
_HEADER = re.compile(r"p[ \t]+cnf[ \t]+(\d{1,12})[ \t]+(\d{1,12})[ \t]*")
_NOT_A_NUMBER = re.compile(r"(?<![^ \t])(?!-?\d{1,12}(?![^ \t]))[^ \t]+")

Clause = tuple[int, ...]


def read(path: Path) -> Imported:
    """Read a DIMACS file.

    Parameters
    ----------
    path : Path
        ``.cnf``, ``.dimacs``, or either with ``.gz``. Lines ``c 12 name`` give names; a variable without one is called
        by its number.

    Returns
    -------
    Imported

    Raises
    ------
    UserError
        Every fault found, with line and column. A file with fewer clauses than it declares is cut off.
    """
    return read_text(decoded(bytes_of(path), str(path)), str(path))


def read_text(text: str, name: str = "<text>") -> Imported:
    """Read DIMACS from a text; see `read`."""
    with without_collection():
        return _imported(text, name)


def _imported(text: str, name: str) -> Imported:
    faults = Faults(name)
    remarks: list[Remark] = []
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    try:
        header, names, literals, last_line = _scanned(lines, faults)
    except Enough:
        header, names, literals, last_line = None, {}, [], (1, 1)
    faults.raise_found()
    if header is None:
        what = "the file has no line p cnf" if text.strip() else "the file is empty"
        faults.add(what, 1, 1, "A DIMACS file says p cnf, the number of variables and the number of clauses.")
        faults.raise_found()
        raise AssertionError
    variables, declared = header
    if literals and literals[-1] != 0:
        faults.add("the last clause is not closed by 0; the file is cut off", *last_line)
        faults.raise_found()
    clauses = _clauses(literals)
    if len(clauses) < declared:
        faults.add(f"{declared} clauses are declared and {len(clauses)} found; the file is cut off", *last_line)
    if len(clauses) > declared:
        remarks.append(Remark(f"{declared} clauses are declared, {len(clauses)} found and read", name))
    with suppress(Enough):
        called = _called(names, variables, faults)
    faults.raise_found()
    root = "root"
    taken = set(called)
    while root in taken:
        root += "_"
    positive = [feature(each) for each in called]
    negative = [negation(each) for each in positive]
    constraints = []
    for position, clause in enumerate(clauses, 1):
        parts = tuple(positive[each - 1] if each > 0 else negative[-each - 1] for each in clause)
        constraints.append(Constraint(ordinary_id(position), parts[0] if len(parts) == 1 else Formula("or", parts)))
    features = (Feature(root, None, True, {ROOT_KEY: True}), *(Feature(each, root) for each in called))
    return Imported(FeatureModel(features, (), tuple(constraints)), (), tuple(remarks))


def _scanned(
    lines: list[str], faults: Faults
) -> tuple[tuple[int, int] | None, dict[int, tuple[str, int]], list[int], tuple[int, int]]:
    """Header, names with their lines, all numbers of the clauses, and the place of the last of them."""
    header: tuple[int, int] | None = None
    names: dict[int, tuple[str, int]] = {}
    literals: list[int] = []
    last_line = (1, 1)
    for at, line in enumerate(lines, 1):
        body = line.strip(" \t")
        if not body:
            continue
        if body[0] == "c":
            match = _NAMED.fullmatch(body)
            if match and match[2]:
                names.setdefault(int(match[1]), (match[2], at))
        elif body[0] == "p":
            match = _HEADER.fullmatch(body)
            if match is None:
                faults.add(f'"{shortened(body)}" is no header', at, 1, "Write p cnf, variables, clauses.")
                return None, names, literals, last_line
            if header is not None:
                faults.add("there is a second line p cnf", at, 1)
            header = (int(match[1]), int(match[2]))
            if header[0] > MOST_VARIABLES:
                faults.add(f"more than {MOST_VARIABLES} variables are declared", at, 1)
        elif body[0] == "%":
            # The libraries of the DIMACS challenge end so; what follows is no clause.
            break
        elif header is None:
            faults.add(f'"{shortened(body)}" stands before the line p cnf', at, 1)
            return None, names, literals, last_line
        else:
            last_line = (at, len(line.rstrip(" \t")) + 1)
            bad = _NOT_A_NUMBER.search(line)
            if bad:
                faults.add(f'"{shortened(bad[0])}" is no literal', at, bad.start() + 1)
                continue
            numbers = [int(word) for word in body.split()]
            if max(numbers) > header[0] or -min(numbers) > header[0]:
                wrong = next(number for number in numbers if abs(number) > header[0])
                faults.add(
                    f"{wrong} is used and only {header[0]} variables are declared", at, line.find(str(wrong)) + 1
                )
            literals += numbers
    return header, names, literals, last_line


def _clauses(literals: list[int]) -> list[list[int]]:
    clauses = []
    start = 0
    while start < len(literals):
        end = literals.index(0, start)
        clauses.append(literals[start:end])
        start = end + 1
    return clauses


def _called(names: dict[int, tuple[str, int]], variables: int, faults: Faults) -> list[str]:
    """A name for every variable."""
    named = {variable: entry for variable, entry in names.items() if 1 <= variable <= variables}
    owner: dict[str, int] = {}
    for variable, (own, line) in named.items():
        if own in owner:
            faults.add(f'the variables {owner[own]} and {variable} are both called "{shortened(own)}"', line, 1)
        owner.setdefault(own, variable)
    called = []
    for variable in range(1, variables + 1):
        own = named[variable][0] if variable in named else str(variable)
        while variable not in named and own in owner:
            own = f"variable {own}"
        called.append(own)
    return called


def written(model: FeatureModel) -> str:
    """The clauses of a feature model in DIMACS.

    Parameters
    ----------
    model : FeatureModel

    Returns
    -------
    str
        One named variable per feature. Where the clauses of a formula or a group would grow beyond bounds, variables
        without names follow; each is equivalent to a part, so that the number of solutions stays. Preferences are
        left out. A model read from DIMACS gives its clauses again.

    Raises
    ------
    UserError
        If a name cannot stand in a line: names have no line ends and no blanks at their ends.
    """
    faults = [
        UserError(f'DIMACS cannot hold the name "{shortened(name)}"', way_on="Names are one line without outer blanks.")
        for name in model.ids
        if not name or name != name.strip(" \t") or set(name) & set("\r\n") or not _is_encodable(name)
    ]
    if faults:
        raise UserErrors(faults)
    root = model.root
    is_flat = root.attributes.get(ROOT_KEY) is True and not model.groups
    names = [name for name in model.ids if not (is_flat and name == root.id)]
    clauses = _Clauses({name: number for number, name in enumerate(names, 1)})
    if not is_flat:
        clauses.found.append((clauses.numbers[root.id],))
        for each in model.features:
            if each.parent is not None:
                clauses.found.append((-clauses.numbers[each.id], clauses.numbers[each.parent]))
        for group in model.groups:
            clauses.add_group(group)
    for constraint in model.constraints:
        if constraint.level != "preference":
            clauses.add(constraint.formula)
    lines = [f"c {number} {name}" for number, name in enumerate(names, 1)]
    if clauses.last > len(names):
        lines.append(f"c variables from {len(names) + 1} on are equivalent to parts of formulas and groups")
    lines.append(f"p cnf {clauses.last} {len(clauses.found)}")
    lines += [" ".join(map(str, (*clause, 0))) for clause in clauses.found]
    return "\n".join(lines) + "\n"


def _is_encodable(name: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


@dataclass(slots=True)
class _Clauses:
    """Clauses being collected, with numbers for features and for what needs a variable of its own."""

    numbers: dict[str, int]
    found: list[Clause] = field(default_factory=list)
    last: int = -1
    _known: dict[tuple[int, bool], list[Clause]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.last = len(self.numbers)

    def add(self, formula: Formula) -> None:
        literals = self._literals(formula)
        if literals is not None:
            self.found.append(literals)
            return
        self._known.clear()
        self.found += self._of(formula, True)

    def _literals(self, formula: Formula) -> Clause | None:
        """The clause that the formula already is."""
        parts = formula.parts if formula.kind == "or" else (formula,)
        clause = []
        for part in parts:
            inner = part.parts[0] if part.kind == "not" else part
            if inner.kind != "feature":
                return None
            clause.append(-self.numbers[inner.feature] if part.kind == "not" else self.numbers[inner.feature])
        return tuple(clause)

    def _of(self, formula: Formula, holds: bool) -> list[Clause]:
        """Clauses that say that the formula holds, or that it does not."""
        key = (id(formula), holds)
        if key not in self._known:
            self._known[key] = self._made(formula, holds)
        return self._known[key]

    def _made(self, formula: Formula, holds: bool) -> list[Clause]:
        parts = formula.parts
        match formula.kind:
            case "feature":
                number = self.numbers[formula.feature]
                return [(number if holds else -number,)]
            case "not":
                return self._of(parts[0], not holds)
            case "and" | "or" as kind:
                if (kind == "and") == holds:
                    return [clause for part in parts for clause in self._of(part, holds)]
                return self._either([self._of(part, holds) for part in parts])
            case "implies":
                left, right = parts
                if holds:
                    return self._either([self._of(left, False), self._of(right, True)])
                return [*self._of(left, True), *self._of(right, False)]
            case "iff":
                left, right = parts
                if holds:
                    one = self._either([self._of(left, False), self._of(right, True)])
                    return [*one, *self._either([self._of(left, True), self._of(right, False)])]
                one = self._either([self._of(left, True), self._of(right, True)])
                return [*one, *self._either([self._of(left, False), self._of(right, False)])]

    def _either(self, alternatives: list[list[Clause]]) -> list[Clause]:
        """Clauses that say that one of several sets of clauses holds."""
        if any(not clauses for clauses in alternatives):
            return []
        size = 1
        for clauses in alternatives:
            size *= len(clauses)
            if size > MOST_CLAUSES_OF_A_PART:
                alternatives = [each if len(each) == 1 else [(self._named(each),)] for each in alternatives]
                break
        product: list[Clause] = [()]
        for clauses in alternatives:
            if len(clauses) == 1:
                product = [before + clauses[0] for before in product]
            else:
                product = [before + clause for before in product for clause in clauses]
        return [tuple(dict.fromkeys(clause)) for clause in product if not _is_tautology(clause)]

    def _named(self, clauses: list[Clause]) -> int:
        """A new variable equivalent to the conjunction of the clauses."""
        satisfied = []
        for clause in clauses:
            if len(clause) == 1:
                satisfied.append(clause[0])
                continue
            self.last += 1
            satisfied.append(self.last)
            self.found.append((-self.last, *clause))
            self.found += [(self.last, -literal) for literal in clause]
        self.last += 1
        self.found += [(-self.last, literal) for literal in satisfied]
        self.found.append((self.last, *(-literal for literal in satisfied)))
        return self.last

    def add_group(self, group: Group) -> None:
        parent = self.numbers[group.parent]
        members = [self.numbers[member] for member in group.members]
        size, low, high = len(members), group.minimum, group.maximum
        below = comb(size, size - low + 1) if low else 0
        above = comb(size, high + 1) if high < size else 0
        if below + above <= MOST_CLAUSES_OF_A_GROUP:
            if low:
                self.found += [(-parent, *chosen) for chosen in combinations(members, size - low + 1)]
            if high < size:
                excess = combinations(members, high + 1)
                # Members imply their parent, so that the parent need not be named.
                self.found += (
                    [tuple(-member for member in chosen) for chosen in excess]
                    if high
                    else [(-member,) for member in members]
                )
            return
        at_least = self._counted(members, high + 1 if high < size else low)
        if low:
            self.found.append((-parent, at_least[low]))
        if high < size:
            self.found.append((-at_least[high + 1],))

    def _counted(self, members: list[int], most: int) -> dict[int, int]:
        """Variables equivalent to "at least j members", for j up to `most`; a sequential counter."""
        before: dict[int, int] = {}
        for position, member in enumerate(members, 1):
            now: dict[int, int] = {}
            for j in range(1, min(position, most) + 1):
                if j == position == 1:
                    now[j] = member
                    continue
                self.last += 1
                own = now[j] = self.last
                same, fewer = before.get(j), before.get(j - 1)
                # own <=> same | (member & fewer), where "at least none" is true and "more than all" false.
                self.found.append((-own, member) if same is None else (-own, same, member))
                if fewer is not None:
                    self.found.append((-own, fewer) if same is None else (-own, same, fewer))
                if same is not None:
                    self.found.append((own, -same))
                self.found.append((own, -member) if fewer is None else (own, -member, -fewer))
            before = now
        return before


def _is_tautology(clause: Clause) -> bool:
    literals = set(clause)
    return any(-literal in literals for literal in literals)
