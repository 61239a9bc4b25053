"""What fixers work with: the files under check, and what is known about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fatesline.catalog import Catalog
from fatesline.checking.fixes.source import Source
from fatesline.solution import Solution


class Workshop:
    """The files of one check, read when a fixer asks for them.

    Parameters
    ----------
    read : callable
        The bytes of a file by its relative path; None where it cannot be read.
    catalog : Catalog
    solution : Solution or None
        What the project needs, where that is known.
    protected : tuple of str
        Columns whose groups are compared, as a configuration or the user names them; never guessed.
    files : tuple of str
        Everything below the folder.
    """

    def __init__(
        self,
        read: Callable[[str], bytes | None],
        catalog: Catalog,
        solution: Solution | None = None,
        protected: tuple[str, ...] = (),
        files: tuple[str, ...] = (),
    ) -> None:
        self._read = read
        self.catalog = catalog
        self.solution = solution
        self.protected = protected
        self.files = files
        self._sources: dict[str, Source | None] = {}
        self._raw: dict[str, bytes | None] = {}

    def raw(self, file: str) -> bytes | None:
        """The bytes of a file."""
        if file not in self._raw:
            self._raw[file] = self._read(file)
        return self._raw[file]

    def source(self, file: str) -> Source | None:
        """A Python file or notebook, or None where it cannot be edited."""
        if file not in self._sources:
            raw = self.raw(file)
            try:
                is_code = file.lower().endswith((".py", ".pyw", ".ipynb"))
                self._sources[file] = Source(file, raw) if raw is not None and is_code else None
            except ValueError:
                self._sources[file] = None
        return self._sources[file]

    @property
    def sources(self) -> Mapping[str, Source | None]:
        """Those that were asked for."""
        return self._sources
