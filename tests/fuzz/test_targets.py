"""Readers refuse what they cannot read, and raise nothing else: a short run of the fuzzer.

`make fuzz` runs each target for longer. Here the number of inputs and the seed are fixed.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seeds import SEEDS
from targets import TARGETS, one

RUNS = {"statement": 150, "document": 400}


def test_every_target_has_first_inputs() -> None:
    assert SEEDS.keys() == TARGETS.keys()


@pytest.mark.parametrize("name", TARGETS)
def test_first_inputs_are_read_or_refused(name: str) -> None:
    for data in SEEDS[name]:
        one(TARGETS[name], data)


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_are_read_or_refused(name: str) -> None:
    @settings(deadline=None, max_examples=60)
    @given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
    def holds(data: bytes) -> None:
        one(TARGETS[name], data)

    holds()


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_the_fuzzer_finds_nothing_in_a_short_run(name: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris is made for Linux on x86-64 alone")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, data in enumerate(SEEDS[name]):
        (corpus / f"seed-{number}").write_bytes(data)
    done = subprocess.run(
        [
            sys.executable,
            Path(__file__).with_name("targets.py"),
            name,
            "-seed=1",
            f"-runs={RUNS.get(name, 3000)}",
            "-max_len=2000",
            "-timeout=30",
            f"-artifact_prefix={tmp_path}/",
            corpus,
        ],
        check=False,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-4000:]
