"""The rival figures of one measure of one event: one row for each value, drawn and in words."""

from dataclasses import dataclass

from markupsafe import Markup

from stelae.publication.pages.lookup import Lookup
from stelae.publication.pages.voices import VoiceLine, origins, voice_line
from stelae.publication.plots import Scale, axis, grid, scale_for, strip
from stelae.publication.text import date_in_words, number, plural
from stelae.records.assertions import Figure
from stelae.records.views import SlotView, Value
from stelae.records.vocabularies import label
from stelae.values.figures import Count, CountForm

__all__ = [
    "FigureRow",
    "FigureTable",
    "counts_of",
    "figure_table",
    "in_order",
    "rivals",
    "summary",
]

_UNBOUNDED = 10**16


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One value: its words, its strip, who says it.

    `scope` says of whom, where and when it is said, and of what kind it is.
    """

    count: str
    is_words: bool
    strip: Markup
    scope: str
    voices: tuple[VoiceLine, ...]
    origins: str
    standing: bool


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One measure. `axis` is empty where there is nothing to compare."""

    anchor: str
    label: str
    summary: str
    contested: bool
    logarithmic: bool
    axis: Markup
    rows: tuple[FigureRow, ...]


def counts_of(view: SlotView, *, standing: bool = False) -> tuple[Count, ...]:
    """The counts of a measure, each value once, the smallest first."""
    return tuple(count_of(value) for value in in_order(view) if value.is_standing or not standing)


def count_of(value: Value) -> Count:
    """The count that a group of figures has in common."""
    record = value.voices[0].record
    assert isinstance(record, Figure)
    return record.count


def in_order(view: SlotView) -> list[Value]:
    """Values by lower bound, then by upper; words without a number at the end."""

    def key(value: Value) -> tuple[bool, int, int, tuple[str, ...]]:
        count = count_of(value)
        low = count.low if count.low is not None else (count.high or 0)
        high = count.high if count.high is not None else _UNBOUNDED
        return count.form is CountForm.WORDS, low, high, value.key

    return sorted(view.values, key=key)


def rivals(view: SlotView) -> frozenset[Count]:
    """The standing counts that another standing count of the same scope contradicts."""
    return frozenset(count_of(value) for value in view.rivals)


def summary(view: SlotView) -> str:
    """`7 rival values from 12 speakers`, of what is still said."""
    standing = view.standing
    if not standing:
        return "every figure was withdrawn"
    speakers = {speaker for value in standing for speaker in value.speakers}
    counts = {count_of(value) for value in standing}
    rival = rivals(view)
    words = "rival value" if rival == counts else "value"
    some = f", {number(len(rival))} of them rivals," if rival and rival != counts else ""
    return f"{plural(len(counts), words)}{some} from {plural(len(speakers), 'speaker')}"


def figure_table(lookup: Lookup, view: SlotView) -> FigureTable:
    """Everything said of one measure of one event."""
    counts = counts_of(view)
    drawn = {count for count in counts if count.form is not CountForm.WORDS}
    scale = scale_for(counts) if len(drawn) > 1 else None
    name = label("measure", view.slot)
    rival = rivals(view)
    rows = tuple(
        _row(lookup, value, scale, contested=count_of(value) in rival) for value in in_order(view)
    )
    return FigureTable(
        anchor=f"measure.{view.slot}",
        label=name,
        summary=summary(view),
        contested=bool(rival),
        logarithmic=bool(scale and scale.logarithmic),
        axis=_axis(view, name, scale, counts),
        rows=rows,
    )


def _axis(view: SlotView, name: str, scale: Scale | None, counts: tuple[Count, ...]) -> Markup:
    if scale is None:
        return Markup("")
    kind = "Logarithmic scale" if scale.logarithmic else "Scale"
    said = "; ".join(dict.fromkeys(count.in_words() for count in counts))
    return axis(
        scale,
        f"{kind} of the figures: {name}",
        f"Figures said, from the smallest: {said}. The table says by whom.",
        f"axis.{view.slot}",
    )


def _row(lookup: Lookup, value: Value, scale: Scale | None, *, contested: bool) -> FigureRow:
    record = value.voices[0].record
    assert isinstance(record, Figure)
    standing = value.is_standing
    kind = str(record.kind).replace("-", " ")
    scope = [record.of]
    if record.place:
        scope.append(f"in {lookup.place(record.place)}")
    if record.period:
        scope.append(date_in_words(record.period))
    scope.append(kind)
    drawn = Markup("")
    if scale is not None:
        drawn = grid(scale) + strip(scale, record.count, rival=contested, withdrawn=not standing)
    return FigureRow(
        count=record.count.in_words(),
        is_words=record.count.form is CountForm.WORDS,
        strip=drawn,
        scope="; ".join(part for part in scope if part),
        voices=tuple(voice_line(lookup, voice) for voice in value.voices),
        origins=origins(value),
        standing=standing,
    )
