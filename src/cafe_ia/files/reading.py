"""A folder of files becomes a programme; every fault of every file is told in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cafe_ia.entry import plain
from cafe_ia.files.tree import read_source
from cafe_ia.files.typed import nearest, typed
from cafe_ia.problem import Place, Problem, RecordError, Severity
from cafe_ia.programme import Programme, uid_in
from cafe_ia.session import Facilitator, Host, Session, Venue
from cafe_ia.text import language_tag
from cafe_ia.zone import is_zone

if TYPE_CHECKING:
    from cafe_ia.files.node import Node, Source
    from cafe_ia.record import Record

__all__ = [
    "PROGRAMME",
    "SESSIONS",
    "Reading",
    "find_programmes",
    "load_programme",
    "read_programme",
]

PROGRAMME = "programme.yaml"
"""The file that makes a folder a programme."""

SESSIONS = "sessions"
"""The folder beside it that holds one file for each session."""


@dataclass(slots=True)
class Reading:
    """What was read from a programme's folder."""

    folder: Path
    programme: Programme | None = None
    """The programme with the sessions that are sound; none if its own file is not."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with the files, in their order."""
    sources: dict[str, Source] = field(default_factory=dict)
    """The files: sessions by their `id`, the programme's own under an empty name."""

    def located(self, problem: Problem) -> Problem:
        """A problem found in the records, with its place in the files."""
        if problem.place is not None:
            return problem
        path = problem.path
        source, inner = self.sources.get(""), path
        if len(path) > 1 and path[0] == "sessions" and path[1] in self.sources:
            source, inner = self.sources[str(path[1])], path[2:]
        if source is None:
            return problem.at(Place(str(self.folder)))
        return problem.at(source.place(source.root.find(inner)[0] if source.root else None))


def find_programmes(folder: Path) -> list[Path]:
    """The folders below `folder` (itself included) that hold a programme, in order.

    A folder whose name begins with a point is not entered, nor where Python puts packages: ours
    holds an example.
    """
    if folder.is_file():
        folder = folder.parent
    if not (folder / PROGRAMME).is_file():
        for parent in (folder, *folder.absolute().parents):
            if (parent / PROGRAMME).is_file() and folder.name == SESSIONS:
                return [parent]
    return [
        path.parent
        for path in sorted(folder.rglob(PROGRAMME))
        if not any(
            part.startswith(".") or part == "site-packages"
            for part in path.relative_to(folder).parts
        )
    ]


def load_programme(folder: str | Path) -> Programme:
    """The programme in a folder.

    Args:
        folder: The folder that holds `programme.yaml` and `sessions/`.

    Raises:
        RecordError: with every fault of every file, if there is one.
    """
    reading = read_programme(Path(folder))
    errors = [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    if errors or reading.programme is None:
        raise RecordError(errors or reading.problems)
    return reading.programme


def read_programme(folder: Path, *, shown: str | None = None) -> Reading:
    """Read all the files of a programme's folder.

    Args:
        folder: The folder that holds `programme.yaml` and `sessions/`.
        shown: The folder's path as a person should see it in messages.
    """
    reading = Reading(folder)
    shown = str(folder) if shown is None else shown
    source = read_source(folder / PROGRAMME, str(Path(shown, PROGRAMME)))
    reading.sources[""] = source
    shared = _Shared(source)
    programme = shared.programme(reading)
    sessions: list[Session] = []
    for path in _session_files(folder):
        session_source = read_source(path, str(Path(shown, SESSIONS, path.name)))
        session = shared.session(session_source, path.stem, reading)
        if path.stem in reading.sources:
            twice = Problem("session-twice", {"id": path.stem}, (), session_source.place(None))
            reading.problems.append(twice)
            continue
        reading.sources[path.stem] = session_source
        if session:
            sessions.append(session)
    if programme is not None:
        in_order = tuple(sorted(sessions, key=lambda one: (one.starts_at, one.id)))
        reading.programme = programme.model_copy(update={"sessions": in_order})
    return reading


def _session_files(folder: Path) -> list[Path]:
    """The files of sessions, in order; what a system hides beside them is not one."""
    return sorted(
        path
        for path in (folder / SESSIONS).glob("*")
        if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith(".")
    )


class _Shared:
    """What the programme's own file says, and what its sessions take from it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.data: dict[str, Any] = source.root.plain() if source.root else {}
        self.language = self._language(self.data, "fr")
        self.named: dict[str, dict[str, Record]] = {}
        self.organiser: Record | None = None

    def programme(self, reading: Reading) -> Programme | None:
        """The programme without its sessions."""
        root = self.source.root
        if root is None:
            _told(reading, self.source, [])
            return None
        data, problems = dict(self.data), []
        kinds: tuple[tuple[str, type[Record]], ...] = (
            ("venues", Venue),
            ("hosts", Host),
            ("facilitators", Facilitator),
        )
        for name, kind in kinds:
            self.named[name] = {}
            entries = data.get(name)
            node = root.find((name,))[0]
            if not isinstance(entries, dict) or not isinstance(node.value, dict):
                continue
            for key, entry in entries.items():
                inner = node.value[key]
                one, faults = typed(kind, entry, self.source, inner, language=self.language)
                problems += [_below(problem, (name, key)) for problem in faults]
                if one is not None:
                    self.named[name][key] = one
            data[name] = self.named[name]
        if isinstance(data.get("organiser"), str):
            data["organiser"] = self._named(
                "hosts", data["organiser"], ("organiser",), self.source, problems
            )
        if data.pop("sessions", None) is not None:
            place = self.source.place(root.keys["sessions"])
            problems.append(Problem("sessions-elsewhere", {}, ("sessions",), place))
        programme, faults = typed(Programme, data, self.source, root, language=self.language)
        self.organiser = programme.organiser if programme else None
        return programme if _told(reading, self.source, problems + faults) else None

    def session(self, source: Source, name: str, reading: Reading) -> Session | None:
        """One session, with what it takes from the programme."""
        if source.root is None:
            _told(reading, source, [])
            return None
        data, problems = source.root.plain(), list[Problem]()
        language = self._language(data, self.language)
        given = data.pop("language", None)
        if given is not None and language != _tag(given):
            values = {"typed": given if isinstance(given, str) else "…"}
            place = source.place(source.root.find(("language",))[0])
            problems.append(Problem("language-unknown", values, ("language",), place))
        self._identity(data, name, source, problems)
        if is_zone(plain(str(self.data.get("timezone", "")))):
            data.setdefault("timezone", self.data["timezone"])
        if "host" not in data and self.organiser is not None:
            data["host"] = self.organiser
        for field_name, group in (("venue", "venues"), ("host", "hosts")):
            given = data.get(field_name)
            if isinstance(given, str):
                data[field_name] = self._named(group, given, (field_name,), source, problems)
        given = data.get("facilitators")
        if isinstance(given, str):
            given = [given]
        if isinstance(given, list):
            found = [
                self._named("facilitators", one, ("facilitators", n), source, problems)
                if isinstance(one, str)
                else one
                for n, one in enumerate(given)
            ]
            nobody = Facilitator(name="–")  # keeps the places of the others
            data["facilitators"] = [nobody if one is None else one for one in found]
        session, faults = typed(Session, data, source, source.root, language=language)
        return session if _told(reading, source, problems + faults) else None

    def _identity(
        self, data: dict[str, Any], name: str, source: Source, problems: list[Problem]
    ) -> None:
        """`id` is the file's name; the UID carries the programme's name too."""
        given = data.setdefault("id", name)
        if isinstance(given, str) and plain(given) != name and source.root is not None:
            node = source.root.find(("id",))[0]
            problems.append(
                Problem(
                    "id-not-file-name", {"id": given, "file": name}, ("id",), source.place(node)
                )
            )
        if "uid" not in data and isinstance(self.data.get("id"), str):
            data["uid"] = uid_in(plain(self.data["id"]), data["id"])

    def _named(
        self,
        group: str,
        name: str,
        path: tuple[str | int, ...],
        source: Source,
        problems: list[Problem],
    ) -> Record | None:
        """The shared record of that short name; a name that nothing carries is a problem."""
        name = plain(name)
        found = self.named.get(group, {}).get(name)
        if found is not None:
            return found
        entries = self.data.get(group)
        known = list(entries) if isinstance(entries, dict) else []
        if self.source.root is not None and name not in known:
            node = source.root.find(path)[0] if source.root else None
            values = {
                "name": name,
                "group": group,
                "near": nearest(name, known),
                "known": ", ".join(known) or "–",
            }
            problems.append(Problem("name-unknown", values, path, source.place(node)))
        return None

    @staticmethod
    def _language(data: dict[str, Any], default: str) -> str:
        """The language of bare strings; a wrong tag is told by the record itself."""
        return _tag(data.get("language")) or default


def _tag(given: Any) -> str:
    """The language tag that was given, or nothing where it is none."""
    try:
        return language_tag(given) if isinstance(given, str) else ""
    except ValueError:
        return ""


def _told(reading: Reading, source: Source, problems: list[Problem]) -> bool:
    """Add a file's problems to the reading, in the order of its lines; whether it is sound.

    What a value says is not told where its form is at fault already.
    """
    formal = {problem.place for problem in source.problems}
    problems = source.problems + [one for one in problems if one.place not in formal]
    reading.problems += sorted(problems, key=lambda problem: problem.place or Place(""))
    return not any(problem.severity is Severity.ERROR for problem in problems)


def _below(problem: Problem, path: tuple[str | int, ...]) -> Problem:
    values = dict(problem.values)
    if values.get("field") == "":
        values["field"] = str(path[-1])
    return Problem(problem.code, values, path + problem.path, problem.place)


def node_of(source: Source, path: tuple[str | int, ...]) -> Node | None:
    """The node at a path of a file, if it is written there."""
    if source.root is None:
        return None
    node, depth = source.root.find(path)
    return node if depth == len(path) else None
