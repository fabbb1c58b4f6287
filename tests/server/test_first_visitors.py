"""Whoever is first on a fresh server gets the page that they asked for, however many they are."""

import os
import subprocess
import sys

import pytest

from benchmarks.crowd import crowd
from benchmarks.visit import Visit
from tests.alone import finished
from tests.browser.server import NO_NETWORK, PATIENCE, ROOT, put_compiled, running_app
from ui.pages import PAGE_NAMES
from ui.presenter import KEY as PRESENT

VIEWS = "gradients_view=vanishing", "gradients_view=race", "gradients_view=landscape"


async def first_visits(server: str, links: list[tuple[str, str]]) -> list[Visit]:
    """So many visitors who come within 0.3 s, each by a link; what each of them sees then."""
    visits = [Visit(server, *link, auto_rerun=False, timeout=PATIENCE) for link in links]

    async def come(i: int) -> None:
        await visits[i].open()

    try:
        failures = await crowd(len(links), 0.3, come)
        assert failures == []
    finally:
        for visit in visits:
            await visit.close()
    return visits


def test_first_visitors_who_come_together_see_no_error_and_come_through_the_router(tmp_path):
    links = [(page, "") for page in PAGE_NAMES] + [("gradients", view) for view in VIEWS] * 2
    with running_app(tmp_path, GLASSBOX_MNIST_DIR="", **NO_NETWORK) as server:
        visits = finished(first_visits(server, links))
        assert [visit.exceptions for visit in visits] == [[] for _ in links]
        assert [PRESENT in visit.widgets for visit in visits] == [True] * len(links)


# The names of all libraries that are imported only when somebody looks at a page.
LATE = """
import logging, sys
import dashboard
from streamlit.testing.v1 import AppTest
logging.disable()
before = {name.split(".")[0] for name in sys.modules}
for page in sys.argv[1:]:
    app = AppTest.from_file(dashboard.app.script_path.absolute(), default_timeout=600)
    app.switch_page(f"{page}.py").run()
    assert not app.exception, page
late = {name.split(".")[0] for name in sys.modules} - before - sys.stdlib_module_names
print(*sorted(late))
"""


@pytest.mark.sweep
def test_all_libraries_are_imported_before_the_first_visitor(tmp_path):
    put_compiled(tmp_path)
    run = subprocess.run(
        [sys.executable, "-c", LATE, *PAGE_NAMES[1:]],
        cwd=ROOT,
        env=os.environ | NO_NETWORK | {"GLASSBOX_HOME": str(tmp_path), "GLASSBOX_MNIST_DIR": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == []
