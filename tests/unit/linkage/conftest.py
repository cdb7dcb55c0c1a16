"""Three small synthetic lists, linked once for all tests that look at a linkage."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from stelae.cli.main import cli
from stelae.linkage.engine import DuckEngine
from stelae.linkage.fields import Lists
from stelae.linkage.linking import Linkage, link
from stelae.linkage.mapping import Mapping
from stelae.linkage.names import NameModel
from stelae.linkage.reading import read_lists


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three lists of 150 people, their mapping and the truth."""
    folder = tmp_path_factory.mktemp("simulated") / "lists"
    made = CliRunner().invoke(
        cli, ["simulate", "-o", str(folder), "--people", "150", "--lists", "3", "--seed", "4"]
    )
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture(scope="session")
def mapping(simulated: Path) -> Mapping:
    """What their columns mean."""
    return Mapping.from_toml((simulated / "mapping.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def lists(simulated: Path, mapping: Mapping) -> Lists:
    """All three."""
    return read_lists([simulated / f"{name}.csv" for name in NAMES], mapping)


NAMES = ("church", "hospital", "families")


@pytest.fixture
def engine() -> Iterator[DuckEngine]:
    """Tables in memory, one thread."""
    with DuckEngine(threads=1) as opened:
        yield opened


@pytest.fixture(scope="session")
def linkage(lists: Lists) -> Linkage:
    """All three lists linked."""
    with DuckEngine(threads=1) as opened:
        return link(lists, NameModel.shipped(), opened, np.random.default_rng(1))
