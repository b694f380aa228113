"""The scorecard templates that every workspace starts with: the method's own, four questions, and a qualification.

They are data: a TOML file each, in the form in which templates are passed on. They are written into the workspace in
the user's language, where they can be changed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from crmtui.exchange.templates import TemplateDraft, read
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN: Final = "crmtui"
SHIPPED: Final = (OWN, "four_questions", "qualification")  # the first one is what new scorecards use


def shipped(name: str) -> TemplateDraft:
    """A template of `SHIPPED` in the user's words."""
    draft = _shipped(name)
    return replace(
        draft,
        name=_(draft.name),
        description=_(draft.description),
        criteria=tuple(
            replace(one, label=_(one.label), anchors=tuple(_(anchor) for anchor in one.anchors))
            for one in draft.criteria
        ),
    )


@cache
def _shipped(name: str) -> TemplateDraft:
    return read(files("crmtui.commands").joinpath("templates", f"{name}.toml").read_bytes())


def template(name: str = OWN) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The fields of a shipped template, and of its criteria in their order (all but `template_id`)."""
    draft = shipped(name)
    return head(draft), criteria(draft)


def head(draft: TemplateDraft, version: int = 1, *, is_current: bool = True) -> dict[str, Any]:
    """The fields of a template."""
    return {
        "name": draft.name,
        "version": version,
        "description": draft.description,
        "is_current": is_current,
    }


def criteria(draft: TemplateDraft) -> list[dict[str, Any]]:
    """The fields of its criteria in their order, all but `template_id`."""
    return [
        {
            "perspective": one.perspective,
            "code": one.code,
            "label": one.label,
            "weight": one.weight,
            "position": position,
            "computed": one.computed,
            "is_gate": one.is_gate,
            **_anchors(one.anchors),
        }
        for position, one in enumerate(draft.criteria, 1)
    ]


def _anchors(anchors: tuple[str, ...]) -> Mapping[str, str]:
    return {f"anchor_{grade}": anchor for grade, anchor in enumerate(anchors)}
