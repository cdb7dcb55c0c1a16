"""Progress of a linkage on a terminal: the stage, and the time left within it."""

import contextlib
import sys
from collections.abc import Callable, Iterator

__all__ = ["stages"]

_STAGES = {
    "read": "Reading",
    "candidates": "Finding pairs",
    "score": "Comparing",
    "weights": "Weighing",
    "cluster": "Joining",
    "draws": "Drawing",
}
_USUAL = {"read": 2, "candidates": 15, "score": 50, "weights": 15, "cluster": 15, "draws": 3}
"""How the time usually spreads over the stages, in percent."""


@contextlib.contextmanager
def stages() -> Iterator[Callable[[str, float], None] | None]:
    """A bar on standard error, if it is a terminal; told a stage and its share done."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    done: dict[str, float] = {}
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task("Reading", total=sum(_USUAL.values()))

        def tell(stage: str, share: float) -> None:
            done[stage] = max(share, done.get(stage, 0.0))
            total = sum(_USUAL.get(name, 0) * part for name, part in done.items())
            progress.update(task, description=_STAGES.get(stage, stage), completed=total)

        yield tell
