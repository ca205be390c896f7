"""One text in several languages, and which of them a reader gets.

A `Text` is a mapping of BCP 47 language tag to words. Asked for a language that it does not
have, it answers with the nearest one that it has, and always says which one that is, so that a
page or a calendar can mark the words with their true language and direction.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from pydantic_core import CoreSchema, core_schema

from cafe_ia.entry import plain, words
from cafe_ia.phrases import DEFAULT_LANGUAGE
from cafe_ia.problem import fault

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

__all__ = ["FALLBACK", "Said", "Text", "direction", "language_tag"]

FALLBACK: Mapping[str, tuple[str, ...]] = {
    "ar": ("fr", "en"),
    "ary": ("ar", "fr", "en"),
    "en": ("fr", "ar"),
    "fr": ("ar", "en"),
    "zgh": ("fr", "ar", "en"),
}
"""Where a reader of a language is sent when it is missing; a programme may say otherwise."""

_COMMON = frozenset({"ar", "ary", "en", "es", "fr", "mey", "rif", "shi", "tzm", "zgh"})
_RIGHT_TO_LEFT = frozenset({"ar", "arb", "ary", "arz", "fa", "he", "mey", "ur"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "adlm"})


class Said(NamedTuple):
    """Words, the language that they really are in, and the direction they run."""

    words: str
    language: str
    direction: str


class Text(dict[str, str]):
    """One text in several languages: `Text(fr="Bonjour", ar="مرحبا")`. It does not change.

    In a record and in a file a bare string may stand for it: it is then in the language of the
    file, or in French where none is said.
    """

    __slots__ = ()

    def best(
        self,
        *wanted: str,
        fallback: Mapping[str, Sequence[str]] = FALLBACK,
    ) -> Said:
        """The words for a reader of the wanted languages, the first one first.

        After the wanted languages come those that `fallback` names for each, then whatever the
        text has, in its own order.

        Returns:
            The words, their language tag, and `ltr` or `rtl`.
        """
        tag = self.language(*wanted, fallback=fallback)
        return Said(self[tag], tag, direction(tag))

    def language(
        self,
        *wanted: str,
        fallback: Mapping[str, Sequence[str]] = FALLBACK,
    ) -> str:
        """The tag of the words that `best` gives."""
        for tag in wanted:
            if tag in self:
                return tag
        for tag in wanted:
            main = tag.split("-", maxsplit=1)[0]
            for other in (main, *fallback.get(tag, fallback.get(main, ()))):
                if other in self:
                    return other
        return next(iter(self))

    def __hash__(self) -> int:  # type: ignore[override] # a dict has none; this one never changes
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[Text], tuple[dict[str, str]]]:
        return (Text, (dict(self),))

    def _unchanging(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a Text does not change: make a new one")

    __setitem__ = __delitem__ = __ior__ = _unchanging
    clear = pop = popitem = setdefault = update = _unchanging

    @classmethod
    def _read(cls, value: Any, info: core_schema.ValidationInfo) -> Text:
        if type(value) is cls:
            return value
        if isinstance(value, str):
            context = info.context or {}
            value = {str(context.get("language", DEFAULT_LANGUAGE)): value}
        if not isinstance(value, Mapping):
            raise fault("text-shape")
        read = {language_tag(tag): words(said) for tag, said in value.items()}
        for tag, said in read.items():
            if not isinstance(said, str) or not said:
                raise fault("text-empty", language=tag)
        if not read or len(read) < len(value):  # nothing, or `fr` and `FR`
            raise fault("text-shape")
        return cls(read)

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(
            cls._read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                dict, return_schema=core_schema.dict_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        tag = {"pattern": _TAG.pattern}
        by_language = {
            "type": "object",
            "propertyNames": tag,
            "additionalProperties": {"type": "string", "minLength": 1},
            "properties": {tag: {"type": "string"} for tag in ("fr", "ar", "ary", "en", "zgh")},
            "minProperties": 1,
        }
        return {"anyOf": [{"type": "string", "minLength": 1}, by_language]}


_TAG = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


@cache
def language_tag(typed: str) -> str:
    """A language tag of BCP 47, in its usual letter case: `fr`, `ary`, `ary-Latn`.

    Raises:
        PydanticCustomError: `language-unknown`, when no registered language has that tag.
    """
    tag = plain(str(typed))
    if tag in _COMMON:
        return tag
    import langcodes

    if not _TAG.match(tag) or not langcodes.tag_is_valid(tag):
        raise fault("language-unknown", typed=typed)
    return str(langcodes.standardize_tag(tag)) if "-" in tag else tag.lower()


@cache
def direction(tag: str) -> str:
    """`rtl` for languages written from right to left, else `ltr`."""
    language, *rest = tag.lower().split("-")
    for part in rest:
        if len(part) == 4 and part.isalpha():  # noqa: PLR2004 # a script subtag has four letters
            return "rtl" if part in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"
