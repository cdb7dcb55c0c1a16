"""FIG: counts that float free of whom, where and when."""

# ruff: noqa: ARG002 -- every rule is asked alike, whether it looks at the context or not

from collections.abc import Iterator

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.facts import Counted
from stelae.statements.languages import language
from stelae.statements.model import BindingKind, Clause, Part, PartKind, Statement
from stelae.statements.rules.rule import Rule, quoted
from stelae.statements.rules.stretches import quotations
from stelae.statements.words import TokenKind, tokens
from stelae.values.figures import CountForm

__all__ = ["Unscoped"]

_LANGUAGES = frozenset(("en", "ru", "hy", "az", "tr", "fr", "es", "uk"))
"""Languages that write names, and hardly anything else, with a capital."""
_FEW = 10
_ASIDE = {PartKind.SIGNATORIES, PartKind.REFERENCES, PartKind.JOINING, PartKind.TITLE}
_STOPS = frozenset(".!?:;«»“”\"'„-–—(*•\u0589")


class Unscoped(Rule):
    """FIG-unscoped."""

    id = "FIG-unscoped"
    level = Level.WARNING
    why = "A number without whom, where and when can be put to any event, and will be."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield counts of losses of ten or more where the whole part has no date, no name, no
        link into the record and no citation, and the title and heading have neither name nor date.

        Only in languages whose names are told by their capitals: elsewhere nothing is sure.
        """
        if statement.language.split("-", 1)[0] not in _LANGUAGES:
            return
        titles = [clause for part in statement.part(PartKind.TITLE) for clause in part.clauses]
        if any(_scopes(clause, statement.language) for clause in titles):
            return
        for part in statement.parts:
            if part.kind in _ASIDE or _is_scoped(part, statement.language):
                continue
            for clause in part.clauses:
                quoted_words = quotations(clause)
                for fact in clause.numbers:
                    count = fact.count
                    if fact.counted is not Counted.LOSSES or count is None:
                        continue
                    if quoted_words.holding(fact.span) or count.form is CountForm.WORDS:
                        continue
                    if max(count.low or 0, count.high or 0) < _FEW:
                        continue
                    yield self.found(
                        fact.span,
                        f"{quoted(statement.source.at(fact.span))} has no place, no time and"
                        " nobody's name beside it in this part",
                        fix="say of whom, where and when, or bind it to a figure of the record",
                    )


def _is_scoped(part: Part, code: str) -> bool:
    return _has_name(part.heading, code) or any(_scopes(clause, code) for clause in part.clauses)


def _scopes(clause: Clause, code: str) -> bool:
    """Whether anything in it says where, when or of whom, however little."""
    if clause.dates or clause.anniversaries or clause.markers:
        return True
    if any(binding.kind is not BindingKind.WEB for binding in clause.bindings):
        return True
    return _has_name(clause.prose, code)


def _has_name(prose: str, code: str) -> bool:
    """A word that may be a name by its capital, the name of a people, or a year.

    A word that begins a sentence has its capital anyway; only words that the tables know of are
    surely no names there.
    """
    stream = tokens(prose)
    tables = language(code)
    peoples = tables.numbers.peoples
    known = (tables.numbers.nouns, tables.numbers.acts, tables.numbers.before, tables.numbers.words)
    for index, token in enumerate(stream):
        if token.kind is not TokenKind.WORD:
            if token.kind is TokenKind.DIGITS and len(token.text) == 4:
                return True
            continue
        if peoples.at(stream, index):
            return True
        if not token.text[0].isupper() or len(token.text) == 1:
            continue
        before = stream[index - 1].text[0] if index else "."
        if before not in _STOPS:
            return True
        if token.folded in tables.function_words or tables.begins[token.folded]:
            continue
        if not any(phrases.may_begin(token.folded) for phrases in known):
            return True
    return False
