"""The rooms of the design: imports point downward only, and dashboard.py is only the router."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BELOW = {
    "dashboard": {"ui"},
    "pages": {"ui", "figures", "runs", "datasets", "nn_core"},
    "ui": {"figures", "runs", "datasets", "nn_core"},
    "figures": {"runs", "datasets", "nn_core"},
    "runs": {"datasets", "nn_core"},
    "datasets": set(),
    "nn_core": set(),
}
FORBIDDEN = {
    "nn_core": {"plotly", "streamlit", "pandas", "sklearn", "scipy", "threadpoolctl"},
    "datasets": {"plotly", "streamlit"},
    "runs": {"plotly", "streamlit"},
    "figures": {"streamlit"},
}
FILES = [ROOT / "dashboard.py"] + [
    file
    for room in BELOW
    if room != "dashboard"
    for file in (ROOT / room).rglob("*.py")
    if "node_modules" not in file.parts  # developers' tools of the browser's half
]


def imported(file: Path) -> set[str]:
    """The top-level names of everything a file imports, wherever in the file."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_point_downward_only(file: Path) -> None:
    room = file.relative_to(ROOT).parts[0].removesuffix(".py")
    assert not (imported(file) & BELOW.keys()) - BELOW[room] - {room}
    assert not imported(file) & FORBIDDEN.get(room, set())


def test_every_room_has_files() -> None:
    assert {file.relative_to(ROOT).parts[0].removesuffix(".py") for file in FILES} == BELOW.keys()


def test_nothing_but_numpy_and_the_standard_library_in_the_core() -> None:
    import sys

    for file in (ROOT / "nn_core").glob("*.py"):
        assert imported(file) <= sys.stdlib_module_names | {"numpy", "nn_core"}


def test_the_router_only_routes() -> None:
    tree = ast.parse((ROOT / "dashboard.py").read_text(encoding="utf-8"))
    assert not [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert len(tree.body) <= 7
