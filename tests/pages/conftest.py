"""Pages under AppTest: each test gets the whole app, with nothing cached and no way out."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import datasets.mnist
import runs.shelf
import ui.runs
from datasets.idx import DataError
from runs.run import TrainingRun
from runs.shelf import Shelf, shelf

ROUTER = Path(__file__).parent.parent.parent / "pages" / "router.py"


@pytest.fixture(autouse=True)
def fresh_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No network, an empty folder of our own, and nothing left over from another test."""

    def no_network(*_: object) -> None:
        raise DataError("no connection in tests.")

    monkeypatch.setattr(datasets.mnist, "download_mnist", no_network)
    monkeypatch.setenv("GLASSBOX_HOME", str(tmp_path))
    monkeypatch.setattr(runs.shelf, "_shelf", Shelf())
    st.cache_resource.clear()
    ui.runs._registry.cache_clear()
    yield
    if ui.runs._registry.cache_info().currsize:  # no run trains on into the next test
        for run in list(ui.runs.registry()._runs.values()):
            if isinstance(run, TrainingRun):
                run.pause()


@pytest.fixture(autouse=True)
def words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Captions without the links of their terms, which tests/pages/test_glossary.py looks at."""
    for module in ("ui.told", "ui.browser.walk"):
        monkeypatch.setattr(f"{module}.as_links", lambda text, link="": text)


@pytest.fixture
def open_page(digits_found: Callable[[], None]) -> Callable[..., AppTest]:
    """Opens a page of the app by its name, with a link's parameters."""

    def open_page(name: str, **link: str) -> AppTest:
        if name == "mnist":
            digits_found()
        app = AppTest.from_file(str(ROUTER), default_timeout=600)
        for key, value in link.items():
            app.query_params[key] = value
        app.switch_page(f"{name}.py").run()
        assert not app.exception
        return app

    return open_page


FOUND = 60  # seconds that looking for MNIST on this machine never takes


@pytest.fixture
def digits_found() -> Callable[[], None]:
    """Waits until it is known which digits there are: pages look for them in the background."""
    return lambda: shelf().digits(patience=FOUND)


@pytest.fixture
def bundled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without MNIST."""
    monkeypatch.delenv("GLASSBOX_MNIST_DIR", raising=False)
