import hashlib
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.evidence.store import Store


@settings(deadline=None, max_examples=50)
@given(contents=st.lists(st.binary(min_size=1, max_size=200), min_size=1, max_size=12))
def test_what_is_kept_comes_back_under_its_digest(contents: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = []
        for number, content in enumerate(contents):
            paths.append(folder / str(number))
            paths[-1].write_bytes(content)
        store = Store(folder / "objects")
        kept = store.put_many(paths)
        assert [one.digest for one in kept] == [
            f"sha256:{hashlib.sha256(content).hexdigest()}" for content in contents
        ]
        assert [one.size for one in kept] == [len(content) for content in contents]
        assert [store.read(one.digest, 200) for one in kept] == contents
        assert list(store.digests()) == sorted({one.digest for one in kept})
        assert list(store.verify()) == []
        again = store.put_stream(io.BytesIO(contents[0]))
        assert (again.digest, again.new) == (kept[0].digest, False)


@settings(deadline=None, max_examples=50)
@given(
    contents=st.lists(st.binary(min_size=1, max_size=50), min_size=1, max_size=5, unique=True),
    data=st.data(),
)
def test_any_other_bytes_in_an_object_are_found(contents: list[bytes], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        store = Store(Path(name) / "objects")
        kept = [store.put_stream(io.BytesIO(content)) for content in contents]
        victim = data.draw(st.integers(0, len(kept) - 1))
        other = data.draw(st.binary(max_size=60).filter(lambda b: b != contents[victim]))
        path = store.path(kept[victim].digest)
        path.chmod(0o644)
        path.write_bytes(other)
        (failure,) = store.verify()
        assert failure.name == path.relative_to(store.folder).as_posix()
