"""What the bound words of a statement rest on in the record: value, who says it, where, rivals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stelae.publication.exports.runs import clean
from stelae.publication.pages.lookup import Lookup
from stelae.publication.pages.traces import Trace, TracedValue, trace
from stelae.statements.model import Binding
from stelae.values.names import scripts_of

__all__ = ["Fact", "facts_of"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing of the record to which words are bound, however often.

    `target` is the link as the native form writes it; `says` are lines in English, the language
    of labels in the record; `rivals` are the other values that it holds, beside one; `missing`
    says why nothing was found. `language` is that of quoted words where their letters show that
    it is not that of the statement, else "".
    """

    anchor: str
    target: str
    words: tuple[str, ...]
    about: str
    says: tuple[str, ...]
    rivals: tuple[str, ...]
    missing: str
    language: str
    backs: tuple[str, ...]


def facts_of(
    lookup: Lookup, bindings: Iterable[tuple[Binding, str]], title: str
) -> tuple[Fact, ...]:
    """Each target once, in the order in which words are first bound to it.

    Bindings come with the fragment of their clause; the letters of the title are those of the
    statement.
    """
    bound: dict[str, list[tuple[Binding, str]]] = {}
    for binding, anchor in bindings:
        bound.setdefault(f"{binding.kind.value}:{binding.target}", []).append((binding, anchor))
    return tuple(
        _fact(lookup, number, target, places, scripts_of(title)[:1])
        for number, (target, places) in enumerate(bound.items(), start=1)
    )


def _fact(
    lookup: Lookup,
    number: int,
    target: str,
    places: list[tuple[Binding, str]],
    script: Sequence[str],
) -> Fact:
    anchor = f"~fact{number}"
    found = trace(lookup, places[0][0], anchor)
    quoted = found.language if found and scripts_of(found.words)[:1] != script else ""
    return Fact(
        anchor=anchor,
        target=target,
        words=tuple(dict.fromkeys(clean(binding.text) for binding, _ in places)),
        about=clean(found.about.text.words) if found and found.about else "",
        says=_lines(found) if found else (),
        rivals=tuple(map(clean, found.rivals)) if found and len(found.values) == 1 else (),
        missing=found.missing if found else "",
        language=quoted,
        backs=tuple(dict.fromkeys(place for _, place in places)),
    )


def _lines(found: Trace) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean(_line(value)) for value in found.values))


def _line(value: TracedValue) -> str:
    voice = value.voice
    where = (voice.speaker.text.words, voice.source.text.words, voice.locator, voice.date)
    said = ", ".join(dict.fromkeys(part for part in where if part))
    return f"{value.words}: {said}{' (withdrawn)' if value.withdrawn else ''}"
