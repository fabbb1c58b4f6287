"""Where compiled code is kept: where nobody else can write; and that it is always the same code."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import kernels.compiled
from kernels.compiled import digest

ROOT = Path(__file__).parent.parent.parent
TRAIN = """
from kernels import train
from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer
from recipes.threads import one_blas_thread
one_blas_thread()
settings = BoundariesSettings(dropout=0.2, optimizer="adam")
trainer = boundaries_trainer(settings, boundaries_data(settings))
train(trainer, 2000)
print(trainer.net.theta.tobytes().hex(), trainer.history["loss"])
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


def test_importing_the_room_reads_no_environment_and_no_numba():
    code = "import sys, kernels; assert not {'numba', 'kernels.loop'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.sweep
def test_compiled_anew_and_from_its_cache_it_computes_the_same_bits(tmp_path):
    def said_with(home):
        return subprocess.run(
            [sys.executable, "-W", "error", "-c", TRAIN],
            cwd=ROOT,
            env=os.environ | {"GLASSBOX_HOME": str(home)},
            check=True,
            capture_output=True,
            text=True,
        )

    first, cached, anew = (said_with(tmp_path / home) for home in ("one", "one", "two"))
    assert first.stdout == cached.stdout == anew.stdout
    assert first.stderr == cached.stderr == anew.stderr == ""
