"""All of ours is imported before the first visitor comes: no view waits for its page."""

from tests.test_rooms import VIEWS, module_of
from ui import imports


def test_every_file_of_a_view_is_found():
    assert {module_of(place).__name__ for place in VIEWS} <= set(imports.all_views())
    assert {"views", "views.boundaries", "views.view"} <= set(imports.all_views())


def test_a_page_s_folder_needs_no_init(tmp_path, monkeypatch):
    (tmp_path / "views" / "echo" / "deep").mkdir(parents=True)
    for name in ("echo/first.py", "echo/deep/__init__.py", "echo/deep/part.py"):
        (tmp_path / "views" / name).touch()
    monkeypatch.setattr(imports.views, "__path__", [str(tmp_path / "views")])
    names = ["views.echo.deep", "views.echo.deep.part", "views.echo.first"]
    assert imports.all_views() == names
