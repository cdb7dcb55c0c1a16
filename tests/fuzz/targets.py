"""What the fuzzer feeds: each target takes any bytes and may raise nothing but StelaeError.

    python tests/fuzz/targets.py TARGET [libFuzzer's options] [CORPUS]

Run under atheris, whose coverage leads the bytes (libFuzzer). A reader that raises anything else,
hangs or runs out of memory is a fault of ours.
"""

import contextlib
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

try:
    import atheris
except ImportError:  # the tests of targets themselves need no coverage
    atheris = None

with atheris.instrument_imports(include=["stelae"]) if atheris else contextlib.nullcontext():
    from stelae.errors import StelaeError
    from stelae.evidence.quoting import find_quote
    from stelae.records.tables import read_table
    from stelae.statements.checking import check_statement
    from stelae.statements.context import CheckContext
    from stelae.statements.outline import json_outline
    from stelae.statements.read import read_statement
    from stelae.statements.report import text_report
    from stelae.statements.waivers import read_waivers
    from stelae.transparency.checkpoints import read_unverified
    from stelae.transparency.notes import VerifierKey, parse_note
    from stelae.transparency.proofs import parse_proof
    from stelae.values.dates import PartialDate
    from stelae.values.figures import Count
    from stelae.values.locators import parse_locators

AS_OF = date(2026, 1, 1)
_NAMES = ("text.txt", "text.md", "text.en.md", "page.html")


def statement(data: bytes) -> None:
    """Bytes as a statement: read, outlined, checked, reported."""
    name = _NAMES[data[0] % len(_NAMES)] if data else _NAMES[0]
    read = read_statement(data[1:], name)
    json_outline(read)
    text_report(read, check_statement(read, CheckContext(AS_OF)), colour=False, width=100)


def document(data: bytes) -> None:
    """Bytes as a document of any kind; what kind, they say themselves."""
    read_statement(data, "document")


def head(data: bytes) -> None:
    """The block at the head of a statement, with its waivers."""
    text = f"---\n{data.decode('utf-8', 'replace')}\n---\n\nA clause."
    list(read_waivers(read_statement(text, "text.md").source))


def words(data: bytes) -> None:
    """Small notations: dates, counts, locators."""
    text = data.decode("utf-8", "replace")
    for parse in (PartialDate.parse, Count.parse, parse_locators):
        with contextlib.suppress(StelaeError):
            parse(text)


def log(data: bytes) -> None:
    """What travels with a log: notes, checkpoints, proofs, keys."""
    for parse in (parse_note, read_unverified, parse_proof):
        with contextlib.suppress(StelaeError):
            parse(data)
    VerifierKey.parse(data.decode("utf-8", "replace"))


def quotation(data: bytes) -> None:
    """A quotation looked for in a page: both from the bytes, parted at the first line's end."""
    quoted, _, page = data.decode("utf-8", "replace").partition("\n")
    find_quote(quoted, [page])


def table(data: bytes) -> None:
    """A file of records."""
    read_table("figures.csv" if data[:1] != b"-" else "figures.yaml", data)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (statement, document, head, words, log, quotation, table)
}


def one(target: Callable[[bytes], None], data: bytes) -> None:
    """One input: refusing it is fine."""
    with contextlib.suppress(StelaeError):
        target(data)


def main() -> None:
    """Fuzz the target named first."""
    name, *rest = sys.argv[1:]
    target = TARGETS[name]
    corpus = Path(__file__).parent / "corpus" / name
    arguments = [sys.argv[0], *rest, *([str(corpus)] if corpus.is_dir() else [])]
    atheris.Setup(arguments, lambda data: one(target, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
