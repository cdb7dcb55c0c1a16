import json
from pathlib import Path

import pytest
from commands import Stelae

from stelae.records.dossier import Dossier


@pytest.fixture
def stelae(small: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Stelae:
    """The command line with the key of the small dossier."""
    return Stelae(tmp_path / "config", capsys)


@pytest.fixture
def site(stelae: Stelae, small: Dossier, tmp_path: Path) -> Path:
    """A published edition of the small dossier."""
    folder = tmp_path / "site"
    assert stelae("publish", small.folder, "-o", folder).code == 0
    return folder


def test_json_follows_the_documented_schema(stelae: Stelae, small: Dossier) -> None:
    report = json.loads(stelae("verify", small.folder, "--json").out)
    assert report["schema"] == "stelae-verify/1"
    assert report["ok"] is True
    assert report["checked"]["entries"] == report["checked"]["proofs"] == small.log().size
    assert report["checked"]["items"] == 2
    assert report["failures"] == []


def test_changed_bytes_of_an_item_are_named(stelae: Stelae, small: Dossier) -> None:
    victim = next((small.folder / "objects").rglob("*/*"))
    victim.chmod(0o644)
    victim.write_bytes(b"other bytes")
    ran = stelae("verify", small.folder, "--json")
    assert ran.code == 1
    failures = json.loads(ran.out)["failures"]
    assert any(f["what"] == "item" and victim.name in f["id"] for f in failures)


def test_a_missing_item_is_named(stelae: Stelae, small: Dossier) -> None:
    victim = next((small.folder / "objects").rglob("*/*"))
    victim.unlink()
    ran = stelae("verify", small.folder)
    assert ran.code == 1
    assert "missing" in ran.out


def test_every_file_of_an_edition_counts(stelae: Stelae, site: Path) -> None:
    for name in ("index.html", "data/figure.csv", "days.ics", "manifest-sha256.txt"):
        path = site / name if (site / name).exists() else next(site.glob("data/*.csv"))
        before = path.read_bytes()
        path.write_bytes(before + b" ")
        ran = stelae("verify", site)
        assert ran.code == 1, name
        path.write_bytes(before)
    assert stelae("verify", site).code == 0


def test_a_file_smuggled_in_is_named(stelae: Stelae, site: Path) -> None:
    (site / "extra.html").write_text("forged")
    ran = stelae("verify", site)
    assert ran.code == 1
    assert "extra.html" in ran.out


def test_a_disclosure_changed_is_detected(stelae: Stelae, site: Path) -> None:
    path = site / "disclosures.jsonl"
    lines = path.read_text().splitlines()
    first = json.loads(lines[0])
    first[0] = first[0][:-2] + ("AA" if not first[0].endswith("AA") else "BB")
    lines[0] = json.dumps(first)
    path.write_text("\n".join(lines) + "\n")
    ran = stelae("verify", site)
    assert ran.code == 1
    assert "entry 0" in ran.out


def test_data_and_manifest_forged_together_are_detected(
    stelae: Stelae, site: Path, tmp_path: Path
) -> None:
    """Whoever rewrites a file and the manifest still meets the log."""
    import hashlib

    page = site / "index.html"
    old = hashlib.sha256(page.read_bytes()).hexdigest()
    page.write_bytes(page.read_bytes().replace(b"Town", b"City"))
    new = hashlib.sha256(page.read_bytes()).hexdigest()
    manifest = site / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text().replace(old, new))
    ran = stelae("verify", site)
    assert ran.code == 1
    assert "manifest" in ran.out


def test_a_whole_edition_signed_by_another_key_is_detected(
    stelae: Stelae, site: Path, small: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    stranger = Stelae(tmp_path / "stranger", capsys)
    key = stranger("init", other).out.strip()
    ran = stelae("verify", site, "--key", key)
    assert ran.code == 1
    assert stelae("verify", site, "--key", small.settings.log_key).code == 0


def test_a_log_cut_back_is_detected_by_who_holds_the_key(
    stelae: Stelae, small: Dossier, tmp_path: Path
) -> None:
    import shutil

    snapshot = tmp_path / "snapshot"
    shutil.copytree(small.folder, snapshot)
    more = tmp_path / "parties.csv"
    more.write_text("id,name:en,kind\nlater,Later (synthetic),press\n")
    assert stelae("record", small.folder, "import", more).code == 0
    ran = stelae("verify", snapshot)
    assert ran.code == 1
    refused = stelae("record", snapshot, "import", more)
    assert refused.code == 3


def test_what_is_neither_dossier_nor_edition_is_refused(stelae: Stelae, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = stelae("verify", tmp_path / "empty")
    assert ran.code == 3
    assert "dossier or a published edition" in ran.err


def test_a_key_that_is_none_is_refused(stelae: Stelae, small: Dossier) -> None:
    assert stelae("verify", small.folder, "--key", "not a key").code == 3


@pytest.mark.parametrize(
    ("key", "value"),
    [("number", 9), ("published_at", "1996-01-01T00:00:00Z"), ("origin", "x/log1"), ("key", "x")],
)
def test_a_changed_edition_json_is_detected(
    stelae: Stelae, site: Path, key: str, value: object
) -> None:
    path = site / "edition.json"
    mark = json.loads(path.read_text())
    mark[key] = value
    path.write_text(json.dumps(mark, indent=2) + "\n")
    ran = stelae("verify", site)
    assert ran.code == 1
    assert "edition.json" in ran.out


def test_what_is_hidden_below_the_log_or_behind_a_link_is_named(
    stelae: Stelae, site: Path, tmp_path: Path
) -> None:
    (site / "log" / "evil.html").write_text("forged")
    (site / "more").symlink_to(tmp_path)
    ran = stelae("verify", site)
    assert ran.code == 1
    assert "log/evil.html" in ran.out
    assert "file more" in ran.out
