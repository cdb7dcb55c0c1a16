from collections.abc import Iterator
from pathlib import Path

import pytest

from stelae.errors import StorageFailed
from stelae.evidence.log_writing import write_together


@pytest.mark.parametrize("count", [0, 1, 8, 9, 40])
def test_few_and_many_files_are_written_whole(tmp_path: Path, count: int) -> None:
    wanted = [(tmp_path / str(n % 3) / str(n), str(n).encode() * n) for n in range(count)]
    write_together(tmp_path, iter(wanted))
    found = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == dict(wanted)


def test_no_file_has_its_name_before_the_last_one_is_written(tmp_path: Path) -> None:
    def files() -> Iterator[tuple[Path, bytes]]:
        for number in range(20):
            assert not [path for path in tmp_path.iterdir() if path.name.isdigit()]
            yield tmp_path / str(number), b"x"

    write_together(tmp_path, files())
    assert len(list(tmp_path.iterdir())) == 20


def test_an_error_on_the_way_leaves_nothing(tmp_path: Path) -> None:
    def files() -> Iterator[tuple[Path, bytes]]:
        yield tmp_path / "one", b"1"
        raise KeyError

    with pytest.raises(KeyError):
        write_together(tmp_path, files())
    assert list(tmp_path.iterdir()) == []


def test_a_refused_name_is_said_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    (tmp_path / "taken" / "in").mkdir(parents=True)
    with pytest.raises(StorageFailed, match=r"could not write .*taken"):
        write_together(tmp_path, [(tmp_path / "taken", b"x"), (tmp_path / "after", b"y")])
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
