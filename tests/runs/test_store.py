"""The folder of runs: whole files or none, within a limit, and what a full disk does."""

import os
import subprocess
from dataclasses import replace

import numpy as np
import pytest

from recipes.mnist import mnist_trainer
from runs import store as stores
from runs.run import State, TrainingRun
from runs.store import Store
from runs.workers import Workers
from tests.runs.test_run import wait_for
from tests.saved_runs import SMALL, as_bytes, assert_same, small_digits, trained

ID = "abcdefgh1234"


def test_what_was_saved_is_loaded_by_another_store_of_the_folder(tmp_path):
    folder = tmp_path / "not" / "yet" / "there"
    saved = trained(12)
    Store(folder).save(ID, saved)
    assert_same(Store(folder).load(ID), saved)
    assert [file.name for file in folder.iterdir()] == [f"{ID}.npz"]


def test_nothing_is_there_before_anything_is_saved(tmp_path):
    store = Store(tmp_path / "none")
    assert store.load(ID) is None
    assert not store.folder.exists()


@pytest.mark.parametrize(
    "name",
    ["../outside1", "..", "/etc/passwd", "folder/outside1", "short", "", "a" * 41, "with space1",
     "nul\0nul\0nul", "täuschung1", "outside1\n", "outside1.npz", ".outside1", "C:\\outside1"],
)  # fmt: skip
def test_an_id_that_is_a_path_leads_nowhere(tmp_path, name):
    (tmp_path / "folder").mkdir()
    outside = tmp_path / "outside1.npz"
    outside.write_bytes(as_bytes(trained(2)))
    store = Store(tmp_path / "folder")
    assert store.load(name) is None
    assert outside.exists()


def test_a_file_that_is_no_run_is_none(tmp_path):
    store = Store(tmp_path)
    for content in (b"", b"hello", as_bytes(trained(2))[:-50]):
        (tmp_path / f"{ID}.npz").write_bytes(content)
        assert store.load(ID) is None
    (tmp_path / f"{ID}.npz").unlink()
    (tmp_path / f"{ID}.npz").mkdir()
    assert store.load(ID) is None


def test_a_write_that_fails_half_way_leaves_what_was_there(tmp_path, monkeypatch):
    store, before = Store(tmp_path), trained(12)
    store.save(ID, before)

    def half_a_write(file, saved, compress):
        file.write(as_bytes(saved)[:1000])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stores, "write_run", half_a_write)
    with pytest.raises(OSError, match="No space left"):
        store.save(ID, trained(20))
    assert_same(store.load(ID), before)
    assert [file.name for file in tmp_path.iterdir()] == [f"{ID}.npz"]


def test_a_server_killed_while_it_writes_leaves_what_was_there(tmp_path, monkeypatch):
    store, before = Store(tmp_path), trained(12)
    store.save(ID, before)

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        store.save(ID, trained(20))
    assert_same(store.load(ID), before)


def test_the_oldest_leave_when_there_is_no_room_and_the_one_just_written_stays(tmp_path):
    saved = trained(12)
    size = len(as_bytes(saved))
    store = Store(tmp_path, limit=3 * size + size // 2)
    ids = [f"run-number-{n}" for n in range(5)]
    for n, run_id in enumerate(ids):
        store.save(run_id, saved)
        os.utime(tmp_path / f"{run_id}.npz", (n + 1, n + 1))
    assert [store.load(run_id) is not None for run_id in ids] == [False, False, True, True, True]

    store.save(ids[2], saved)  # written again, it is the newest
    os.utime(tmp_path / f"{ids[2]}.npz", (10, 10))
    store.save("another-run", saved)
    assert [store.load(run_id) is not None for run_id in ids[2:]] == [True, False, True]


def test_the_living_and_the_one_just_written_stay_even_beyond_the_limit(tmp_path):
    saved = trained(12)
    store = Store(tmp_path, limit=10)
    store.save("first-run", saved)
    assert store.load("first-run") is not None
    store.living.add("first-run")
    store.save("second-run", saved)
    assert store.load("first-run") is not None
    store.living.clear()
    store.save("third-run", saved)
    assert {file.stem for file in tmp_path.glob("*.npz")} == {"third-run"}


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 200 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)]
    try:
        subprocess.run(["mount", *options], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"needs root and mount, to have a disk that is really full: {error}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder):
    """Write until not one byte more fits."""
    with (folder / "filler").open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError as error:
                assert error.strerror == "No space left on device"  # noqa: PT017 (it must come)


def test_a_full_disk_stops_the_saving_and_not_the_training(small_disk):
    digits = small_digits()
    run = TrainingRun(SMALL, digits, Workers(1), Store(small_disk))
    run.one_batch()
    assert run.unsaved == ""
    fill(small_disk)
    run.one_batch()
    assert "cannot be saved (no space left on device): it goes on" in run.unsaved
    assert run.unsaved.endswith(".")
    assert Store(small_disk).load(run.id).state["step_count"] == 1  # what was there is there
    run.go_on()
    wait_for(lambda: run.look().state is State.FINISHED)
    assert run.look().step == 36
    assert "cannot be saved" in run.unsaved
    assert run.saved().state["step_count"] == 36  # for the download
    assert {file.name for file in small_disk.iterdir()} == {f"{run.id}.npz", "filler"}

    whole = mnist_trainer(SMALL, digits)
    whole.run(epochs=4)
    np.testing.assert_array_equal(run.look().theta, whole.net.theta)


def test_saving_works_again_once_there_is_room(small_disk):
    run = TrainingRun(replace(SMALL, epochs=50), small_digits(), Workers(1), Store(small_disk))
    run.one_batch()
    fill(small_disk)
    run.one_batch()
    assert run.unsaved
    (small_disk / "filler").unlink()
    run.one_batch()
    assert run.unsaved == ""
    assert Store(small_disk).load(run.id).state["step_count"] == 3


def test_a_folder_that_cannot_be_made_is_told_too(tmp_path):
    (tmp_path / "file").write_text("in the way")
    run = TrainingRun(SMALL, small_digits(), Workers(1), Store(tmp_path / "file" / "runs"))
    run.one_batch()
    assert "cannot be saved (not a directory)" in run.unsaved
    run.go_on()
    wait_for(lambda: run.look().state is State.FINISHED)
