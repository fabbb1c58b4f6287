"""The line that says how the server does: counts and sizes, and nothing of any visitor's."""

import re

import pytest

import ui.doing
import ui.runs
from runs.registry import Registry
from runs.store import Store
from runs.workers import Workers
from tests.runs.test_run import LONG
from tests.saved_runs import SMALL, small_digits
from ui.doing import Doing, doing


@pytest.fixture
def registry(monkeypatch, tmp_path):
    monkeypatch.setenv("GLASSBOX_HOME", str(tmp_path))
    registry = Registry(Workers(1), Store(tmp_path / "runs"))
    monkeypatch.setattr(ui.doing, "registry", lambda: registry)
    return registry


def test_it_counts_runs_that_train_and_that_wait_and_what_is_on_the_disk(registry, tmp_path, hold):
    assert doing()[1:7] == (0, 0, 0, 0, (0, 0), (0, 0))
    for room, sizes in (("runs", (200, 30)), ("films", (1000,))):
        (tmp_path / room).mkdir(exist_ok=True)
        for name, size in enumerate(sizes):
            (tmp_path / room / f"{name}.npz").write_bytes(b"x" * size)
    assert doing()[5:7] == ((2, 230), (1, 1000))
    runs = [registry.new(LONG, small_digits()) for _ in range(3)]
    for run in runs:
        run.go_on()
    now = doing()
    assert (now.training, now.waiting) == (1, 2)
    assert now.runs[0] == 2 + 3
    for run in runs[::-1]:
        run.pause()
    assert (doing().training, doing().waiting) == (0, 0)


def test_no_name_that_is_a_key_is_in_the_line(registry):
    run = registry.new(SMALL, small_digits(), "marked")
    run.one_batch()
    assert run.id not in str(doing())
    assert "marked" not in str(doing())


def test_the_line_as_it_is_written():
    written = str(Doing(8502, 23, 2, 0, 1, (31, 40_400_000), (210, 18_000_000), 412_000_000))
    assert written == (
        "port 8502: visitors 23, runs training 2, runs waiting 0, films waiting 1, memory 412 MB; "
        "on disk: runs 31 (40 MB), films 210 (18 MB)"
    )
    assert "memory" not in str(Doing(1, 0, 0, 0, 0, (0, 0), (0, 0), None))
    assert re.fullmatch(r"[ -~]+", written)
