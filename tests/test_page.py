from __future__ import annotations

import os
import re
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from cafe_ia.files import load_programme
from cafe_ia.page import to_html
from cafe_ia.phrases import LANGUAGES
from cafe_ia.programme import Programme
from html_tree import Element, read_html
from outside.readers import look_at_page
from outside.tool import PATIENCE, require


def _programme(*sessions: dict[str, Any], **fields: Any) -> Programme:
    given = {
        "id": "essai",
        "title": {"fr": "Essai", "ar": "تجربة", "en": "Trial"},
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


def _article(language: str, session: dict[str, Any], **fields: Any) -> Element:
    page = read_html(to_html(_programme(session, **fields)))
    (article,) = page.all("article", id=f"{language}.cafe-0")
    return article


def _rendered(page: Path, hash: str = "", *, reader: str = "en") -> Element:  # noqa: A002
    """The page as it stands in a browser once its script has run."""
    require("Chromium with axe-core")
    browser = os.environ.get("CAFE_IA_CHROMIUM") or "/usr/bin/chromium"
    done = subprocess.run(
        [
            browser,
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
            *(f"--accept-lang={reader}", f"--lang={reader}", "--dump-dom"),
            f"{page.as_uri()}{hash}",
        ],
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    return read_html(done.stdout.strip())


@pytest.fixture(scope="module")
def example() -> Programme:
    """The programme that the package brings along."""
    return load_programme(Path(str(files("cafe_ia").joinpath("example"))))


@pytest.fixture(scope="module")
def page(example: Programme, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's page on the disk."""
    path = tmp_path_factory.mktemp("page") / "programme.html"
    path.write_bytes(to_html(example))
    return path


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl"), ("en", "ltr")])
def test_page_keeps_nobody_out(page: Path, language: str, direction: str, width: int) -> None:
    """No barrier, no request, no error and no sideways scroll, on a telephone and on a desk."""
    seen = look_at_page(page, f"#{language}", width=width)
    assert seen["violations"] == []
    assert seen["requests"] == []
    assert seen["errors"] == []
    assert not seen["overflow"]
    assert (seen["lang"], seen["dir"]) == (language, direction)


@pytest.mark.parametrize(
    ("hash", "reader", "language"),
    [
        ("", "ar-MA", "ar"),
        ("", "en-GB", "en"),
        ("", "de", "fr"),
        ("#ar", "en", "ar"),
        ("#en.2026-12-05-rabat-nos-langues", "fr", "en"),
        ("#somewhere", "en", "en"),
    ],
)
def test_page_shows_the_language_asked_for(
    page: Path,
    hash: str,  # noqa: A002 # the Web's own name for it
    reader: str,
    language: str,
) -> None:
    """The address decides, then the reader's own language, then the first of the page."""
    (html,) = _rendered(page, hash, reader=reader).all("html")
    assert html.has(**{"lang": language, "data-shown": language})
    titles = {"fr": "Parlons IA", "ar": "لنتحدث", "en": "Let’s talk"}
    assert html.all("title")[0].text.startswith(titles[language])


def test_page_marks_what_is_over_in_the_browser(tmp_path: Path) -> None:
    """A café that has ended says so, one that is to come does not, and no clock is built in."""
    path = tmp_path / "page.html"
    path.write_bytes(
        to_html(
            _programme(
                {"starts": "2020-01-04 15:00"},
                {"starts": "2099-01-03 15:00"},
            )
        )
    )
    shown = _rendered(path)
    marks = [
        "hidden" not in article.all("p", class_="past")[0].attributes
        for article in shown.all("article")
    ]
    assert marks == [True, False] * len(LANGUAGES)


def test_page_stands_whole_without_its_script(page: Path, example: Programme) -> None:
    """Every language has every café, each under its own tag and direction."""
    root = read_html(page.read_bytes())
    versions = root.all("div", class_="version")
    assert [(v.attributes["lang"], v.attributes["dir"]) for v in versions] == [
        ("fr", "ltr"),
        ("ar", "rtl"),
        ("en", "ltr"),
    ]
    for version in versions:
        assert len(version.all("article")) == len(example.sessions)
        assert "hidden" not in version.attributes


def test_page_groups_cafes_by_month_in_order(page: Path) -> None:
    """Months follow each other, in the reader's language with Morocco's own names."""
    (version,) = read_html(page.read_bytes()).all("div", id="ar")
    assert [heading.text for heading in version.all("h2")] == [
        "دجنبر 2026",
        "يناير 2027",
        "فبراير 2027",
        "مارس 2027",
        "أبريل 2027",
        "ماي 2027",
    ]
    times = [time.attributes["datetime"] or "" for time in version.all("time")]
    assert times == sorted(times)


def test_page_is_the_same_bytes_each_time(example: Programme) -> None:
    """The same records give the same page."""
    assert to_html(example) == to_html(Programme.model_validate(dict(example)))


def test_page_holds_the_languages_asked_for(example: Programme) -> None:
    """The first language asked for stands first, and one language needs no switch."""
    root = read_html(to_html(example, languages=("ar", "fr", "ar")))
    assert [v.attributes["id"] for v in root.all("div", class_="version")] == ["ar", "fr"]
    assert root.all("html")[0].has(lang="ar", dir="rtl")
    assert not read_html(to_html(example, languages=["en"])).all("nav")


def test_page_refuses_languages_it_does_not_speak(example: Programme) -> None:
    """A language without words, or none at all, is refused."""
    with pytest.raises(KeyError, match="'de'"):
        to_html(example, languages=["de"])
    with pytest.raises(ValueError, match="at least one"):
        to_html(example, languages=[])


def test_page_says_the_hour_and_its_offset() -> None:
    """The hour is that of the wall, and machines get the offset of the day."""
    article = _article("fr", {"starts": "2026-09-12 18:00"})
    (time,) = article.all("time")
    assert " ".join(time.text.split()) == "samedi 12 septembre 2026 18:00 – 19:00"
    assert time.attributes["datetime"] == "2026-09-12T18:00:00+01:00"
    assert article.attributes["data-ends"] == "2026-09-12T18:00:00Z"


def test_page_names_the_zone_of_a_cafe_abroad() -> None:
    """An hour that is not the programme's says whose it is."""
    assert "heure de" not in _article("fr", {}).text
    abroad = _article("fr", {"timezone": "Europe/Paris"})
    assert "15:00 – 16:00 (heure de Paris)" in abroad.text


@pytest.mark.parametrize(("status", "word"), [("cancelled", "Annulé"), ("postponed", "Reporté")])
def test_page_says_in_words_that_a_cafe_does_not_take_place(status: str, word: str) -> None:
    """The date is struck, a word says why, and nobody is invited to sign up or to join."""
    links = {"registration": "https://example.org/oui", "online": "https://example.org/salle"}
    article = _article("fr", {"status": status, **links})
    assert article.all("strong")[0].text == word
    assert [struck.all("time") for struck in article.all("s") if struck.all("time")]
    assert bool(article.all("h3")[0].all("s")) == (status == "cancelled")
    assert not article.all("a")


def test_page_shows_the_darija_invitation_in_the_arabic_version(page: Path) -> None:
    """Darija stands under its own tag beside the Arabic, and only there."""
    root = read_html(page.read_bytes())
    (article,) = root.all("article", id="ar.2026-12-05-rabat-nos-langues")
    (darija,) = article.all(lang="ary")
    assert darija.has(dir="rtl")
    assert "واش الماكينة كتعرف الهضرة ديالنا؟" in darija.text
    for language in ("fr", "en"):
        assert not root.all("div", id=language)[0].all(lang="ary")


def test_page_marks_words_of_another_language() -> None:
    """A text that the page's language lacks carries its own language and direction."""
    article = _article("en", {"title": {"ar": "من يقرر؟"}, "venue": {"name": {"fr": "Salle"}}})
    (title,) = article.all("h3")[0].all("span")
    assert title.has(lang="ar", dir="rtl")
    (venue,) = article.all("span", class_="venue")[0].all("span")
    assert venue.has(lang="fr", dir="ltr")


def test_page_says_the_facts_of_a_cafe() -> None:
    """Place, way, languages, audience, seats, price, access and people are all in words."""
    article = _article(
        "en",
        {
            "venue": {"name": "Room", "how_to_come": "Bus 5", "step_free": True},
            "spoken": ["ary", "fr"],
            "audiences": ["pupils", "seniors"],
            "seats": 15,
            "free": False,
            "facilitators": [{"name": "Naïma"}, {"name": "Youssef"}],
            "host": {"name": "The library", "email": "a@example.org"},
            "agenda": [
                {"minutes": 20, "mode": "show", "title": "A machine"},
                {"minutes": 40, "mode": "discuss", "title": "Us"},
            ],
        },
    )
    facts = {
        row.all("dt")[0].text: " ".join(row.all("dd")[0].text.split())
        for row in article.all("div")
        if len(row.all("dt")) == 1
    }
    assert facts.pop("Access").startswith("You can come in and reach the room without a step. We")
    assert facts == {
        "Place": "Room",
        "How to come": "Bus 5",
        "You may speak": "Darija and French",
        "For whom": "school pupils, older people",
        "Seats": "15",
        "Price": "Not free",
        "Led by": "Naïma, Youssef",
        "Invitation": "The library a@example.org",
    }
    (details,) = article.all("details")
    assert [" ".join(step.text.split()) for step in details.all("li")] == [
        "15:00 A machine we show · 20 min",
        "15:20 Us we talk · 40 min",
    ]


def test_page_puts_the_notice_first_last_and_on_each_sheet(page: Path) -> None:
    """That the example announces nothing stands at the top, at the end and in print margins."""
    root = read_html(page.read_bytes())
    for version in root.all("div", class_="version"):
        assert len(version.all("header")[0].all("div", class_="notice")) == 1
        assert len(version.all("footer")[0].all("div", class_="notice")) == 1
    (style,) = root.all("style")
    assert style.text.count("@bottom-center") == len(LANGUAGES)


def test_page_claims_no_review(page: Path) -> None:
    """No record says that a speaker reviewed a translation, so no page says it."""
    text = read_html(page.read_bytes()).text.casefold()
    assert not [word for word in ("relu par", "reviewed by", "راجعه") if word in text]


def test_page_without_cafes_says_so() -> None:
    """An empty programme is a page and not an error."""
    root = read_html(to_html(_programme()))
    assert [one.text for one in root.all("p", class_="empty")] == [
        "Aucun café n’est annoncé pour le moment.",
        "لم يُعلن عن أي لقاء حاليا.",
        "No café is announced at the moment.",
    ]


HOSTILE = (
    "</style></script><script>alert(1)</script><img src=x onerror=alert(2)>\"' {{ 7*7 }} &amp;"
)


def test_page_escapes_hostile_text_everywhere(tmp_path: Path) -> None:
    """What looks like markup in a record is shown as it was typed, and never acts."""
    programme = _programme(
        {
            "title": HOSTILE,
            "summary": HOSTILE,
            "venue": {"name": HOSTILE, "address": HOSTILE, "city": HOSTILE, "how_to_come": HOSTILE},
            "host": {"name": HOSTILE, "email": "o'neill&co?subject=x@example.org"},
            "facilitators": [{"name": HOSTILE}],
            "access": {"notes": HOSTILE},
            "agenda": [{"minutes": 60, "mode": "discuss", "title": HOSTILE}],
            "registration": "https://example.org/?a='onmouseover=alert(3)&b=1",
            "online": "https://example.org/javascript:alert(4)",
        },
        title=HOSTILE,
        summary={"ar": HOSTILE, "ary": HOSTILE},
        notice=HOSTILE,
        organiser={"name": HOSTILE},
    )
    path = tmp_path / "page.html"
    path.write_bytes(to_html(programme))
    root = read_html(path.read_bytes())
    assert (len(root.all("script")), len(root.all("style")), len(root.all("img"))) == (1, 1, 0)
    everything = root.all()
    assert not [name for one in everything for name in one.attributes if name.startswith("on")]
    assert "<" not in root.all("style")[0].text
    addresses = {one.attributes.get("href") or "" for one in everything if one.name == "a"}
    assert {address.split(":")[0].split("#")[0] for address in addresses} == {"", "https", "mailto"}
    assert root.all("title")[0].text == HOSTILE
    assert root.all("h1")[0].text == HOSTILE
    assert all(heading.text == HOSTILE for heading in root.all("h3"))
    for language in LANGUAGES:
        seen = look_at_page(path, f"#{language}", width=320)
        assert (seen["violations"], seen["requests"], seen["errors"]) == ([], [], [])
        assert not seen["overflow"]


@pytest.mark.parametrize("field", ["registration", "online", "url"])
@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//example.org"])
def test_page_never_gets_an_address_that_acts(field: str, address: str) -> None:
    """The records refuse an address that is not of the Web, so no page can hold one."""
    with pytest.raises(ValidationError, match="is not a web address"):
        _programme({field: address})


def test_page_prints_with_its_agenda_unfolded(tmp_path: Path) -> None:
    """A long agenda, folded on the screen, takes up sheets of paper."""
    steps = [{"minutes": 1, "mode": "discuss", "title": "Une voix"}] * 200
    sheets = []
    for agenda in ([], steps):
        page, pdf = tmp_path / "page.html", tmp_path / "page.pdf"
        page.write_bytes(to_html(_programme({"agenda": agenda})))
        look_at_page(page, "#fr", pdf=pdf)
        sheets.append(len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())))
    assert sheets[0] == 1
    assert sheets[1] > 1
