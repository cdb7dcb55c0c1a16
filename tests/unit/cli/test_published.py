"""From a published text to what became of what it rests on, as a person would go about it."""

import json
from pathlib import Path

import pytest
from commands import Stelae

from stelae.publication import manifest
from stelae.records.dossier import Dossier
from stelae.values.digests import digest_of

TEXT = """\
---
title: Town (synthetic)
language: en
date: 2026-01-20
---

# Town (synthetic)

In the town, on [13–19 January 1990](date:town-1990), according to the inquiry \
[about 90](figure:f-inquiry) people were killed [1, ch. 2].

## References

1. report: ch. 2
"""


@pytest.fixture
def stelae(small: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Stelae:
    """The command line with the key of the small dossier."""
    return Stelae(tmp_path / "config", capsys)


@pytest.fixture
def site(stelae: Stelae, small: Dossier, tmp_path: Path) -> Path:
    """An edition of the small dossier with one statement."""
    (small.folder / "statements" / "town.en.md").write_text(TEXT, encoding="utf-8")
    site = tmp_path / "site"
    ran = stelae("publish", small.folder, "-o", site, "--fail-on", "never")
    assert ran.code == 0, ran.err
    return site


def _import(stelae: Stelae, dossier: Dossier, name: str, text: str, why: str = "") -> None:
    path = dossier.folder.parent / name
    path.write_text(text, encoding="utf-8")
    ran = stelae("record", dossier.folder, "import", path, *(["--correct", why] if why else []))
    assert ran.code == 0, ran.err


def _changes(ran_out: str) -> list[dict[str, object]]:
    return [change for text in json.loads(ran_out)["texts"] for change in text["changes"]]


FIGURES = (
    "id,event,measure,count,said_by,source,locator,kind\n"
    'f-inquiry,town-1990,killed,{count},inquiry,report,"ch. 2, p. 12",enumerated\n'
)


def test_of_what_was_never_published_it_says_so(stelae: Stelae, small: Dossier) -> None:
    ran = stelae("check", "--published", small.folder)
    assert (ran.code, ran.out) == (0, "")
    assert "ever published" in ran.err


def test_nothing_changed_is_clean(stelae: Stelae, small: Dossier, site: Path) -> None:
    ran = stelae("check", "--published", small.folder)
    assert ran.code == 0, ran.out
    assert "nothing found" in ran.out
    assert stelae("check", "--published", site, "--dossier", small.folder).code == 0


def test_a_correction_is_told_with_who_why_when_and_where(
    stelae: Stelae, small: Dossier, site: Path
) -> None:
    _import(stelae, small, "figures.csv", FIGURES.format(count="~80"), "misread the page")
    ran = stelae("check", "--published", small.folder)
    assert ran.code == 1
    assert "edition-1/statements/town.en.txt:9:" in ran.out
    assert "figure:f-inquiry was corrected on " in ran.out
    assert "count: ~90 then, ~80 now" in ran.out
    assert "misread the page" in ran.out
    ran = stelae("check", "--published", small.folder, "--json")
    assert ran.code == 1
    (change,) = _changes(ran.out)
    assert (change["record"], change["became"]) == ("figure:f-inquiry", "corrected")
    assert change["why"] == "misread the page"
    assert change["since_edition"] is True
    assert str(change["entered_by"]).startswith("a-")
    assert change["recorded_at"]
    assert change["differences"] == [{"column": "count", "before": "~90", "after": "~80"}]
    diagnostic = change["diagnostic"]
    assert isinstance(diagnostic, dict)
    assert diagnostic["text"] == "[about 90](figure:f-inquiry)"


def test_a_correction_that_is_taken_back_leaves_nothing_to_tell(
    stelae: Stelae, small: Dossier, site: Path
) -> None:
    _import(stelae, small, "figures.csv", FIGURES.format(count="~80"), "misread the page")
    _import(stelae, small, "figures.csv", FIGURES.format(count="~90"), "it was right")
    assert stelae("check", "--published", small.folder).code == 0


def test_what_the_statement_rests_on_through_a_source_is_followed(
    stelae: Stelae, small: Dossier, site: Path
) -> None:
    _import(
        stelae,
        small,
        "retractions.csv",
        "id,target,kind,by,why,date\n"
        "r-2,source:report,by-speaker,inquiry,The report was withdrawn.,2026-02-01\n",
    )
    ran = stelae("check", "--published", small.folder, "--json")
    assert ran.code == 1
    (change,) = _changes(ran.out)
    assert (change["record"], change["became"]) == ("source:report", "taken-back")
    assert (change["by"], change["why"]) == ("inquiry", "The report was withdrawn.")
    assert change["date"] == "2026-02-01"


def test_the_value_that_a_bound_date_says_is_among_what_it_rests_on(
    stelae: Stelae, small: Dossier, site: Path
) -> None:
    _import(
        stelae,
        small,
        "retractions.csv",
        "id,target,kind,by,why\nr-2,assertion:a-date,by-speaker,press-a,A misprint.\n",
    )
    ran = stelae("check", "--published", small.folder, "--json")
    (change,) = _changes(ran.out)
    assert change["record"] == "assertion:a-date"


def test_a_rival_that_the_text_does_not_say_is_nothing_to_it(
    stelae: Stelae, small: Dossier, site: Path
) -> None:
    _import(
        stelae,
        small,
        "retractions.csv",
        "id,target,kind,by,why\n"
        "r-2,figure:f-a,by-speaker,press-a,A misprint.\n"
        "r-3,assertion:a-unit,by-speaker,inquiry,Not proven.\n",
    )
    assert stelae("check", "--published", small.folder).code == 0


@pytest.mark.parametrize("how", ["retraction", "correction"])
def test_lost_consent_of_the_speaker_is_told_and_nothing_of_it_repeated(
    stelae: Stelae, small: Dossier, site: Path, how: str
) -> None:
    if how == "retraction":
        _import(
            stelae,
            small,
            "retractions.csv",
            "id,target,kind,by,why\n"
            "r-2,party:inquiry,consent-withdrawn,inquiry,No longer agreed to.\n",
        )
    else:
        _import(
            stelae,
            small,
            "parties.csv",
            "id,name:en,kind,consent\ninquiry,Inquiry (synthetic),authority,withdrawn\n",
            "No longer agreed to.",
        )
    ran = stelae("check", "--published", small.folder, "--json")
    assert ran.code == 1
    (change,) = _changes(ran.out)
    assert (change["record"], change["became"]) == ("party:inquiry", "consent-lost")
    assert change["through"] == ["figure:f-inquiry"]
    assert change["differences"] == []
    assert change["why"] == "No longer agreed to."


def test_a_later_edition_of_the_statement_is_what_counts(
    stelae: Stelae, small: Dossier, site: Path
) -> None:
    _import(stelae, small, "figures.csv", FIGURES.format(count="~80"), "misread the page")
    path = small.folder / "statements" / "town.en.md"
    path.write_text(TEXT.replace("about 90", "about 80"), encoding="utf-8")
    assert stelae("check", "--published", small.folder).code == 1
    assert stelae("publish", small.folder, "-o", site, "--fail-on", "never").code == 0
    ran = stelae("check", "--published", small.folder, "--json")
    assert ran.code == 0
    assert [text["edition"] for text in json.loads(ran.out)["texts"]] == [2]


def test_the_text_is_that_of_the_edition_whatever_became_of_the_file(
    stelae: Stelae, small: Dossier, site: Path
) -> None:
    _import(stelae, small, "figures.csv", FIGURES.format(count="~80"), "misread the page")
    (small.folder / "statements" / "town.en.md").unlink()
    assert stelae("check", "--published", small.folder).code == 1


def test_an_old_edition_is_read_from_its_folder(stelae: Stelae, small: Dossier, site: Path) -> None:
    """As one that was published before texts were kept."""
    digest = digest_of((site / manifest.NAME).read_bytes())
    small.store.path(digest).unlink()
    ran = stelae("check", "--published", small.folder)
    assert ran.code == 3
    assert "not kept" in ran.err
    assert "--dossier" in ran.err
    _import(stelae, small, "figures.csv", FIGURES.format(count="~80"), "misread the page")
    ran = stelae("check", "--published", site, "--dossier", small.folder)
    assert ran.code == 1
    assert "misread the page" in ran.out


def test_an_edition_without_its_dossier_is_a_question_of_usage(stelae: Stelae, site: Path) -> None:
    assert stelae("check", "--published", site).code == 2


def test_an_edition_of_another_dossier_is_refused(
    stelae: Stelae, small: Dossier, site: Path
) -> None:
    mark = site / "edition.json"
    mark.write_text(mark.read_text().replace(small.settings.origin, "other/log1"))
    ran = stelae("check", "--published", site, "--dossier", small.folder)
    assert ran.code == 3
    assert "another dossier" in ran.err


@pytest.mark.parametrize("name", [manifest.NAME, "statements/town.en.txt"])
def test_an_edition_whose_bytes_changed_is_refused(
    stelae: Stelae, small: Dossier, site: Path, name: str
) -> None:
    path = site / name
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert stelae("check", "--published", site, "--dossier", small.folder).code == 3


def test_a_waiver_lets_stand_what_its_edition_knew_and_nothing_since(
    stelae: Stelae, small: Dossier, tmp_path: Path
) -> None:
    retracted = "id,target,kind,by,why\nr-2,figure:f-inquiry,by-speaker,inquiry,Withdrawn.\n"
    _import(stelae, small, "retractions.csv", retracted)
    waiver = (
        "waivers:\n  - rule: SUP-changed\n    clause: preamble-1\n    reason: said in the text\n"
        "    by: A. Author (synthetic)\n    until: 2126-01-31\n---\n\n#"
    )
    text = TEXT.replace("---\n\n#", waiver, 1)
    path = small.folder / "statements" / "town.en.md"
    path.write_text(text, encoding="utf-8")
    ran = stelae("check", path, "--json")
    (found,) = [one for one in json.loads(ran.out)["diagnostics"] if one["rule"] == "SUP-changed"]
    assert "waived" in found
    site = tmp_path / "site"
    assert stelae("publish", small.folder, "-o", site, "--fail-on", "never").code == 0
    ran = stelae("check", "--published", small.folder)
    assert ran.code == 0, ran.out
    assert "1 waived" in ran.out
    _import(
        stelae,
        small,
        "retractions.csv",
        "id,target,kind,by,why\nr-3,source:report,by-speaker,inquiry,Withdrawn too.\n",
    )
    assert stelae("check", "--published", small.folder).code == 1


def test_other_forms_name_the_place_in_the_edition(
    stelae: Stelae, small: Dossier, site: Path
) -> None:
    _import(stelae, small, "figures.csv", FIGURES.format(count="~80"), "misread the page")
    ran = stelae("check", "--published", small.folder, "--format", "sarif")
    (run,) = json.loads(ran.out)["runs"]
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "edition-1/statements/town.en.txt"
    ran = stelae("check", "--published", small.folder, "--fail-on", "never")
    assert ran.code == 0


def test_files_and_editions_are_not_checked_at_once(stelae: Stelae, site: Path) -> None:
    assert stelae("check", "--published", site, "a.md").code == 2
    assert stelae("check").code == 2


def test_an_edition_still_verifies_and_so_does_the_dossier(
    stelae: Stelae, small: Dossier, site: Path
) -> None:
    assert stelae("verify", site).code == 0
    assert stelae("verify", small.folder).code == 0
