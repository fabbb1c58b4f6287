"""What tests of more than one room share."""

import functools
import gc
import itertools
import os
import sys
import time
from collections.abc import Iterator
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


def pytest_collection_finish() -> None:
    """What is here before the first test stays: as on the server, nobody looks through it again.

    The pages tidy up after every upload, which took half a second with all these modules. And every
    AppTest looked for Streamlit components in all installed packages, which took most of its time.
    """
    if "streamlit" in sys.modules:
        from streamlit.components.v2 import manifest_scanner as scanner

        scanner.scan_component_manifests = functools.cache(scanner.scan_component_manifests)
    gc.collect()
    gc.freeze()


# Hypothesis would fail a test whose machine is slow.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders that nobody has used, and that are not there yet: a `tmp_path` costs milliseconds."""
    base = tmp_path_factory.mktemp("folders")
    return (base / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def no_films_yet(monkeypatch: pytest.MonkeyPatch, folders: Iterator[Path]) -> None:
    """Every test trains its own."""
    monkeypatch.setattr(films(), "folder", next(folders))


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
