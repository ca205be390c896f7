"""The printed quiz, read back by poppler: what pupils get, and what only the teacher holds."""

from __future__ import annotations

import re
import unicodedata

import pytest

from cafe_ia.classroom.formats import PARTS, export
from cafe_ia.classroom.paper import to_pdf
from cafe_ia.files import load_module
from cafe_ia.phrases import heading
from lesson import SAMPLE
from outside.by_poppler import facts_of, pages_of, words_of
from printed import HOSTILE, changed
from quizzes import quiz_of

WRITTEN = ("decider", "inventer", "nos-langues", "se-tromper")


def _packed(text: str) -> str:
    """A text without spaces: where a line ends depends on the type."""
    return re.sub(r"\s", "", text)


def _sure(text: str) -> set[str]:
    """The words that poppler gives back whole: not what a line may break, nor Arabic marks."""
    whole = (
        word
        for word in text.split()
        if "-" not in word and not any(map(unicodedata.combining, word))
    )
    return words_of(" ".join(whole))


@pytest.mark.parametrize("language", ["fr", "ar", "en", "ary"])
@pytest.mark.parametrize("name", WRITTEN)
def test_written_quiz_is_one_page_for_pupils_and_one_for_the_teacher(
    name: str, language: str
) -> None:
    """Every question and answer is on the first page, each why and right answer on the other."""
    module = load_module(name)
    pdf = to_pdf(module, language, part="quiz")
    assert facts_of(pdf)["Page size"].endswith("(A4)")
    pupils, teacher = (words_of(page) for page in pages_of(pdf))
    for item in module.quiz.items:
        assert _sure(item.question.best(language).words) <= pupils
        assert _sure(item.why.best(language).words) <= teacher
        for answer in item.answers:
            words = _sure(answer.text.best(language).words)
            assert words <= pupils
            assert words <= teacher or not answer.right


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_key_is_not_on_the_pupils_page(language: str) -> None:
    """What is right and why is said on the teacher's page alone."""
    pupils, teacher = pages_of(to_pdf(SAMPLE, language, part="quiz"))
    whys = [words_of(item.why[language]) for item in SAMPLE.quiz.items]
    assert not any(why <= words_of(pupils) for why in whys)
    assert all(why <= words_of(teacher) for why in whys)
    wrong = SAMPLE.quiz.items[0].answers[0].text[language]
    assert words_of(wrong) <= words_of(pupils)
    right = [answer for item in SAMPLE.quiz.items for answer in item.answers if answer.right]
    assert all(words_of(answer.text[language]) <= words_of(teacher) for answer in right)


def test_wrong_answer_is_not_in_the_key() -> None:
    """The teacher reads what is right, by the number of the question."""
    module = quiz_of(
        ("Premier ?", {"Zèbre": False, "Cheval": True}, "Il tire."),
        ("Second ?", {"Figue": True, "Datte": True, "Caillou": False}, "On les mange."),
    )
    pupils, teacher = pages_of(to_pdf(module, part="quiz"))
    assert {"Zèbre", "Cheval", "Figue", "Datte", "Caillou"} <= words_of(pupils)
    assert not {"Zèbre", "Caillou"} & words_of(teacher)
    found = " ".join(teacher.split())
    assert found.index("Cheval") < found.index("Figue") < found.index("Datte")


def test_question_says_how_many_answers_are_right_where_several_are() -> None:
    """A pupil who ticks one box of two is not caught out."""
    pupils, _ = pages_of(to_pdf(SAMPLE, part="quiz"))
    assert pupils.count("Réponses justes : 2") == 1
    assert "une seule réponse juste" not in pupils
    alone = quiz_of(("Quoi ?", {"ceci": True, "cela": False}, "Voilà."))
    pupils, _ = pages_of(to_pdf(alone, part="quiz"))
    assert "une seule réponse juste" in pupils
    assert "Réponses justes" not in pupils


def test_quiz_stands_between_participants_and_cards() -> None:
    """A teacher prints it with the rest; a café leaves it in the pile."""
    pages = pages_of(to_pdf(SAMPLE))
    (at,) = [n for n, page in enumerate(pages) if "Réponses justes : 2" in page]
    assert "Mon pari" in pages[at - 1]
    assert "Quiz : les réponses" in pages[at + 1]
    assert heading("rules", "fr") in pages[at + 2]
    assert PARTS.index("participant") < PARTS.index("quiz") < PARTS.index("cards")


def test_module_without_a_quiz_prints_none() -> None:
    """No empty page in the pile; who asks for the quiz alone reads that there is none."""
    module = changed(quiz={"items": []})
    pages = pages_of(to_pdf(module))
    assert len(pages) == len(pages_of(to_pdf(SAMPLE))) - 2
    assert not any("Quiz" in page for page in pages)
    (page,) = pages_of(to_pdf(module, part="quiz"))
    assert "n’a pas de quiz" in page


def test_quiz_is_the_same_bytes_by_either_door() -> None:
    """Made twice, and by the name of the format."""
    for language in ("fr", "ar"):
        once = to_pdf(SAMPLE, language, part="quiz")
        assert once == to_pdf(SAMPLE, language, part="quiz")
        assert once == export(SAMPLE, "pdf", language, part="quiz")


def test_typed_question_is_never_markup() -> None:
    """What looks like Typst, HTML or a formula is asked, answered and explained as words."""
    module = quiz_of((HOSTILE, {HOSTILE: True, "## non": False}, HOSTILE))
    pupils, teacher = (_packed(page) for page in pages_of(to_pdf(module, part="quiz")))
    assert pupils.count(_packed(HOSTILE)) == 2
    assert "##non" in pupils
    assert teacher.count(_packed(HOSTILE)) == 2


def test_long_quiz_keeps_each_question_with_its_answers() -> None:
    """Thirty questions take the pages that they need, and none is torn over two."""
    answers = {"Oui, tout à fait.": True, "Non, pas du tout.": False, "On ne sait pas.": False}
    module = quiz_of(*((f"Question {n}n ?", answers, f"Parce que {n}.") for n in range(30)))
    pages = [page for page in pages_of(to_pdf(module, part="quiz")) if "pas du tout" in page]
    assert len(pages) > 1
    for page in pages:
        asked = len(re.findall(r"Question\s\d+n", page))
        assert asked == page.count("Oui,") == page.count("Non,") == page.count("ne sait pas")
    assert sum(len(re.findall(r"Question\s\d+n", page)) for page in pages) == 30


def test_very_long_question_is_printed_whole() -> None:
    """What no page can hold goes on over the next ones, with spaces and without."""
    words = "Un mot après l’autre. " * 2000 + "a" * 50_000
    module = quiz_of(
        ("Court ?", {"b": True, "c": False}, "d"), (words, {"e": True, "f": False}, "g")
    )
    found = "\n".join(pages_of(to_pdf(module, part="quiz")))
    assert found.count("autre") == 2000
    assert sum(len(run) for run in re.findall("a{20,}", found)) == 50_000
