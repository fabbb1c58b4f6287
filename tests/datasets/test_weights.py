"""Files of weights that may be anything: read, or one sentence; nothing is ever unpickled."""

import io
import json
import pickle
import tracemalloc
import zipfile

import numpy as np
import pytest
from safetensors.numpy import save

import datasets.weights
from datasets.idx import DataError
from datasets.weights import read_weights
from tests.saved_runs import npz, refused

W, B = np.arange(6, dtype=np.float32).reshape(2, 3), np.ones(3, np.float32)
NPZ, SAFE = npz({"W1": W, "b1": B}), save({"0.weight": W, "0.bias": B})


class Bomb:
    """Would run a program if it were ever opened."""

    def __reduce__(self):
        return pytest.fail, ("it was opened",)


def sentence(content, name="my.npz"):
    return refused(read_weights, name, io.BytesIO(content))


def zipped(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


def headed(header, body=b""):
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + body


def tensor(dtype, shape, end):
    return {"0.weight": {"dtype": dtype, "shape": shape, "data_offsets": [0, end]}}


@pytest.mark.parametrize("content", [NPZ, SAFE], ids=["npz", "safetensors"])
def test_the_arrays_come_as_they_were_saved(content):
    arrays, in_order = read_weights("my.file", io.BytesIO(content))
    assert in_order == (content is NPZ)
    assert sorted(array.ndim for array in arrays.values()) == [1, 2]
    np.testing.assert_array_equal(arrays["W1" if in_order else "0.weight"], W)


@pytest.mark.parametrize("content", [NPZ, SAFE], ids=["npz", "safetensors"])
def test_cut_short_anywhere_it_is_one_sentence(content):
    for length in range(len(content)):
        sentence(content[:length])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is not an .npz or a .safetensors"),
        (b"hello, these are my weights", "is not an .npz or a .safetensors"),
        (zipped(readme_txt="hello"), "is not an .npz or a .safetensors"),
        (npz({"conv": np.ones((2, 3, 3))}), "has conv (2, 3, 3): expected arrays of one or two"),
        (save({"conv": np.ones((2, 3, 3))}), "has conv (2, 3, 3): expected arrays of one or two"),
        (npz({"steps": np.array(3.0)}), "has steps (): expected arrays of one or two"),
        (npz({"W1": np.ones((0, 3))}), "has W1 (0, 3): expected"),
        (npz({"W1": W.astype(int)}), "has W1 of int64: expected floating-point numbers"),
        (save({"W1": W.astype(np.int8)}), "has W1 of I8: expected floating-point numbers"),
        (headed(tensor("F8_E4M3", [2, 2], 4), b"\0" * 4), "has 0.weight of F8_E4M3: expected"),
        (npz({f"a{k}": B for k in range(30)}), "has 30 arrays"),
        (headed({}), "has 0 arrays"),
        (headed(tensor("F32", [2, 2], 16), b"\0" * 9), "is damaged, or cut short"),
        (headed(tensor("F32", [2**40, 2**40], 16), b"\0" * 16), "is damaged, or cut short"),
        ((2**62).to_bytes(8, "little") + b"{" + b"\0" * 99, "header would take 4,611,686,018,427"),
        (b"\xff" * 8 + b"{" + b" " * 99, "header would take"),
    ],
    ids=lambda value: value[:25] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_wrong_is_named_with_what_is_expected(content, says):
    assert says in sentence(content)


@pytest.mark.parametrize(
    ("name", "content", "lines"),
    [
        ("net.pkl", pickle.dumps(Bomb()), 'pickle.loads(pathlib.Path("net.pkl").read'),
        ("net.pt", zipped(net__data_pkl=pickle.dumps(Bomb())), 'torch.load("net.pt"'),
        ("old.pt", b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19" + b"\0" * 99, 'torch.load("old.pt"'),
        ("net.h5", b"\x89HDF\r\n\x1a\n" + b"\0" * 99, 'load_model("net.h5")'),
        ("net.weights.h5", b"\x89HDF\r\n\x1a\n" + b"\0" * 99, 'load_weights("net.weights.h5")'),
        ("net.keras", zipped(config_json="{}", model_weights_h5=b"\x89HDF"), "load_model("),
        ("o.npz", npz({"w": np.array([Bomb(), 1], object)}), 'numpy.load("o.npz", allow_pickle'),
    ],
)  # fmt: skip
def test_a_pickle_or_hdf5_is_never_opened_and_gets_the_lines_that_convert_it(name, content, lines):
    with pytest.raises(DataError) as error:
        read_weights(name, io.BytesIO(content))
    assert str(error.value).startswith(f"{name}: ")
    assert "these lines make an .npz of it" in str(error.value)
    assert lines in error.value.code
    compile(error.value.code, "lines", "exec")


@pytest.mark.parametrize("held", [{"W1": W, "b1": B}, [W, B], {"dense": [W, B]}], ids=str)
def test_the_lines_for_a_pickle_make_a_file_that_is_read(held, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "net.pkl").write_bytes(pickle.dumps(held))
    with pytest.raises(DataError) as error:
        read_weights("net.pkl", io.BytesIO(pickle.dumps(held)))
    exec(error.value.code, {})
    with (tmp_path / "weights.npz").open("rb") as file:
        arrays = read_weights("weights.npz", file).arrays
    weights, biases = arrays.values()
    np.testing.assert_array_equal(weights, W)
    np.testing.assert_array_equal(biases, B)


def test_a_file_that_would_unpack_to_much_is_refused_before_it_is(monkeypatch):
    monkeypatch.setattr(datasets.weights, "LARGEST", 2_000_000)
    zeros = npz({"W1": np.zeros((500, 1000))}, compress=True)
    large = headed(tensor("F32", [1, 2**20], 2**22), b"\0" * (2**22))
    tracemalloc.start()
    try:
        assert "would unpack to 4 MB" in sentence(zeros)
        assert "has 4 MB: expected a run that Glassbox saved, or weights, at most" in sentence(
            large
        )
        assert tracemalloc.get_traced_memory()[1] < 5_000_000  # the file itself, once
    finally:
        tracemalloc.stop()
