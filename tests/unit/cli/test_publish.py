import json
from pathlib import Path

import pytest
from commands import Stelae

from stelae.records.dossier import Dossier

FLAWED = "# Statement (synthetic)\n\nWe recall [3].\n\n## References\n\n1. A book\n"


@pytest.fixture
def stelae(small: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Stelae:
    """The command line with the key of the small dossier."""
    return Stelae(tmp_path / "config", capsys)


def test_an_edition_is_numbered_and_verifies(
    stelae: Stelae, small: Dossier, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    ran = stelae("publish", small.folder, "-o", site, "--json")
    assert ran.code == 0, ran.err
    result = json.loads(ran.out)
    assert (result["schema"], result["edition"], result["new"]) == ("stelae-publish/1", 1, True)
    assert stelae("verify", site).code == 0
    assert stelae("verify", small.folder).code == 0


def test_publishing_again_gives_the_same_bytes_and_no_new_entry(
    stelae: Stelae, small: Dossier, tmp_path: Path
) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    stelae("publish", small.folder, "-o", first)
    size = small.log().size
    ran = stelae("publish", small.folder, "-o", second, "--json")
    assert json.loads(ran.out)["new"] is False
    assert small.log().size == size
    names = {path.relative_to(first) for path in first.rglob("*") if path.is_file()}
    assert names == {path.relative_to(second) for path in second.rglob("*") if path.is_file()}
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_a_change_makes_the_next_edition(stelae: Stelae, small: Dossier, tmp_path: Path) -> None:
    site = tmp_path / "site"
    stelae("publish", small.folder, "-o", site)
    new = tmp_path / "parties.csv"
    new.write_text("id,name:en,kind\nlater,Later party (synthetic),press\n")
    assert stelae("record", small.folder, "import", new).code == 0
    ran = stelae("publish", small.folder, "-o", site, "--json")
    assert json.loads(ran.out)["edition"] == 2
    assert stelae("verify", site).code == 0


def test_a_statement_with_errors_stops_publication(
    stelae: Stelae, small: Dossier, tmp_path: Path
) -> None:
    (small.folder / "statements" / "s.en.md").write_text(FLAWED)
    site = tmp_path / "site"
    size = small.log().size
    ran = stelae("publish", small.folder, "-o", site)
    assert ran.code == 1
    assert "--fail-on never" in ran.err
    assert not site.exists()
    assert small.log().size == size
    assert stelae("publish", small.folder, "-o", site, "--fail-on", "never").code == 0
    assert "REF-dangling" in (site / "statements" / "s.en.html").read_text()


def test_a_folder_of_other_things_is_never_overwritten(
    stelae: Stelae, small: Dossier, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    ran = stelae("publish", small.folder, "-o", tmp_path / "mine")
    assert ran.code == 3
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_without_the_key_nothing_is_published(
    stelae: Stelae, small: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger = Stelae(tmp_path / "other-config", capsys)
    ran = stranger("publish", small.folder, "-o", tmp_path / "site")
    assert ran.code == 3
    assert "no key" in ran.err


def test_what_consent_withholds_is_nowhere_in_the_edition(
    stelae: Stelae, small: Dossier, tmp_path: Path
) -> None:
    secret = tmp_path / "assertions-secret.csv"
    secret.write_text(
        "id,subject,slot,value,said_by,source,consent\n"
        "a-secret,event:town-1990,finding,UNUTTERABLE words,inquiry,report,withheld\n"
    )
    assert stelae("record", small.folder, "import", secret).code == 0
    site = tmp_path / "site"
    ran = stelae("publish", small.folder, "-o", site, "--json")
    assert json.loads(ran.out)["withheld"] == {"assertion": 1}
    held = [line for line in (site / "disclosures.jsonl").read_text().splitlines() if line == "[]"]
    assert len(held) == 1
    for path in site.rglob("*"):
        if path.is_file():
            assert b"UNUTTERABLE" not in path.read_bytes(), path
            assert b"a-secret" not in path.read_bytes(), path
    assert stelae("verify", site).code == 0


def test_whoever_is_withheld_is_not_named_by_the_back_door(
    stelae: Stelae, small: Dossier, tmp_path: Path
) -> None:
    files = {
        "parties.csv": "id,name:en,kind,consent\nwitness,Synthetic Witness,person,withheld\n",
        "places.csv": "id,name:en,note\nwell,Well,Shown to us by SYNTHETIC WITNESS.\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
        assert stelae("record", small.folder, "import", tmp_path / name).code == 0
    site = tmp_path / "site"
    refused = stelae("publish", small.folder, "-o", site)
    assert refused.code == 3
    assert "place well: names Synthetic Witness, who is withheld" in refused.err
    assert not site.exists()
    (tmp_path / "places.csv").write_text("id,name:en,note\nwell,Well,Shown to us.\n")
    stelae(
        "record", small.folder, "import", tmp_path / "places.csv", "--correct", "a name taken out"
    )
    ran = stelae("publish", small.folder, "-o", site, "--json")
    assert json.loads(ran.out)["withheld"] == {"party": 1, "place": 1}
    assert not any(
        b"ynthetic" in path.read_bytes() and b"itness" in path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    )
    assert stelae("verify", site).code == 0
