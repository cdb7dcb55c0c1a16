"""Every error that Stelae raises on purpose.

StelaeError                  something a user can read and act on; exit code 3
├── BadInput                 bytes, text or values that cannot be what they should be
│   ├── BadValue             one value that cannot be: a date, a locator (also a ValueError)
│   └── ImportRefused        a file of records: every problem in it at once; nothing was imported
├── NotEstimable                 these lists allow no number, and why
├── NotADossier              the folder is no dossier, or one of a later format
├── Busy                     another process is writing to this dossier
├── IntegrityError           what lies on disk contradicts the log, or a signature does not hold
│   ├── BadProof             a note, checkpoint, tile or proof that does not verify
│   └── StaleDossier         the dossier is older than the last checkpoint that its key signed
├── NoSigningKey             this user's configuration holds no key for the log
├── StorageFailed            the disk refused a write, a flush or a rename
└── MissingExtra             an optional part of Stelae is not installed
"""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "BadInput",
    "BadProof",
    "BadValue",
    "Busy",
    "ImportRefused",
    "IntegrityError",
    "MissingExtra",
    "NoSigningKey",
    "NotADossier",
    "NotEstimable",
    "Problem",
    "StaleDossier",
    "StelaeError",
    "StorageFailed",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one place of one file.

    `row` counts as a spreadsheet does: the header is row 1. For YAML and TOML it is the line.
    """

    what: str
    file: str | None = None
    row: int | None = None
    column: str | None = None
    hint: str | None = None

    @property
    def _unit(self) -> str:
        return "line" if (self.file or "").lower().endswith((".yaml", ".yml", ".toml")) else "row"

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.file,
                f"{self._unit} {self.row}" if self.row is not None else None,
                f"column {self.column}" if self.column else None,
            )
            if part
        )
        text = f"{place}: {self.what}" if place else self.what
        return f"{text} ({self.hint})" if self.hint else text


class StelaeError(Exception):
    """Base of all: `what` went wrong, and a `hint` that says what to do next."""

    def __init__(self, what: str, *, hint: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what}\n  {self.hint}" if self.hint else self.what


class BadInput(StelaeError):
    """Bytes, text or values that cannot be what they should be."""


class BadValue(BadInput, ValueError):
    """One value that cannot be: the message names the value and the reason."""


class ImportRefused(BadInput):
    """Every problem found in the files given; nothing of them was imported."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(
            f"refused, nothing was changed: {count} problem{'s' if count != 1 else ''}\n{lines}"
        )


class NotEstimable(StelaeError):
    """These lists allow no number; the message says why and what would."""


class NotADossier(StelaeError):
    """The folder is no dossier, or one of a later format."""


class Busy(StelaeError):
    """Another process is writing to this dossier."""


class IntegrityError(StelaeError):
    """What lies on disk contradicts the log, or a signature does not hold."""


class BadProof(IntegrityError, ValueError):
    """A note, checkpoint, tile or proof that does not parse or does not verify."""


class StaleDossier(IntegrityError):
    """The dossier is older than the last checkpoint that its key signed."""


class NoSigningKey(StelaeError):
    """This user's configuration holds no key for the log."""


class StorageFailed(StelaeError):
    """The disk refused a write, a flush or a rename; what was there before still is."""


class MissingExtra(StelaeError):
    """An optional part of Stelae is not installed; the message names the extra."""
