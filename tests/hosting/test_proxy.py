"""The proxy's configuration, for as many processes as there are."""

import subprocess

import pytest

from hosting.proxy import MISSING, TEMPLATE, configuration, haproxy
from tests.hosting.hosted import HAPROXY, needs_haproxy


@needs_haproxy
@pytest.mark.parametrize("base", ["", "/glass/box"])
@pytest.mark.parametrize("count", [1, 4])
def test_haproxy_takes_the_configuration_without_a_warning(count, base):
    text = configuration("127.0.0.1:8501", range(8502, 8502 + count), base)
    said = subprocess.run(
        [HAPROXY, "-c", "-f", "/dev/stdin"], input=text, capture_output=True, text=True
    )
    assert said.returncode == 0
    assert "[WARNING]" not in said.stderr


def test_it_names_every_process_and_asks_each_for_its_health():
    text = configuration("127.0.0.1:80", [9001, 9002, 9003], "/below")
    for i in (1, 2, 3):
        assert f"server process{i} 127.0.0.1:900{i} cookie process{i}" in text
    assert "option httpchk GET /below/_stcore/health" in text
    assert "nbsrv(processes) lt 3" in text
    assert text.count("@") == 0


def test_without_haproxy_a_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(SystemExit, match="apt-get install haproxy"):
        haproxy()
    assert MISSING.count(".") >= 1


def test_what_stands_before_it_writes_down_no_address():
    nginx = (TEMPLATE.parent / "nginx.conf").read_text(encoding="utf-8")
    sites = nginx.split("\nserver {")[1:]
    assert len(sites) == 2
    for site in sites:
        assert "access_log off;" in site
        assert " crit;" in site  # what nginx says of an error has the address in it
    caddy = (TEMPLATE.parent / "Caddyfile").read_text(encoding="utf-8")
    assert "exclude http.log.error" in caddy
    assert caddy.count("log {") == 1  # and no requests
