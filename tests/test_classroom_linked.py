from __future__ import annotations

import json
import warnings
from importlib import import_module
from typing import Any

import pytest

from cafe_ia.classroom import to_lrmi
from cafe_ia.curriculum import Module
from cafe_ia.text import Text
from lesson import SAMPLE
from quizzes import HOSTILE, LANGUAGES, course


def read_linked(linked: bytes) -> Any:
    """The graph as rdflib reads it, with schema.org's names and no look at the network."""
    document = json.loads(linked)
    assert document["@context"] == "https://schema.org"
    document["@context"] = {"@vocab": "https://schema.org/"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib uses what it gives up
        return import_module("rdflib").Graph().parse(data=json.dumps(document), format="json-ld")


def test_lrmi_is_read_by_another_processor() -> None:
    """Another library finds who may use it, how long it takes, what it teaches, and to whom."""
    rdflib = import_module("rdflib")
    graph = read_linked(to_lrmi(SAMPLE, "ar"))
    schema, node = rdflib.SDO, rdflib.URIRef("urn:cafe-ia:module:exemple")

    def values(name: str) -> set[str]:
        return {str(value) for value in graph.objects(node, schema[name])}

    assert (node, rdflib.RDF.type, schema.LearningResource) in graph
    assert {(name.language, str(name)) for name in graph.objects(node, schema.name)} == set(
        SAMPLE.question.items()
    )
    assert values("timeRequired") == {"PT60M", "PT90M"}
    assert values("typicalAgeRange") == {"12-"}
    assert values("inLanguage") == set(LANGUAGES)
    assert values("license") == {"https://creativecommons.org/licenses/by/4.0/"}
    assert values("creativeWorkStatus") == {"Draft"}
    assert values("dateModified") == {"2026-11-24T12:00:00+00:00"}
    taught = [term for part in graph.objects(node, schema.teaches)
              for term in graph.objects(part, schema.name) if term.language == "en"]  # fmt: skip
    assert {str(term) for term in taught} == {"Tell why a word is cut", "Sort two examples"}
    served = [(str(name), str(whole))
              for part in graph.objects(node, schema.educationalAlignment)
              for name in graph.objects(part, schema.targetName)
              for whole in graph.objects(part, schema.educationalFramework)]  # fmt: skip
    assert sorted(served) == [
        ("AI foundations", "UNESCO AI competency framework for students (UNESCO, 2024)"),
        ("Learning", "AI4K12 Five Big Ideas in AI (AAAI and CSTA)"),
    ]
    translated = set(graph.subjects(schema.translationOfWork, node))
    assert {str(name) for name in translated} == {f"{node}:{tag}" for tag in ("ar", "en", "ary")}


def test_lrmi_speaks_schema_org_alone() -> None:
    """Every type and every property is a term of schema.org."""
    rdflib = import_module("rdflib")
    graph = read_linked(to_lrmi(course(SAMPLE, summary="Pour tous")))
    used = {name for _, name, _ in graph if name != rdflib.RDF.type}
    used |= set(graph.objects(None, rdflib.RDF.type))
    assert len(used) > 20
    assert [str(name) for name in used if name not in rdflib.SDO] == []


def test_lrmi_of_a_curriculum_names_what_is_written() -> None:
    """The course has its written modules in their order; one to come is not named."""
    other = SAMPLE.model_copy(update={"id": "autre"})
    linked = to_lrmi(course(other, SAMPLE, minutes=55))
    whole, *parts = json.loads(linked)["@graph"]
    assert whole["@type"] == ["Course", "LearningResource"]
    assert whole["timeRequired"] == "PT110M"
    assert [part["@id"] for part in whole["hasPart"]] == [part["@id"] for part in parts]
    assert [(part["identifier"], part["position"]) for part in parts] == [
        ("autre", 1), ("exemple", 2),
    ]  # fmt: skip
    assert "plus-tard" not in linked.decode()


def test_lrmi_says_which_language_is_reviewed() -> None:
    """A reviewed translation is published and names its reviewer; the whole waits for the rest."""
    module = Module.model_validate(
        {
            **SAMPLE.model_dump(),
            "standing": {
                "fr": {},
                "ar": {"status": "reviewed", "reviewer": "أمينة", "reviewed": "2026-12-01"},
            },
        }
    )
    (node,) = json.loads(to_lrmi(module))["@graph"]
    (translation,) = node["workTranslation"]
    assert node["creativeWorkStatus"] == "Draft"
    assert translation["creativeWorkStatus"] == "Published"
    assert translation["editor"] == {"@type": "Person", "name": "أمينة"}


def test_lrmi_can_stand_in_a_script() -> None:
    """A hostile question ends no script, and comes back as it was."""
    for typed in HOSTILE:
        module = SAMPLE.model_copy(update={"question": Text(fr=typed)})
        linked = to_lrmi(module)
        assert not set(b"<>&") & set(linked)
        (node,) = json.loads(linked)["@graph"]
        assert node["name"] == [{"@language": "fr", "@value": typed}]


@pytest.mark.parametrize(
    ("ages", "level"),
    [
        ("12-15", "Collège"), ("13-14", "Collège"), ("15-18", "Lycée"), ("12-18", "Débutant"),
        ("12-", "Débutant"), ("15-", "Débutant"), ("9-12", "Débutant"),
    ],
)  # fmt: skip
def test_lrmi_names_the_school_of_the_ages(ages: str, level: str) -> None:
    """A level is a school only where all the ages are its own, of a curriculum and a module."""
    module = SAMPLE.model_copy(update={"ages": ages})
    for node in json.loads(to_lrmi(course(module, ages=ages)))["@graph"]:
        assert node["educationalLevel"][0] == {"@language": "fr", "@value": level}


def test_lrmi_of_a_curriculum_tells_what_is_taught() -> None:
    """The course teaches what its written modules teach, in their order."""
    other = SAMPLE.model_copy(update={"id": "autre", "objectives": SAMPLE.objectives[:1]})
    whole, *parts = json.loads(to_lrmi(course(other, SAMPLE)))["@graph"]
    assert whole["teaches"] == parts[0]["teaches"] + parts[1]["teaches"]
    assert "teaches" not in json.loads(to_lrmi(course()))["@graph"][0]
