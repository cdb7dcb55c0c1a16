from stelae.linkage.laps import Laps


def test_a_stage_lasts_from_the_end_of_the_one_before_and_its_parts_add_up() -> None:
    times = iter([10.0, 12.0, 17.0, 18.0])
    told: list[tuple[str, float]] = []
    laps = Laps(lambda: next(times), lambda stage, share: told.append((stage, share)))
    laps.done("read")
    laps.done("cluster")
    within = laps.within("draws")
    assert within is not None
    within(0.5)
    laps.done("read")
    assert laps.seconds == {"read": 3.0, "cluster": 5.0}
    assert told == [("read", 1.0), ("cluster", 1.0), ("draws", 0.5), ("read", 1.0)]


def test_nobody_is_told_where_nobody_asked() -> None:
    laps = Laps(lambda: 0.0, None)
    laps.done("read")
    assert laps.within("read") is None
