"""What can be set from outside: a bad value has its sentence; docs/hosting.md has them all."""

import os
import re
from pathlib import Path

import pytest

from datasets.environment import (
    MNIST_FILES,
    VARIABLES,
    abandoned,
    cores,
    glassbox_home,
    log_seconds,
    mnist_folder,
    refuse_what_cannot_be,
)

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch):
    for name in [name for name in os.environ if name.startswith("GLASSBOX_")]:
        monkeypatch.delenv(name)


def test_with_nothing_set_all_is_as_usual():
    refuse_what_cannot_be()
    assert glassbox_home().name == "glassbox"
    assert mnist_folder() is None
    assert abandoned(600.0) == 600.0
    assert cores() == os.cpu_count()
    assert log_seconds() == 0


def test_what_is_set_counts(monkeypatch, tmp_path):
    for name in MNIST_FILES:
        (tmp_path / f"{name}.gz").touch()
    values = {"HOME": tmp_path / "new" / "home", "MNIST_DIR": tmp_path, "ABANDONED": 1.5,
              "CORES": 3, "LOG": 0}  # fmt: skip
    for name, value in values.items():
        monkeypatch.setenv(f"GLASSBOX_{name}", str(value))
    refuse_what_cannot_be()
    assert glassbox_home() == tmp_path / "new" / "home"
    assert mnist_folder() == tmp_path
    assert (abandoned(600.0), cores(), log_seconds()) == (1.5, 3, 0)


def test_empty_is_as_if_it_were_not_set(monkeypatch):
    for variable in VARIABLES:
        monkeypatch.setenv(variable.name, "")
    refuse_what_cannot_be()
    assert cores() == os.cpu_count()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("HOME", "/etc/hostname/below", "a folder, or a path at which one can be made"),
        ("HOME", "a" * 10_000, "a folder, or a path"),
        ("MNIST_DIR", "/nowhere", "a folder with MNIST's four files, and train-images-idx3"),
        *(("ABANDONED", value, "a number of seconds above 0") for value in ("soon", "0", "-1",
                                                                           "nan", "inf")),
        *(("CORES", value, "a whole number from 1 on") for value in ("0", "-1", "1.5", "two", "²")),
        *(("LOG", value, "a number of seconds from 1 on, or 0") for value in ("no", "-1", "0.01")),
        ("HANDS", "/nowhere", "a folder that is there"),
        ("PLAYGROUND", "/nowhere", "a file that is there"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_with_one_sentence(monkeypatch, name, value, expected):
    monkeypatch.setenv(f"GLASSBOX_{name}", value)
    with pytest.raises(SystemExit) as refused:
        refuse_what_cannot_be()
    sentence = str(refused.value)
    assert sentence.startswith(f"GLASSBOX_{name} is “{value}”: expected {expected}")
    assert re.fullmatch(r"[^\n]*\.", sentence)


def test_a_name_that_is_misspelt_is_refused(monkeypatch):
    monkeypatch.setenv("GLASSBOX_HOEM", "/data")
    with pytest.raises(SystemExit, match=r"^GLASSBOX_HOEM is no variable.*GLASSBOX_HOME, .*\.$"):
        refuse_what_cannot_be()


def test_all_are_in_one_table_and_read_in_one_place():
    table = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    for variable in VARIABLES:
        assert f"| `{variable.name}` | {variable.means} | {variable.usual} |" in table
    rooms = ("pages", "ui", "views", "figures", "runs", "recipes", "kernels", "datasets", "nn_core")
    reading = [
        str(file.relative_to(ROOT))
        for room in (*rooms, "benchmarks")
        for file in (ROOT / room).rglob("*.py")
        if re.search(r"os\.(environ|getenv)", file.read_text(encoding="utf-8"))
    ]
    assert reading == ["datasets/environment.py"]
