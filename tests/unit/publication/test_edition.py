from dataclasses import replace

from stelae.publication.edition import Inputs, carried_items, draft_edition, gather, preview
from stelae.records.catalogue import to_body
from stelae.records.dossier import Dossier, Hand, utc_text
from stelae.records.settings import Settings
from stelae.values.names import Names

MOMENT = "2026-01-20T12:00:00Z"


def inputs_of(dossier: Dossier) -> Inputs:
    return gather(dossier, tuple(dossier.sealed()), [], "0")


def test_equal_inputs_have_one_digest_and_any_other_another(small: Dossier) -> None:
    inputs = inputs_of(small)
    assert inputs.digest == inputs_of(small).digest
    profile = replace(small.settings.profile, notice=Names.of({"en": "A notice"}))
    noticed = Settings(profile, small.settings.origin, small.settings.log_key)
    assert replace(inputs, settings=noticed).digest != inputs.digest
    assert replace(inputs, version="1").digest != inputs.digest
    assert inputs.as_of(3).digest != inputs.digest


def test_an_edition_is_no_input_of_the_next(small: Dossier, hand: Hand) -> None:
    before = inputs_of(small)
    draft = draft_edition(small, before, MOMENT)
    assert (draft.number, draft.is_new, draft.index) == (1, True, small.log().size)
    with small.writing(hand) as writer:
        writer.say([("edition", to_body(draft.edition), None)])
    after = inputs_of(small)
    assert after.digest == before.digest
    again = draft_edition(small, after, utc_text(hand.now()))
    assert (again.number, again.is_new, again.files) == (1, False, draft.files)


def test_only_opened_items_and_their_texts_are_carried(small: Dossier) -> None:
    carried = list(carried_items(small.state()))
    opened = [item.id for item in carried if item.access == "open"]
    assert opened
    assert all(item.access == "open" or item.derived_from in opened for item in carried)


def test_what_was_never_published_is_previewed_as_a_draft_without_proofs(small: Dossier) -> None:
    files = preview(small, inputs_of(small), MOMENT)
    assert "index.html" in files
    assert "edition.json" not in files
    assert b"Draft, not published" in files["index.html"]
