"""The feeds of `written`: small sets of records, each chosen for what may go wrong with it.

`python tests/calendars/made.py` writes the files anew; read the difference before keeping it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cafe_ia.calendar import to_ics
from cafe_ia.programme import Programme
from cafe_ia.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FEEDS", "FOREIGN", "RECORDS", "WRITTEN", "session"]

WRITTEN = Path(__file__).with_name("written")
FOREIGN = Path(__file__).with_name("foreign")

UPDATED = datetime(2026, 11, 20, 10, tzinfo=UTC)

LIBRARY = {
    "name": {"fr": "Bibliothèque nationale", "ar": "المكتبة الوطنية"},
    "address": {"fr": "Avenue Ibn Khaldoun, Agdal", "ar": "شارع ابن خلدون، أكدال"},
    "city": {"fr": "Rabat", "ar": "الرباط"},
    "location": {"lat": 34.0076, "lon": -6.834},
    "step_free": True,
    "how_to_come": {"fr": "Tram 1, arrêt « Bibliothèque » ; la porte à gauche"},
}
HOST = {
    "name": {"fr": 'Les "Cafés" ^IA', "ar": "مقاهي الذكاء الاصطناعي"},
    "email": "bonjour@example.org",
    "url": "https://example.org/",
}
QUESTION = {
    "fr": "La machine parle-t-elle nos langues ?",
    "ar": "هل تتكلم الآلة لغاتنا؟",
    "ary": "واش الماكينة كتعرف الهضرة ديالنا؟",
    "zgh": "ⵉⵙ ⴷⴰ ⵜⵙⴰⵡⴰⵍ ⵜⵎⴰⵛⵉⵏⵜ ⵜⵓⵜⵍⴰⵢⵉⵏ ⵏⵏⵖ?",
}


def session(name: str, starts: str, **fields: Any) -> Session:
    """A session with a title, a host and nothing else that a test did not ask for."""
    given = {"id": name, "starts": starts, "title": QUESTION, "host": HOST, "updated": UPDATED}
    return Session.model_validate({**given, **fields})


def _season() -> Programme:
    sessions = (
        session(
            "rabat",
            "2026-12-05 15:00",
            uid="rabat@saison.cafe-ia",
            status="confirmed",
            revision=2,
            summary={"fr": "On parle ; on doute,\non essaie.", "ar": "نتحدث، ونشك\nونجرب."},
            spoken=["ary", "fr"],
            venue=LIBRARY,
            audiences=["seniors", "new_to_digital"],
            module="nos-langues",
            seats=15,
            facilitators=[{"name": "Naïma", "speaks": ["ary", "fr"]}],
            agenda=[
                {"minutes": 20, "mode": "show", "title": {"fr": "La machine", "ary": "الماكينة"}},
                {"minutes": 40, "mode": "discuss", "title": {"fr": "Qui paie ?"}},
            ],
            access={"seating": True, "children": True, "notes": {"fr": "Boucle magnétique"}},
            registration="https://example.org/inscription?cafe=rabat&lang=fr",
            url="https://example.org/rabat;jour=5,decembre",
        ),
        session("fes", "2027-01-09 15:00", status="cancelled", revision=3, venue=LIBRARY),
        session("oujda", "2027-01-16 15:00", status="postponed", title={"ar": QUESTION["ar"]}),
        session("en-ligne", "2027-02-04 20:30", minutes=90, online="https://meet.example.org/café"),
        session("sale", "2027-02-20 18:00", online="https://meet.example.org/sale", venue=LIBRARY),
    )
    return Programme.model_validate(
        {
            "id": "saison",
            "title": {"fr": "Parlons IA", "ar": "لنتحدث عن الذكاء الاصطناعي"},
            "summary": {"fr": "Une saison, d'exemple ; rien n'est vrai."},
            "notice": {"fr": "Exemple"},
            "sessions": sessions,
        }
    )


def _casablanca() -> list[Session]:
    return [
        session("ramadan-2026", "2026-03-01 18:00"),
        session("avant-le-decret", "2026-09-12 18:00"),
        session("apres-le-decret", "2026-11-28 18:00"),
        session("ramadan-2027", "2027-02-20 18:00"),
    ]


def _zones() -> list[Session]:
    return [
        session("paris-1970", "1970-07-01 18:00", timezone="Europe/Paris"),
        session("rome-1970", "1970-07-01 18:00", timezone="Europe/Rome"),
        session("casablanca-1950", "1950-07-01 18:00"),
        session("paris-forward", "2027-03-28 01:30", minutes=120, timezone="Europe/Paris"),
        session("paris-back", "2027-10-31 01:30", minutes=120, timezone="Europe/Paris"),
        session("paris-twice", "2027-10-31 02:50", minutes=30, timezone="Europe/Paris"),
        session("lord-howe", "2027-04-04 01:30", minutes=60, timezone="Australia/Lord_Howe"),
        session("kathmandu", "2027-05-01 18:00", timezone="Asia/Kathmandu"),
        session("new-york", "2037-07-01 18:00", timezone="America/New_York"),
        session("buenos-aires", "2037-07-01 18:00", timezone="America/Argentina/Buenos_Aires"),
        session("paris-2099", "2099-07-01 18:00", timezone="Europe/Paris"),
        session("casablanca-2099", "2099-07-01 18:00"),
        session("utc", "2027-05-01 18:00", timezone="UTC"),
    ]


def _days() -> list[Session]:
    day = 24 * 60
    return [
        session("un-jour", "2026-12-05", all_day=True),
        session("trois-jours", "2026-12-31", all_day=True, minutes=3 * day),
        session(
            "heure-d-ete", "2027-03-27", all_day=True, minutes=3 * day, timezone="Europe/Paris"
        ),
        session("heure-legale", "2026-09-19", all_day=True, minutes=2 * day),
        session("le-soir-aussi", "2026-12-05 20:00", minutes=6 * 60),
    ]


def _texts() -> list[Session]:
    titles = {
        "antislash": "Le chemin C:\\nouveau\\",
        "ponctuation": 'Un ; deux , trois : quatre "cinq" ^n ^^ \\, \\; \\n',
        "long": "Où est la voix ? " * 600,
        "tifinagh": QUESTION["zgh"] * 3,
        "arabe": "مرحبا، كيف تتعلم الآلة؟ " * 6,
        "bidi": "\u200fعربي\u200e (IA) \u2067x\u2069 \u202bx\u202c",
        "emoji": "👩🏽‍🏫👨‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿" * 8,
        "combinants": "e\u0301a\u0308o\u0323\u0302" * 20,
        "lignes": "Une ligne\n\n  et une autre\tavec tabulation",
        "faux": "BEGIN:VEVENT\nEND:VCALENDAR",
        "74": "a" * 74 + "é" + "b" * 75,
    }
    return [
        session(
            f"texte-{name}",
            "2026-12-05 15:00",
            title={"fr": title},
            summary={"fr": title + "\n" + title},
            venue={"name": {"fr": title}, "address": {"fr": "12, rue\nde la Paix"}},
            online="https://meet.example.org/a?b=c&d=é",
        )
        for name, title in titles.items()
    ]


def _uids() -> list[Session]:
    return [
        session("virgule", "2026-12-05 15:00", uid="a,b;c\\d: e"),
        session("long", "2026-12-05 15:00", uid="{" + "0123456789" * 12 + "}"),
        session("arabe", "2026-12-05 15:00", uid="مقهى@example.org"),
        session("sans-courriel", "2026-12-05 15:00", host={"name": {"fr": "Amis"}}),
        session(
            "avec-page", "2026-12-05 15:00", host={"name": {"fr": "Amis"}, "url": "https://a.b"}
        ),
        session("sans-hote", "2026-12-05 15:00", host=None),
        session(
            "adresse", "2026-12-05 15:00", online="https://a.org/a;b,c:d", url="https://a.b/;,"
        ),
    ]


RECORDS: Mapping[str, Programme | list[Session]] = {
    "season": _season(),
    "casablanca": _casablanca(),
    "zones": _zones(),
    "days": _days(),
    "texts": _texts(),
    "uids": _uids(),
    "empty": [],
}

FEEDS: Mapping[str, Callable[[], bytes]] = {
    "season.fr": lambda: to_ics(RECORDS["season"], language="fr"),
    "season.ar": lambda: to_ics(RECORDS["season"], language="ar"),
    "season.ary": lambda: to_ics(RECORDS["season"], language="ary"),
    "season.zgh": lambda: to_ics(RECORDS["season"], language="zgh"),
    "season.en": lambda: to_ics(RECORDS["season"], language="en", reminder=24 * 60),
    "casablanca.fr": lambda: to_ics(RECORDS["casablanca"], name="Casa, le soir", reminder=30),
    "zones.fr": lambda: to_ics(RECORDS["zones"]),
    "days.fr": lambda: to_ics(RECORDS["days"]),
    "texts.fr": lambda: to_ics(RECORDS["texts"]),
    "uids.ar": lambda: to_ics(RECORDS["uids"], language="ar"),
    "empty.fr": lambda: to_ics(RECORDS["empty"], name="Rien encore"),
}
"""What makes each file of `written`; the name before the point is that of its records."""


if __name__ == "__main__":
    for feed, make in FEEDS.items():
        WRITTEN.joinpath(f"{feed}.ics").write_bytes(make())
