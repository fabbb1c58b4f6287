"""IDX files made by hand, what a refusal must look like, and no way out to the network."""

import gzip
import socket
import struct
from pathlib import Path

import numpy as np
import pytest

from datasets.idx import DataError


def idx_bytes(array, kind=8):
    """An IDX file as its description has it: 0, 0, type, dimensions, counts, data."""
    counts = struct.pack(f">{array.ndim}I", *array.shape)
    return bytes([0, 0, kind, array.ndim]) + counts + array.astype(np.uint8).tobytes()


@pytest.fixture
def write_idx(tmp_path):
    """Writes an array, or bytes as they are, to a file; gzipped if the name ends in .gz."""

    def write(name: str, content, folder: Path = tmp_path) -> Path:
        raw = content if isinstance(content, bytes) else idx_bytes(content)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
        return folder / name

    return write


@pytest.fixture
def refusal():
    """Calls, and returns the one sentence of the DataError that must come."""

    def sentence(call, *given, **options) -> str:
        with pytest.raises(DataError) as refused:
            call(*given, **options)
        text = str(refused.value)
        assert text.endswith(".")
        assert "\n" not in text
        assert ". " not in text  # one sentence, not two
        return text

    return sentence


@pytest.fixture(autouse=True)
def no_way_out(monkeypatch):
    """What is not on this machine can be neither looked up nor reached, nor through a proxy."""
    look_up = socket.getaddrinfo

    def look_up_here(host, *given, **options):
        if host not in ("127.0.0.1", "localhost"):
            pytest.fail(f"a test wanted to reach {host}")
        return look_up(host, *given, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up_here)
    monkeypatch.setenv("NO_PROXY", "*")
