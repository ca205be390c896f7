"""The almanac: what is known beforehand of the days of a year in Morocco.

Public holidays are fixed by decree. Feasts and Ramadan follow the moon, and the Ministry of
Habous announces them a day before: what is computed here is an estimate, give or take a day
(the estimates of `holidays` were a day early for 5 of the 6 first days of 2023 to 2025 that
were compared with what was announced).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from cafe_ia.zone import zone

__all__ = ["MOROCCO", "RABAT", "feasts_near", "in_ramadan", "public_holidays", "sunset"]

MOROCCO = frozenset({"Africa/Casablanca", "Africa/El_Aaiun"})
"""The time zones of Morocco."""

RABAT = (34.0209, -6.8416)
"""Latitude and longitude of Rabat."""

_UMM_AL_QURA = range(1925, 2077)
"""The years of which the Umm al-Qura calendar knows all days; of others nothing is said."""

_DAY = timedelta(days=1)


Name = Mapping[str, str]
"""What a day is called, by language: fr, ar, en."""


class _Year(NamedTuple):
    """The days of a year on which people are not at work, by name."""

    fixed: Mapping[date, tuple[Name, ...]]
    estimated: Mapping[date, tuple[Name, ...]]


def public_holidays(day: date) -> tuple[Name, ...]:
    """The names of the fixed public holidays of Morocco on that day."""
    return _year(day.year).fixed.get(day, ())


def feasts_near(day: date) -> tuple[tuple[date, Name], ...]:
    """The Islamic feasts that may fall on that day, each with its estimated date.

    The date is that day itself, or else the next day, or else the one before.
    """
    for other in (day, day + _DAY, day - _DAY):
        names = _year(other.year).estimated.get(other, ())
        if names:
            return tuple((other, name) for name in names)
    return ()


def in_ramadan(day: date) -> bool:
    """Whether that day may be a day of Ramadan: the Umm al-Qura month, a day more at each end."""
    return day.year in _UMM_AL_QURA and any(
        first <= day <= last for first, last in _ramadans(day.year)
    )


@lru_cache(maxsize=1024)
def sunset(day: date, point: tuple[float, float], key: str) -> datetime | None:
    """The local time of sunset on that day, to the minute; none where the sun does not set.

    It is computed by NOAA's equations (astral), straight into the zone of that name.

    Args:
        day: The local date.
        point: Latitude and longitude, in degrees.
        key: The IANA name of the zone.
    """
    from astral import Observer
    from astral.sun import sunset as set_of_sun

    try:
        moment = set_of_sun(Observer(*point), day, tzinfo=zone(key))
    except ValueError:
        return None
    rounded = moment.replace(tzinfo=None) + timedelta(seconds=30)
    return rounded.replace(second=0, microsecond=0)


@cache
def _year(year: int) -> _Year:
    """The holidays of a year. A name that changes when estimates are marked is an estimate.

    `holidays` has the names in Arabic and translates them; two of one day are in the order of
    the alphabet, so that another language's list cannot be laid beside this one.
    """
    from holidays import country_holidays

    bare, marked = (
        country_holidays("MA", years=year, language="ar", islamic_show_estimated=shown)
        for shown in (False, True)
    )
    french, english = (country_holidays("MA", language=tag) for tag in ("fr", "en_US"))

    def named(name: str) -> Name:
        return {"ar": name, "fr": french.tr(name), "en": english.tr(name)}

    fixed: dict[date, tuple[Name, ...]] = {}
    estimated: dict[date, tuple[Name, ...]] = {}
    for day in bare:
        labels = set(marked.get_list(day))
        fixed[day] = tuple(named(name) for name in bare.get_list(day) if name in labels)
        estimated[day] = tuple(named(name) for name in bare.get_list(day) if name not in labels)
    return _Year(fixed, estimated)


@cache
def _ramadans(year: int) -> tuple[tuple[date, date], ...]:
    """First and last day on which each Ramadan of a year may be: at times there are two."""
    from hijridate import Gregorian, Hijri

    first_year = Gregorian(year, 1, 1).to_hijri().year
    last_year = Gregorian(year, 12, 31).to_hijri().year
    found = []
    for hijri_year in range(first_year, last_year + 1):
        month = Hijri(hijri_year, 9, 1)
        first = date(*month.to_gregorian().datetuple())
        found.append((first - _DAY, first + month.month_length() * _DAY))
    return tuple(found)
