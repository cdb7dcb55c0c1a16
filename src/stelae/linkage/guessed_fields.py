"""From the profiles of a list's columns to the fields that they are likely to be."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from anyascii import anyascii

from stelae.linkage.fields import NAMES, Field, Kind
from stelae.linkage.headings import stem_of
from stelae.linkage.mapping import KNOWN, FieldFrom, known_field
from stelae.linkage.profiles import Profile

__all__ = ["Guesses", "guess_fields"]

_LEVELS = {
    "street": 0,
    "residence": 0,
    "place": 1,
    "birthplace": 1,
    "origin": 1,
    "village": 1,
    "district": 2,
    "region": 3,
    "country": 4,
}
_EVENTS = ("birth", "death")
_TEXTS = ("occupation", "note", "nationality")
_CODES = {"postcode": "postcode", "house": "house_number", "identity": "identity", "phone": "phone"}
_RELATIVES = ("father", "mother", "spouse", "child")
_SHORTHAND = {"by": "year", "bm": "month", "bd": "day"}
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Guesses:
    """What is guessed of one list: fields, the column of ids, columns that are left out."""

    fields: tuple[FieldFrom, ...]
    id: str | None
    ignored: tuple[str, ...]
    reasons: Mapping[str, str]


def guess_fields(profiles: Sequence[Profile]) -> Guesses:
    """The likely field of each column; what is not understood is left out, and said so."""
    guesser = _Guesser(profiles)
    for profile in profiles:
        guesser.take(profile)
    return guesser.guesses()


@dataclass(slots=True)
class _Guesser:
    profiles: Sequence[Profile]
    fields: dict[str, FieldFrom] = field(default_factory=dict)
    parts: dict[str, dict[str, Profile]] = field(default_factory=dict)
    places: dict[str, list[tuple[int, Profile]]] = field(default_factory=dict)
    ids: list[Profile] = field(default_factory=list)
    points: dict[str, str] = field(default_factory=dict)
    unknown: list[Profile] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)

    def take(self, profile: Profile) -> None:
        """Put one column where its heading, and its cells, say."""
        says = profile.says
        if "truth" in says:
            self.left[profile.heading] = "says who is who: a truth to compare with, no evidence"
        elif not profile.distinct and profile.rows:
            self.left[profile.heading] = "is empty"
        elif short := says & _SHORTHAND.keys():
            self.parts.setdefault("birth", {})[_SHORTHAND[min(short)]] = profile
        elif "id" in says and not says - {"id", "full", "name"}:
            self.ids.append(profile)
        elif self.is_person(profile):
            pass
        elif events := [event for event in _EVENTS if event in says]:
            self.event(events[0], profile)
        elif levels := says & _LEVELS.keys():
            self.place(self.group(levels), levels, profile)
        elif point := says & {"lat", "lon"}:
            self.points[min(point)] = profile.heading
        else:
            self.other(profile)

    def is_person(self, profile: Profile) -> bool:
        """Names, sex and age."""
        says = profile.says
        if "patronymic" in says and "full" not in says:
            self.name("patronymic", profile, "the patronymic")
        elif "former" in says:
            self.name("former", profile, "another family name")
        elif relatives := [each for each in _RELATIVES if each in says]:
            self.name(relatives[0], profile, f"the {relatives[0]}")
        elif "sex" in says or profile.looks_like_sexes:
            self.add("sex", profile, "the sex", f"{profile.sexes:.0%} of its words are known")
        elif "age" in says and "birth" not in says and profile.ages >= _MOSTLY:
            self.age(profile)
        elif "full" in says or says >= {"family", "given"}:
            self.full(profile)
        elif "family" in says:
            self.name("family", profile, "the family name")
        elif "given" in says:
            alone = not self.has("family")
            if alone and profile.words >= 1.7:
                self.name("name", profile, "the name, mostly of two words or more")
            else:
                self.name("given", profile, "the given name")
        elif says >= {"name"} and not says & (set(_EVENTS) | _LEVELS.keys()):
            if self.has("family") and not self.has("given"):
                self.name("given", profile, "the name beside a family name")
            else:
                self.name("name", profile, "the name")
        else:
            return False
        return True

    def has(self, what: str) -> bool:
        """Whether some heading says this, and does not say a full name with it."""
        return any(
            what in each.says and "full" not in each.says and not each.says >= {"family", "given"}
            for each in self.profiles
        )

    def full(self, profile: Profile) -> None:
        if "full_name" in self.fields or ("full" not in profile.says and self.has("family")):
            self.left[profile.heading] = "repeats names that other columns give"
        else:
            self.name("full_name", profile, "the full name")

    def event(self, event: str, profile: Profile) -> None:
        says = profile.says
        levels = says & _LEVELS.keys()
        part = next((each for each in ("day", "month", "year") if each in says), None)
        if levels and "date" not in says:
            self.place(f"{event}_place", levels, profile)
        elif part and "date" not in says and profile.digits >= _MOSTLY:
            self.parts.setdefault(event, {})[part] = profile
        elif profile.dates < 0.3 and profile.names >= _MOSTLY and "date" not in says:
            self.place(f"{event}_place", frozenset({"place"}), profile)
        else:
            self.date(event, profile, f"the date of {event}")

    def date(self, name: str, profile: Profile, what: str) -> None:
        evidence = [f"{profile.dates:.0%} of its cells are dates"]
        if profile.order is not None:
            evidence.append("some can only be of this order")
        elif profile.is_slashed:
            evidence.append("which of day and month is first cannot be told: write order")
        if profile.has_short_years:
            evidence.append("years have two digits: write century_from")
        self.add(name, profile, what, "; ".join(evidence))
        for key, source in self.fields.items():
            if source.columns == (profile.heading,) and profile.order is not None:
                self.fields[key] = replace(source, order=profile.order)

    def age(self, profile: Profile) -> None:
        evidence = f"{profile.ages:.0%} of its cells are ages"
        self.add("age", profile, "the age", evidence)

    def place(self, group: str, levels: Iterable[str], profile: Profile) -> None:
        level = max(_LEVELS[each] for each in levels)
        self.places.setdefault(group, []).append((level, profile))

    def group(self, levels: frozenset[str]) -> str:
        """Whose place it is: where people lived, if some heading says so."""
        if "birthplace" in levels:
            return "birth_place"
        if "origin" in levels:
            return "origin_place"
        lived = any("residence" in each.says for each in self.profiles)
        return "residence" if lived else "place"

    def other(self, profile: Profile) -> None:
        says = profile.says
        code = next((name for each, name in _CODES.items() if each in says), None)
        text = next((each for each in _TEXTS if each in says), None)
        if code is not None:
            self.add(code, profile, f"the {code.replace('_', ' ')}", kind=Kind.CODE)
        elif text is not None:
            self.add(text, profile, f"the {text}", kind=Kind.TEXT)
        elif profile.dates >= 0.8 and profile.distinct > 1 and (profile.digits < 1 or says):
            name = _slug(profile.heading, "date")
            self.add(name, profile, "a date", f"{profile.dates:.0%} are dates", Kind.DATE)
        elif "source" in says:
            self.left[profile.heading] = "names a source; if that is the list, write list = …"
        else:
            self.unknown.append(profile)

    def name(self, name: str, profile: Profile, what: str) -> None:
        evidence = "" if profile.names >= _MOSTLY else "though few cells look like names"
        self.add(name, profile, what, evidence)

    def add(
        self,
        name: str,
        profile: Profile,
        what: str,
        evidence: str = "",
        kind: Kind | None = None,
    ) -> None:
        """A new field, or one more column of a field whose headings differ by a number alone."""
        reason = f'"{profile.heading}" seems to be {what}{f": {evidence}" if evidence else ""}'
        known = self.fields.get(name)
        if known is not None and stem_of(known.columns[0]) == stem_of(profile.heading):
            columns = (*known.columns, profile.heading)
            self.fields[name] = replace(known, columns=columns, reason=f"{known.reason}\n{reason}")
            return
        base = known_field(name) or Field(name, kind or Kind.TEXT)
        number = 2
        while name in self.fields:
            name, number = f"{base.name}_{number}", number + 1
        self.fields[name] = FieldFrom(replace(base, name=name), (profile.heading,), reason=reason)

    # --- what all columns together say --------------------------------------------------------

    def guesses(self) -> Guesses:
        """Everything put together."""
        self.put_parts()
        self.put_places()
        self.put_unknown()
        self.put_age()
        reasons: dict[str, str] = {}
        chosen = next((each for each in self.ids if each.is_unique), None)
        for each in self.ids:
            if each is chosen:
                reasons["id"] = f'"{each.heading}" is another in every row'
            else:
                self.left[each.heading] = (
                    "is a second id"
                    if each.is_unique
                    else "has a value twice or a gap, so is no id"
                )
        if self.left:
            reasons["ignore"] = "\n".join(f'"{name}" {why}' for name, why in self.left.items())
        by_column = {
            column: source for source in self.fields.values() for column in source.all_columns
        }
        headings = [each.heading for each in self.profiles if each.heading in by_column]
        ordered = dict.fromkeys(by_column[heading].field.name for heading in headings)
        return Guesses(
            tuple(self.fields[name] for name in ordered),
            chosen.heading if chosen else None,
            tuple(self.left),
            reasons,
        )

    def put_parts(self) -> None:
        """Columns of years, months and days as one date."""
        for event, parts in self.parts.items():
            year = parts.get("year")
            if year is None:
                for each in parts.values():
                    self.left[each.heading] = "is a part of a date without a year"
            elif event in self.fields:
                for each in parts.values():
                    self.left[each.heading] = f"repeats the {event}"
            elif len(parts) == 1:
                self.date(event, year, f"the year of {event}")
            else:
                month = parts.get("month")
                day = parts.get("day") if month else None
                used = [each for each in (year, month, day) if each]
                shown = ", ".join(f'"{each.heading}"' for each in used)
                self.fields[event] = FieldFrom(
                    KNOWN[event],
                    year=year.heading,
                    month=month.heading if month else None,
                    day=day.heading if day else None,
                    reason=f"{shown} seem to be the parts of the date of {event}",
                )

    def put_places(self) -> None:
        """Columns of streets, villages, districts as one place, the smallest first."""
        for group, columns in self.places.items():
            ordered = [each for _, each in sorted(columns, key=lambda each: each[0])]
            shown = ", ".join(f'"{each.heading}"' for each in ordered)
            what = group.replace("_", " ")
            several = f"{shown} seem to be of the {what}, the smallest first"
            self.fields[group] = FieldFrom(
                known_field(group) or Field(group, Kind.PLACE),
                tuple(each.heading for each in ordered),
                reason=several if len(ordered) > 1 else f"{shown} seems to be the {what}",
            )
        if self.points.keys() == {"lat", "lon"} and self.places:
            first = next(iter(self.places))
            self.fields[first] = replace(
                self.fields[first], lat=self.points["lat"], lon=self.points["lon"]
            )
        else:
            for heading in self.points.values():
                self.left[heading] = "is a coordinate of no place"

    def put_unknown(self) -> None:
        """Columns whose headings say nothing, by their cells alone."""
        nameless = not any(each.field.kind in NAMES for each in self.fields.values())
        for profile in self.unknown:
            if profile.is_unique and not self.ids and profile.digits + profile.coded >= 0.9:
                self.ids.append(profile)
            elif nameless and profile.distinct > 1 and profile.names >= 0.9:
                what = "a name, by the looks of its cells"
                self.add("full_name" if profile.words >= 1.7 else "name", profile, what)
            elif "age" not in self.fields and profile.looks_like_ages:
                span = f"its whole numbers go from {profile.least} to {profile.most}"
                self.add("age", profile, "the age", span)
            elif profile.looks_like_codes:
                what = "a code, such as a postcode, by the looks of its cells"
                self.add(_slug(profile.heading, "code"), profile, what, kind=Kind.CODE)
            else:
                self.left[profile.heading] = "is not understood"

    def put_age(self) -> None:
        """An age at death dates the birth."""
        source = self.fields.get("age")
        if source is not None and "death" in self.fields:
            self.fields["age"] = replace(
                source,
                field=replace(source.field, at="death", towards="birth"),
                reason=f"{source.reason}; taken as that at death",
            )
        elif source is not None:
            reason = f"{source.reason}; write at = …, the date at which it was reached"
            self.fields["age"] = replace(source, reason=reason)


def _slug(heading: str, otherwise: str) -> str:
    """A heading as the name of a field."""
    plain = re.sub(r"[^a-z0-9]+", "_", anyascii(heading).lower()).strip("_")[:30].strip("_")
    return plain if re.match(r"[a-z]", plain) else otherwise
