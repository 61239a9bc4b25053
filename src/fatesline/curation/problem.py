"""Problem: what an author of a catalog should mend or know."""

from __future__ import annotations

from dataclasses import dataclass

from fatesline.model.places import Place


@dataclass(frozen=True, slots=True)
class Problem:
    """Something found in a catalog that can be read.

    Parameters
    ----------
    rule : str
        Kebab-case id of what is asked of catalogs; names the fault: ``dead-feature``.
    place : Place
        File and line.
    what : str
        One sentence, names included.
    is_fault : bool
        True: to be mended before the catalog is used; False: a remark, for the author to judge.
    way_on : str
        How to go on; may be empty.
    """

    rule: str
    place: Place
    what: str
    is_fault: bool = True
    way_on: str = ""

    def __str__(self) -> str:
        remark = "" if self.is_fault else "remark: "
        text = f"{self.place}: {remark}{self.what} [{self.rule}]"
        return f"{text}\n  {self.way_on}" if self.way_on else text
