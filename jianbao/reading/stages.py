"""The shape every file has, and that of the office's stages of review in site.yaml."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class Shape(BaseModel):
    """A file's table: frozen, and unknown keys are refused; built when the first is read."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def _named(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


def _of_preset(value: object) -> object:
    return {"preset": value} if isinstance(value, str) else value


class StageShape(Shape):
    """A stage of review: its name alone, or with who signs it and until when."""

    name: str = Field(min_length=1, max_length=12)
    who: str = ""
    until: str = ""


StageOrName = Annotated[StageShape, BeforeValidator(_named)]


class ReviewShape(Shape):
    """Who reviews and signs, in which order: a preset, or that and what is otherwise."""

    preset: Literal["机关", "三审三校"] = "机关"
    order: list[StageOrName] = Field(default_factory=list)
    beside: list[StageOrName] = Field(default_factory=list)
    apart: list[str] = Field(default_factory=list)
    fitting: list[str] = Field(default_factory=list)


ReviewOrPreset = Annotated[ReviewShape, BeforeValidator(_of_preset)]
