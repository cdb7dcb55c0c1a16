"""Ctrl-C is Ctrl-C, whatever a library makes of it."""

import signal
import threading
from collections.abc import Iterator

import pytest

from stelae.cli.stopping import stoppable


@pytest.fixture(autouse=True)
def pythons_own_handler() -> Iterator[None]:
    """Spark, once started in this process, leaves one of its own."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def wrapped() -> None:
    """What DuckDB does when it reads a frame."""
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt as error:
        raise ValueError("reading the schema failed") from error


def test_an_error_after_ctrl_c_is_ctrl_c() -> None:
    with pytest.raises(KeyboardInterrupt) as raised, stoppable():
        wrapped()
    assert isinstance(raised.value.__cause__, ValueError)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_itself_passes() -> None:
    with pytest.raises(KeyboardInterrupt) as raised, stoppable():
        signal.raise_signal(signal.SIGINT)
    assert raised.value.__cause__ is None


def test_an_error_without_ctrl_c_stays_what_it_is() -> None:
    with pytest.raises(ZeroDivisionError), stoppable():
        raise ZeroDivisionError


def test_a_handler_of_others_is_left_alone() -> None:
    def other(*_: object) -> None: ...

    before = signal.signal(signal.SIGINT, other)
    try:
        with stoppable():
            assert signal.getsignal(signal.SIGINT) is other
    finally:
        signal.signal(signal.SIGINT, before)


def test_other_threads_may_run_commands() -> None:
    done = threading.Event()

    def run() -> None:
        with stoppable():
            done.set()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert done.is_set()
