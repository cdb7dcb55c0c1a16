import json
from pathlib import Path

import icalendar
import pytest
from commands import Stelae

from stelae.records.dossier import Dossier


@pytest.fixture
def stelae(small: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Stelae:
    return Stelae(tmp_path / "config", capsys)


def test_days_are_listed_from_the_next_on_with_who_keeps_them(
    stelae: Stelae, small: Dossier
) -> None:
    ran = stelae("remember", small.folder, "--from", "2026-01-21", "--json")
    assert ran.code == 0
    days = json.loads(ran.out)["days"]
    assert days[0]["next"] == "2027-01-20"
    assert days[0]["observed_by"] == "Our group (synthetic)"


def test_the_feed_is_a_calendar_with_yearly_all_day_events(
    stelae: Stelae, small: Dossier, tmp_path: Path
) -> None:
    path = tmp_path / "days.ics"
    assert stelae("remember", small.folder, "--ics", path, "--from", "2026-01-01").code == 0
    feed = icalendar.Calendar.from_ical(path.read_bytes())
    event = feed.walk("VEVENT")[0]
    assert event["RRULE"].to_ical() == b"FREQ=YEARLY"
    again = tmp_path / "again.ics"
    stelae("remember", small.folder, "--ics", again, "--from", "2026-01-01")
    assert path.read_bytes() == again.read_bytes()
