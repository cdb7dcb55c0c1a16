import csv
import io
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.errors import BadValue, ImportRefused, IntegrityError
from stelae.records.catalogue import (
    KINDS,
    PLURALS,
    AnyRecord,
    Body,
    columns,
    from_body,
    from_logged_body,
    to_body,
)
from stelae.records.columns import Column
from stelae.records.fold import State, fold
from stelae.records.importing import plan_import
from stelae.records.journal import Entry, Logged, disclosed_name, open_entry, seal
from stelae.records.notation import format_date, parse_date
from stelae.records.tables import is_map, read_table
from stelae.records.vocabularies import vocabularies
from stelae.values.canonical import Json, canonical_json, parse_canonical
from stelae.values.locators import parse_locators

LAW = settings(deadline=None, max_examples=60)

IDS = st.from_regex(r"[a-z0-9](?:[a-z0-9._-]{0,8}[a-z0-9])?(?:/[a-z0-9]{1,5})?", fullmatch=True)
LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
TEXTS = st.text(LETTERS, max_size=30).map(lambda text: " ".join(text.split()))
FULL = TEXTS.filter(bool)
LANGUAGES = st.sampled_from(["en", "hy", "ru", "az", "az-Cyrl", "und"])
NAMES = st.dictionaries(LANGUAGES, FULL, min_size=1, max_size=4)
DATES = st.sampled_from(
    ["1990", "1990-01-13/1990-01-19", "julian:1918-03-18", '1918-05~ "end of May"', "198X", ".."]
).filter(lambda text: text != "..")
COUNTS = st.sampled_from(["48", "48..300", "400..", "..1000", "~90", '"several hundred"'])
REFERENCES = st.builds("{}:{}".format, st.sampled_from(["figure", "assertion"]), IDS)
WHOLE = st.integers(0, 10**15 - 1).map(str)
QUALIFIERS = st.dictionaries(st.sampled_from(["language", "part-of"]), FULL, max_size=2)


def values_of(kind: str, column: Column) -> st.SearchStrategy[Json]:
    """Values that a column takes, in the form of a body."""
    special: Mapping[tuple[str, str], st.SearchStrategy[Any]] = {
        ("item", "id"): st.integers(0, 2**256 - 1).map(lambda n: f"sha256:{n:064x}"),
        ("day", "date"): st.sampled_from(["--01-20", "--02-29", "--12-30/--01-02"]),
        ("place", "coordinates"): st.sampled_from(["40.50, 49.80", "-0.0000001, 180"]),
        ("assertion", "qualifiers"): QUALIFIERS,
        ("figure", "kind"): st.sampled_from(["reported", "estimate", "documented-minimum"]),
        ("figure", "count"): COUNTS,
        ("source", "url"): st.just("https://example.org/a?b=c"),
    }
    if (kind, column.name) in special:
        return special[kind, column.name]
    if column.name == "id":
        return IDS
    if column.name == "language":
        return st.sampled_from(["en", "az-Cyrl"])
    if column.vocabulary == "slot":
        return st.just("name")
    if column.vocabulary:
        return st.sampled_from(sorted(vocabularies()[column.vocabulary]))
    if column.refers == ("*",):
        return REFERENCES
    if is_map(column):
        return NAMES
    if column.type == tuple[str, ...]:
        return st.lists(IDS, min_size=1, max_size=3)
    if column.refers:
        return IDS
    if column.type in {int, int | None}:
        return st.integers(0, 10**15 - 1)
    return DATES if "PartialDate" in str(column.type) else FULL


def bodies(kind: str) -> st.SearchStrategy[dict[str, Json]]:
    """Bodies of a kind: every required column, any of the others."""
    required = {c.name: values_of(kind, c) for c in columns(kind) if c.required}
    optional = {c.name: values_of(kind, c) for c in columns(kind) if not c.required}
    return st.fixed_dictionaries(required, optional=optional)


ENTRIES = st.sampled_from(sorted(KINDS)).flatmap(lambda k: st.tuples(st.just(k), bodies(k)))
IMPORTED = st.sampled_from(sorted(PLURALS)).flatmap(
    lambda plural: st.tuples(
        st.just(plural), st.lists(bodies(PLURALS[plural]), min_size=1, max_size=4)
    )
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(LETTERS),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(LETTERS), inner, max_size=3)
    ),
    max_leaves=8,
)


def record_of(kind: str, body: Body) -> AnyRecord:
    return from_body(kind, body)


@LAW
@given(ENTRIES)
def test_a_record_of_any_kind_becomes_a_body_and_comes_back(entry: tuple[str, Body]) -> None:
    kind, body = entry
    record = record_of(kind, body)
    again = to_body(record)
    assert from_body(kind, again) == record
    assert from_logged_body(kind, again) == record
    assert to_body(from_body(kind, again)) == again
    assert set(again) <= set(body)


@LAW
@given(ENTRIES, st.binary(min_size=16, max_size=16), st.text(LETTERS, max_size=5))
def test_what_is_sealed_is_opened_as_it_was(entry: tuple[str, Body], salt: bytes, why: str) -> None:
    kind, body = entry
    sealed = seal(
        Entry(kind, body, "a-1", "2026-01-20T12:00:00Z", why=why), lambda n: (salt * n)[:n]
    )
    logged = open_entry(3, sealed.leaf, sealed.disclosures)
    assert logged.record == from_body(kind, body)
    assert (logged.why, logged.hidden) == (why, 0)


@LAW
@given(ENTRIES, st.data())
def test_any_subset_of_disclosures_that_makes_a_record_says_nothing_else(
    entry: tuple[str, Body], data: st.DataObject
) -> None:
    kind, body = entry
    sealed = seal(Entry(kind, body, "a-1", "now"), lambda n: bytes(i // 16 for i in range(n)))
    shown = data.draw(st.sets(st.sampled_from(sealed.disclosures)))
    try:
        logged = open_entry(0, sealed.leaf, sorted(shown))
    except IntegrityError:
        required = {c.name for c in columns(kind) if c.required}
        assert not required <= {disclosed_name(text) for text in shown}
        return
    assert logged.id == sealed.id
    assert logged.hidden == len(sealed.disclosures) - len(shown)
    if logged.record is not None:
        assert to_body(logged.record).items() <= to_body(from_body(kind, body)).items()


@LAW
@given(JSON)
def test_json_has_one_canonical_form(value: Json) -> None:
    content = canonical_json(value)
    assert parse_canonical(content) == value
    assert canonical_json(parse_canonical(content)) == content


def logged(entries: Sequence[tuple[str, Body]]) -> list[Logged]:
    return [
        Logged(i, f"sha256:{i:064}", kind, "a-1", None, from_body(kind, body))
        for i, (kind, body) in enumerate(entries)
    ]


def said(state: State) -> dict[tuple[str, str], object]:
    return {
        (kind, identifier): (versions[-1].record, state.is_retracted(kind, identifier))
        for kind, by_id in state.versions.items()
        for identifier, versions in by_id.items()
    }


@LAW
@given(st.lists(ENTRIES, max_size=8, unique_by=lambda e: (e[0], e[1]["id"])), st.randoms())
def test_independent_entries_give_one_state_in_whatever_order(
    entries: list[tuple[str, Body]], rng: Any
) -> None:
    state = fold(logged(entries))
    shuffled = list(entries)
    rng.shuffle(shuffled)
    other = fold(logged(shuffled))
    assert said(other) == said(state)
    assert other.retractions.keys() == state.retractions.keys()
    assert other.preferences.keys() == state.preferences.keys()


@LAW
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12))
def test_roots_do_not_depend_on_the_way(edges: list[tuple[str, str]]) -> None:
    rests: dict[str, list[str]] = {name: [] for name in "abcdef"}
    for copy, origin in edges:
        if origin not in rests[copy]:
            rests[copy].append(origin)
    state = fold(
        logged([
            ("source", {"id": n, "title": {"en": n}, "kind": "press", "rests_on": on})
            for n, on in rests.items()
        ])
    )  # fmt: skip
    for copy, origins in rests.items():
        roots = state.roots([copy])
        assert roots
        if origins:
            below = frozenset(itertools.chain(*(state.roots([origin]) for origin in origins)))
            assert roots == below
        for root in roots:
            assert state.roots([root]) == {root}


def csv_of(plural: str, found: Sequence[Body]) -> bytes:
    """What a spreadsheet would write."""
    maps = {c.name for c in columns(PLURALS[plural]) if is_map(c)}
    rows = []
    for body in found:
        row: dict[str, str] = {}
        for name, value in body.items():
            if name in maps:
                assert isinstance(value, Mapping)
                row.update({f"{name}:{key}": str(text) for key, text in value.items()})
            else:
                row[name] = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        rows.append(row)
    header = list(dict.fromkeys(name for row in rows for name in row))
    file = io.StringIO()
    writer = csv.DictWriter(file, header, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


@LAW
@given(IMPORTED)
def test_records_written_as_csv_or_yaml_and_read_again_change_nothing(
    imported: tuple[str, list[Body]],
) -> None:
    plural, found = imported
    unique = list({str(body["id"]): body for body in found}.values())
    kind = PLURALS[plural]
    records = [from_body(kind, body) for body in unique]
    written = [to_body(record) for record in records]
    state = fold(logged([(kind, body) for body in unique]))
    text = yaml.safe_dump([dict(body) for body in written], allow_unicode=True, sort_keys=False)
    for name, content in (
        (f"{plural}.csv", csv_of(plural, written)),
        (f"{plural}.yaml", text.encode()),
    ):
        table = read_table(name, content)
        assert table.problems == ()
        assert [to_body(from_body(kind, row.body)) for row in table.rows] == written
        try:
            plan = plan_import(state, [table])
        except ImportRefused as error:
            whys = (problem.what for problem in error.problems)
            assert all(why.startswith("there is no ") or "itself" in why for why in whys)
        else:
            assert (plan.proposals, plan.unchanged) == ((), len(unique))


FRAGMENTS = st.lists(
    st.sampled_from(
        [b"id", b",", b";", b"\n", b"\r", b'"', b"name:en", b"kind", b"- ", b": ", b"{", b"}", b"[",
         b"]", b"&a ", b"*a", b"!!x ", b"|", b">", b"\t", b"\x00", b"\xff", b"\\u", b"#",
         b"%YAML 1", b"---", b"'", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"a"]
    ),
    max_size=30,
).map(b"".join)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(
    st.binary(max_size=200) | FRAGMENTS,
    st.sampled_from(["parties.csv", "sources.csv", "parties.yaml", "all.yml", "x.txt"]),
)
def test_any_bytes_are_read_as_records_or_named_as_problems(content: bytes, name: str) -> None:
    table = read_table(name, content)
    assert table.rows or table.problems
    for row in table.rows:
        try:
            from_body(row.kind, row.body)
        except BadValue:
            continue


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=320), st.sampled_from([None, "en", "hy", "tr", "xx"]))
def test_any_text_is_read_as_places_or_refused(text: str, language: str | None) -> None:
    try:
        places = parse_locators(text, language)
    except BadValue:
        return
    assert bool(places) == bool(text.replace(",", " ").replace(";", " ").strip())
    for place in places:
        first_last = place.numbers()
        assert first_last is None or first_last[0] <= first_last[1]


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=40) | DATES | st.from_regex(r'(julian:)?[0-9X~?/-]{1,12}( "[a-z ]*")?'))
def test_any_text_is_a_date_that_comes_back_or_refused(text: str) -> None:
    try:
        date = parse_date(text)
    except BadValue:
        return
    assert parse_date(format_date(date)) == date
