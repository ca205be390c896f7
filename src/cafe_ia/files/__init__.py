"""Record files: the one door through which YAML comes in and goes out."""

from cafe_ia.files.changing import cancel_session, move_session, postpone_session, session_of
from cafe_ia.files.curricula import find_curricula, find_modules, load_curriculum, read_curriculum
from cafe_ia.files.editing import edit_file
from cafe_ia.files.library import known_modules, module_folder, written_modules
from cafe_ia.files.modules import load_module, read_module
from cafe_ia.files.reading import (
    PROGRAMME,
    SESSIONS,
    Reading,
    find_programmes,
    load_programme,
    read_programme,
)
from cafe_ia.files.saving import create_file, replace_file
from cafe_ia.files.starting import add_session, new_record, slug, start_programme
from cafe_ia.files.typed import nearest

__all__ = [
    "PROGRAMME", "SESSIONS", "Reading", "add_session", "cancel_session", "create_file",
    "edit_file", "find_curricula", "find_modules", "find_programmes", "known_modules",
    "load_curriculum", "load_module", "load_programme", "module_folder", "move_session",
    "nearest", "new_record", "postpone_session", "read_curriculum", "read_module",
    "read_programme", "replace_file", "session_of", "slug", "start_programme",
    "written_modules",
]  # fmt: skip
