"""Waiting for the compiled loop, which is compiled once for a machine."""

from collections.abc import Callable, Iterator, Sequence

from kernels import ready
from nn_core import Trainer
from runs.pace import PIECE
from runs.work import HowFar, N, Tell


def until_compiled(
    trainers: Sequence[Trainer], tell: Tell, done: str, begun: Callable[[], N]
) -> Iterator[N]:
    """Tell of it, again and again, as long as one of these trainings waits for the loop.

    `done` is how much of the training is done until then, in words; `begun` says what there is of
    it, and is asked once: nothing changes meanwhile.
    """
    first, seconds = None, 0.0
    while not all(ready(trainer, seconds) for trainer in trainers):
        tell(HowFar(0.0, "Compiling, once for this machine", done))
        first = first or begun()
        yield first
        seconds = PIECE
