"""The corpora of rules, and how many of their texts each rule judges rightly.

One TOML file per rule in tests/corpus/statements: `hits` and `misses` by language, each a whole
text; `tail` is put behind each, `record = true` holds them against the invented record. `own` are
the parties whose text it is, `kept` what became of the bytes of a source, `name` what the file is
called, `detect = true` leaves the language to be told from the text. `head` is put before each
text that has no front matter of its own.

A text that is held against others is a table: `text` beside `en`, `ru`… for the other languages,
read as text.en.md and so on. `{digest}` stands for the digest of `then`, the original as it was
when it was translated, and `{hex}` for the digits of that digest.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules_record import AS_OF, record_of

from stelae.statements.checking import RULES
from stelae.statements.context import CheckContext, Kept
from stelae.statements.diagnostics import Diagnostic
from stelae.statements.read import read_statement
from stelae.statements.rules.rule import Rule
from stelae.values.digests import digest_hex, digest_of

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "statements"


@dataclass(frozen=True, slots=True)
class Example:
    """One text of a corpus and whether the rule ought to find something in it."""

    rule: str
    language: str
    text: str
    is_hit: bool
    held_against_record: bool
    name: str = "text.md"
    own: tuple[str, ...] = ()
    kept: tuple[tuple[str, Kept], ...] = ()
    detected: bool = False
    siblings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """How a rule did: `wrong` are near misses that it found, `unfound` hits that it did not."""

    rule: str
    hits: int
    misses: int
    languages: tuple[str, ...]
    wrong: tuple[str, ...]
    unfound: tuple[str, ...]

    @property
    def precision(self) -> float:
        """What share of its findings are right; 1 where it finds nothing."""
        found = self.hits - len(self.unfound)
        return found / (found + len(self.wrong)) if found + len(self.wrong) else 1.0

    @property
    def recall(self) -> float:
        """What share of the hits it finds."""
        return 1 - len(self.unfound) / self.hits


def examples(path: Path) -> list[Example]:
    """The texts of one corpus."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    found: list[Example] = []
    for name in ("hits", "misses"):
        rows: dict[str, Any] = table[name]
        tail = rows.get("tail") or table.get("tail") or table["hits"].get("tail", "")
        found += [
            Example(
                path.stem,
                code,
                text + tail,
                name == "hits",
                table.get("record", False),
                table.get("name", "text.md"),
                tuple(table.get("own", ())),
                tuple(table.get("kept", {}).items()),
                table.get("detect", False),
                siblings=siblings,
            )
            for code, texts in rows.items()
            if code != "tail"
            for text, siblings in (versions(entry, table.get("head", "")) for entry in texts)
        ]
    return found


def versions(entry: str | dict[str, str], head: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A text, and the other languages of it as code and text, each with its head."""
    given = {"text": entry} if isinstance(entry, str) else entry
    texts = {code: text if text.startswith("---") else head + text for code, text in given.items()}
    siblings = tuple((code, text) for code, text in texts.items() if code not in {"text", "then"})
    then = texts.get("then", siblings[0][1] if siblings else "")
    digest = digest_of(then.encode())
    text = texts["text"].replace("{digest}", digest).replace("{hex}", digest_hex(digest))
    return text, siblings


def corpora() -> list[Path]:
    """The files, by rule."""
    return sorted(CORPUS.glob("*.toml"))


def findings(example: Example) -> list[Diagnostic]:
    """What the rule of the corpus finds in a text."""
    (rule,) = (rule for rule in RULES if rule.id == example.rule)
    return list(_findings(rule, example))


def _findings(rule: Rule, example: Example) -> Iterator[Diagnostic]:
    code = None if example.detected else example.language
    statement = read_statement(example.text, example.name, code)
    record = record_of(dict(example.kept)) if example.held_against_record else None
    siblings = tuple(
        read_statement(text, f"text.{code}.md", code) for code, text in example.siblings
    )
    return rule.check(statement, CheckContext(AS_OF, record, siblings, example.own))


def finds(rule: Rule, example: Example) -> bool:
    """Whether the rule finds anything in a text."""
    return any(True for _ in _findings(rule, example))


def measure(path: Path) -> Measured:
    """Run the rule over its corpus."""
    rule = next(rule for rule in RULES if rule.id == path.stem)
    texts = examples(path)
    found = {example: finds(rule, example) for example in texts}
    return Measured(
        rule.id,
        sum(one.is_hit for one in texts),
        sum(not one.is_hit for one in texts),
        tuple(
            dict.fromkeys(
                code
                for one in texts
                for code in (one.language, *(code for code, _ in one.siblings))
            )
        ),
        tuple(one.text for one in texts if found[one] and not one.is_hit),
        tuple(one.text for one in texts if one.is_hit and not found[one]),
    )
