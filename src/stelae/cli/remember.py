"""`stelae remember`: days of remembrance, and their calendar feed."""

from datetime import UTC, datetime
from pathlib import Path

import click

from stelae.cli.terminal import json_option, print_json, say
from stelae.evidence.durable import write_durably
from stelae.records.dossier import Dossier
from stelae.remembrance.days import next_occurrence
from stelae.remembrance.recorded import days_of_remembrance, dossier_feed
from stelae.values.anniversaries import Undecided
from stelae.values.dates import Calendar
from stelae.values.days import Day


@click.command(name="remember")
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option("--ics", type=click.Path(path_type=Path), help="Write the calendar feed to a file.")
@click.option("--language", help="The language of names; by default the dossier's first.")
@click.option(
    "--from",
    "from_day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to look ahead from; by default today.",
)
@json_option
def command(
    folder: Path, ics: Path | None, language: str | None, from_day: datetime | None, as_json: bool
) -> None:
    """List the days of remembrance of DOSSIER, the next one first, each with who keeps it."""
    dossier = Dossier.open(folder)
    state = dossier.state()
    tag = language or dossier.settings.languages[0]
    now = from_day or datetime.now(UTC)
    if ics is not None:
        content, left_out = dossier_feed(
            state,
            origin=dossier.settings.origin,
            language=tag,
            title=dossier.settings.title.in_language(tag).text,
            stamp=now.replace(tzinfo=UTC),
        )
        write_durably(ics, content)
        for reason in left_out:
            say(f"Left out: {reason}")
        say(f"Wrote {ics}.")
        return
    today = Day.from_date(now.date())
    rows: list[tuple[int, str, str, str]] = []
    for day in days_of_remembrance(state):
        found = next_occurrence(day, after=today)
        if found is None:
            continue
        if isinstance(found, Undecided):
            say(f"{day.id}: {found.reason}")
            continue
        first = found.days.first
        name = day.name_in(tag)[1]
        suffix = " (Julian calendar)" if day.calendar is Calendar.JULIAN else ""
        rows.append(
            (first.number, first.to_date().isoformat(), name, "; ".join(day.observers) + suffix)
        )
    rows.sort()
    if as_json:
        print_json(
            {
                "schema": "stelae-remember/1",
                "days": [
                    {"next": when, "name": name, "observed_by": who} for _, when, name, who in rows
                ],
            }
        )
        return
    for _, when, name, who in rows:
        click.echo(f"{when}  {name}\n            {who}")
