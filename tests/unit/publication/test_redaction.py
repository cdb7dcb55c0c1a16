import base64
import json
import random
from collections.abc import Callable, Sequence

import pytest

from stelae.errors import IntegrityError
from stelae.publication.redaction import Redacted, redact, withheld_records
from stelae.records.catalogue import Body
from stelae.records.dossier import Dossier, Hand
from stelae.records.identifiers import Reference
from stelae.records.importing import Plan
from stelae.records.journal import Entry, Sealed, disclosed_name, open_entry, seal
from stelae.records.judgments import Retraction
from stelae.records.sources import Source

Importing = Callable[..., Plan]
Draft = tuple[str, Body]

PARTY: Draft = ("party", {"id": "p", "name": {"en": "P"}, "kind": "press"})
WITNESS: Draft = (
    "party",
    {"id": "w", "name": {"en": "Synthetic Witness"}, "kind": "person", "consent": "withheld"},
)
EVENT: Draft = ("event", {"id": "e", "name": {"en": "E"}})


def source(identifier: str, **more: str | list[str]) -> Draft:
    return "source", {"id": identifier, "title": {"en": identifier}, "kind": "press", **more}


def figure(identifier: str, on: str = "s", by: str = "p", **more: str | list[str]) -> Draft:
    return "figure", {
        "id": identifier, "event": "e", "measure": "killed", "count": "48",
        "said_by": by, "source": on, **more,
    }  # fmt: skip


def retraction(identifier: str, target: str, **more: str) -> Draft:
    return "retraction", {
        "id": identifier, "target": target, "kind": "by-recorder", "by": "p", "why": "w", **more,
    }  # fmt: skip


def sealed(*drafts: Draft, seed: int = 0) -> list[Sealed]:
    rng = random.Random(seed)
    return [seal(Entry(kind, body, "a-1", "now"), rng.randbytes) for kind, body in drafts]


def withheld(*drafts: Draft) -> set[str]:
    entries = [open_entry(i, s.leaf, s.disclosures) for i, s in enumerate(sealed(*drafts))]
    return {str(reference) for reference in withheld_records(entries)}


def shown_fields(redacted: Redacted, index: int) -> set[str]:
    return {disclosed_name(text) for text in redacted.disclosures[index]}


def test_a_dossier_without_anything_to_withhold_is_shown_whole(small: Dossier) -> None:
    entries = tuple(small.sealed())
    redacted = redact(entries)
    assert redacted.disclosures == tuple(entry.disclosures for entry in entries)
    assert redacted.state == small.state()
    assert redacted.withheld == {}


@pytest.mark.parametrize("consent", ["unknown", "withheld", "withdrawn"])
def test_without_consent_a_record_is_withheld(consent: str) -> None:
    assert withheld(figure("f", consent=consent), figure("g")) == {"figure:f"}


@pytest.mark.parametrize("sensitivity", ["green", "amber", "amber-strict", "red"])
def test_what_is_not_clear_is_withheld(sensitivity: str) -> None:
    assert withheld(figure("f", sensitivity=sensitivity), figure("g")) == {"figure:f"}
    assert withheld(source("s", sensitivity=sensitivity)) == {"source:s"}


def test_what_is_about_a_withheld_source_is_withheld() -> None:
    item: Draft = (
        "item",
        {"id": "sha256:" + "0" * 64, "source": "s", "media_type": "text/html", "size": 1},
    )
    text: Draft = (
        "item",
        {
            "id": "sha256:" + "1" * 64, "source": "t", "media_type": "text/plain", "size": 1,
            "derived_from": "sha256:" + "0" * 64,
        },
    )  # fmt: skip
    about: Draft = (
        "assertion",
        {
            "id": "a", "subject": "source:s", "slot": "name", "value": "N",
            "said_by": "p", "source": "t",
        },
    )  # fmt: skip
    preference: Draft = ("preference", {"id": "x", "prefers": "figure:f", "by": "p", "why": "w"})
    instrument: Draft = ("instrument", {"id": "i", "title": {"en": "I"}, "source": "s"})
    drafts = [
        PARTY, EVENT, source("s", sensitivity="red"), source("t"), item, text, about, figure("f"),
        figure("g", "t"), preference, instrument, retraction("r", "figure:f"),
    ]  # fmt: skip
    assert withheld(*drafts) == {
        "source:s",
        "item:sha256:" + "0" * 64,
        "item:sha256:" + "1" * 64,
        "assertion:a",
        "figure:f",
        "preference:x",
        "retraction:r",
        "instrument:i",
    }
    assert redact(sealed(*drafts)).withheld == {
        "source": 1, "item": 2, "assertion": 1, "figure": 1, "preference": 1, "retraction": 1,
        "instrument": 1,
    }  # fmt: skip


def test_whoever_may_not_be_named_takes_what_they_say_along() -> None:
    assert withheld(WITNESS, PARTY, figure("f", by="w"), figure("g")) == {"party:w", "figure:f"}


def test_a_place_where_somebody_may_not_be_named_is_left_empty() -> None:
    event: Draft = ("event", {"id": "e", "name": {"en": "E"}, "communities": ["p", "w"]})
    redacted = redact(sealed(WITNESS, PARTY, event))
    assert shown_fields(redacted, 2) == {"id", "name", "@recorded_at"}
    assert redacted.state.has("event", "e")


def test_one_old_version_that_may_not_be_shown_withholds_them_all() -> None:
    drafts = [figure("f", consent="withheld"), figure("f"), figure("g")]
    assert withheld(*drafts) == {"figure:f"}
    assert withheld(figure("f", "s"), figure("f", "t"), source("s", sensitivity="red")) == {
        "figure:f",
        "source:s",
    }


def test_consent_that_was_withdrawn_withholds_what_was_agreed_to() -> None:
    gone = retraction("r", "figure:f", kind="consent-withdrawn")
    assert withheld(figure("f", consent="given"), gone) == {"figure:f", "retraction:r"}
    undone = retraction("q", "retraction:r")
    assert "figure:f" in withheld(figure("f", consent="given"), gone, undone)


def test_other_retractions_leave_what_they_take_back_in_view() -> None:
    assert withheld(figure("f"), retraction("r", "figure:f")) == set()


def test_a_field_that_names_a_withheld_record_is_left_out_and_the_rest_verifies() -> None:
    entries = sealed(
        source("red", sensitivity="red"),
        source("s", rests_on=["red", "t"]),
        source("t"),
        figure("f", origin=["red"]),
    )
    redacted = redact(entries)
    assert shown_fields(redacted, 1) == {"id", "title", "kind", "@recorded_at"}
    assert "origin" not in shown_fields(redacted, 3)
    assert redacted.state.get(Source, "s").rests_on == ()
    assert redacted.in_part == {"source": 1, "figure": 1}
    assert redacted.state.withheld == {"source": 1}
    assert redacted.state.logged("figure", "f").id == entries[3].id


def test_a_retraction_is_shown_without_the_withheld_source_that_tells_of_it() -> None:
    told = retraction("r", "figure:f", source="red", locator="p. 5", note="told by R")
    redacted = redact(sealed(source("red", sensitivity="red"), source("s"), figure("f"), told))
    assert redacted.state.is_retracted("figure", "f")
    shown = redacted.state.get(Retraction, "r")
    assert (shown.source, shown.locator, shown.note) == ("", "", "")


def test_nothing_stands_in_an_edition_that_a_withheld_retraction_takes_back() -> None:
    drafts = [WITNESS, figure("f"), figure("g"), retraction("r", "figure:f", by="w")]
    assert withheld(*drafts) == {"party:w", "retraction:r", "figure:f"}


def test_chains_of_withholding_are_followed_to_their_end() -> None:
    drafts: list[Draft] = [source("s", sensitivity="red"), figure("f")]
    drafts += [retraction("r0", "figure:f")]
    drafts += [retraction(f"r{n}", f"retraction:r{n - 1}") for n in range(1, 30)]
    assert len(withheld(*reversed(drafts))) == 32


def test_a_field_already_missing_could_forbid_publication_so_nothing_is_published() -> None:
    (entry,) = sealed(figure("f", consent="withheld"))
    rest = tuple(text for text in entry.disclosures if disclosed_name(text) != "consent")
    with pytest.raises(IntegrityError, match="the vault misses 1 fields of entry 0"):
        redact([Sealed(entry.leaf, rest)])


def _bytes_of(disclosures: Sequence[Sequence[str]]) -> str:
    """Every disclosure as text and opened, its salt and value among it."""
    texts = [text for entry in disclosures for text in entry]
    opened = [base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode() for text in texts]
    return "\n".join([*texts, *opened])


def test_no_withheld_salt_value_or_id_is_in_what_is_chosen_whatever_is_withheld() -> None:
    levels = ["clear", "clear", "clear", "red"]
    for seed in range(60):
        rng = random.Random(seed)
        parties = [f"party-{rng.getrandbits(60):x}" for _ in range(3)]
        sources = [f"source-{rng.getrandbits(60):x}" for _ in range(5)]
        figures = [f"figure-{rng.getrandbits(60):x}" for _ in range(8)]
        drafts: list[Draft] = [EVENT]
        for name in parties:
            person: Body = {"id": name, "name": {"en": f"Name of {name}"}, "kind": "person"}
            drafts.append(("party", {**person, "sensitivity": rng.choice(levels)}))
        for name in sources:
            rests = rng.sample([other for other in sources if other != name], k=rng.randrange(3))
            level = rng.choice(levels)
            drafts.append(source(name, rests_on=rests, sensitivity=level, authors=[parties[0]]))
        for name in figures:
            drafts.append(
                figure(
                    name, rng.choice(sources), rng.choice(parties), origin=[rng.choice(sources)],
                    consent=rng.choice(["given", "not-needed", "not-needed", "unknown"]),
                    note=f"{rng.getrandbits(60):x}",
                )
            )  # fmt: skip
            drafts.append(
                retraction(
                    f"r-{rng.getrandbits(60):x}", f"figure:{rng.choice(figures)}",
                    by=rng.choice(parties), source=rng.choice(sources),
                )
            )  # fmt: skip
        entries = sealed(*drafts, seed=seed)
        redacted = redact(entries)
        chosen = _bytes_of(redacted.disclosures)
        for (kind, body), entry, texts in zip(drafts, entries, redacted.disclosures, strict=True):
            assert open_entry(0, entry.leaf, texts).id == entry.id
            for text in set(entry.disclosures) - set(texts):
                salt, _, _ = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
                assert text not in chosen
                assert salt not in chosen
            if not texts:
                assert not redacted.state.has(kind, str(body["id"]))
                assert str(body["id"]) not in chosen
                assert str(body.get("note", "?!")) not in chosen
        assert sum(redacted.withheld.values()) == sum(not t for t in redacted.disclosures)


def test_a_reference_hidden_once_is_known_by_no_other_way(
    small: Dossier, hand: Hand, importing: Importing
) -> None:
    text = "id,title:en,kind,authors,rests_on,date,sensitivity\n"
    row = "dispatch,Dispatch,press,agency,,1990-01-15,amber\n"
    importing(small, {"sources.csv": text + row}, correct="the agency asked")
    redacted = redact(tuple(small.sealed()))
    assert redacted.state.find(Source, "dispatch") is None
    assert "dispatch" not in _bytes_of(redacted.disclosures)
    assert Reference("source", "dispatch") not in redacted.state.retractions
