"""The download, against real servers on this machine that behave well or badly."""

import errno
import hashlib
import http.server
import os
import socket
import socketserver
import threading

import numpy as np
import pytest

import datasets.download
from datasets.download import CHECKSUMS, download_mnist

FILES = {
    "one.gz": np.random.default_rng(1).bytes(5000),
    "two.gz": np.random.default_rng(2).bytes(300),
}
SILENCE = 30  # seconds after which a mirror that fell silent goes on: too late, or it was believed
SUMS = {name: "md5:" + hashlib.md5(content).hexdigest() for name, content in FILES.items()}


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves `server.files` in the way `server.manner` says."""

    def do_GET(self):
        name = self.path.removeprefix("/")
        self.server.asked.append(name)
        content = self.server.files.get(name)
        if content is None:
            self.send_error(404)
            return
        self.send_response(200)
        if self.server.manner != "without length":
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        half = len(content) // 2
        self.wfile.write(content[:half])
        cut = self.server.manner == "cut"
        silent = self.server.manner == "stall" and self.server.over.wait(SILENCE)
        if not cut and not silent:
            self.wfile.write(content[half:])

    def log_message(self, *_):
        pass


class Mirror(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, files, manner):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files, self.manner, self.asked = files, manner, []
        self.over = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_address[1]}/"


@pytest.fixture
def mirror():
    """Opens mirrors, and closes them when the test is over."""
    opened = []

    def open_mirror(files=FILES, manner="well"):
        server = Mirror(files, manner)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        opened.append((server, thread))
        return server

    yield open_mirror
    for server, thread in opened:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def nobody():
    """The address of a mirror that is not there: a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return f"http://127.0.0.1:{port}/"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache" / "mnist"  # nobody has made it yet


def in_folder(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()} if folder.exists() else {}


def get(folder, *mirrors, report=lambda name, fraction: None, checksums=SUMS):
    addresses = [getattr(one, "url", one) for one in mirrors]
    download_mnist(folder, report, addresses, checksums)


def test_good_files_arrive_whole_and_nothing_else(mirror, folder):
    get(folder, mirror())
    assert in_folder(folder) == FILES


def test_progress_never_falls_and_reaches_1_for_every_file(mirror, folder, monkeypatch):
    monkeypatch.setattr(datasets.download, "CHUNK", 1024)
    heard = {name: [] for name in FILES}
    get(folder, mirror(), report=lambda name, fraction: heard[name].append(fraction))
    for fractions in heard.values():
        assert fractions == sorted(fractions)
        assert fractions[0] >= 0
        assert fractions[-1] == 1.0
    assert len(set(heard["one.gz"])) > 2  # it was told on the way, too


def test_progress_ends_at_1_also_if_the_mirror_does_not_say_how_long_a_file_is(mirror, folder):
    heard = []
    get(folder, mirror(manner="without length"), report=lambda _, fraction: heard.append(fraction))
    assert in_folder(folder) == FILES
    assert heard[-1] == 1.0


def test_a_good_first_mirror_is_the_only_one_asked(mirror, folder):
    first, second = mirror(), mirror()
    get(folder, first, second)
    assert first.asked == list(FILES)
    assert second.asked == []


def test_a_file_that_is_there_is_not_fetched_again(mirror, folder):
    folder.mkdir(parents=True)
    (folder / "one.gz").write_bytes(FILES["one.gz"])
    server = mirror()
    get(folder, server)
    assert server.asked == ["two.gz"]
    assert in_folder(folder) == FILES


def test_a_damaged_file_that_is_there_is_replaced(mirror, folder):
    folder.mkdir(parents=True)
    (folder / "one.gz").write_bytes(FILES["one.gz"][:-1])
    get(folder, mirror())
    assert in_folder(folder) == FILES


def test_a_wrong_checksum_is_refused_and_leaves_nothing_behind(mirror, folder, refusal):
    foreign = FILES | {"one.gz": b"a login page, perhaps"}
    text = refusal(get, folder, mirror(foreign), mirror(foreign))
    assert "one.gz" in text
    assert "checksum" in text
    assert in_folder(folder) == {}


def test_a_wrong_checksum_on_the_first_mirror_leads_to_the_second(mirror, folder):
    get(folder, mirror(FILES | {"one.gz": b"a login page, perhaps"}), mirror())
    assert in_folder(folder) == FILES


def test_a_connection_cut_half_way_leads_to_the_second_mirror(mirror, folder):
    cut, good = mirror(manner="cut"), mirror()
    get(folder, cut, good)
    assert cut.asked == good.asked == list(FILES)
    assert in_folder(folder) == FILES


def test_a_connection_cut_half_way_without_a_second_mirror_leaves_nothing_behind(
    mirror, folder, refusal
):
    text = refusal(get, folder, mirror(manner="cut"))
    assert "one.gz" in text
    assert "cut" in text
    assert in_folder(folder) == {}


def test_the_files_before_a_failure_are_kept(mirror, folder, refusal):
    text = refusal(get, folder, mirror({"one.gz": FILES["one.gz"]}))
    assert "two.gz" in text
    assert in_folder(folder) == {"one.gz": FILES["one.gz"]}


def test_a_mirror_that_falls_silent_is_given_up(mirror, folder, refusal, monkeypatch):
    monkeypatch.setattr(datasets.download, "TIMEOUT", 0.3)
    assert "one.gz" in refusal(get, folder, mirror(manner="stall"))
    assert in_folder(folder) == {}


def test_a_mirror_that_falls_silent_leads_to_the_second(mirror, folder, monkeypatch):
    monkeypatch.setattr(datasets.download, "TIMEOUT", 1.0)
    silent, good = mirror(manner="stall"), mirror()
    get(folder, silent, good)
    assert silent.asked == good.asked == list(FILES)
    assert in_folder(folder) == FILES


def test_it_takes_seconds_not_minutes_to_give_up_on_a_silence():
    assert 1 <= datasets.download.TIMEOUT <= 10


def test_without_a_network_it_says_so_and_leaves_nothing_behind(folder, nobody, refusal):
    text = refusal(get, folder, nobody, nobody)
    assert "one.gz" in text
    assert "connection" in text
    assert in_folder(folder) == {}


def test_a_first_mirror_that_is_not_there_leads_to_the_second(mirror, folder, nobody):
    get(folder, nobody, mirror())
    assert in_folder(folder) == FILES


def test_a_first_mirror_without_the_files_leads_to_the_second(mirror, folder):
    get(folder, mirror({}), mirror())
    assert in_folder(folder) == FILES


def test_each_file_comes_from_the_first_mirror_that_has_it(mirror, folder):
    first, second = mirror({"two.gz": FILES["two.gz"]}), mirror({"one.gz": FILES["one.gz"]})
    get(folder, first, second)
    assert in_folder(folder) == FILES
    assert second.asked == ["one.gz"]


def test_mirrors_that_do_not_have_the_file_are_not_called_a_lost_connection(
    mirror, folder, refusal
):
    text = refusal(get, folder, mirror({}), mirror({}))
    assert "one.gz" in text
    assert "connection" not in text


def test_a_folder_that_cannot_be_written_is_not_called_a_lost_connection(mirror, tmp_path, refusal):
    (tmp_path / "taken").write_text("a file where the cache folder should be")
    text = refusal(get, tmp_path / "taken" / "mnist", mirror())
    assert "connection" not in text


def test_a_folder_that_may_not_be_made_is_refused_with_the_systems_reason(
    mirror, folder, refusal, monkeypatch
):
    def forbidden(path, *_, **__):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr(os, "makedirs", forbidden)
    text = refusal(get, folder, mirror())
    assert str(folder) in text
    assert os.strerror(errno.EACCES) in text


def test_the_four_files_are_mnists_and_their_checksums_are_known():
    parts = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"]
    assert list(CHECKSUMS) == [f"{part}-ubyte.gz" for part in parts]
    for checksum in CHECKSUMS.values():
        kind, _, digest = checksum.partition(":")
        assert len(bytes.fromhex(digest)) == hashlib.new(kind).digest_size


def test_there_are_two_mirrors_and_both_are_reached_safely():
    assert len(set(datasets.download.MIRRORS)) >= 2
    for mirror in datasets.download.MIRRORS:
        assert mirror.startswith("https://")
        assert mirror.endswith("/")
