"""Films on disk: found again bit for bit, bounded, and nothing that is wrong with a file shows."""

import ast
import os
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import runs.films
from kernels import train
from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer
from runs.films import LIBRARIES, ROOMS, Films

ROOT = Path(__file__).parent.parent.parent
SHORT = BoundariesSettings(epochs=30, optimizer="adam", dropout=0.2)
STEPS = 600
LOST = BoundariesSettings(
    lr=100.0, activation="relu", loss="squared_error", init="he_normal", epochs=30
)


def trainer_of(settings=SHORT):
    return boundaries_trainer(settings, boundaries_data(settings))


def trained(settings=SHORT):
    trainer = trainer_of(settings)
    train(trainer, STEPS)
    return trainer


@pytest.fixture
def films(tmp_path):
    return Films(tmp_path / "kept")


def kept(films, settings=SHORT):
    """A film is written; its file."""
    before = set(films.folder.glob("*.npz"))
    films.keep(trained(settings), settings)
    (file,) = set(films.folder.glob("*.npz")) - before
    return file


def found(films, settings=SHORT):
    return films.take_up(trainer_of(settings), STEPS, settings)


@pytest.mark.parametrize("settings", [SHORT, LOST])
def test_a_film_is_found_again_bit_for_bit(films, settings):
    made, again = trained(settings), trainer_of(settings)
    films.keep(made, settings)
    assert films.take_up(again, STEPS, settings)
    assert again.history == made.history
    assert again.diverged_at == made.diverged_at
    assert list(again.snapshots) == list(made.snapshots)
    for step, theta in made.snapshots.items():
        assert again.snapshots[step].tobytes() == theta.tobytes()
    assert again.net.theta.tobytes() == made.net.theta.tobytes()


def test_other_wishes_have_other_films(films):
    kept(films)
    assert found(films)
    assert not found(films, replace(SHORT, seed=1))
    assert not films.take_up(trainer_of(), STEPS, (SHORT, "AAAA"))


def test_what_is_kept_is_left_behind_by_other_code(films, monkeypatch):
    kept(films)
    monkeypatch.setattr(runs.films, "code", lambda: "other")
    assert not found(films)


def a_bit_turned(whole, within):
    place = whole.index(within) + 5
    return whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: b"not a film",
        lambda whole: whole[: len(whole) // 2],
        lambda whole: a_bit_turned(whole, trained().net.theta.tobytes()),
    ],
    ids=["empty", "foreign", "truncated", "a bit turned"],
)
def test_a_damaged_file_is_made_anew(films, damage):
    file = kept(films)
    file.write_bytes(damage(file.read_bytes()))
    trainer = trainer_of()
    begun = trainer.state()
    assert not films.take_up(trainer, STEPS, SHORT)
    assert trainer.history == trainer_of().history
    np.testing.assert_array_equal(trainer.net.theta, begun["theta"])
    films.keep(trained(), SHORT)
    assert found(films)


@pytest.mark.parametrize(
    "change",
    [
        {"theta": np.zeros(3)},
        {"snapshots": np.zeros((2, 3))},
        {"history_loss": np.zeros(2)},
        {"history_grad_norm": np.zeros((30, 9))},
        {"step_count": np.array(599)},
        {"theta": np.array([{}], dtype=object)},
        {"stopped": np.array(1.0)},
        {"stranger": np.zeros(1)},
        {"snapshot_steps": None},
    ],
    ids=str,
)
def test_a_file_that_fits_nothing_is_made_anew_and_never_unpickled(films, change):
    file = kept(films)
    with np.load(file) as archive:
        arrays = {
            name: array for name, array in (dict(archive) | change).items() if array is not None
        }
    np.savez(file, **arrays)
    assert not found(films)


def test_a_film_of_one_that_was_stopped_half_way_is_not_whole(films):
    half = trainer_of()
    train(half, 300)
    films.keep(half, SHORT)
    assert not found(films)


def test_a_home_that_cannot_be_written_works_without(tmp_path):
    (tmp_path / "file").touch()
    films = Films(tmp_path / "file" / "films")
    films.keep(trained(), SHORT)
    assert not found(films)


def test_a_folder_in_a_files_place_is_no_film(films):
    file = kept(films)
    file.unlink()
    file.mkdir()
    assert not found(films)
    films.keep(trained(), SHORT)
    assert list(films.folder.glob(".*.half")) == []


def test_the_least_recently_used_leave_first(films, monkeypatch):
    monkeypatch.setattr(runs.films, "BETWEEN_SWEEPS", 0)
    first, second = kept(films), kept(films, replace(SHORT, seed=1))
    os.utime(first, (1, 1))
    os.utime(second, (2, 2))
    assert found(films)  # so the second is now the one that nobody has used for longest
    films.limit = first.stat().st_size * 5 // 2
    third = kept(films, replace(SHORT, seed=2))
    assert set(films.folder.iterdir()) == {first, third}


def test_half_a_file_of_a_server_that_was_killed_goes(films, monkeypatch):
    monkeypatch.setattr(runs.films, "BETWEEN_SWEEPS", 0)
    films.folder.mkdir()
    dead, young = films.folder / ".dead.half", films.folder / ".young.half"
    dead.touch()
    young.touch()
    os.utime(dead, (1, 1))
    file = kept(films)
    assert set(films.folder.iterdir()) == {young, file}


def imports_of(file):
    """Modules of ours and libraries that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_digest_is_of_all_code_that_a_training_comes_from():
    waiting = ["recipes.boundaries", "kernels", "kernels.loop"]
    ours, libraries = set(), set()
    while waiting:
        name = waiting.pop()
        base = ROOT / Path(*name.split("."))
        file = next(
            (f for f in (base.with_suffix(".py"), base / "__init__.py") if f.is_file()), None
        )
        if file is None:
            if not (ROOT / name.split(".")[0]).is_dir():
                libraries.add(name.split(".")[0])
        elif file not in ours:
            ours.add(file)
            waiting += imports_of(file)
    assert {file.relative_to(ROOT).parent.as_posix() for file in ours} == set(ROOMS)
    only_files = {"platformdirs"}  # says where the home is
    assert libraries - sys.stdlib_module_names - only_files == set(LIBRARIES)
