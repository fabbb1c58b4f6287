"""What every activation must say of itself: for a new one, this names what is missing and where."""

import math
import re
from pathlib import Path

import numpy as np
import pytest

from nn_core import ACTIVATIONS, ELU, Activation, LeakyReLU
from tests.activation_formulas import FORMULAS, SLOPES

ROOT = Path(__file__).parents[2]
MESSAGES = ROOT / "ui/browser/messages.d.ts"
TABLE = "const ACTIVATIONS = {"
Z = np.linspace(-6, 6, 25)
SHAPED = [LeakyReLU(0.0), LeakyReLU(-1 / 3), ELU(1e-9), ELU(2.5)]


def browser_script() -> Path:
    """The script with the browser's table of activations."""
    scripts = (ROOT / "ui").rglob("*.js")
    (script,) = [file for file in scripts if TABLE in file.read_text(encoding="utf-8")]
    return script


def in_the_browser() -> list[str]:
    """The names in the browser's table."""
    table = browser_script().read_text(encoding="utf-8").split(TABLE)[1].split("\n}")[0]
    return re.findall(r"^  (\w+): \{", table, re.MULTILINE)


def with_numpy(function: Activation, z: np.ndarray) -> np.ndarray:
    """What the activation's NumPy line makes of z, by itself."""
    return eval(function.numpy, {"np": np, "math": math, "z": z})


def missing(kind: type[Activation]) -> list[str]:
    """A sentence for each thing that this kind of activation does not say yet."""
    function, here = kind(), f"class {kind.__name__} in nn_core/activations.py"
    lacks = [
        f"{here} needs {attribute} = …, {what}"
        for attribute, what in (
            ("formula", "f in LaTeX with § for the input"),
            ("slope_formula", "f′ in LaTeX with § for the input"),
            ("numpy", "f as one NumPy expression of z"),
        )
        if not getattr(function, attribute, "")
    ]
    if kind.name not in in_the_browser():
        where = browser_script().relative_to(ROOT)
        lacks.append(f"ACTIVATIONS in {where} needs {kind.name}: {{ f, slope, middle }}")
    if f'| "{kind.name}"' not in MESSAGES.read_text(encoding="utf-8"):
        lacks.append(f"ActivationName in {MESSAGES.relative_to(ROOT)} needs {kind.name}")
    lacks += [
        f"{table} in tests/activation_formulas.py needs {kind.name}: {what}"
        for table, formulas, what in (
            ("FORMULAS", FORMULAS, "f restated, by scipy or otherwise"),
            ("SLOPES", SLOPES, "f′ restated"),
        )
        if kind.name not in formulas
    ]
    return lacks


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_says_all_that_is_asked_of_it(name):
    lacks = missing(ACTIVATIONS[name])
    assert not lacks, "\n".join(lacks)


@pytest.mark.parametrize("function", [*(kind() for kind in ACTIVATIONS.values()), *SHAPED])
def test_its_numpy_line_is_its_f(function):
    said = f"{function.name}'s `numpy` and `f` in nn_core/activations.py disagree"
    np.testing.assert_allclose(with_numpy(function, Z), function.f(Z), atol=1e-12, err_msg=said)


def test_every_activation_of_the_core_is_in_the_table_by_its_name():
    kinds = {
        kind for kind in Activation.__subclasses__() if kind.__module__ == Activation.__module__
    }
    outside = kinds - set(ACTIVATIONS.values())
    assert not outside, f"ACTIVATIONS in nn_core/activations.py needs {outside}"
    assert len(ACTIVATIONS) == len(kinds), "two activations have one name"


def test_what_a_new_one_lacks_is_named_one_by_one():
    class Bare(Activation):
        name = "bare"

    lacks = missing(Bare)
    assert [sentence.split(" needs ")[1].split()[0] for sentence in lacks] == [
        "formula", "slope_formula", "numpy", "bare:", "bare", "bare:", "bare:"
    ]  # fmt: skip
    assert all("nn_core/activations.py" in sentence for sentence in lacks[:3])
    assert "ui/browser/shared/activations.js" in lacks[3]
    assert "ui/browser/messages.d.ts" in lacks[4]
    assert all("tests/activation_formulas.py" in sentence for sentence in lacks[5:])
