"""TRN: clauses that one language lacks, and translations of a text that has changed."""

from codecs import BOM_UTF8
from collections.abc import Iterator

from stelae.errors import BadValue
from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.model import Statement
from stelae.statements.rules.alignment import Lack, Passage, aligned
from stelae.statements.rules.rule import Rule, quoted
from stelae.statements.rules.versions import called, clauses_by_id, given_ids, originals
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

        Clauses answer to one another by the ids that their author gave, else by their order and
        what they hold. Where that tells nothing, one finding says so.
        """
        for original in originals(statement, context):
            alignment = aligned(statement, original)
            given = given_ids(statement), given_ids(original)
            for passage in alignment.passages:
                if passage.whole:
                    yield self._untold(passage)
                elif not given[0].isdisjoint(given[1]):
                    yield from self._without_id(passage, *given)
            for lack in alignment.lacking:
                yield self._lacking(lack, statement, original)
            for lack in alignment.added:
                yield self._added(lack, original)

    def _untold(self, passage: Passage) -> Diagnostic:
        return self.found(
            passage.mine[0].span,
            f"this text has {len(passage.mine)} clauses, {passage.called} has"
            f" {len(passage.theirs)}: which answers to which cannot be told",
            fix="give the clauses ids, such as {#figures}, the same in every language",
        )

    def _without_id(
        self, passage: Passage, own: set[str], others: set[str]
    ) -> Iterator[Diagnostic]:
        """A clause whose id is lost here is translated; the next change may part the two."""
        for clause in passage.theirs:
            if clause.id in others and not any(mine.id in own for mine in passage.mine):
                yield self.found(
                    passage.span,
                    f"this clause answers to {clause.id} of {passage.called} and has no id",
                    related=passage.other(),
                    fix=f"give it the id {{#{clause.id}}}",
                    level=Level.NOTE,
                )

    def _lacking(self, lack: Lack, here: Statement, there: Statement) -> Diagnostic:
        clause = lack.clause
        line = there.position(clause.span.start).line
        place = "before this one" if lack.beside is None else "after this one"
        beside = lack.beside or next(iter(clauses_by_id(here).values()))
        if clause.id in given_ids(there):
            what, fix = (
                f"the clause {clause.id}",
                f"translate it and give it the id {{#{clause.id}}}",
            )
        else:
            what, fix = f"the clause {quoted(clause.shown)}", "translate it here"
        return self.found(
            beside.span,
            f"{what} of {called(there)} is missing {place}{_perhaps(lack)}",
            related=[Related(f"{called(there)}, line {line}: {quoted(clause.shown)}")],
            fix=fix,
        )

    def _added(self, lack: Lack, there: Statement) -> Diagnostic:
        return self.found(
            lack.clause.span,
            f"nothing in {called(there)} answers to this clause{_perhaps(lack)}",
            fix="add it there, or give it the id of the clause that it translates",
        )


def _perhaps(lack: Lack) -> str:
    return ", or one beside it" if lack.doubtful else ""


class Stale(Rule):
    """TRN-stale."""

    id = "TRN-stale"
    level = Level.WARNING
    why = "A translation of a text that has changed since says what nobody says any more."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield a translation whose `original_digest` is not that of the original as it is now.

        The digest is the SHA-256 of the original's text in UTF-8, as `sha256sum` prints it, with
        or without `sha256:` before it.
        """
        given = front_value(statement.source, "original_digest")
        if statement.translation_of is None or given is None:
            return
        written, span = given
        digest = _digest(written)
        for original in originals(statement, context):
            content = original.source.content.encode("utf-8", "surrogatepass")
            now = digest_of(content)
            if digest is None:
                yield self.found(
                    span,
                    f"{quoted(written)} is no digest of the original",
                    fix=f"write original_digest: {now}",
                )
            elif digest not in {now, digest_of(BOM_UTF8 + content)}:
                yield self.found(
                    span,
                    f"{called(original)} has changed since it was translated here",
                    fix=f"compare the two, then write original_digest: {now}",
                )


def _digest(written: str) -> str | None:
    try:
        return parse_digest(f"sha256:{written.lower().removeprefix('sha256:')}")
    except BadValue:
        return None
