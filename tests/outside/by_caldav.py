"""A round trip by CalDAV: what a server keeps of a feed's events (RFC 4791).

Radicale serves, the `caldav` package is the client, and both are processes and code that know
nothing of this library.
"""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from .parts import take_apart, uid_of
from .tool import PATIENCE, RefusedError, require

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["radicale_server", "round_trip_by_caldav"]


@contextmanager
def radicale_server(tmp_path: Path) -> Iterator[str]:
    """A Radicale of one's own on the loopback, stopped at the end; yields its address.

    Its calendars are in `tmp_path`, and so is its log (`radicale.log`). Anyone may log in.
    """
    require("Radicale and caldav")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    log = tmp_path / "radicale.log"
    with log.open("wb") as sink:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "radicale", "--config="),
                *(f"--server-hosts=127.0.0.1:{port}", "--auth-type=none"),
                f"--storage-filesystem-folder={tmp_path / 'collections'}",
            ],
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(server, port, log)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        with (
            suppress(OSError, http.client.HTTPException),
            closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection,
        ):
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        time.sleep(0.05)
    pytest.fail(f"Radicale did not answer: {log.read_text(errors='replace')[-2000:]}")


def round_trip_by_caldav(url: str, ics: bytes) -> bytes:
    """A feed put on a CalDAV server event by event and fetched back as one calendar.

    Each UID is one object with the zones it names and without METHOD (RFC 4791, section 4.1),
    sent byte for byte: the client mends nothing and leaves SEQUENCE alone. What comes back is
    the server's own serialisation.

    Args:
        url: of a server, as `radicale_server` gives it.
        ics: the feed.

    Raises:
        RefusedError: the server did not take an event, or lost one.
    """
    require("Radicale and caldav")
    from caldav.calendarobjectresource import Event
    from caldav.collection import Calendar
    from caldav.davclient import DAVClient
    from caldav.lib.error import DAVError

    parts = take_apart(ics)
    objects: dict[str, list[bytes]] = {}
    for event in parts.events:
        objects.setdefault(uid_of(event), []).append(event)
    if not objects:
        raise RefusedError("the feed has no event to put on a server")
    with DAVClient(
        url=url,
        username="cafe",
        password="unchecked",  # noqa: S106 - the server believes anyone
        enable_rfc6764=False,
    ) as client:
        client.session.trust_env = False  # no proxy and no .netrc on the way to the loopback
        try:
            calendar = client.get_principal().make_calendar(name="Round trip")
            assert isinstance(calendar, Calendar)
            for uid, events in objects.items():
                thing = Event(client=client, parent=calendar, id=uid)
                body = parts.calendar_of(events, is_stored=True)
                try:
                    thing.save(raw_data=body)
                except (DAVError, ValueError) as error:
                    raise RefusedError(f"{uid}: {error}") from error
            answer = client.request(str(calendar.url))
        except DAVError as error:
            raise RefusedError(str(error)) from error
    # The client hands over the text with bare line feeds.
    back = answer.raw.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    if missing := objects.keys() - {uid_of(event) for event in take_apart(back).events}:
        raise RefusedError(f"the server lost {sorted(missing)}")
    return back
