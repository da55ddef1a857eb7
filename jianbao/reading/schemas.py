"""JSON Schema of the files people write, so that an editor completes and checks while typing.

    shapes, campaigns ──schemas──▶ site.json, campaign.json, bulletin.json, <campaign>.json

The schema of a campaign's day files knows its datasets, members and measures.
"""

import json
from collections.abc import Iterable, Mapping

from jianbao.model import Campaign, Dataset
from jianbao.reading.loose import SHEET
from jianbao.reading.shapes import BulletinShape, CampaignShape, SiteShape

Schema = dict[str, object]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
NUMBER: Schema = {"type": ["number", "string"]}


def schemas(campaigns: Iterable[Campaign]) -> Mapping[str, bytes]:
    """Return the schema files by name."""
    known: dict[str, Schema] = {
        "site": SiteShape.model_json_schema(),
        "campaign": CampaignShape.model_json_schema(),
        "bulletin": BulletinShape.model_json_schema(),
    }
    known |= {f"day-{campaign.key}": day_schema(campaign) for campaign in campaigns}
    return {
        f"{name}.json": json.dumps(
            {"$schema": DIALECT, **schema}, ensure_ascii=False, indent=1
        ).encode()
        for name, schema in known.items()
    }


def day_schema(campaign: Campaign) -> Schema:
    """Return the schema of a campaign's day files."""
    return {
        "title": campaign.title,
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _dataset(dataset) for name, dataset in campaign.datasets.items()}
        | {SHEET: LOOSE},
    }


FIGURE: Schema = {
    "oneOf": [
        {**NUMBER, "description": "4次, 5.86亿元, 97.3%"},
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {"数": NUMBER, "单位": {"type": "string"}, "来源": {"type": "string"}},
            "required": ["数"],
        },
    ]
}
GROUP: Schema = {
    "type": "object",
    "properties": {"截至": {"type": "string"}, "来源": {"type": "string"}},
    "additionalProperties": FIGURE,
}
LOOSE: Schema = {
    "type": "object",
    "description": "零星数：没有数据表的数，一组一组写",
    "properties": {"截至": {"type": "string"}, "来源": {"type": "string"}},
    "additionalProperties": GROUP,
}


def _dataset(dataset: Dataset) -> Schema:
    as_of: Schema = {"type": "string", "description": "2021-12-21, 2021-12-21 24:00, 2021-12"}
    level = _level(dataset, 0)
    properties = level["properties"]
    assert isinstance(properties, dict)
    level["properties"] = {"as_of": as_of, "截至": as_of} | properties
    level["description"] = dataset.definition or dataset.printed
    level["anyOf"] = [{"required": ["as_of"]}, {"required": ["截至"]}]
    return level


def _level(dataset: Dataset, depth: int) -> Schema:
    """Return what may stand below a member of the dimension before `depth`."""
    properties: dict[str, Schema] = {
        name: {**NUMBER, "description": f"{measure.printed}（{measure.unit}）{measure.definition}"}
        for name, measure in dataset.measures.items()
    }
    properties |= {
        name: {**NUMBER, "description": ratio.printed} for name, ratio in dataset.ratios.items()
    }
    for index in range(depth, len(dataset.dimensions)):
        below = _level(dataset, index + 1)
        for name, member in dataset.dimensions[index].members.items():
            properties[name] = {**below, "description": member.printed}
        properties["all"] = below
    return {"type": "object", "additionalProperties": False, "properties": properties}
