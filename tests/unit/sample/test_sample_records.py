"""Facts about the sample dossier's records: what it holds, and what it must never say by itself."""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from stelae.records.assertions import Assertion, Figure
from stelae.records.catalogue import AnyRecord, from_body
from stelae.records.events import Event, Link, Place, PlaceName
from stelae.records.importing import references_of
from stelae.records.judgments import Preference, Retraction
from stelae.records.recognition import Day, Instrument, Recognition
from stelae.records.sources import Party, Source
from stelae.records.tables import read_table
from stelae.values.dates import Calendar, PartialDate
from stelae.values.figures import CountForm
from stelae.values.names import scripts_of

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "sample" / "january-1990"
SHARED = ROOT.parent / "shared" / "data"
LANGUAGES = {"en", "hy", "ru", "az"}
COMPILERS = "stelae-sample"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")

COMMUNITIES = {
    "armenians": {
        "ottoman-1915",
        "march-1918",
        "september-1918",
        "khaibalikend-1919",
        "agulis-1919",
        "shusha-1920",
        "exodus-armenians-azerbaijan",
        "sumgait-1988",
        "kirovabad-1988",
        "baku-1990",
        "ring-1991",
        "maraga-1992",
    },
    "azerbaijanis": {
        "march-1918",
        "shamakhi-1918",
        "quba-1918",
        "ganja-1920",
        "exodus-azerbaijanis-armenia",
        "sumgait-1988",
        "gugark-1988",
        "kirovabad-1988",
        "black-january-1990",
        "garadaghly-1992",
        "khojaly-1992",
        "aghdaban-1992",
    },
    "russians": {"shamkhor-1918", "exodus-azerbaijanis-armenia"},
    "jews": {"shamakhi-1918", "quba-1918"},
    "lezgins": {"quba-1918"},
    "tats": {"quba-1918"},
    "kurds": {"exodus-azerbaijanis-armenia"},
    "meskhetian-turks": {"khojaly-1992"},
    "greeks": {"ottoman-1915"},
    "assyrians": {"ottoman-1915"},
    "chaldeans": {"ottoman-1915"},
    "syriacs": {"ottoman-1915"},
}


@cache
def records() -> dict[tuple[str, str], AnyRecord]:
    found: dict[tuple[str, str], AnyRecord] = {}
    for path in sorted((SAMPLE / "records").glob("*.csv")):
        table = read_table(path.name, path.read_bytes())
        assert table.problems == ()
        for row in table.rows:
            record = from_body(row.kind, row.body)
            assert (row.kind, record.id) not in found
            found[row.kind, record.id] = record
    return found


def events() -> Iterator[Event]:
    return (record for record in records().values() if isinstance(record, Event))


def figures() -> Iterator[Figure]:
    return (record for record in records().values() if isinstance(record, Figure))


def assertions(event: str, slot: str) -> list[Assertion]:
    return [
        record
        for record in records().values()
        if isinstance(record, Assertion)
        and str(record.subject) == f"event:{event}"
        and record.slot == slot
    ]


def figure(identifier: str) -> Figure:
    record = records()["figure", identifier]
    assert isinstance(record, Figure)
    return record


def low(identifier: str) -> int:
    bound = figure(identifier).count.low
    assert bound is not None
    return bound


# --- whole ---------------------------------------------------------------------------------------


def test_every_reference_leads_to_a_record() -> None:
    for (kind, _), record in records().items():
        for column, target in references_of(kind, record):
            assert (target.kind, target.id) in records(), f"{kind} {record.id}: {column} {target}"


def test_every_party_that_is_named_is_used() -> None:
    used = {
        target.id
        for (kind, _), record in records().items()
        for _, target in references_of(kind, record)
        if target.kind == "party"
    }
    assert {identifier for kind, identifier in records() if kind == "party"} == used


def test_no_source_of_the_sample_was_read_whole_but_the_joint_statement_and_its_own_notes() -> None:
    whole = {
        record.id
        for record in records().values()
        if isinstance(record, Source) and record.seen_as in {"original", "copy"}
    }
    own = {
        record.id
        for record in records().values()
        if isinstance(record, Source) and record.authors == (COMPILERS,)
    }
    assert whole - own == {"statement-2020"}


def test_no_address_leads_into_this_or_another_file_system() -> None:
    for record in records().values():
        if isinstance(record, Source):
            assert re.fullmatch(r"(https?://\S+)?", record.url), record.id


# --- whose dead ----------------------------------------------------------------------------------


def test_the_dead_of_each_community_are_held() -> None:
    held = {
        community: {event.id for event in events() if community in event.communities}
        for community in COMMUNITIES
    }
    assert held == COMMUNITIES
    assert {c for event in events() for c in event.communities} == set(COMMUNITIES)


def test_each_community_is_a_community_with_a_name_in_four_languages() -> None:
    for identifier in COMMUNITIES:
        party = records()["party", identifier]
        assert isinstance(party, Party)
        assert party.kind == "community"
        assert set(party.name.as_mapping()) == LANGUAGES


def test_the_readme_says_whose_dead_the_sample_holds_and_that_figures_need_checking() -> None:
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    for identifier in COMMUNITIES:
        party = records()["party", identifier]
        assert isinstance(party, Party)
        assert party.name.in_language("en").text in readme
    for event in events():
        assert f"`{event.id}`" in readme
    assert "demonstration, compiled from excerpts" in readme
    assert "Check each figure at its source" in readme


def test_every_event_is_told_by_the_same_slots() -> None:
    for event in events():
        for slot in ("date", "act", "affected", "alleged-perpetrator", "qualification"):
            assert assertions(event.id, slot), f"{event.id} has no {slot}"
        assert any(f.event == event.id for f in figures()), f"{event.id} has no figure"


def test_both_exoduses_are_counted_before_and_after() -> None:
    for event in ("exodus-azerbaijanis-armenia", "exodus-armenians-azerbaijan"):
        measures = {f.measure for f in figures() if f.event == event}
        assert {"displaced", "population", "killed"} <= measures


# --- whose words ---------------------------------------------------------------------------------

QUALIFYING = re.compile(
    r"massacre|genocid|pogrom|traged|atrocit|ethnic cleansing|slaughter|liberat"
    r"|ցեղասպան|ջարդ|կոտորած|եղեռն|ողբերգ"
    r"|резн|геноцид|погром|трагеди|бойн|освобожд"
    r"|soyqırım|qətliam|qırğın|faciə|poqrom|azad",
    re.IGNORECASE,
)


def test_labels_and_notes_of_events_and_places_qualify_nothing() -> None:
    for record in records().values():
        if isinstance(record, Event | Place):
            for text in (*(form.text for form in record.name), record.note):
                assert not QUALIFYING.search(text), f"{record.id}: {text}"
        if isinstance(record, Link | Preference | Retraction | PlaceName):
            assert not QUALIFYING.search(record.note), record.id
        if isinstance(record, Figure):
            assert not QUALIFYING.search(record.scope), record.id


def test_events_are_labelled_in_four_languages() -> None:
    for event in events():
        forms = event.name.as_mapping()
        assert set(forms) == LANGUAGES
        assert scripts_of(forms["hy"])[0] == "Armn"
        assert scripts_of(forms["ru"]) == ("Cyrl",)
        assert scripts_of(forms["az"]) == ("Latn",)


def test_words_of_qualification_are_never_the_compilers_own() -> None:
    for record in records().values():
        if isinstance(record, Assertion | Figure | Recognition | Day):
            assert record.said_by != COMPILERS, record.id


def test_the_compilers_link_events_by_their_dates_only() -> None:
    own = [
        record
        for record in records().values()
        if isinstance(record, Link) and record.said_by == COMPILERS
    ]
    assert own
    assert {link.relation for link in own} <= {"overlaps", "part-of"}


def test_responsibility_is_never_laid_on_a_whole_people() -> None:
    names = {
        record.name.in_language("en").text
        for record in records().values()
        if isinstance(record, Party) and record.kind == "community"
    }
    for event in events():
        for said in assertions(event.id, "alleged-perpetrator"):
            assert said.value.strip(".") not in names, said.id
            assert "involvement" in said.qualifiers, said.id


def test_each_figure_says_whose_it_is_and_how_its_source_puts_it() -> None:
    for one in figures():
        assert one.said_by, one.id
        assert one.source, one.id
        assert one.stated, one.id
        assert one.id.startswith(f"{one.event}/{one.measure}/")


# --- traps ---------------------------------------------------------------------------------------


def test_the_totals_of_one_side_for_one_event_stand_side_by_side() -> None:
    names = ("bloody-memory", "aliyev-library", "president", "foreign-ministry")
    totals = [low(f"black-january-1990/killed/{name}") for name in names]
    assert totals == [131, 134, 147, 150]


def test_parts_that_do_not_make_their_total_are_pointed_out() -> None:
    assert 82 + 21 + 8 == 111 != low("black-january-1990/killed/bloody-memory")
    assert "111" in figure("black-january-1990/killed/bloody-memory").note
    assert low("exodus-azerbaijanis-armenia/killed/prosecutor") == 216
    assert "316" in figure("exodus-azerbaijanis-armenia/killed/prosecutor").note


def test_parts_that_make_their_total_do() -> None:
    assert low("september-1918/killed/armenian-council") == 5248 + 1500 + 2240
    assert 130 + 51 == 151 + 20 + 10 == low("khojaly-1992/bodies-examined/memorial")
    exodus = "exodus-azerbaijanis-armenia/displaced/statistics"
    parts = [low(f"{exodus}-{who}") for who in ("azerbaijanis", "kurds", "russians")]
    assert sum(parts) == low(f"{exodus}-all")


def test_two_totals_of_one_office_for_one_month_share_their_root() -> None:
    one = figure("exodus-azerbaijanis-armenia/displaced/statistics-all")
    other = figure("exodus-azerbaijanis-armenia/displaced/yunusov")
    assert (one.count.low, other.count.low) == (200500, 207500)
    assert one.origin == other.origin == ("statistics-1990",)
    assert one.source != other.source


def test_the_withdrawn_figure_travels_with_its_withdrawal() -> None:
    withdrawn = figure("kirovabad-1988/killed/sakharov")
    assert str(withdrawn.count) == "130.."
    taken_back = [
        r
        for r in records().values()
        if isinstance(r, Retraction) and str(r.target) == f"figure:{withdrawn.id}"
    ]
    assert [(r.kind, r.by, bool(r.source)) for r in taken_back] == [
        ("by-speaker", withdrawn.said_by, True)
    ]


def test_scopes_keep_unlike_counts_apart() -> None:
    assert "Servicemen only" in figure("sumgait-1988/injured/servicemen").scope
    assert "three districts" in figure("gugark-1988/killed/karabakh99").scope
    assert figure("khojaly-1992/other/aid-commission").scope == "Families, not persons."
    assert figure("september-1918/killed-and-deported/wikipedia-older").measure != "killed"


def test_words_without_a_number_get_no_number() -> None:
    worded = {f.id for f in figures() if f.count.form is CountForm.WORDS}
    assert {
        "shamkhor-1918/killed/statement",
        "sumgait-1988/killed/karabakh-parliament",
        "baku-1990/killed/joint-mps",
        "exodus-armenians-azerbaijan/displaced/statement",
    } <= worded


def test_old_style_days_are_the_same_days_in_the_new_style() -> None:
    by_id = {a.id: a.value for a in assertions("shamkhor-1918", "date")}
    new = PartialDate.parse(by_id["shamkhor-1918/date/wikipedia-new-style"])
    old = PartialDate.parse("1918-01-09/1918-01-12", calendar=Calendar.JULIAN)
    assert by_id["shamkhor-1918/date/statement"].startswith("julian:1918-01-09/1918-01-12")
    assert (old.earliest, old.latest) == (new.earliest, new.latest)
    day = records()["day", "01-09-shamkhor"]
    assert isinstance(day, Day)
    assert (day.date, day.calendar) == ("--01-09/--01-12", "julian")


def test_one_day_is_kept_with_opposite_meanings() -> None:
    for date, event in (("--09-27", ""), ("--09-15", "september-1918")):
        keepers = {
            keeper
            for day in records().values()
            if isinstance(day, Day) and day.date.endswith(date) and day.event == event
            for keeper in day.observed_by
        }
        assert len(keepers) == 2, date


def test_a_written_declaration_binds_its_signatories_only() -> None:
    acts = [r for r in records().values() if isinstance(r, Recognition)]
    for act in acts:
        if act.kind == "declaration":
            assert act.binding == "signatories", act.id
    stances = {act.stance for act in acts}
    assert {"recognises", "condemns", "notes", "declines", "denies", "no-finding"} <= stances


# --- files to deposit ----------------------------------------------------------------------------


def deposits() -> dict[str, str]:
    with (SAMPLE / "sources" / "deposit.csv").open(encoding="utf-8", newline="") as rows:
        return {row["file"]: row["source"] for row in csv.DictReader(rows)}


def test_every_note_has_its_file_and_tells_what_it_rests_on() -> None:
    notes = {
        record.id: record
        for record in records().values()
        if isinstance(record, Source) and record.id.startswith("note-")
    }
    assert set(deposits().values()) == set(notes)
    assert {p.name for p in (SAMPLE / "sources").iterdir()} == {*deposits(), "deposit.csv"}
    for note in notes.values():
        assert note.kind == "note"
        assert note.authors == (COMPILERS,)
        assert note.rests_on
    assert {note.language for note in notes.values()} == LANGUAGES


def test_every_note_opens_by_saying_that_it_is_not_the_source() -> None:
    for name in deposits():
        path = SAMPLE / "sources" / name
        if path.suffix == ".pdf":
            document = pypdfium2.PdfDocument(path)
            text = document[0].get_textpage().get_text_range()
            assert len(document) == 2
            document.close()
        else:
            text = path.read_text(encoding="utf-8")
        assert "Compiler's note for the demonstration; not the source itself." in text, name


@pytest.mark.parametrize(
    ("name", "script"),
    [("note-shamkhor", "Cyrl"), ("note-sumgait", "Armn"), ("note-black-january", "Latn")],
)
def test_notes_are_written_in_the_script_of_their_language(name: str, script: str) -> None:
    text = (SAMPLE / "sources" / f"{name}.txt").read_text(encoding="utf-8")
    assert scripts_of(text)[0] == script


# --- against the facts that it was compiled from -------------------------------------------------

RUN = 9
NAMES_OF_THINGS = re.compile(r"title|name|url|identifier")


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return (tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def _own_texts() -> Iterator[tuple[str, str]]:
    for path in sorted((SAMPLE / "records").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                for column, text in row.items():
                    if not NAMES_OF_THINGS.match(column):
                        yield f"{path.name} {row['id']} {column}", text
    for path in [SAMPLE / "README.md", *(SAMPLE / "sources").glob("*.[th]*")]:
        yield path.name, path.read_text(encoding="utf-8")


@needs_shared
def test_no_run_of_nine_words_is_shared_with_the_texts_that_it_was_compiled_from() -> None:
    theirs: set[tuple[str, ...]] = set()
    for path in (*SHARED.glob("statements/*"), *SHARED.glob("facts/*")):
        theirs.update(_runs(path.read_text(encoding="utf-8")))
    shared = [where for where, text in _own_texts() if not theirs.isdisjoint(_runs(text))]
    assert shared == []


EVENT_OF_FACT = {
    "medz-yeghern-1915": "ottoman-1915",
    "march-days-1918": "march-1918",
    "september-days-1918": "september-1918",
    "exodus-azerbaijanis-am-1987-91": "exodus-azerbaijanis-armenia",
    "exodus-armenians-az-1988-90": "exodus-armenians-azerbaijan",
    "baku-pogrom-1990": "baku-1990",
}


def _fact_rows(name: str) -> Iterable[dict[str, str]]:
    with (SHARED / "facts" / name).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


@needs_shared
def test_every_event_of_the_facts_is_held() -> None:
    facts = {EVENT_OF_FACT.get(r["event_id"], r["event_id"]) for r in _fact_rows("events.csv")}
    assert facts == {event.id for event in events()}


@needs_shared
def test_every_number_of_the_facts_is_held_but_for_what_was_only_recalled() -> None:
    bounds: dict[str, set[int]] = {}
    for one in figures():
        numbers = {number for number in (one.count.low, one.count.high) if number is not None}
        words = {int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", one.count.words)}
        bounds.setdefault(one.event, set()).update(numbers | words)
    for row in _fact_rows("figures.csv"):
        event = EVENT_OF_FACT.get(row["event_id"], row["event_id"])
        if row["known_by"] == "recalled":
            continue
        for number in (row["low"], row["high"]):
            assert not number or int(number) in bounds[event], f"{event}: {row['as_stated']}"
    assert 353_000 not in bounds["exodus-armenians-azerbaijan"]


@needs_shared
def test_every_act_instrument_and_day_of_the_facts_is_held_unless_only_recalled() -> None:
    acts = {str(r.date) for r in records().values() if isinstance(r, Recognition)}
    instruments = {str(r.date) for r in records().values() if isinstance(r, Instrument)}
    days = {d.date for d in records().values() if isinstance(d, Day)}
    for name, column, held in (
        ("recognition.csv", "date", acts),
        ("instruments.csv", "date", instruments),
        ("remembrance_days.csv", "day", days),
    ):
        for row in _fact_rows(name):
            if row["known_by"] != "recalled" and row[column]:
                wanted = row[column]
                if column == "day":
                    wanted = "/".join(f"--{part}" for part in wanted.split("/"))
                assert wanted in held, f"{name}: {wanted}"
