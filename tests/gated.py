"""Slow work that goes no faster than a test lets it, so that nothing depends on a clock."""

import threading
from collections.abc import Iterator

from runs.work import HowFar, Tell

LONG = 60.0  # seconds after which something hangs


class Gated:
    """What a `Work` does in so many pieces, each of which waits until the test opens its gate.

    The pieces are the numbers 1, 2, …; `done` has every one that was worked on, in order.
    """

    def __init__(self, pieces: int, fails_at: int = 0, answers_at: int = 0) -> None:
        """What follows piece `answers_at`, if there is one, only adds to it."""
        self.fails_at, self.answers_at = fails_at, answers_at or pieces
        self.done: list[int] = []
        self._gates = [threading.Event() for _ in range(pieces)]
        self._reached = [threading.Event() for _ in range(pieces)]

    def __call__(self, tell: Tell) -> Iterator[int]:
        """The pieces, as `Work` asks for them."""
        last = len(self._gates)
        for piece in range(1, last + 1):
            self._reached[piece - 1].set()
            assert self._gates[piece - 1].wait(LONG)
            if piece == self.fails_at:
                raise ValueError(f"piece {piece} is broken")
            self.done.append(piece)
            enough = self.answers_at <= piece < last
            tell(HowFar(piece / last, "Counting", f"{piece} of {last}", enough))
            yield piece

    def open(self, *pieces: int) -> None:
        """Let these pieces be done, or all."""
        for piece in pieces or range(1, len(self._gates) + 1):
            self._gates[piece - 1].set()

    def reach(self, piece: int) -> None:
        """Return when this piece is in progress, and so the one before can be seen."""
        assert self._reached[piece - 1].wait(LONG)
