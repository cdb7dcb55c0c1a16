"""The scripts printed on the verify page, run as printed on a published edition."""

import html
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import Stelae

from stelae.publication.pages.verify import sceptic
from stelae.records.dossier import Dossier

MISSING = [
    name for name in ("sh", "openssl", "awk", "base64", "sha256sum") if not shutil.which(name)
]

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")


@pytest.fixture
def site(small: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A published edition of the small dossier, whose log has more than one bundle of entries."""
    stelae = Stelae(tmp_path / "config", capsys)
    more = tmp_path / "parties.csv"
    rows = "".join(f"party-{n},Party {n} (synthetic),press\n" for n in range(300))
    more.write_text(f"id,name:en,kind\n{rows}")
    assert stelae("record", small.folder, "import", more).code == 0
    assert stelae("publish", small.folder, "-o", tmp_path / "site").code == 0
    return tmp_path / "site"


def printed(site: Path, label: str) -> str:
    """What the page prints under a label, as a reader would copy it."""
    page = (site / "verify.html").read_text(encoding="utf-8")
    found = re.search(rf'aria-label="{label}"><code>(.*?)</code>', page, re.DOTALL)
    assert found is not None, label
    return html.unescape(found[1])


def shell(site: Path, script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["sh", "-euc", script], cwd=site, capture_output=True, text=True, check=False
    )


def check(site: Path, tmp_path: Path) -> "subprocess.CompletedProcess[str]":
    script = tmp_path / "check.py"
    script.write_text(printed(site, "Script for the entries"), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-I", script], cwd=site, capture_output=True, text=True, check=False
    )


def test_the_page_prints_the_scripts_as_they_are(site: Path) -> None:
    assert printed(site, "Commands for the signature") == sceptic("signature.sh")
    assert printed(site, "Script for the entries") == sceptic("check.py.txt")


def test_the_signature_verifies_and_another_text_does_not(site: Path) -> None:
    commands = printed(site, "Commands for the signature")
    ran = shell(site, commands)
    assert "Verified Successfully" in ran.stdout, ran.stderr
    checkpoint = site / "log" / "checkpoint"
    lines = checkpoint.read_text(encoding="utf-8").split("\n")
    lines[1] = str(int(lines[1]) + 1)
    checkpoint.write_text("\n".join(lines), encoding="utf-8")
    assert shell(site, commands).returncode != 0


def test_every_file_is_as_listed(site: Path) -> None:
    command = printed(site, "Commands for the list of files")
    assert shell(site, command).returncode == 0
    (site / "method.html").write_text("changed", encoding="utf-8")
    assert shell(site, command).returncode != 0


def test_the_script_checks_root_disclosures_and_list(site: Path, tmp_path: Path) -> None:
    ran = check(site, tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "as logged" in ran.stdout


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("manifest-sha256.txt", "the list of files is not the logged one"),
        ("disclosures.jsonl", "a field was not committed to"),
        ("log/tile/entries/000", "the entries are not the log's"),
    ],
)
def test_the_script_finds_a_changed_byte(
    site: Path, tmp_path: Path, name: str, complaint: str
) -> None:
    file = site / name
    content = bytearray(file.read_bytes())
    content[10] = ord("A") if content[10] != ord("A") else ord("B")
    file.write_bytes(content)
    ran = check(site, tmp_path)
    assert ran.returncode != 0
    assert complaint in ran.stderr


def test_what_is_not_listed_is_printed(site: Path) -> None:
    commands = printed(site, "Commands for files that are not listed")
    assert shell(site, commands).stdout == ""
    (site / "events" / "fake.html").write_text("forged")
    (site / "more").symlink_to("/etc")
    assert shell(site, commands).stdout == "events/fake.html\n./more\n"


def test_the_key_that_came_another_way_is_the_one_that_counts(site: Path) -> None:
    commands = printed(site, "Commands for the signature")
    key = (site / "log.vkey").read_text().strip()
    assert "Verified Successfully" in shell(site, f"VKEY='{key}'\n{commands}").stdout
    other = key[:-8] + ("AAAAAAA=" if key.endswith("=") else "AAAAAAAA")
    assert shell(site, f"VKEY='{other}'\n{commands}").returncode != 0
