"""A clause that one language lacks is told, and nothing else is held against the translation."""

from collections.abc import Iterator
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic
from stelae.statements.model import Statement
from stelae.statements.read import read_statement
from stelae.statements.rules.originals import Missing
from stelae.statements.rules.rule import Rule, quoted
from stelae.statements.rules.translated_dates import Dates
from stelae.statements.rules.translated_figures import Figures

LANGUAGES = ("en", "ru", "hy", "az", "fr", "tr", "ar")
MONTHS = {
    "en": "January March June October",
    "ru": "января марта июня октября",
    "hy": "հունվարի մարտի հունիսի հոկտեմբերի",
    "az": "yanvar mart iyun oktyabr",
    "fr": "janvier mars juin octobre",
    "tr": "Ocak Mart Haziran Ekim",
    "ar": "كانون الثاني|آذار|حزيران|تشرين الأول",
}
SENTENCES = {
    "en": "On {day} {month} {year}, {count} people were driven from the harbour of Strelsau.",
    "ru": "{day} {month} {year} года из гавани Стрельсау было изгнано {count} человек.",
    "hy": "{year} թ. {month} {day}-ին Ստրելսաուի նավահանգստից վտարվեց {count} մարդ։",
    "az": "{year}-ci il {month}ın {day}-də Strelsau limanından {count} nəfər qovuldu.",
    "fr": "Le {day} {month} {year}, {count} personnes ont été chassées du port de Strelsau.",
    "tr": "{day} {month} {year} tarihinde Strelsau limanından {count} kişi sürüldü.",
    "ar": "في {day} {month} {year} طُرد {count} شخص من ميناء ستريلساو.",
}
PLAIN = {
    "en": "We remember those who were never counted, and those whose names nobody wrote down.",
    "ru": "Мы помним тех, кого никто не считал, и тех, чьи имена никто не записал в книги.",
    "hy": "Մենք հիշում ենք նրանց, ում ոչ ոք չի հաշվել, և նրանց, ում անունները չեն գրվել։",
    "az": "Heç kimin saymadığı və adlarını heç kimin yazmadığı insanları xatırlayırıq, unutmuruq.",
    "fr": "Nous nous souvenons de ceux que nul n'a comptés et dont nul n'a écrit les noms.",
    "tr": "Kimsenin saymadığı ve adlarını kimsenin yazmadığı insanları hep birlikte anıyoruz.",
    "ar": "نتذكر أولئك الذين لم يحصهم أحد وأولئك الذين لم يكتب أحد أسماءهم في أي كتاب.",
}

CLAUSES = st.lists(
    st.tuples(
        st.integers(1, 28), st.integers(0, 3), st.integers(1905, 1995), st.integers(2101, 99_999)
    ),
    min_size=3,
    max_size=9,
    unique_by=(lambda fact: fact[3], lambda fact: fact[:3]),
)


def clause(code: str, facts: tuple[int, int, int, int] | None) -> str:
    if facts is None:
        return PLAIN[code]
    day, month, year, count = facts
    names = MONTHS[code].split("|" if "|" in MONTHS[code] else None)
    return SENTENCES[code].format(day=day, month=names[month], year=year, count=count)


def text_of(code: str, clauses: list[tuple[int, int, int, int] | None]) -> Statement:
    body = "\n\n".join(clause(code, facts) for facts in clauses)
    return read_statement(f"---\ndate: 2020-01-12\nlanguage: {code}\n---\n\n{body}\n", f"{code}.md")


def found(rule: Rule, here: Statement, there: Statement) -> list[Diagnostic]:
    return list(rule.check(here, CheckContext(date(2024, 5, 1), siblings=(there,))))


def pairs() -> st.SearchStrategy[tuple[str, str]]:
    return st.lists(st.sampled_from(LANGUAGES), min_size=2, max_size=2, unique=True).map(
        lambda codes: (codes[0], codes[1])
    )


def drift(here: Statement, there: Statement) -> Iterator[Diagnostic]:
    for rule in (Figures(), Dates()):
        yield from found(rule, here, there)
        yield from found(rule, there, here)


@settings(deadline=None, max_examples=80)
@given(pairs(), CLAUSES, st.data())
def test_dropping_a_clause_is_found_there_and_is_no_drift_elsewhere(
    codes: tuple[str, str], facts: list[tuple[int, int, int, int]], data: st.DataObject
) -> None:
    clauses: list[tuple[int, int, int, int] | None] = [*facts]
    for at in data.draw(st.sets(st.integers(0, len(facts)), max_size=3)):
        clauses.insert(at, None)
    dropped = data.draw(st.sampled_from(facts))
    here = text_of(codes[0], [one for one in clauses if one != dropped])
    there = text_of(codes[1], clauses)
    (missing,) = found(Missing(), here, there)
    words = clause(codes[1], dropped)
    assert quoted(words) in missing.related[0].what
    (added,) = found(Missing(), there, here)
    assert there.source.at(added.span) == words
    assert "beside" not in missing.message + added.message
    assert list(drift(here, there)) == []


@settings(deadline=None, max_examples=40)
@given(pairs(), CLAUSES, st.data())
def test_a_clause_without_facts_that_is_dropped_is_no_drift_either(
    codes: tuple[str, str], facts: list[tuple[int, int, int, int]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(facts)))
    here = text_of(codes[0], [*facts])
    there = text_of(codes[1], [*facts[:at], None, *facts[at:]])
    (missing,) = found(Missing(), here, there)
    assert quoted(PLAIN[codes[1]]) in missing.related[0].what
    assert list(drift(here, there)) == []


@settings(deadline=None, max_examples=40)
@given(pairs(), CLAUSES, st.randoms(use_true_random=False))
def test_clauses_in_another_order_are_neither_missing_nor_drift(
    codes: tuple[str, str], facts: list[tuple[int, int, int, int]], random: Random
) -> None:
    moved = [*facts]
    random.shuffle(moved)
    here, there = text_of(codes[0], [*facts]), text_of(codes[1], [*moved])
    assert found(Missing(), here, there) == []
    assert list(drift(here, there)) == []
