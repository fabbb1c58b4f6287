"""Where compiled code is kept: where nobody else can write; and that it is always the same code."""

import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kernels.compiled
from kernels.compiled import DONE, FORGOTTEN, digest, forget_other_code

ROOT = Path(__file__).parent.parent.parent
FILM = """
import sys
from recipes.boundaries import PRESETS, BoundariesSettings
from recipes.threads import one_blas_thread
from runs.films import films
from views.boundaries import film
one_blas_thread()
trained, in_pieces = [], film.in_pieces
film.in_pieces = lambda *given: trained.append(given) or in_pieces(*given)
films().worth = 0.0
for settings in (
    BoundariesSettings(),
    BoundariesSettings(dropout=0.2, optimizer="adam", epochs=100),
    BoundariesSettings(hidden=16, batch=1000, epochs=100),
    PRESETS["Dead ReLUs"].settings,
):
    made = film.numbers(settings)
    print(made.film.message, made.end)
print(len(trained), file=sys.stderr)
"""


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """Finds the folder anew, in a home of its own."""
    monkeypatch.setenv("GLASSBOX_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(kernels.compiled.tempfile, "tempdir", str(tmp_path))
    return kernels.compiled.folder.__wrapped__


def test_it_is_kept_at_home_under_a_digest_where_nobody_else_can_write(folder, tmp_path):
    assert folder() == tmp_path / "home" / "compiled" / digest()
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700
    assert folder() == folder()


@pytest.mark.parametrize("which", ["", digest()])
def test_a_folder_that_others_can_write_is_not_trusted(folder, tmp_path, which):
    place = tmp_path / "home" / "compiled" / which
    place.mkdir(parents=True)
    place.chmod(0o777)
    assert folder().name.startswith("glassbox-")
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700


def test_nor_is_a_link_to_elsewhere(folder, tmp_path):
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "home" / "compiled").mkdir(parents=True)
    (tmp_path / "home" / "compiled" / digest()).symlink_to(tmp_path / "elsewhere")
    assert folder().name.startswith("glassbox-")


def test_nor_is_anothers_folder(folder, monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 4242)
    assert folder().name.startswith("glassbox-")


def test_without_a_home_it_is_kept_for_this_process(folder, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("GLASSBOX_HOME", str(tmp_path / "file" / "home"))
    assert folder().name.startswith("glassbox-")


def test_where_nothing_can_be_written_nothing_is_kept(folder, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("GLASSBOX_HOME", str(tmp_path / "file" / "home"))
    monkeypatch.setattr(kernels.compiled.tempfile, "tempdir", str(tmp_path / "file"))
    assert folder() is None


def test_what_is_not_compiled_yet_is_compiled_at_once_each_file_by_a_process_of_its_own(
    folder, monkeypatch
):
    started = []

    class Process:
        def __init__(self, command, **more):
            started.append(command[-1])

    monkeypatch.setattr(kernels.compiled, "folder", folder)
    monkeypatch.setattr(kernels.compiled.subprocess, "Popen", Process)
    begin = kernels.compiled.compiling.__wrapped__
    assert len(begin()) == 2
    assert sorted(started) == ["kernels.chance", "kernels.loop"]
    started.clear()
    (folder() / f"kernels.loop{DONE}").touch()
    assert len(begin()) == 1
    assert started == ["kernels.chance"]
    (folder() / f"kernels.chance{DONE}").touch()
    assert begin() == ()


OTHER, YOUNG, GOING_ON = "0" * 16, "1" * 16, "2" * 16


def test_what_other_code_compiled_goes_once_nobody_has_loaded_it_for_a_week(
    folder, monkeypatch, tmp_path
):
    home = folder().parent
    monkeypatch.setattr(kernels.compiled, "folder", folder)
    for name in (OTHER, YOUNG, GOING_ON, "a readers own"):
        (home / name).mkdir()
        (home / name / f"kernels.loop{DONE}").touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / f"kernels.loop{DONE}").touch()
    (home / ("3" * 16)).symlink_to(tmp_path / "elsewhere")
    long_ago = time.time() - FORGOTTEN - 60
    for name in (OTHER, "a readers own", GOING_ON, "3" * 16, digest()):
        os.utime(home / name, (long_ago, long_ago))
    for name in (OTHER, "a readers own", "3" * 16):
        os.utime(home / name / f"kernels.loop{DONE}", (long_ago, long_ago))
    forget_other_code()
    left = {place.name for place in home.iterdir()}
    assert left == {digest(), YOUNG, GOING_ON, "a readers own", "3" * 16}
    assert (tmp_path / "elsewhere" / f"kernels.loop{DONE}").exists()


def test_a_folder_of_this_process_alone_is_no_home_to_tidy(folder, monkeypatch, tmp_path):
    monkeypatch.setattr(os, "getuid", lambda: 4242)
    other = tmp_path / OTHER
    other.mkdir()
    os.utime(other, (1, 1))
    monkeypatch.setattr(kernels.compiled, "folder", folder)
    forget_other_code()
    assert other.exists()


def test_importing_the_room_reads_no_environment_and_no_numba():
    code = "import sys, kernels; assert not {'numba', 'kernels.loop'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.sweep
def test_made_again_from_nothing_it_is_the_same_film_bit_for_bit(tmp_path):
    """Compiled; with that code from its cache, no film on disk; both anew; and from the disk."""

    def said(home):
        return subprocess.run(
            [sys.executable, "-W", "error", "-c", FILM],
            cwd=ROOT,
            env=os.environ | {"GLASSBOX_HOME": str(home)},
            check=True,
            capture_output=True,
            text=True,
        )

    first = said(tmp_path / "one")
    shutil.rmtree(tmp_path / "one" / "films")
    cached, from_disk, anew = (said(tmp_path / home) for home in ("one", "one", "two"))
    assert len(first.stdout.splitlines()) >= 4
    assert first.stdout == cached.stdout == anew.stdout == from_disk.stdout
    assert first.stderr == cached.stderr == anew.stderr == "4\n"
    assert from_disk.stderr == "0\n"  # none was trained
