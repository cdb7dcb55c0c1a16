"""What every command needs of the world: the user's keys, the clock, randomness, the terminal."""

import contextlib
import json
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from stelae.errors import BadInput
from stelae.records.dossier import Hand
from stelae.values.canonical import Json

F = TypeVar("F", bound=Callable[..., Any])

_ACTOR = re.compile(r"a-[0-9a-f]{16}", re.ASCII)
PASSPHRASE = "STELAE_PASSPHRASE"  # noqa: S105 (the name of a variable)


def config_folder(given: Path | None) -> Path:
    """Where this user's keys lie."""
    if given is not None:
        return given
    import platformdirs

    return platformdirs.user_config_path("stelae")


def keys_folder(given: Path | None) -> Path:
    """Where the keys of logs lie, each with the last checkpoint that it signed."""
    return config_folder(given) / "keys"


def hand(given: Path | None) -> Hand:
    """This user, writing now. The actor's id is random and says nothing of who it is."""
    from stelae.evidence.durable import make_directory, write_durably

    folder = config_folder(given)
    path = folder / "actor"
    try:
        actor = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        actor = f"a-{os.urandom(8).hex()}"
        make_directory(folder, 0o700)
        write_durably(path, f"{actor}\n".encode(), mode=0o600)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {error}") from error
    if not _ACTOR.fullmatch(actor):
        raise BadInput(
            f"{path} holds no actor's id", hint="Put it back from a backup, or delete it."
        )
    return Hand(
        keys=keys_folder(given),
        actor=actor,
        now=lambda: datetime.now(UTC),
        entropy=os.urandom,
        passphrase=os.environ.get(PASSPHRASE) or None,
    )


def json_option(function: F) -> F:
    """Add --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")(
        function
    )


def print_json(value: Mapping[str, Json]) -> None:
    """A result for programs, on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """A message for people, on standard error."""
    click.echo(text, err=True)


@contextlib.contextmanager
def progress_bar(what: str, total: int | None) -> Iterator[Callable[[int], None] | None]:
    """A bar on standard error with time left, if it is a terminal; told the amount done so far."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done: progress.update(task, completed=done)


@contextlib.contextmanager
def bars(what: str, labels: Sequence[str]) -> Iterator[Callable[[int, float], None] | None]:
    """One bar for all and one for each part under way, with time left, if there is a terminal.

    Told, from any thread, a part's position and the share of it that is done.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        whole = progress.add_task(what, total=len(labels))
        parts: dict[int, TaskID] = {}
        shares = [0.0] * len(labels)
        lock = threading.Lock()

        def step(part: int, share: float) -> None:
            with lock:
                shares[part] = share
                progress.update(whole, completed=sum(shares))
                if len(labels) == 1:
                    return
                if part not in parts:
                    parts[part] = progress.add_task(f"  {labels[part]}", total=1.0)
                progress.update(parts[part], completed=share, visible=share < 1)

        yield step


def count(number: int, noun: str, plural: str | None = None) -> str:
    """`1 item`, `2 items`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
