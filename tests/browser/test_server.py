"""The tests' own server: it says why it does not come up, and it ends with its test."""

import socket

import pytest

from tests.browser.server import PATIENCE, running_server


@pytest.mark.sweep
def test_a_server_that_does_not_come_up_says_why(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with (
            pytest.raises(
                RuntimeError, match=f"no server .* ended with 1(.|\n)*Port {port} is not"
            ),
            running_server(tmp_path, tmp_path / "log", port),
        ):
            pass


@pytest.mark.sweep
def test_a_server_ends_with_its_test_also_if_that_fails(tmp_path):
    with pytest.raises(ZeroDivisionError), running_server(tmp_path, tmp_path / "log") as server:
        1 / 0  # noqa: B018
    assert server.process.poll() is not None


@pytest.mark.sweep
def test_a_server_ends_with_its_tests_also_if_these_are_killed(tmp_path):
    with running_server(tmp_path, tmp_path / "log") as server:
        server.process.stdin.close()  # as the system does
        server.process.wait(PATIENCE)
