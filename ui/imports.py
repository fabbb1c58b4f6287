"""Everything is imported once, before the first visitor comes.

The threads of visitors who import a library at the same time, each from another end, may find it
half made; and what is imported late makes somebody wait.
"""

import gc
import importlib
import pkgutil
from pathlib import Path

import plotly.graph_objects as go

import ui
import views

# Imported only where they are used.
LATE = ("PIL.ImageFile", "numba", "pooch", "requests")


def import_all() -> None:
    """Import all of ours, what we import late, and what Plotly imports for its first figure."""
    ours = [module.name for module in pkgutil.walk_packages(ui.__path__, "ui.")]
    for name in (*ours, *all_views(), *LATE):
        importlib.import_module(name)
    go.Figure(layout={"annotations": [{}], "shapes": [{}]}).to_json()


def all_views() -> list[str]:
    """The files of views/, by their modules' names: a page's folder needs no `__init__.py`."""
    top = Path(views.__path__[0])
    files = [file.relative_to(top.parent).with_suffix("") for file in sorted(top.rglob("*.py"))]
    return [".".join(file.parts).removesuffix(".__init__") for file in files]


def leave_to_the_collector_what_comes_later() -> None:
    """Have Python's garbage collector, which stops everybody, never look at what is there by now.

    With fifty visitors it took a tenth of the server's time, up to 0.4 seconds at once, to look
    again and again at what stays for good (benchmarks/README.md). What comes later it looks through
    soon: a page that ran itself again leaves frames in a circle, which hold all it had in hand.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(2_000, 10, 10)
