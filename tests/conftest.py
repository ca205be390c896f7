"""What several tests share: a sound programme into which one session's file is put."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cafe_ia.files import Reading, read_programme

HERE = Path(__file__).parent

ReadSession = Callable[..., Reading]


@pytest.fixture
def read_session(tmp_path: Path) -> ReadSession:
    """Read a session's file inside the sound programme of `tests/broken`."""

    def read(content: bytes | str, name: str = "essai.yaml") -> Reading:
        folder = tmp_path / "sessions"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        shutil.copy(HERE / "broken" / "programme.yaml", tmp_path)
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
        return read_programme(tmp_path, shown="")

    return read
