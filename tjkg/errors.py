"""What can go wrong, as a short family: each error says what, where and what to do."""

from __future__ import annotations

__all__ = ["DataError", "InputError", "NotFoundError", "RemoteError", "TjkgError"]


class TjkgError(Exception):
    """Base of all errors a user may see; the command line prints it as one sentence (exit 2).

    what:  the fault, in a clause.
    where: file, line or argument, if there is one.
    cure:  what to do about it.
    """

    def __init__(self, what: str, *, where: str = "", cure: str = "") -> None:
        self.what, self.where, self.cure = what, where, cure
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """One line: where, what, cure."""
        head = f"{self.where}：{self.what}" if self.where else self.what
        return f"{head}。{self.cure}" if self.cure else head


class InputError(TjkgError):
    """A file or argument given by the user cannot be used."""


class NotFoundError(TjkgError):
    """A name (service, query, edition, fact) is not known; `cure` names the nearest ones."""


class DataError(TjkgError):
    """Data under data/ or ontology/ contradicts itself or its source; nothing was written."""


class RemoteError(TjkgError):
    """A SPARQL endpoint did not answer as the protocol says."""
