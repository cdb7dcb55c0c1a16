"""TRN: clauses that one language lacks, and translations of a text that has changed."""

from collections.abc import Iterator

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.model import Statement
from stelae.statements.rules.alignment import are_aligned, called, clauses_by_id, originals
from stelae.statements.rules.rule import Rule, quoted
from stelae.statements.waivers import front_value
from stelae.values.digests import digest_of, parse_digest

__all__ = ["Missing", "Stale"]


class Missing(Rule):
    """TRN-missing."""

    id = "TRN-missing"
    level = Level.ERROR
    why = "A clause that one language lacks was said to some readers only."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield clauses that only one of two texts has.

        Where the texts differ in shape and the author gave no ids, one finding says so.
        """
        for original in originals(statement, context):
            mine, theirs = clauses_by_id(statement), clauses_by_id(original)
            if not mine:
                continue
            if not are_aligned(mine, theirs):
                first = next(iter(mine.values()))
                yield self.found(
                    first.span,
                    f"this text has {len(mine)} clauses, {called(original)} has {len(theirs)}:"
                    " which answers to which cannot be told",
                    fix="give the clauses ids, such as {#figures}, the same in every language",
                )
                continue
            last = next(iter(mine.values()))
            for identifier, clause in theirs.items():
                if identifier in mine:
                    last = mine[identifier]
                    continue
                line = original.position(clause.span.start).line
                yield self.found(
                    last.span,
                    f"the clause {identifier} of {called(original)} is missing after this one",
                    related=[Related(f"{called(original)}, line {line}: {quoted(clause.shown)}")],
                    fix=f"translate it and give it the id {{#{identifier}}}",
                )
            for identifier, clause in mine.items():
                if identifier not in theirs:
                    yield self.found(
                        clause.span,
                        f"{called(original)} has no clause {identifier}",
                        fix="add it there, or give it the id of the clause that it translates",
                    )


class Stale(Rule):
    """TRN-stale."""

    id = "TRN-stale"
    level = Level.WARNING
    why = "A translation of a text that has changed since says what nobody says any more."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield a translation whose `original_digest` is not that of the original as it is now.

        The digest is the SHA-256 of the original's text in UTF-8, as `sha256sum` prints it.
        """
        given = front_value(statement.source, "original_digest")
        if statement.translation_of is None or given is None:
            return
        digest, span = given
        for original in originals(statement, context):
            now = digest_of(original.source.content.encode("utf-8", "surrogatepass"))
            if not _is_digest(digest):
                yield self.found(
                    span,
                    f"{quoted(digest)} is no digest of the original",
                    fix=f"write original_digest: {now}",
                )
            elif digest != now:
                yield self.found(
                    span,
                    f"{called(original)} has changed since it was translated here",
                    fix=f"compare the two, then write original_digest: {now}",
                )


def _is_digest(text: str) -> bool:
    try:
        parse_digest(text)
    except ValueError:
        return False
    return True
