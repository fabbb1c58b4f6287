"""Everything is imported once, before the first visitor comes.

The threads of visitors who import a library at the same time, each from another end, may find it
half made; and what is imported late makes somebody wait.
"""

import gc
import importlib
import pkgutil

import plotly.graph_objects as go

import ui
import views

# Imported only where they are used.
LATE = ("PIL.ImageFile", "numba", "pooch", "requests")


def import_all() -> None:
    """Import all of ours, what we import late, and what Plotly imports for its first figure."""
    for room in (ui, views):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            importlib.import_module(module.name)
    for name in LATE:
        importlib.import_module(name)
    go.Figure(layout={"annotations": [{}], "shapes": [{}]}).to_json()


def leave_to_the_collector_what_comes_later() -> None:
    """Have Python's garbage collector, which stops everybody, never look at what is there by now.

    With fifty visitors it took a tenth of the server's time, up to 0.4 seconds at once, to look
    again and again at what stays for good (benchmarks/README.md). What comes later it looks through
    soon: a page that ran itself again leaves frames in a circle, which hold all it had in hand.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(2_000, 10, 10)
