"""What every record is: frozen, fully typed, and a stranger to unknown fields.

The types that several records share are here too, each taking what a person may type for it.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from cafe_ia.entry import aware_time, local_time, number, plain, whole_number, words, yes_or_no
from cafe_ia.problem import fault
from cafe_ia.text import language_tag
from cafe_ia.zone import is_zone

if TYPE_CHECKING:
    from pydantic_core.core_schema import ValidationInfo

__all__ = [
    "EmailAddress", "Instant", "LanguageTag", "LocalTime", "Number", "Record", "Slug",
    "TimeZone", "WebAddress", "WholeNumber", "Words", "YesNo",
]  # fmt: skip


class Record(BaseModel):
    """A fact of the café's life. An invalid record cannot exist."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


_SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_UNSEEN = r"\s\x00-\x1f\x7f-\x9f\ud800-\udfff"
_WEB = re.compile(rf"^https?://[^{_UNSEEN}<>\"\\^`{{|}}/?#]+([/?#][^{_UNSEEN}<>\"\\^`{{|}}]*)?$")
_ADDRESS = rf"{_UNSEEN}@<>\",;:\\()\[\]"
_EMAIL = re.compile(rf"^[^{_ADDRESS}]+@[^{_ADDRESS}]+\.[^{_ADDRESS}.]+$")


def _slug(typed: str) -> str:
    if len(typed) > 100 or not _SLUG.match(typed):  # noqa: PLR2004 # it becomes a file's name
        raise fault("slug-shape", typed=typed)
    return typed


def _web(typed: str) -> str:
    if not _WEB.match(typed):
        raise fault("web-address-shape", typed=typed)
    return typed


def _email(typed: str) -> str:
    if not _EMAIL.match(typed):
        raise fault("email-shape", typed=typed)
    return typed


def _zone(typed: str) -> str:
    if not is_zone(typed):
        raise fault("zone-unknown", typed=typed)
    return typed


def _language(typed: Any) -> Any:
    return language_tag(typed) if isinstance(typed, str) else typed


def _tidied(typed: Any) -> Any:
    return plain(typed) if isinstance(typed, str) else typed


def _one_line(typed: Any, info: ValidationInfo) -> Any:
    text = words(typed)
    if text == "":
        raise fault("field-missing", field=info.field_name)
    return " ".join(text.split()) if isinstance(text, str) and "\n" in text else text


Words = Annotated[str, BeforeValidator(_one_line)]
"""A short text in no particular language, on one line."""

WholeNumber = Annotated[
    int,
    BeforeValidator(whole_number),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string"}]}),
]
"""A whole number; Arabic-Indic digits are taken."""

Number = Annotated[
    float,
    BeforeValidator(number),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}]}),
]
"""A decimal number; a decimal comma is taken."""

YesNo = Annotated[
    bool,
    BeforeValidator(yes_or_no),
    WithJsonSchema(
        {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no", "oui", "non", "نعم", "لا"]}]}
    ),
]
"""Yes or no, in French, Arabic or English."""

LocalTime = Annotated[
    datetime,
    BeforeValidator(local_time),
    WithJsonSchema({"type": "string", "examples": ["2026-12-05 18:30", "05/12/2026 18h30"]}),
]
"""A naive date and time, as the clock on the wall shows it."""

Instant = Annotated[
    datetime,
    BeforeValidator(aware_time),
    WithJsonSchema({"type": "string", "examples": ["2026-11-20T10:00:00Z", "2026-11-20 10:00"]}),
]
"""An aware time in UTC; one typed without an offset is UTC."""

LanguageTag = Annotated[
    str,
    BeforeValidator(_language),
    WithJsonSchema({"type": "string", "examples": ["fr", "ar", "ary", "zgh", "en"]}),
]
"""A language tag of BCP 47."""

Slug = Annotated[
    str,
    BeforeValidator(_tidied),
    AfterValidator(_slug),
    WithJsonSchema({"type": "string", "pattern": _SLUG.pattern, "maxLength": 100}),
]
"""A short name for machines: small letters, digits and single hyphens."""

WebAddress = Annotated[
    str,
    BeforeValidator(_tidied),
    AfterValidator(_web),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://"}),
]
"""An address that begins with http:// or https://."""

EmailAddress = Annotated[
    str,
    BeforeValidator(_tidied),
    AfterValidator(_email),
    WithJsonSchema({"type": "string", "format": "email"}),
]
"""An e-mail address."""

TimeZone = Annotated[
    str,
    BeforeValidator(_tidied),
    AfterValidator(_zone),
    WithJsonSchema({"type": "string", "examples": ["Africa/Casablanca", "Europe/Paris"]}),
]
"""A zone of the IANA database, as the tzdata wheel knows it."""
