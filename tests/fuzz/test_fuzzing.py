"""What is fuzzed at length by `make fuzz` is fuzzed here for as many inputs as a test may take."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz_targets import TARGETS

RUN = Path(__file__).with_name("run.py")
RUNS = 3000


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_its_seeds_and_every_part_of_them(name: str) -> None:
    target = TARGETS[name]
    for seed in target.seeds:
        for end in range(0, len(seed) + 1, max(1, len(seed) // 20)):
            target.run(seed[:end])
    target.run(bytes(range(256)))


@pytest.mark.slow
@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="Atheris is made for Linux on x86-64 only"
)
def test_changed_seeds_are_read_or_refused(tmp_path: Path) -> None:
    command = [sys.executable, str(RUN), "every", f"--runs={RUNS}", "--seed=1"]
    ran = subprocess.run(
        [*command, f"--corpus={tmp_path}"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    assert f"Done {RUNS} runs" in ran.stderr
