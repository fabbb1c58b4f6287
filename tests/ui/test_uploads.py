"""What is uploaded is read in turn, in the background, and then nobody keeps its bytes."""

import threading

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.testing.v1 import AppTest

import ui.uploads
from datasets.idx import DataError

LONG = 60


def page(read):
    import streamlit as st

    from ui.uploads import bring

    bring("A file", "box", read, lambda got: st.session_state.__setitem__("got", got))


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Reading ends within the page's first run, however busy the machine is."""
    monkeypatch.setattr(ui.uploads, "PATIENCE", LONG)


@pytest.fixture
def kept(monkeypatch):
    """What Streamlit keeps of files, all visits together."""
    made = []

    class Manager(MemoryUploadedFileManager):
        def __init__(self, *given):
            super().__init__(*given)
            made.append(self)

    monkeypatch.setattr(
        "streamlit.testing.v1.local_script_runner.MemoryUploadedFileManager", Manager
    )
    return lambda: [f for m in made for files in m.file_storage.values() for f in files]


def opened(read):
    return AppTest.from_function(page, args=[read], default_timeout=LONG).run()


def give(app, content=b"hello", key="box"):
    app.file_uploader(key=key).set_value(("a.npz", content, "application/octet-stream")).run()
    assert not app.exception
    return app


def test_it_is_read_used_once_and_forgotten(kept):
    app = give(opened(lambda files: [file.read() for file in files]))
    assert app.session_state.got == [b"hello"]
    assert kept() == []
    (box,) = app.file_uploader
    assert not box.value
    give(app, b"again", box.key)
    assert app.session_state.got == [b"again"]
    assert kept() == []


def test_what_is_wrong_is_said_until_the_next_file(kept):
    def read(files):
        if files[0].read() == b"bad":
            raise DataError("This *file* is bad.")
        return 1

    app = give(opened(read), b"bad")
    assert app.error[0].value == r"This \*file\* is bad."
    assert kept() == []
    assert app.run().error
    give(app, b"good", app.file_uploader[0].key)
    assert not app.error


def test_a_reader_that_fails_is_a_sentence_and_the_next_is_read():
    def read(files):
        return 1 / len(files[0].read())

    app = give(opened(read), b"")
    assert "could not be read" in app.error[0].value
    assert give(app, b"x", app.file_uploader[0].key).session_state.got == 1


def test_who_comes_second_is_told_so_and_nobody_waits_in_the_dark(monkeypatch):
    monkeypatch.setattr(ui.uploads, "PATIENCE", 0)
    gates, at_work = [threading.Event(), threading.Event()], []

    def reader(n):
        def read(files):
            at_work.append(n)
            assert gates[n].wait(LONG)
            return n

        return read

    first, second = (give(opened(reader(n))) for n in range(2))
    assert [line.value for line in first.markdown] == ["Reading what you brought."]
    assert [line.value for line in second.markdown] == [
        "Waiting to be read: 1 other is before what you brought."
    ]
    assert first.file_uploader[0].disabled
    assert at_work == [0]
    gates[0].set()
    gates[1].set()
    monkeypatch.setattr(ui.uploads, "PATIENCE", LONG)
    assert first.run().session_state.got == 0
    assert second.run().session_state.got == 1
    assert not second.markdown
