"""Scorecard templates as TOML, to pass on and to keep.

name = "Four questions"
description = "…"

[[criteria]]
code = "real"                # what answers are kept under: the same from version to version
label = "Is it real"
perspective = "customer"     # return, customer, solution, strategy or competition
weight = 1                   # 0 to 100; 0 asks and adds nothing
gate = false                 # asked first; a low grade warns
computed = "favour"          # favour, coverage, level, wins or budget; left out for one graded by hand
anchors = ["…", "…", "…", "…", "…"]   # what the grades 0 to 4 mean
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from crmtui import text
from crmtui.domain.fields import LONGEST_LINE
from crmtui.domain.words import Computed, Perspective
from crmtui.errors import InvalidError
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

GRADES: Final = 5
MOST: Final = 60  # criteria
LONGEST_CODE: Final = 60
LARGEST: Final = 1_000_000  # bytes
HEAVIEST: Final = 100
MEANT: Final = "=:"  # what parts a code from a competitor and a grade on the command line
# A key of very many parts, on which tomllib spends time by their square.
_DOTTED: Final = re.compile(r"""(?<![\w.-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){100}""")
_HEAD: Final = ("name", "description", "version", "criteria")
_CRITERION: Final = ("code", "label", "perspective", "weight", "gate", "computed", "anchors")


@dataclass(frozen=True, slots=True)
class CriterionDraft:
    """A criterion as it is written down.

    Attributes:
        anchors: what each grade from 0 to 4 means; '' for no sentence.
    """

    code: str
    label: str
    perspective: Perspective = Perspective.CUSTOMER
    weight: float = 1.0
    is_gate: bool = False
    computed: Computed | None = None
    anchors: tuple[str, ...] = ("",) * GRADES


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A template as it is written down, in no version yet."""

    name: str
    description: str = ""
    criteria: tuple[CriterionDraft, ...] = field(default=())


def read(content: bytes) -> TemplateDraft:
    """A template from TOML.

    Raises:
        InvalidError: it is no TOML, has keys that nobody knows, or does not pass `check`.
    """
    if len(content) > LARGEST:
        raise _refused(_("file"), _("is larger than a template can be"))
    found = _parsed(content)
    _know(found, _HEAD, _("template"))
    criteria = found.get("criteria", [])
    if not isinstance(criteria, list) or not all(isinstance(one, dict) for one in criteria):
        raise _refused("criteria", _("is a list of tables, each begun by [[criteria]]"))
    draft = TemplateDraft(
        name=_text(found, "name", _("template")),
        description=text.clean(_text(found, "description", _("template"))),
        criteria=tuple(_criterion(one, number) for number, one in enumerate(criteria, 1)),
    )
    check(draft)
    return draft


def _parsed(content: bytes) -> dict[str, Any]:
    """What the TOML says; refused before it is read where reading would take minutes."""
    try:
        written = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(_("file"), _("is not in UTF-8, as TOML has to be")) from None
    try:
        if not _DOTTED.search(written):
            return tomllib.loads(written)
        why = _("it is nested too deeply")
    except RecursionError:
        why = _("it is nested too deeply")
    except tomllib.TOMLDecodeError as error:
        why = text.line(str(error))[:200]
    except ValueError:  # more digits than Python reads
        why = _("a number in it is too long")
    raise _refused(_("file"), _("is no TOML: {error}").format(error=why))


def write(draft: TemplateDraft) -> str:
    """The template as TOML, which `read` takes back."""
    return "\n".join(_lines(draft)) + "\n"


def check(draft: TemplateDraft) -> None:
    """Refuse what cannot be scored with.

    Raises:
        InvalidError: no name, no criteria or too many, codes that are missing or twice there, a weight that is none,
            or weights that are all 0.
    """
    wrong: dict[str, str] = {}
    if not draft.name.strip() or len(draft.name) > LONGEST_LINE:
        wrong[_("name")] = _("is needed, in one line of at most {most} characters").format(most=LONGEST_LINE)
    if not draft.criteria:
        wrong[_("criteria")] = _("at least one is needed")
    elif len(draft.criteria) > MOST:
        wrong[_("criteria")] = _("at most {most} can be asked").format(most=MOST)
    elif all(one.weight == 0 for one in draft.criteria):
        wrong[_("weight")] = _("all are 0, so nothing would count")
    for number, one in enumerate(draft.criteria[:MOST], 1):
        if why := _why_not(one):
            wrong[_("criterion {number}").format(number=number)] = why
    for code, count in Counter(one.code for one in draft.criteria).items():
        if count > 1 and code:
            wrong[code] = _("this code is there {count} times").format(count=count)
    if wrong:
        raise InvalidError(wrong, _("scorecard template"))


def _why_not(one: CriterionDraft) -> str:
    """What is wrong with a criterion; '' when nothing is."""
    if not one.code.strip() or len(one.code) > LONGEST_CODE or set(one.code) & set(MEANT):
        return _("needs a code of at most {most} characters, without {signs}").format(
            most=LONGEST_CODE, signs=" ".join(MEANT)
        )
    if not one.label.strip() or len(one.label) > LONGEST_LINE:
        return _("needs a label, in one line of at most {most} characters").format(most=LONGEST_LINE)
    if not (math.isfinite(one.weight) and 0 <= one.weight <= HEAVIEST):
        return _("its weight is a number from 0 to {most}").format(most=HEAVIEST)
    if len(one.anchors) != GRADES:
        return _("its anchors are {count} sentences, for the grades 0 to 4").format(count=GRADES)
    if any(len(anchor) > LONGEST_LINE for anchor in one.anchors):
        return _("its anchors have at most {most} characters each").format(most=LONGEST_LINE)
    return ""


def _criterion(found: Mapping[str, Any], number: int) -> CriterionDraft:
    where = _("criterion {number}").format(number=number)
    _know(found, _CRITERION, where)
    weight, gate, anchors = found.get("weight", 1), found.get("gate", False), found.get("anchors", [""] * GRADES)
    if isinstance(weight, bool) or not isinstance(weight, (int, float)):
        raise _refused(where, _("its weight is a number from 0 to {most}").format(most=HEAVIEST))
    if not isinstance(gate, bool):
        raise _refused(where, _("gate is true or false"))
    if not isinstance(anchors, list) or not all(isinstance(one, str) for one in anchors):
        raise _refused(where, _("its anchors are {count} sentences, for the grades 0 to 4").format(count=GRADES))
    return CriterionDraft(
        code=text.line(_text(found, "code", where)),
        label=text.line(_text(found, "label", where)),
        perspective=_word(found, "perspective", Perspective, where) or Perspective.CUSTOMER,
        weight=float(weight) if abs(weight) < 1e9 else math.inf,  # noqa: PLR2004 - more than any weight; refused below
        is_gate=gate,
        computed=_word(found, "computed", Computed, where),
        anchors=tuple(text.line(one) for one in anchors),
    )


def _word(found: Mapping[str, Any], key: str, words: type[Any], where: str) -> Any:  # noqa: ANN401 - a word of `words`
    typed = found.get(key)
    if typed is None:
        return None
    for word in words:
        if typed == word.value:
            return word
    names = ", ".join(word.value for word in words)
    raise _refused(where, _("{key} is one of {names}").format(key=key, names=names))


def _text(found: Mapping[str, Any], key: str, where: str) -> str:
    typed = found.get(key, "")
    if not isinstance(typed, str):
        raise _refused(where, _("{key} is text").format(key=key))
    return typed if key == "description" else text.line(typed)


def _know(found: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    strange = [key for key in found if key not in known]
    if strange:
        raise _refused(
            where,
            _("{key} is not known here; there are {names}").format(
                key=text.line(strange[0])[:60], names=", ".join(known)
            ),
        )


def _refused(where: str, why: str) -> InvalidError:
    return InvalidError({where: why}, _("scorecard template"))


def _lines(draft: TemplateDraft) -> Iterator[str]:
    yield f"name = {_string(draft.name)}"
    yield f"description = {_string(draft.description)}"
    for one in draft.criteria:
        yield ""
        yield "[[criteria]]"
        yield f"code = {_string(one.code)}"
        yield f"label = {_string(one.label)}"
        yield f"perspective = {_string(one.perspective.value)}"
        yield f"weight = {one.weight:g}" if one.weight == float(f"{one.weight:g}") else f"weight = {one.weight!r}"
        if one.is_gate:
            yield "gate = true"
        if one.computed:
            yield f"computed = {_string(one.computed.value)}"
        yield "anchors = ["
        yield from (f"  {_string(anchor)}," for anchor in one.anchors)
        yield "]"


def _string(raw: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for DEL (https://toml.io/en/v1.0.0#string)."""
    return json.dumps(raw, ensure_ascii=False).replace("\x7f", "\\u007F")
