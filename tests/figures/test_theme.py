import subprocess
import sys

import plotly.graph_objects as go

from figures.theme import TEMPLATE, for_presenter


def test_presenter_mode_enlarges_type_lines_and_marks_and_leaves_the_original():
    figure = go.Figure(
        go.Scatter(x=[0], y=[0], line_width=2, marker_size=10), {"template": TEMPLATE}
    )
    big = for_presenter(figure)
    assert big.layout.font.size >= 24
    assert big.data[0].line.width == 3
    assert big.data[0].marker.size == 15
    assert figure.data[0].line.width == 2
    assert figure.layout.font.size is None


def test_pandas_is_whole_before_any_figure_is_made():
    """Plotly asks sys.modules for it, and fails on a module that a thread is about to import."""
    look = "import sys, figures.theme; sys.exit('pandas.core.frame' not in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0
