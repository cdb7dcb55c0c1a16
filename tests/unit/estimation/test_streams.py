from stelae.estimation.estimate import seed_of
from stelae.estimation.histories import ONLY, Replicate
from stelae.estimation.streams import stream_of


def test_a_stream_belongs_to_stratum_replicate_and_purpose() -> None:
    streams = {
        seed_of(stream_of(1, stratum, replicate, purpose))
        for stratum in ({}, {"region": "n"}, {"region": "s"})
        for replicate in (ONLY, Replicate(0), Replicate(None, 0), Replicate(1, 0))
        for purpose in ("", "drop A")
    }
    assert len(streams) == 24


def test_the_same_table_has_the_same_stream() -> None:
    one, two = (stream_of(1, {"region": "n"}, ONLY).integers(1 << 60) for _ in range(2))
    assert one == two
    assert one != stream_of(2, {"region": "n"}, ONLY).integers(1 << 60)


def test_seed_and_key_make_the_stream_again() -> None:
    import numpy as np

    stream = stream_of(9, {"region": "n"}, ONLY)
    seed, key = seed_of(stream)
    again = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
    assert again.integers(1 << 60) == stream.integers(1 << 60)
