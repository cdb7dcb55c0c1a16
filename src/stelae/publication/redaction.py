"""What of a journal an edition may show (rule 9): consent and sensitivity decide, not taste.

An entry is shown whole, in part or not at all. Not at all: its record may not be shared, or
consent to it was withdrawn, or what it cannot be read without may not be shared (its source, its
speaker, the record that it is about). In part: another field that names a withheld record is left
out; the entry still verifies, because every field was committed to apart.
"""

import functools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stelae.errors import IntegrityError
from stelae.records.catalogue import AnyRecord, columns, to_body
from stelae.records.fold import State, fold
from stelae.records.identifiers import Reference
from stelae.records.importing import references_of
from stelae.records.journal import Logged, Sealed, disclosed_name, open_entry
from stelae.records.judgments import Retraction
from stelae.records.sources import Party
from stelae.records.vocabularies import is_publishable

_ABOUT = frozenset({"derived_from"})
"""Fields that may be empty, and without which a record says nothing if they are not."""

_TOLD_BY = frozenset({"source", "locator", "note"})
"""What of a retraction goes with its source; the retraction itself is never hidden from readers."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """The part of a journal that may be published: disclosures by entry, and their fold."""

    disclosures: tuple[tuple[str, ...], ...]
    state: State
    names: tuple[str, ...] = ()
    """Names of withheld parties: they are nowhere to be shown, and never shown themselves."""

    @property
    def withheld(self) -> Mapping[str, int]:
        """How many entries of which kind are withheld whole; an edition declares it."""
        return self.state.withheld

    @property
    def in_part(self) -> Mapping[str, int]:
        """Of how many entries of which kind fields are withheld; an edition declares it too."""
        return Counter(
            logged.kind
            for by_id in self.state.versions.values()
            for versions in by_id.values()
            for logged in versions
            if logged.hidden
        )


def _may_be_shown(logged: Logged) -> bool:
    return is_publishable(
        getattr(logged.record, "consent", "not-needed"),
        getattr(logged.record, "sensitivity", "clear"),
    )


@functools.cache
def _stands_or_falls_with(kind: str) -> frozenset[str]:
    """Fields whose withheld target withholds the record: what it cannot be read without."""
    if kind == "retraction":
        return frozenset({"target", "by"})
    required = {column.name for column in columns(kind) if column.required}
    return frozenset({*required, *_ABOUT, "source"})


def withheld_records(entries: Sequence[Logged]) -> frozenset[Reference]:
    """Records that may not be shown: themselves, or because of what they are about.

    One version that may not be shown withholds them all, or the others would tell of it. So does
    a withdrawal of consent, also one that was itself taken back: what was agreed to anew is
    recorded anew.
    """
    about: dict[Reference, set[Reference]] = {}
    waiting: list[Reference] = []
    for logged in entries:
        if logged.record is None:
            continue
        reference = Reference(logged.kind, logged.record.id)
        if not _may_be_shown(logged):
            waiting.append(reference)
        if isinstance(logged.record, Retraction):
            # Nothing is shown as standing that a retraction takes back which cannot be shown.
            about.setdefault(reference, set()).add(logged.record.target)
            if logged.record.kind == "consent-withdrawn":
                waiting.append(logged.record.target)
        decisive = _stands_or_falls_with(logged.kind)
        for column, target in references_of(logged.kind, logged.record):
            if column in decisive:
                about.setdefault(target, set()).add(reference)
    withheld: set[Reference] = set()
    while waiting:
        reference = waiting.pop()
        if reference not in withheld:
            withheld.add(reference)
            waiting.extend(about.get(reference, ()))
    return frozenset(withheld)


def redact(sealed: Sequence[Sealed]) -> Redacted:
    """Choose the disclosures that an edition carries, and fold what they say.

    IntegrityError where a field is missing already: it could be the one that forbids to publish.
    """
    entries = [open_entry(i, entry.leaf, entry.disclosures) for i, entry in enumerate(sealed)]
    for logged in entries:
        if logged.hidden:
            raise IntegrityError(
                f"the vault misses {logged.hidden} fields of entry {logged.index}",
                hint="Restore vault/ from a backup before you publish.",
            )
    withheld = withheld_records(entries)
    names = _withheld_names(entries, withheld)
    current = {
        Reference(logged.kind, logged.record.id): logged.index
        for logged in entries
        if logged.record is not None
    }
    chosen = tuple(
        _chosen(entry, logged, withheld)
        if logged.record is None
        or logged.index == current[Reference(logged.kind, logged.record.id)]
        or not any(_named_in(logged.record, names))
        else ()
        for entry, logged in zip(sealed, entries, strict=True)
    )
    if all(texts is entry.disclosures for texts, entry in zip(chosen, sealed, strict=True)):
        return Redacted(chosen, fold(entries), names)
    return Redacted(
        chosen,
        fold(
            logged if texts is entry.disclosures else open_entry(logged.index, entry.leaf, texts)
            for entry, logged, texts in zip(sealed, entries, chosen, strict=True)
        ),
        names,
    )


def _chosen(entry: Sealed, logged: Logged, withheld: frozenset[Reference]) -> tuple[str, ...]:
    if logged.record is None or Reference(logged.kind, logged.record.id) in withheld:
        return ()
    hidden = {
        column for column, target in references_of(logged.kind, logged.record) if target in withheld
    }
    if not hidden:
        return entry.disclosures
    if logged.kind == "retraction":
        hidden |= _TOLD_BY
    return tuple(text for text in entry.disclosures if disclosed_name(text) not in hidden)


_SHORTEST_NAME = 5
"""Names of fewer letters stand in too many words to be looked for."""


def _withheld_names(entries: Iterable[Logged], withheld: frozenset[Reference]) -> tuple[str, ...]:
    names = {
        form.text.casefold(): form.text
        for logged in entries
        if isinstance(logged.record, Party) and Reference("party", logged.record.id) in withheld
        for form in logged.record.name
        if len(form.text) >= _SHORTEST_NAME
    }
    return tuple(names[key] for key in sorted(names))


def _named_in(record: AnyRecord, names: Iterable[str]) -> Iterator[str]:
    text = json.dumps(to_body(record), ensure_ascii=False).casefold()
    return (name for name in names if name.casefold() in text)


def exposed_names(
    redacted: Redacted, texts: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Names of withheld parties that an edition would show all the same, and where.

    A person who is withheld may still be named in somebody's note, in a title or in a statement;
    only people can mend that. `texts` are statements by name. Old versions that name them are
    withheld by `redact` itself, so that correcting the record is enough.
    """
    if not redacted.names:
        return
    for kind, by_id in redacted.state.versions.items():
        for identifier, versions in by_id.items():
            if (record := versions[-1].record) is not None:
                for name in _named_in(record, redacted.names):
                    yield name, f"{kind} {identifier}"
    for place, text in texts:
        folded = text.casefold()
        yield from ((name, place) for name in redacted.names if name.casefold() in folded)
