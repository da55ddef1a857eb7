"""The schemas that editors use know what the reader knows: names, members, measures."""

import json

import pytest
from pydantic import JsonValue

from jianbao.model.editions import Edition
from jianbao.reading.campaigns import read_campaign
from jianbao.reading.schemas import schemas
from tests.conftest import SMALL


def day_schema() -> dict[str, JsonValue]:
    """Return the schema of the small site's day files."""
    campaign = read_campaign(SMALL, "yunxi").value
    assert campaign
    schema: dict[str, JsonValue] = json.loads(schemas([campaign])["day-yunxi.json"])
    return schema


def at(schema: JsonValue, *path: str) -> JsonValue:
    """Return what a schema says of a place of the file."""
    for name in path:
        assert isinstance(schema, dict)
        properties = schema["properties"]
        assert isinstance(properties, dict)
        schema = properties[name]
    return schema


@pytest.mark.parametrize(
    "path",
    [("实事", "截至"), ("实事", "区级", "项目"), ("实事", "all", "完成率"), ("疫苗", "第一剂", "少儿", "接种"),
     ("疫苗", "第一剂", "all", "接种"), ("疫苗", "少儿", "接种"), ("重建", "投资")],
)  # fmt: skip
def test_every_place_a_number_may_stand_is_known(path: tuple[str, ...]) -> None:
    """Datasets, members in declared order, measures and stated ratios."""
    found = at(day_schema(), *path)

    assert isinstance(found, dict)
    assert "type" in found


@pytest.mark.parametrize("path", [("实时",), ("实事", "县级"), ("疫苗", "少儿", "第一剂")])
def test_other_names_are_not(path: tuple[str, ...]) -> None:
    """A misspelt name is underlined while it is typed."""
    with pytest.raises(KeyError):
        at(day_schema(), *path)


def test_there_is_one_for_each_kind_of_file() -> None:
    """site.yaml, campaign.yaml, bulletin.yaml, and each campaign's day files."""
    assert {"site.json", "campaign.json", "bulletin.json"} == set(schemas([]))


def test_the_sites_schema_knows_the_editions() -> None:
    """An editor completes what the printer asked for, and takes one edition or several."""
    site = json.loads(schemas([])["site.json"])
    words = site["properties"]["editions"]["anyOf"]

    assert {edition.value for edition in Edition} == set(words[0]["enum"])
    assert words[1]["type"] == "array"
    assert {"profile", "bleed", "ink"} <= set(site["$defs"]["PrintShape"]["properties"])
