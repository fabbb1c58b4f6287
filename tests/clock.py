"""A clock that goes only when it is looked at or slept by, for tests of what takes time."""


class Clock:
    """Stands for the module `time`: every look takes `tick` seconds, and sleep is counted."""

    def __init__(self, tick: float = 0.0) -> None:
        self.tick, self.now, self.slept = tick, 0.0, 0.0

    def perf_counter(self) -> float:
        """Seconds so far."""
        self.now += self.tick
        return self.now

    def monotonic(self) -> float:
        """Seconds so far."""
        return self.perf_counter()

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
        self.slept += seconds
