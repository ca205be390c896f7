"""An archive: files in a ZIP whose bytes depend on nothing but the files and a date.

A cartridge, a DOCX and a PPTX are ZIPs. The date of every entry is the module's own, permissions
and order are fixed, so that the same lesson made twice is the same file and a person can see
whether it changed.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["archive", "repacked"]

_FIRST = ("mimetype", "[Content_Types].xml")
"""What a reader looks for at the head: EPUB's and ODF's kind, and OOXML's list of kinds."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_LATEST = (2107, 12, 31, 23, 59, 58)
"""The times that a ZIP can hold."""


def archive(files: Mapping[str, bytes], moment: datetime) -> bytes:
    """The files as a ZIP, sorted by name, every entry dated `moment`: always the same bytes.

    Args:
        files: The content of each file by its path inside, with `/` between folders.
        moment: An aware time; it is written in UTC, to two seconds, and one that a ZIP cannot
            hold (before 1980, after 2107) becomes the nearest that it can.

    Source: PKWARE's APPNOTE.TXT 6.3, sections 4.4.6 (times) and 4.4.15 (permissions).
    """
    return _packed(((name, files[name]) for name in sorted(files)), moment)


def repacked(packed: bytes, moment: datetime) -> bytes:
    """A ZIP that another library wrote, its entries in their order and all dated `moment`.

    Such a library writes the time of the clock into each entry. Entries for folders are left
    out: no reader needs them.

    Args:
        packed: The ZIP.
        moment: As for `archive`.

    Raises:
        zipfile.BadZipFile: it is no ZIP.
    """
    with zipfile.ZipFile(io.BytesIO(packed)) as given:
        entries = [(entry.filename, given.read(entry)) for entry in given.infolist()
                   if not entry.is_dir()]  # fmt: skip
    return _packed(entries, moment)


def _packed(entries: Iterable[tuple[str, bytes]], moment: datetime) -> bytes:
    in_utc = moment.astimezone(UTC)
    # The time is cut to even seconds here, since that is all that a ZIP keeps.
    date = (in_utc.year, in_utc.month, in_utc.day, in_utc.hour, in_utc.minute,
            in_utc.second // 2 * 2)  # fmt: skip
    date = min(max(date, _EARLIEST), _LATEST)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as packed:
        for name, content in sorted(entries, key=lambda entry: _rank(entry[0])):
            entry = zipfile.ZipInfo(name, date)
            entry.create_system = 3  # Unix on every machine: else Windows writes another byte
            entry.external_attr = 0o644 << 16
            # Readers find the kind of a file in `mimetype` without unpacking anything.
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            packed.writestr(entry, content, compress_type=kind, compresslevel=9)
    return whole.getvalue()


def _rank(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)
