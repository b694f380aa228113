from __future__ import annotations

import gettext
import re
import runpy
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crmtui import text
from crmtui.cli.app import root
from crmtui.cli.build import Command, Group
from crmtui.domain.fields import specs
from crmtui.domain.nouns import RECORDS
from crmtui.queries import flat, lists

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTEXT = "\x04"  # what gettext puts between a context and its message
DOCS = Path(__file__).parents[2] / "docs"


def commands(command: Any, path: str = "crmtui") -> Iterator[tuple[str, Any]]:
    yield path, command
    if isinstance(command, Group):
        for name, offer in command.offers.items():
            yield from commands(offer.make(), f"{path} {name}")


EVERY = dict(commands(root()))


def test_there_is_a_command_for_every_list_and_verb() -> None:
    for noun in lists.NOUNS:
        for verb in ("list", "show", "add", "edit", "delete"):
            assert isinstance(EVERY[f"crmtui {noun} {verb}"], Command)


@pytest.mark.parametrize("path", EVERY)
def test_every_command_option_and_argument_has_help(path: str) -> None:
    command = EVERY[path]
    assert command.help.endswith((".", ":"))
    for param in command.taken:
        assert param.help, param.name
        assert param.help.endswith("."), param.help
    if isinstance(command, Group):
        assert all(offer.help.endswith(".") for offer in command.offers.values())


EXAMPLES = sorted({line for command in EVERY.values() for line in command.examples if line.startswith("crmtui ")})


@pytest.mark.parametrize("line", EXAMPLES)
def test_a_shell_takes_every_example_as_it_stands(line: str) -> None:
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", line).replace(" | ", " ").replace(" > ", " ")
    assert not re.search(r"[<>?*&;()$`\[\]|]", bare)


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_names_options_that_there_are(line: str) -> None:
    path, known = "crmtui", set[str]()
    words = shlex.split(line.partition(" | ")[0].partition(" > ")[0])
    for word in words:
        path = f"{path} {word}" if f"{path} {word}" in EVERY else path
        known.update(name for param in EVERY[path].taken for name in (*param.opts, *param.secondary_opts))
    assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("path", [path for path in EVERY if path.endswith(" add")])
def test_no_option_is_there_twice(path: str) -> None:
    options = [name for param in EVERY[path].params for name in (*param.opts, *param.secondary_opts)]
    assert sorted(options) == sorted(set(options))


def test_the_document_of_all_commands_is_current() -> None:
    made = runpy.run_path(str(DOCS / "make_commands.py"))["page"]()
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == made, "run python docs/make_commands.py"


class Brackets(gettext.NullTranslations):
    """A made-up language, in which every message stands in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message.rpartition(CONTEXT)[2]}⟧"

    def ngettext(self, one: str, many: str, count: int) -> str:
        return f"⟦{one if count == 1 else many}⟧"


def test_no_text_of_the_help_escapes_translation() -> None:
    names = {word for path in EVERY for word in path.split()}
    keys = {column.key for noun in lists.NOUNS for column in lists.filter_keys(noun)}
    fields = {name for kind in RECORDS for name in flat.headers(kind)}
    words = {word.value for kind in RECORDS for spec in specs(kind).values() for word in spec.words or ()}
    kinds = {
        "all",
        "channels",
        "notes",
        "bash",
        "zsh",
        "fish",
        "table",
        "csv",
        "tsv",
        "json",
        "jsonl",
        "xlsx",
        "vcf",
        "html",
        "md",
        "pdf",
        "quarter",
        "portfolio",
        "internal",
        "ics",
        "ids",
        "now",
        "ahead",
        "first",
        "last",
    }
    known = names | keys | fields | words | kinds | {"CRMTUI_DB", *text.LANGUAGES}
    text.use(Brackets(), "en")
    try:
        pages = runpy.run_path(str(DOCS / "make_commands.py"))["pages"]
        shown = dict(pages())
    finally:
        text.speak("en")
    for path, page in shown.items():
        before_examples = page.partition("⟦Examples⟧")[0]
        left = re.sub(r"⟦[^⟦⟧]*⟧", " ", re.sub(r"⟦[^⟦⟧]*⟧", " ", before_examples))
        escaped = set(re.findall(r"(?<![-\w])[A-Za-z]\w+", left)) - known
        assert not escaped, (path, escaped)
