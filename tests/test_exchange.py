from __future__ import annotations

import csv
import io
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from cafe_ia.exchange import to_csv, to_jsonld
from cafe_ia.files import load_programme
from cafe_ia.phrases import LANGUAGES
from cafe_ia.programme import Programme


def _programme(*sessions: dict[str, Any], **fields: Any) -> Programme:
    given = {
        "id": "essai",
        "title": {"fr": "Essai", "ar": "تجربة"},
        "sessions": [
            {
                "id": f"cafe-{number}",
                "title": "Qui décide ?",
                "starts": "2026-12-05 15:00",
                "updated": "2026-11-20 10:00",
                **session,
            }
            for number, session in enumerate(sessions)
        ],
    }
    return Programme.model_validate({**given, **fields})


@pytest.fixture(scope="module")
def example() -> Programme:
    """The programme that the package brings along."""
    return load_programme(Path(str(files("cafe_ia").joinpath("example"))))


def _event(session: dict[str, Any], **fields: Any) -> dict[str, Any]:
    _, event = json.loads(to_jsonld(_programme(session, **fields)))["@graph"]
    return dict(event)


def _rows(table: bytes) -> list[dict[str, str]]:
    text = io.StringIO(table.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";", strict=True))


@pytest.mark.parametrize(
    ("starts", "said"),
    [
        ("2026-11-28 18:00", "2026-11-28T18:00:00+00:00"),
        ("2026-09-12 18:00", "2026-09-12T18:00:00+01:00"),
        ("2026-03-01 18:00", "2026-03-01T18:00:00+00:00"),
        ("2027-02-20 18:00", "2027-02-20T18:00:00+00:00"),
    ],
)
def test_jsonld_gives_the_offset_of_the_day(starts: str, said: str) -> None:
    """Each hour has the offset that Casablanca has on that day."""
    assert _event({"starts": starts})["startDate"] == said


def test_jsonld_ends_in_the_offset_of_its_own_hour() -> None:
    """A café over a change of clocks ends with the new offset."""
    event = _event({"starts": "2026-09-20 01:30", "minutes": 60})
    assert event["startDate"] == "2026-09-20T01:30:00+01:00"
    assert event["endDate"] == "2026-09-20T01:30:00+00:00"


def test_jsonld_of_whole_days_has_dates_alone() -> None:
    """A café of two days begins and ends on days, without an hour."""
    event = _event({"starts": "2026-12-05", "all_day": True, "minutes": 2880})
    assert (event["startDate"], event["endDate"]) == ("2026-12-05", "2026-12-06")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("planned", "EventScheduled"),
        ("confirmed", "EventScheduled"),
        ("postponed", "EventPostponed"),
        ("cancelled", "EventCancelled"),
    ],
)
def test_jsonld_says_whether_it_takes_place(status: str, said: str) -> None:
    """The status is one of schema.org's, and nobody is asked to sign up for nothing."""
    event = _event({"status": status, "registration": "https://example.org/venir"})
    assert event["eventStatus"] == f"https://schema.org/{said}"
    assert ("potentialAction" in event) == (said == "EventScheduled")


@pytest.mark.parametrize(
    ("where", "mode", "kinds"),
    [
        ({"venue": {"name": "Salle"}}, "OfflineEventAttendanceMode", ["Place"]),
        ({"online": "https://example.org/"}, "OnlineEventAttendanceMode", ["VirtualLocation"]),
        (
            {"venue": {"name": "Salle"}, "online": "https://example.org/"},
            "MixedEventAttendanceMode",
            ["Place", "VirtualLocation"],
        ),
    ],
)
def test_jsonld_says_how_one_attends(where: dict[str, Any], mode: str, kinds: list[str]) -> None:
    """A room, a link or both make the attendance mode and the locations."""
    event = _event(where)
    assert event["eventAttendanceMode"] == f"https://schema.org/{mode}"
    assert [place["@type"] for place in event["location"]] == kinds


def test_jsonld_describes_the_place_and_who_can_come_in() -> None:
    """Address, point and access are said where known, and left out where not."""
    venue = {
        "name": {"fr": "Salle", "ar": "قاعة"},
        "city": "Rabat",
        "region": "rabat-sale-kenitra",
        "location": {"lat": 34.0, "lon": -6.8},
        "step_free": False,
    }
    (place,) = _event({"venue": venue, "access": {"children": True}})["location"]
    assert place == {
        "@type": "Place",
        "name": [{"@language": "fr", "@value": "Salle"}, {"@language": "ar", "@value": "قاعة"}],
        "address": {
            "@type": "PostalAddress",
            "addressLocality": [{"@language": "fr", "@value": "Rabat"}],
            "addressRegion": "Rabat-Salé-Kénitra",
            "addressCountry": "MA",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 34.0, "longitude": -6.8},
        "amenityFeature": [
            {
                "@type": "LocationFeatureSpecification",
                "propertyID": "step_free",
                "name": "sans marche",
                "value": False,
            },
            {
                "@type": "LocationFeatureSpecification",
                "propertyID": "children",
                "name": "enfants bienvenus",
                "value": True,
            },
        ],
    }


def test_jsonld_keeps_what_is_false_and_drops_what_is_unknown() -> None:
    """A café that is not free says so; a number of seats that nobody gave is not invented."""
    event = _event({"free": False})
    assert event["isAccessibleForFree"] is False
    assert not {"maximumAttendeeCapacity", "location", "description", "audience"} & event.keys()


def test_jsonld_names_no_facilitator() -> None:
    """First names told to the people of a room are not handed to search engines."""
    session = {"facilitators": [{"name": "Tamimount", "speaks": ["rif"]}]}
    assert b"Tamimount" not in to_jsonld(_programme(session))


def test_jsonld_repeats_the_notice_on_each_event(example: Programme) -> None:
    """An event taken out of the series still says that it is only an example."""
    graph = json.loads(to_jsonld(example))["@graph"]
    assert len(graph) == 1 + len(example.sessions)
    assert all("disambiguatingDescription" in node for node in graph)


def test_jsonld_links_each_event_with_its_series(example: Programme) -> None:
    """Every node has its own name, and the series and its events point at each other."""
    series, *events = json.loads(to_jsonld(example))["@graph"]
    names = [event["@id"] for event in events]
    assert len(set(names)) == len(names)
    assert all(name.startswith("urn:") for name in names)
    assert [one["@id"] for one in series["subEvent"]] == names
    assert {event["superEvent"]["@id"] for event in events} == {series["@id"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_jsonld_puts_the_wanted_language_first(example: Programme, language: str) -> None:
    """Titles are given in every language, the wanted one in front."""
    _, event, *_ = json.loads(to_jsonld(example, language=language))["@graph"]
    assert event["name"][0]["@language"] == language
    assert {name["@language"] for name in event["name"]} == {"fr", "ar", "ary", "en"}


def test_jsonld_cannot_end_the_script_that_holds_it() -> None:
    """Text that looks like markup stays a text when the data is pasted into a page."""
    title = "</script><!-- & 'ok'"
    data = to_jsonld(_programme({"title": title}))
    assert not set(b"<>&") & set(data)
    assert json.loads(data)["@graph"][1]["name"][0]["@value"] == title


@pytest.mark.parametrize("write", [to_jsonld, to_csv])
def test_exchange_is_the_same_bytes_each_time(example: Programme, write: Any) -> None:
    """The same records give the same bytes, in whatever order they came."""
    backwards = Programme.model_validate(
        {**dict(example), "sessions": tuple(reversed(example.sessions))}
    )
    assert write(example) == write(backwards)


@pytest.mark.parametrize("write", [to_jsonld, to_csv])
def test_exchange_refuses_a_language_it_does_not_speak(example: Programme, write: Any) -> None:
    """A language without words is refused and not replaced in silence."""
    with pytest.raises(KeyError, match="'de'"):
        write(example, language="de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_is_read_back_by_the_csv_module(example: Programme, language: str) -> None:
    """One row for each session, each with a cell for each column of a header without doubles."""
    table = to_csv(example, language=language)
    assert table.startswith(b"\xef\xbb\xbf")
    assert table.endswith(b"\r\n")
    header, *rows = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""), delimiter=";")
    assert len(set(header)) == len(header)
    assert len(rows) == len(example.sessions)
    assert {len(row) for row in rows} == {len(header)}


def test_csv_shows_dates_hours_and_arabic(example: Programme) -> None:
    """Dates are ISO, hours those of the wall, and Arabic is Arabic."""
    row = _rows(to_csv(example))[0]
    assert (row["date"], row["début"], row["fin"]) == ("2026-12-05", "15:00", "16:00")
    assert row["titre (arabe)"] == "هل تتكلم الآلة لغاتنا؟"
    assert row["titre (darija)"] == "واش الماكينة كتعرف الهضرة ديالنا؟"
    assert row["langues parlées"] == "darija, français"
    assert row["animation"] == "Naïma, Youssef"


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "+212",
        "-2",
        "@SUM(A1)",
        "＝1+1",
        "＋1",
        "－1",
        "＠A1",
        '=HYPERLINK("https://example.org";"ici")',
    ],
)
def test_csv_defuses_what_a_spreadsheet_would_run(typed: str) -> None:
    """A text that begins like a formula begins with an apostrophe, in every column of text."""
    session = {
        "title": typed,
        "summary": typed,
        "venue": {"name": typed, "address": typed, "city": typed},
        "host": {"name": typed},
        "facilitators": [{"name": typed}],
        "access": {"notes": typed},
    }
    (row,) = _rows(to_csv(_programme(session)))
    for column in ("titre", "invitation", "lieu", "adresse", "commune", "qui invite", "animation"):
        assert row[column] == f"'{typed}"
    assert not [cell for cell in row.values() if cell.startswith(tuple("=+-@\t\r＝＋－＠"))]


def test_csv_keeps_numbers_as_numbers() -> None:
    """A longitude west of Greenwich is a number and gets no apostrophe."""
    venue = {"name": "Salle", "location": {"lat": 34.02, "lon": -6.8}}
    (row,) = _rows(to_csv(_programme({"venue": venue, "seats": 15})))
    assert (row["latitude"], row["longitude"], row["places"]) == ("34.02", "-6.8", "15")


def test_csv_keeps_separators_quotes_and_lines() -> None:
    """What has a meaning in CSV comes back as it was typed."""
    summary = 'Une ligne ; puis « une autre » :\n"citation", et la fin'
    (row,) = _rows(to_csv(_programme({"summary": summary})))
    assert row["invitation"] == summary


def test_csv_of_whole_days_has_no_hours() -> None:
    """A café of two days has its last day and no hour."""
    session = {"starts": "2026-12-05", "all_day": True, "minutes": 2880}
    (row,) = _rows(to_csv(_programme(session)))
    assert (row["date"], row["date de fin"]) == ("2026-12-05", "2026-12-06")
    assert (row["début"], row["fin"]) == ("", "")


def test_csv_leaves_what_is_unknown_empty() -> None:
    """Yes, no and unknown are three different cells."""
    venue = {"name": "Salle", "step_free": False}
    (row,) = _rows(to_csv(_programme({"venue": venue, "access": {"seating": True}})))
    cells = (row["sans marche"], row["places assises"], row["langue des signes"])
    assert cells == ("non", "oui", "")
