"""IDX files, good ones and every kind of bad one."""

import gzip
import struct

import numpy as np
import pytest

from datasets.idx import read_idx

IMAGES = np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4)
LABELS = np.array([5, 0, 4, 1, 9, 255], np.uint8)
IMAGES_HEADER, IMAGES_MAGIC = 16, bytes([0, 0, 8, 3])


@pytest.mark.parametrize("name", ["file.gz", "file"])
@pytest.mark.parametrize("array", [IMAGES, LABELS], ids=["images", "labels"])
def test_what_was_written_is_read(write_idx, array, name):
    read = read_idx(write_idx(name, array), array.ndim)
    np.testing.assert_array_equal(read, array)
    assert read.dtype == np.uint8


def test_mnists_own_files_have_the_published_counts_and_first_labels(mnist):
    assert mnist.x_train.shape == (60_000, 784)
    assert mnist.x_test.shape == (10_000, 784)
    np.testing.assert_array_equal(mnist.t_train[:5], [5, 0, 4, 1, 9])
    np.testing.assert_array_equal(mnist.t_test[:5], [7, 2, 1, 0, 4])


@pytest.fixture
def raw(write_idx):
    """The bytes of a good file of images."""
    return write_idx("good", IMAGES).read_bytes()


def test_a_file_that_is_not_there_is_refused(tmp_path, refusal):
    assert "file.gz" in refusal(read_idx, tmp_path / "file.gz", 3)


def test_a_folder_is_refused(tmp_path, refusal):
    (tmp_path / "file").mkdir()
    assert "file" in refusal(read_idx, tmp_path / "file", 3)


def test_whatever_the_ending_says_a_file_is_read_by_what_is_in_it(tmp_path, raw):
    """Browsers unpack some downloads on their way, and keep the name."""
    for name, content in (("plain.gz", raw), ("packed", gzip.compress(raw))):
        (tmp_path / name).write_bytes(content)
        np.testing.assert_array_equal(read_idx(tmp_path / name, 3), IMAGES)


@pytest.mark.parametrize("kept", [5, 12, -9, -8, -1])
def test_a_gzip_file_cut_short_is_refused(tmp_path, raw, refusal, kept):
    file = tmp_path / "file.gz"
    file.write_bytes(gzip.compress(raw)[:kept])
    text = refusal(read_idx, file, 3)
    assert "file.gz" in text
    assert "cut short" in text


def spoil(content, place):
    content = bytearray(content)
    content[place] ^= 0xFF
    return bytes(content)


@pytest.mark.parametrize("place", [14, 20, -8, -1], ids=["data", "data", "checksum", "length"])
def test_a_gzip_file_with_a_wrong_byte_is_refused_as_damaged(tmp_path, raw, refusal, place):
    file = tmp_path / "file.gz"
    file.write_bytes(spoil(gzip.compress(raw), place))
    text = refusal(read_idx, file, 3)
    assert "file.gz" in text
    assert "damaged" in text


def test_a_gzip_file_with_something_after_its_end_is_refused_and_still_called_gzip(
    tmp_path, raw, refusal
):
    file = tmp_path / "file.gz"
    file.write_bytes(gzip.compress(raw) + b"something")
    text = refusal(read_idx, file, 3)
    assert "file.gz" in text
    assert "not one" not in text


@pytest.mark.parametrize("name", ["file.gz", "file"])
@pytest.mark.parametrize("kept", [0, 1, 3])
def test_a_file_that_ends_within_its_magic_number_is_refused(write_idx, raw, refusal, kept, name):
    assert name in refusal(read_idx, write_idx(name, raw[:kept]), 3)


@pytest.mark.parametrize("name", ["file.gz", "file"])
@pytest.mark.parametrize("kept", [4, 7, IMAGES_HEADER - 1])
def test_a_file_that_ends_within_its_header_is_refused(write_idx, raw, refusal, kept, name):
    text = refusal(read_idx, write_idx(name, raw[:kept]), 3)
    assert name in text
    assert "cut short" in text


@pytest.mark.parametrize("name", ["file.gz", "file"])
@pytest.mark.parametrize("kept", [IMAGES_HEADER, IMAGES_HEADER + 1, -1])
def test_a_file_that_ends_within_its_data_is_refused(write_idx, raw, refusal, kept, name):
    text = refusal(read_idx, write_idx(name, raw[:kept]), 3)
    assert name in text
    assert "cut short" in text


@pytest.mark.parametrize("name", ["file.gz", "file"])
@pytest.mark.parametrize("more", [1, 1000])
def test_a_file_with_more_data_than_its_header_promises_is_refused(
    write_idx, raw, refusal, more, name
):
    text = refusal(read_idx, write_idx(name, raw + bytes(more)), 3)
    assert name in text
    assert "more data" in text


def test_labels_given_as_images_and_images_given_as_labels_are_refused(write_idx, refusal):
    assert "labels.gz" in refusal(read_idx, write_idx("labels.gz", LABELS), 3)
    assert "images.gz" in refusal(read_idx, write_idx("images.gz", IMAGES), 1)


@pytest.mark.parametrize(
    "start",
    [b"\x00\x00\x0d\x03", b"\x01\x00\x08\x03", b"\x00\x01\x08\x03", b"\x89PNG", b"<!do"],
    ids=["floats", "first byte", "second byte", "a picture", "a web page"],
)
def test_a_file_that_starts_otherwise_is_refused(write_idx, raw, refusal, start):
    assert "file" in refusal(read_idx, write_idx("file", start + raw[4:]), 3)


@pytest.mark.parametrize("name", ["file.gz", "file"])
@pytest.mark.parametrize("counts", [(2**32 - 1,) * 3, (2**31, 28, 28), (2**32 - 1, 1, 1)])
def test_a_header_that_promises_an_absurd_size_is_refused(write_idx, refusal, counts, name):
    file = write_idx(name, IMAGES_MAGIC + struct.pack(">3I", *counts) + bytes(100))
    assert name in refusal(read_idx, file, 3)


@pytest.mark.parametrize("name", ["file.gz", "file"])
@pytest.mark.parametrize("shape", [(0, 28, 28), (2, 0, 28), (2, 28, 0)])
def test_a_file_that_keeps_its_promise_of_nothing_is_refused(write_idx, refusal, shape, name):
    assert name in refusal(read_idx, write_idx(name, np.zeros(shape)), 3)
