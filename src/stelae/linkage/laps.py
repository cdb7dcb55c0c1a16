"""How long the stages of a linkage take, and who is told of them."""

from collections.abc import Callable

__all__ = ["Laps"]


class Laps:
    """Seconds of each stage, and who is told of them."""

    def __init__(
        self, clock: Callable[[], float], progress: Callable[[str, float], None] | None
    ) -> None:
        self.seconds: dict[str, float] = {}
        self._clock, self._progress, self._began = clock, progress, clock()

    def done(self, stage: str) -> None:
        """The stage that began with the end of the last one is over."""
        now = self._clock()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._began
        self._began = now
        if self._progress is not None:
            self._progress(stage, 1.0)

    def within(self, stage: str) -> Callable[[float], None] | None:
        """Whom to tell which share of a stage is done; nobody where nobody asked."""
        progress = self._progress
        return None if progress is None else lambda share: progress(stage, share)
