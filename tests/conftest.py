"""What tests of more than one room share."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import runs.run
from datasets.digits import Digits
from datasets.mnist import read_mnist
from kernels.compiled import folder
from nn_core import Trainer
from recipes.threads import one_blas_thread
from runs.films import films

folder()  # of compiled code: the machine's own, before a test names another home

# As in the app: several threads on matrices this small mostly wait for each other.
one_blas_thread()

# Hypothesis would fail a test whose machine is slow.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def no_films_yet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every test trains its own."""
    monkeypatch.setattr(films(), "folder", tmp_path / "films")


@pytest.fixture(scope="session")
def mnist() -> Digits:
    """MNIST itself, for those who have it."""
    folder = os.environ.get("GLASSBOX_MNIST_DIR")
    if not folder:
        pytest.skip("needs MNIST: set GLASSBOX_MNIST_DIR to a folder with the four IDX files")
    digits = read_mnist(Path(folder))
    return digits.numbers(len(digits.x_train))


class Hold:
    """Runs train up to this step and stay there, at work, until they are paused or it moves."""

    def __init__(self, step: int) -> None:
        self.step = step


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Hold:
    """No run ends while a test looks at it, however slow the test or fast the training is."""
    hold, work = Hold(20), runs.run.work_a_little

    def work_up_to_there(trainer: Trainer, steps: int, pace: tuple[float, float]) -> None:
        work(trainer, min(steps, hold.step), pace)

    monkeypatch.setattr(runs.run, "work_a_little", work_up_to_there)
    return hold


class Clock:
    """A clock that a test moves, where a run looks at how long nobody has looked at it."""

    perf_counter = staticmethod(time.perf_counter)

    def __init__(self) -> None:
        self.now, self.asked = 0.0, 0

    def monotonic(self) -> float:
        self.asked += 1
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time in which nobody looks at a run passes as the test says, not as the machine does."""
    clock = Clock()
    monkeypatch.setattr(runs.run, "time", clock)
    return clock
