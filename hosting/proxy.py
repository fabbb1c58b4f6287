"""The proxy before the processes: HAProxy, and its configuration for so many of them."""

import shutil
from collections.abc import Sequence
from pathlib import Path

TEMPLATE = Path(__file__).parent / "haproxy.cfg"
ALL_THERE = "/_hosting/all-there"  # what the proxy answers itself: 200 when every process is there
MISSING = (
    "haproxy is not installed, which stands before the processes. On Debian and Ubuntu: "
    "apt-get install haproxy."
)


def haproxy() -> str:
    """Its program. SystemExit, with a sentence, if it is not installed."""
    program = shutil.which("haproxy") or shutil.which("/usr/sbin/haproxy")
    if program is None:
        raise SystemExit(MISSING)
    return program


def configuration(address: str, ports: Sequence[int], base: str = "") -> str:
    """HAProxy's configuration: visitors come to `address`, host and port, and are sent on to ports.

    `base` is the path below which the server is, "" if there is none.
    """
    servers = [
        f"    server process{i} 127.0.0.1:{port} cookie process{i}"
        for i, port in enumerate(ports, start=1)
    ]
    trackers = [f"{line} track processes/process{i}" for i, line in enumerate(servers, start=1)]
    filled = {
        "address": address,
        "count": str(len(ports)),
        "all_there": ALL_THERE,
        "base": base,
        "servers": "\n".join(servers),
        "trackers": "\n".join(trackers),
        "tries": str(2 * len(ports)),  # some may go round to a process twice
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    for name, value in filled.items():
        text = text.replace(f"@{name}@", value)
    return text
