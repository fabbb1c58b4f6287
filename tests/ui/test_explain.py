"""What is one click away costs a rerun nothing: each source is read once."""

import inspect
from collections import Counter

from streamlit.testing.v1 import AppTest

from ui.explain import source


def page():
    from nn_core import SGD, Adam
    from ui.explain import explain

    explain("A caption.", ["A formula."], [SGD, Adam], "http://a.link")


def test_a_source_is_read_once_however_often_its_page_runs(monkeypatch):
    source.cache_clear()
    read, getsource = Counter(), inspect.getsource

    def counted(piece):
        read[piece.__name__] += 1
        return getsource(piece)

    monkeypatch.setattr(inspect, "getsource", counted)
    app = AppTest.from_function(page, default_timeout=600)
    for _ in range(4):
        app.run()
        assert not app.exception
        assert app.code[0].value.startswith("class SGD")
    assert {name: read[name] for name in ("SGD", "Adam")} == {"SGD": 1, "Adam": 1}
