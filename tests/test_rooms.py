"""The rooms: imports point downward only, and a view is a file, or a folder, of the same parts."""

import ast
import functools
import importlib
import re
import sys
from pathlib import Path

import pytest

from recipes.settings import Settings
from views.view import View

ROOT = Path(__file__).parent.parent
# Downward.
ROOMS = (
    *("pages", "ui", "views", "figures", "talks"),
    *("runs", "recipes", "kernels", "datasets", "nn_core"),
)
FORBIDDEN = {  # besides what lies above
    "views": {"streamlit"},
    "figures": {"streamlit"},
    "talks": {"streamlit", "plotly", "runs"},  # beside runs
    "runs": {"streamlit", "plotly"},
    "recipes": {"streamlit", "plotly"},
    "kernels": {"streamlit", "plotly"},
    "datasets": {"streamlit", "plotly"},
}
COMMANDS = {ROOT / "talks" / "export.py"}  # run and never imported, so each knows all rooms
DRAW = {"views", "figures", "ui/browser/chart"}  # these know Plotly, and who shows what they drew
FILES = [
    ROOT / "dashboard.py",
    *(
        file
        for room in ROOMS
        for file in sorted((ROOT / room).rglob("*.py"))
        if "node_modules" not in file.parts  # developers' tools of the browser's half
        and file not in COMMANDS
    ),
]
ROUTER = ROOT / "pages" / "router.py"
PAGES = [file for file in sorted((ROOT / "pages").glob("*.py")) if file != ROUTER]


@functools.cache
def imported(file: Path) -> set[str]:
    """The top-level names of everything a file imports, wherever in the file."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module.split(".")[0])
    return names


def room_of(file: Path) -> str:
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("room", ROOMS)
def test_imports_point_downward_only(room: str) -> None:
    refused = set(ROOMS[: ROOMS.index(room)]) | {"dashboard"} | FORBIDDEN.get(room, set())
    files = [file for file in FILES if room_of(file) == room]
    wrong = {str(file.relative_to(ROOT)): imported(file) & refused for file in files}
    assert {file: names for file, names in wrong.items() if names} == {}


def test_what_starts_the_processes_is_nobody_s_and_takes_little_with_it() -> None:
    for file in (ROOT / "hosting").glob("*.py"):
        assert imported(file) <= sys.stdlib_module_names | {"hosting", "datasets", "kernels"}
    assert not [file for file in FILES if "hosting" in imported(file)]


def test_a_command_is_a_few_lines_that_nobody_imports() -> None:
    for command in COMMANDS:
        name = ".".join(command.relative_to(ROOT).with_suffix("").parts)
        assert imported(command) == {"ui"}
        tree = ast.parse(command.read_text(encoding="utf-8"))
        assert not [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
        importing = re.compile(rf"^\s*(from|import) {re.escape(name)}\b", re.MULTILINE)
        texts = {file: file.read_text(encoding="utf-8") for file in FILES}
        assert not [file for file, text in texts.items() if importing.search(text)]


def test_every_room_has_files() -> None:
    assert {room_of(file) for file in FILES} == {"dashboard", *ROOMS}


def test_nothing_but_numpy_and_the_standard_library_in_the_core() -> None:
    for file in (ROOT / "nn_core").glob("*.py"):
        assert imported(file) <= sys.stdlib_module_names | {"numpy", "nn_core"}


def test_numba_is_the_kernels_own() -> None:
    assert {room_of(file) for file in FILES if "numba" in imported(file)} == {"kernels"}


def test_the_router_only_routes() -> None:
    tree = ast.parse(ROUTER.read_text(encoding="utf-8"))
    assert not [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert len([n for n in tree.body if not isinstance(n, ast.Import | ast.ImportFrom)]) <= 9


# A view is one file, or one folder, of the same parts by the same names.

VIEWS = [
    place
    for place in sorted((ROOT / "views").glob("*/*"))
    if (place / "__init__.py").is_file()
    or (place.suffix == ".py" and "VIEW = View(" in place.read_text(encoding="utf-8"))
]


def module_of(place: Path):
    return importlib.import_module(".".join(place.relative_to(ROOT).with_suffix("").parts))


@pytest.mark.parametrize("place", VIEWS, ids=lambda place: str(place.relative_to(ROOT)))
def test_a_view_has_its_parts_by_their_names(place: Path) -> None:
    module = module_of(place)
    view = module.VIEW
    assert isinstance(view, View)
    assert view.settings is module.Settings
    assert issubclass(module.Settings, Settings)
    assert module.Settings.page == place.parent.name
    assert view.numbers is module.numbers
    assert view.picture is module.picture
    assert view.caption is module.caption
    assert view.maths is getattr(module, "MATHS", getattr(module, "maths", None))
    assert view.code is getattr(module, "CODE", getattr(module, "code", None))


@pytest.mark.parametrize("place", VIEWS, ids=lambda place: str(place.relative_to(ROOT)))
def test_a_view_is_offered_by_its_page(place: Path) -> None:
    page = (ROOT / "pages" / f"{place.parent.name}.py").read_text(encoding="utf-8")
    assert f"{place.stem}.VIEW" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_its_question_and_its_views(page: Path) -> None:
    tree = ast.parse(page.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert len(page.read_text(encoding="utf-8").splitlines()) <= 40
