"""An editor: the YAML language server that many of them share, asked as an editor asks it.

A person who writes a session by hand sees what this server says: the fields that may come next,
and what each of them means. It reads the schema that the file's first line names.
"""

from __future__ import annotations

import json
import subprocess
from typing import IO, TYPE_CHECKING, Any

from .tool import HERE, PATIENCE, RefusedError, require

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["complaints_of_editor", "explanation_in_editor", "fields_in_editor"]


def fields_in_editor(path: Path, line: int, column: int) -> dict[str, str]:
    """The fields that the editor offers at a place counted from 0, with what it says of each."""
    answer = _asked(path, "textDocument/completion", line, column)
    items = answer["items"] if isinstance(answer, dict) else answer or []
    return {item["label"]: _words(item.get("documentation")) for item in items}


def explanation_in_editor(path: Path, line: int, column: int) -> str:
    """What the editor says of the word at a place counted from 0."""
    answer = _asked(path, "textDocument/hover", line, column)
    return _words(answer["contents"]) if answer else ""


def complaints_of_editor(path: Path) -> list[str]:
    """What the editor underlines."""
    return [str(one["message"]) for one in _asked(path, None, 0, 0)]


def _words(said: Any) -> str:
    return str(said["value"] if isinstance(said, dict) else said or "")


def _asked(path: Path, question: str | None, line: int, column: int) -> Any:
    """One conversation with the server: open the file, and ask one thing or wait for complaints."""
    require("yaml-language-server")
    command = [str(HERE / "node_modules" / ".bin" / "yaml-language-server"), "--stdio"]
    uri = path.resolve().as_uri()
    document = {"uri": uri, "languageId": "yaml", "version": 1, "text": path.read_text("utf-8")}
    settings = {"yaml": {"schemaStore": {"enable": False}, "validate": True, "hover": True,
                         "completion": True}}  # fmt: skip
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        try:
            talk = _Talk(server)
            talk.say("initialize", 1, processId=None, rootUri=None, capabilities=_CAPABILITIES)
            talk.heard(1)
            talk.say("initialized")
            talk.say("workspace/didChangeConfiguration", settings=settings)
            talk.say("textDocument/didOpen", textDocument=document)
            if question is None:
                return talk.heard("textDocument/publishDiagnostics")["diagnostics"]
            position = {"line": line, "character": column}
            talk.say(question, 2, textDocument={"uri": uri}, position=position)
            return talk.heard(2)
        finally:
            server.kill()


_CAPABILITIES = {
    "workspace": {"configuration": True},
    "textDocument": {
        "completion": {"completionItem": {"documentationFormat": ["markdown", "plaintext"]}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
    },
}


class _Talk:
    """JSON-RPC in frames with a Content-Length, as the Language Server Protocol has it."""

    def __init__(self, server: subprocess.Popen[bytes]) -> None:
        assert server.stdin is not None
        assert server.stdout is not None
        self.out: IO[bytes] = server.stdin
        self.into: IO[bytes] = server.stdout

    def say(self, method: str, number: int | None = None, **params: Any) -> None:
        self._send({"method": method, "params": params} | ({"id": number} if number else {}))

    def heard(self, wanted: int | str) -> Any:
        """The answer of that number, or the news of that method."""
        for _ in range(PATIENCE * 10):
            frame = self._frame()
            if frame.get("id") == wanted and "method" not in frame:
                if "error" in frame:
                    raise RefusedError(str(frame["error"]))
                return frame.get("result")
            if frame.get("method") == wanted:
                return frame["params"]
            if "method" in frame and "id" in frame:  # it asks for settings: none but those told
                items = frame.get("params", {}).get("items", [])
                self._send({"id": frame["id"], "result": [_settings(item) for item in items]})
        raise RefusedError(f"no answer to {wanted}")

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.out.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self.out.flush()

    def _frame(self) -> dict[str, Any]:
        length = 0
        while (header := self.into.readline().strip()) or not length:
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
            elif not header and not length:
                raise RefusedError("the server went away")
        frame: dict[str, Any] = json.loads(self.into.read(length))
        return frame


def _settings(item: dict[str, Any]) -> Any:
    return {"schemaStore": {"enable": False}} if item.get("section") == "yaml" else None
