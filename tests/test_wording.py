from __future__ import annotations

import string
from datetime import date
from typing import Any

import pytest

from cafe_ia import wording
from cafe_ia.phrases import LANGUAGES, catalogue
from cafe_ia.session import Audience, Mode, Region, Session, Status, Venue
from cafe_ia.text import Text


def _session(**fields: Any) -> Session:
    given = {
        "id": "2026-12-05-rabat",
        "title": "Qui décide ?",
        "starts": "2026-12-05 15:00",
        "updated": "2026-11-20 10:00",
    }
    return Session.model_validate({**given, **fields})


def _sentences(language: str) -> dict[str, str]:
    return {
        f"{section}.{key}": sentence
        for section, entries in catalogue("pages", language).items()
        for key, sentence in entries.items()
    }


def _blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_the_same_keys_and_blanks_in_each_language(language: str) -> None:
    """A sentence that one language has, every language has, with the same blanks."""
    french, other = _sentences("fr"), _sentences(language)
    assert list(other) == list(french)
    assert {key: _blanks(words) for key, words in other.items()} == {
        key: _blanks(words) for key, words in french.items()
    }
    assert all(words.strip() for words in other.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_words_for_each_value_of_a_record(language: str) -> None:
    """Each audience, region, status and mode of the records has its words."""
    for section, kind in (
        ("audience", Audience),
        ("region", Region),
        ("status", Status),
        ("mode", Mode),
    ):
        assert list(catalogue("pages", language)[section]) == [one.value for one in kind]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "samedi 5 décembre 2026, 15:00 – 16:00"),
        ("ar", "السبت 5 دجنبر 2026، من 15:00 إلى 16:00"),
        ("en", "Saturday 5 December 2026, 15:00 – 16:00"),
    ],
)
def test_when_says_day_and_hours_with_moroccan_months(language: str, said: str) -> None:
    """Arabic months are those of Morocco, and digits are Western everywhere."""
    assert wording.when(_session(), language) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"starts": "2026-12-05 22:00", "minutes": 180},
            "samedi 5 décembre 2026, 22:00 – 01:00, dimanche 6 décembre 2026",
        ),
        (
            {"starts": "2027-01-01", "all_day": True},
            "vendredi 1er janvier 2027, toute la journée",
        ),
        (
            {"starts": "2027-01-01", "all_day": True, "minutes": 2880},
            "vendredi 1er janvier 2027, toute la journée, jusqu’au samedi 2 janvier 2027",
        ),
    ],
)
def test_when_says_what_lasts_past_midnight(fields: dict[str, Any], said: str) -> None:
    """A café that ends on another day says on which."""
    assert wording.when(_session(**fields), "fr") == said


def test_when_names_a_zone_that_is_not_the_readers() -> None:
    """The hour of a café abroad says whose hour it is."""
    abroad = _session(timezone="Europe/Paris")
    assert wording.when(abroad, "fr", home="Africa/Casablanca").endswith("(heure de Paris)")
    assert wording.when(abroad, "ar", home="Africa/Casablanca").endswith("(بتوقيت باريس)")
    assert "heure" not in wording.when(abroad, "fr", home="Europe/Paris")


def test_days_are_counted_on_the_calendar() -> None:
    """Two whole days around a change of clocks end on the second day, whatever the hours."""
    fields = {"starts": "2026-10-24", "all_day": True, "minutes": 2880, "timezone": "Europe/Paris"}
    assert wording.days(_session(**fields)) == (date(2026, 10, 24), date(2026, 10, 25))


def test_access_says_what_is_unknown_and_whom_to_ask() -> None:
    """Silence about the door is said aloud, so that nobody takes it for a yes."""
    session = _session(
        venue={"name": "Salle", "step_free": False}, access={"seating": True, "women_only": True}
    )
    assert wording.access_sentences(session, "fr") == [
        "Il y a des marches pour entrer ou pour atteindre la salle.",
        "Il y a une place assise pour chaque personne.",
        "Ce café est réservé aux femmes.",
        (
            "Nous ne savons pas encore s’il y a une interprétation en langue des signes et si les "
            "enfants peuvent venir\N{NO-BREAK SPACE}: demandez-nous avant de venir."
        ),
    ]


def test_access_of_an_online_cafe_asks_for_no_door() -> None:
    """A café without a room has neither steps nor chairs to ask about."""
    session = _session(online="https://example.org/salle", access={"sign_language": True})
    assert wording.access_sentences(session, "en") == ["There is a sign-language interpreter."]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "darija, tachelhit, amazighe et portugais"),
        ("ar", "الدارجة وتاشلحيت والأمازيغية والبرتغالية"),
        ("en", "Darija, Tachelhit, Standard Amazigh and Portuguese"),
    ],
)
def test_language_names_are_those_that_people_use(language: str, said: str) -> None:
    """Languages of Morocco have their usual names, and others those of CLDR."""
    assert wording.language_names(["ary", "shi", "zgh", "pt"], language) == said


def test_place_line_takes_each_part_in_the_nearest_language() -> None:
    """A part of the address that is missing in the language is not left out."""
    venue = Venue(name=Text(fr="Salle", ar="قاعة"), address=Text(fr="Rue 5"), city=Text(ar="فاس"))
    assert wording.place_line(venue, "fr") == "Salle, Rue 5, فاس"
    assert wording.place_line(venue, "ar") == "قاعة، Rue 5، فاس"


def test_status_title_says_that_a_cafe_does_not_take_place() -> None:
    """Only a cancelled or a postponed café has it said in its title."""
    said = [wording.status_title("Qui décide ?", status, "fr") for status in Status]
    assert said == [
        "Qui décide ?",
        "Qui décide ?",
        "Reporté\N{NO-BREAK SPACE}: Qui décide ?",
        "Annulé\N{NO-BREAK SPACE}: Qui décide ?",
    ]
