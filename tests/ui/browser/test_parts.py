"""The browser's half as it lies in its folder: every part's styles keep to its own two letters."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "ui" / "browser"
PREFIXES = {
    "chart": "gc",
    "stage": "gs",
    "walk": "gw",
    "wall": "gm",
    "lottery": "gt",
    "map": "gk",
    "sweep": "gx",
    "race": "gr",
    "pad": "gd",
    "trythis": "gn",
    "page": "gp",
    "along": "gl",
    "said": "gq",
    "address": "ga",
    "mistakes": "ge",
    "through": "gi",
    "units": "gu",
    "gradients": "gv",
    "space": "gz",
    "before": "gb",
    "seen": "gy",
    "toolarge": "gf",
    "talk": "gh",
    "addview": "gg",
    "mytalks": "go",
}
OF_STREAMLIT = "st-key-"  # what Streamlit calls an element by its key


def classes_of(file: Path) -> set[str]:
    """The classes that a style sheet speaks of, or that elements of a page have."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".css":
        return set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^}]*\}", "", text)))
    return {name for names in re.findall(r'class="([^"]*)"', text) for name in names.split()}


def is_of(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}-")


@pytest.mark.parametrize("part", PREFIXES)
def test_a_part_has_styles_of_its_own_prefix_only(part):
    sheets = [file for file in (FOLDER / part).iterdir() if file.suffix in (".css", ".html")]
    names = set().union(*map(classes_of, sheets))
    names = {name for name in names if not name.startswith(OF_STREAMLIT)}
    assert names
    assert {name for name in names if not is_of(name, PREFIXES[part])} == set()


@pytest.mark.parametrize("part", PREFIXES)
def test_a_parts_script_gives_classes_of_its_own_prefix_only(part):
    others = set(PREFIXES.values()) - {PREFIXES[part]}
    for file in (FOLDER / part).glob("*.js"):
        named = re.findall(r"(?<![\w-])(g[a-z])-[a-z]", file.read_text(encoding="utf-8"))
        assert not set(named) & others


@pytest.mark.parametrize("part", PREFIXES)
def test_a_part_shows_nothing_that_a_later_call_has_overtaken(part):
    entry = (FOLDER / part / "component.js").read_text(encoding="utf-8")
    assert re.search(r"^  return (unlessOvertaken|showMany)\(", entry, re.MULTILINE)


def test_the_small_menu_that_parts_have_has_styles_of_its_own_prefix_only():
    menu = FOLDER / "shared" / "menu.css"
    names = classes_of(menu) | classes_of(menu.with_suffix(".html"))
    assert names
    assert {name for name in names if not is_of(name, "gj")} == set()
    assert "gj" not in PREFIXES.values()


def test_every_part_has_its_prefix():
    folders = {file.parent.name for file in FOLDER.glob("*/component.js")}
    assert folders == PREFIXES.keys()
    assert len(set(PREFIXES.values())) == len(PREFIXES)
