"""Compiled code is kept by the digest of all sources of the room, and is what the source says."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from stelae.estimation.compiled import compiled


@compiled
def _double(x: float) -> float:
    return 2.0 * x


@compiled
def _total(values: np.ndarray) -> float:
    total = 0.0
    for value in values:
        total += value
    return total


def test_a_compiled_function_is_its_source() -> None:
    assert _double(4.0) == 8.0
    assert _total(np.arange(5.0)) == 10.0


def test_nan_and_infinity_keep_their_meaning() -> None:
    assert np.isnan(_total(np.array([1.0, np.nan])))
    assert _total(np.array([1.0, np.inf])) == np.inf


def test_compiled_code_is_kept_where_the_user_keeps_caches(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    environment.pop("NUMBA_CACHE_DIR", None)
    code = "from stelae.estimation.latent_class.moves import _log_left; _log_left(0.5)"
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    assert list(tmp_path.rglob("stelae/kernels/*/**/*.nbc"))


def test_without_a_folder_for_caches_it_still_runs(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    environment = {**os.environ, "XDG_CACHE_HOME": str(blocked)}
    environment.pop("NUMBA_CACHE_DIR", None)
    code = "from stelae.estimation.latent_class.moves import _log_left; print(_log_left(0.0))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, env=environment, capture_output=True, text=True
    )
    assert done.stdout.startswith("-0.69")


def test_the_run_that_compiles_draws_what_later_runs_draw(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    environment.pop("NUMBA_CACHE_DIR", None)
    code = (
        "import sys, numpy as np; sys.path.insert(0, sys.argv[1]);"
        "from capture_tables import KOREA;"
        "from stelae.estimation.latent_class import LatentClass;"
        "method = LatentClass(classes=4, draws=400, effective=10);"
        "print(method.fit(KOREA, rng=np.random.default_rng(1)).to_bytes())"
    )
    support = str(Path(__file__).parents[2] / "support")
    command = [sys.executable, "-c", code, support]
    first, second = (
        subprocess.run(command, check=True, env=environment, capture_output=True).stdout
        for _ in range(2)
    )
    assert first == second
