"""What people type, and the value that it means: one table for each kind of value."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from cafe_ia.entry import (
    aware_time,
    local_time,
    number,
    plain,
    whole_number,
    words,
    yes_or_no,
)

EVENING = datetime(2026, 12, 5, 18, 30)  # noqa: DTZ001 # a wall clock's time has no zone
DAY = date(2026, 12, 5)


def code_of(function: object, typed: object) -> str:
    """The code with which a value is refused."""
    assert callable(function)
    with pytest.raises(PydanticCustomError) as refused:
        function(typed)
    return refused.value.type


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-05 18:30", EVENING),
        ("2026-12-05T18:30", EVENING),
        ("2026-12-05 18:30:00", EVENING),
        ("2026-12-05 18h30", EVENING),
        ("2026-12-05 18H30", EVENING),
        ("2026-12-05 18 h 30", EVENING),
        ("2026-12-05, 18h30", EVENING),
        ("2026-12-05، 18h30", EVENING),
        ("2026/12/05 18:30", EVENING),
        ("2026-12-5 18:30", EVENING),
        ("05/12/2026 18:30", EVENING),
        ("5/12/2026 18h30", EVENING),
        ("05.12.2026 18h30", EVENING),
        ("05-12-2026 18h30", EVENING),
        ("05/12/2026 à 18h30", EVENING),
        ("05/12/2026 at 18:30", EVENING),
        ("05/12/2026 على 18:30", EVENING),
        ("05/12/2026 على الساعة 18:30", EVENING),
        ("٢٠٢٦-١٢-٠٥ ١٨:٣٠", EVENING),
        ("۲۰۲۶-۱۲-۰۵ ۱۸:۳۰", EVENING),
        ("\u200f05/12/2026\u00a018h30\u200f", EVENING),
        ("2026-12-05 18h", EVENING.replace(minute=0)),
        ("2026-12-05 8:05", EVENING.replace(hour=8, minute=5)),
        ("2026-12-05 00:00", EVENING.replace(hour=0, minute=0)),
        ("2026-12-05", DAY),
        ("05/12/2026", DAY),
        (EVENING, EVENING),
        (DAY, DAY),
        (None, None),
        (["2026"], ["2026"]),
    ],
)
def test_local_time_takes_what_can_mean_one_thing(typed: object, meant: object) -> None:
    """A date and an hour in any of the usual writings; other types go through."""
    assert local_time(typed) == meant


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "time-unreadable"),
        ("18h30", "time-unreadable"),
        ("samedi", "time-unreadable"),
        ("5 décembre 2026", "time-unreadable"),
        ("2026-12", "time-unreadable"),
        ("20266-12-05 18:30", "time-unreadable"),
        ("05/12/20266 18:30", "time-unreadable"),
        ("2026-12-05 18:30 20:00", "time-unreadable"),
        ("2026-12-05 18h30 environ", "time-unreadable"),
        ("2026-12-05 18.30", "time-unreadable"),
        ("18:30 05-12-2026", "time-unreadable"),
        ("05/12/26", "date-short-year"),
        ("5.12.26 18h30", "date-short-year"),
        ("12/25/2026", "date-month-first"),
        ("1/13/2026 18h", "date-month-first"),
        ("31/11/2026", "date-impossible"),
        ("2026-13-05", "date-impossible"),
        ("2026-25-12", "date-impossible"),
        ("29/02/2027", "date-impossible"),
        ("0026-12-05", "date-impossible"),
        ("00/12/2026", "date-impossible"),
        ("13/13/2026", "date-impossible"),
        (date(26, 12, 5), "date-impossible"),
        ("2026-12-05 6:30 pm", "time-half-day"),
        ("2026-12-05 6:30PM", "time-half-day"),
        ("2026-12-05 6:30 p.m.", "time-half-day"),
        ("2026-12-05 6h30 du soir", "time-half-day"),
        ("2026-12-05 9h du matin", "time-half-day"),
        ("2026-12-05 6:30 م", "time-half-day"),
        ("2026-12-05 6:30 مساء", "time-half-day"),
        ("2026-12-05 9:30 صباحا", "time-half-day"),
        ("2026-12-05 18h60", "time-impossible"),
        ("2026-12-05 24:00", "time-impossible"),
        ("2026-12-05 25:10", "time-impossible"),
        ("2026-12-05T18:30Z", "time-with-offset"),
        ("2026-12-05T18:30+01:00", "time-with-offset"),
        ("2026-12-05 18:30 +0100", "time-with-offset"),
        ("2026-12-05 18:30 UTC", "time-with-offset"),
        ("2026-12-05 18h30 GMT+1", "time-with-offset"),
        (datetime(2026, 12, 5, 18, 30, tzinfo=UTC), "time-with-offset"),
    ],
)
def test_local_time_refuses_with_the_reason(typed: object, code: str) -> None:
    """What could mean two things, or nothing, is refused, each with a code of its own."""
    assert code_of(local_time, typed) == code


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)))  # noqa: DTZ001 # wall clock
def test_local_time_reads_every_minute_in_every_writing(moment: datetime) -> None:
    """The day first, the year first, `h` or `:`, Western or Arabic digits: the same moment."""
    moment = moment.replace(second=0, microsecond=0)
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    for pattern in ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d/%m/%Y %Hh%M", "%d.%m.%Y à %H:%M"):
        written = moment.strftime(pattern).replace(str(moment.year), f"{moment.year:04}")
        assert local_time(written) == moment
        assert local_time(written.translate(arabic)) == moment


@given(st.text())
def test_entry_never_fails_but_with_a_code(typed: str) -> None:
    """Whatever is typed is read or refused; nothing else is ever raised."""
    for function in (local_time, aware_time, number, whole_number, yes_or_no, words):
        try:
            function(typed)
        except PydanticCustomError as refused:
            assert "-" in refused.type  # noqa: PT017 # either answer is right


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-20T10:00:00Z", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("2026-11-20T11:00:00+01:00", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("2026-11-20 11:00:00 +0100", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("2026-11-20 10:00 UTC", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("2026-11-20 10:00 GMT", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("2026-11-20 10:00", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("20/11/2026 10h00", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        (date(2026, 11, 20), datetime(2026, 11, 20, tzinfo=UTC)),
        (EVENING, EVENING.replace(tzinfo=UTC)),
        (
            datetime(2026, 11, 20, 11, tzinfo=timezone(timedelta(hours=1))),
            datetime(2026, 11, 20, 10, tzinfo=UTC),
        ),
        (None, None),
    ],
)
def test_aware_time_is_an_instant_in_utc(typed: object, meant: object) -> None:
    """An offset is taken into account; without one the time is UTC."""
    read = aware_time(typed)
    assert read == meant
    assert read is None or read.tzinfo is UTC


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("hier", "time-unreadable"),
        ("2026-11-20 10:00+1", "time-unreadable"),
        ("2026-11-20 10:00 UTC+1", "time-unreadable"),
        ("2026-11-31T10:00:00Z", "time-unreadable"),
        ("0001-01-01T00:00:00+05:00", "date-impossible"),
        ("9999-12-31T23:00:00-05:00", "date-impossible"),
    ],
)
def test_aware_time_refuses_with_the_reason(typed: str, code: str) -> None:
    """An instant that cannot be computed is refused."""
    assert code_of(aware_time, typed) == code


@pytest.mark.parametrize(
    "typed", ["oui", "Oui", "OUI", "o", "yes", "Y", "true", "نعم", "إيه", "\u00a0oui "]
)
def test_yes_or_no_takes_every_yes(typed: str) -> None:
    """Yes in French, Arabic and English, in any letter case."""
    assert yes_or_no(typed) is True


@pytest.mark.parametrize("typed", ["non", "Non", "n", "no", "FALSE", "لا", " لا\u200f"])
def test_yes_or_no_takes_every_no(typed: str) -> None:
    """No in French, Arabic and English, in any letter case."""
    assert yes_or_no(typed) is False


@pytest.mark.parametrize("typed", ["", "1", "0", "peut-être", "on", "oui non"])
def test_yes_or_no_refuses_what_is_neither(typed: str) -> None:
    """A digit or a doubt is no answer."""
    assert code_of(yes_or_no, typed) == "yes-or-no"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("60", 60), ("٦٠", 60), ("۶۰", 60), (" 60 ", 60), ("+5", 5), ("-1", -1), ("007", 7), (60, 60)],
)
def test_whole_number_takes_digits_of_every_kind(typed: object, meant: int) -> None:
    """Western, Arabic-Indic and Persian digits; a number goes through."""
    assert whole_number(typed) == meant


@pytest.mark.parametrize("typed", ["", "1h30", "12,5", "1 000", "1_000", "½", "²", "1e3", "9" * 19])
def test_whole_number_refuses_everything_else(typed: str) -> None:
    """Hours, decimals, separators and what no one can count."""
    assert code_of(whole_number, typed) == "number-whole"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("34.0209", 34.0209), ("34,0209", 34.0209), ("٣٤٫٠٢٠٩", 34.0209), ("-6", -6.0), (-6.5, -6.5)],
)
def test_number_takes_a_point_or_a_comma(typed: object, meant: float) -> None:
    """A decimal point, one decimal comma, or the Arabic one."""
    assert number(typed) == meant


@pytest.mark.parametrize("typed", ["", "nan", "inf", "1,000.5", "1,000,5", "34°", "1e3", ".5"])
def test_number_refuses_everything_else(typed: str) -> None:
    """What could be thousands or a fraction, and what is no number."""
    assert code_of(number, typed) == "number-decimal"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  Nos langues ", "Nos langues"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\tb", "a\tb"),
        ("هل تتكلم؟", "هل تتكلم؟"),
        ("la « langue »", "la « langue »"),
        (12, 12),
    ],
)
def test_words_keeps_what_people_read(typed: object, meant: object) -> None:
    """Ends are trimmed and line ends made one; hard spaces inside stay."""
    assert words(typed) == meant


@pytest.mark.parametrize("typed", ["a\x00b", "a\x07b", "a\x1bb", "a\x7fb", "a\ud800b"])
def test_words_refuses_control_characters(typed: str) -> None:
    """What calendars and pages cannot carry is refused."""
    assert code_of(words, typed) == "text-control-character"


def test_plain_takes_unseen_marks_away() -> None:
    """Direction marks vanish, hard spaces become plain, digits Western."""
    assert plain("\u200f\u00a0١٢\u202f٣\u2069") == "12 3"
