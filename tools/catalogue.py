"""Bring the translations up to date: `python tools/catalogue.py` extracts, merges and compiles; `--check` only looks.

Exit 1 with `--check` when a message is missing, unfinished, unused, or has other placeholders than its source.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "crmtui"
TEMPLATES = SOURCE / "commands" / "templates"
LANGUAGES = ("it",)
KEYWORDS = {"_": 1, "N_": 1, "NN_": 2, "NP_": 2, "ngettext": 2}  # how many of the arguments are text
PLACEHOLDER = re.compile(r"\{(\w*)[^}]*\}")


def extracted() -> Catalog:
    """Every message of the source, by its syntax tree: before Python 3.12 extractors do not see into f-strings."""
    catalogue = Catalog(project="crmtui", charset="utf-8")
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                _add(catalogue, node.func.id, node.args)
    for file in sorted(TEMPLATES.glob("*.toml")):
        for message in _of_template(tomllib.loads(file.read_text("utf-8"))):
            catalogue.add(message)
    return catalogue


def _of_template(template: dict[str, Any]) -> Iterator[str]:
    """What is said in a shipped scorecard template."""
    yield from (template["name"], template["description"])
    for criterion in template["criteria"]:
        yield from (criterion["label"], *criterion["anchors"])


def _add(catalogue: Catalog, keyword: str, arguments: list[ast.expr]) -> None:
    count = KEYWORDS[keyword]
    texts = [one.value for one in arguments[:count] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if len(texts) < count or not all(texts):
        return  # what is translated here was marked elsewhere
    if keyword == "NP_":
        catalogue.add(texts[1], context=texts[0])
    else:
        catalogue.add(texts[0] if count == 1 else tuple(texts))


def place(language: str) -> Path:
    """Where a language's catalogue is kept."""
    return SOURCE / "locale" / language / "LC_MESSAGES" / "crmtui.po"


def kept(language: str) -> Catalog:
    """A language's catalogue as it is kept; empty where there is none."""
    if not place(language).exists():
        return Catalog(locale=language)
    with place(language).open("rb") as file:
        return read_po(file, locale=language)


def complaints(language: str) -> list[str]:
    """What is wrong with a catalogue, a sentence each; none when it is complete and compiled."""
    catalogue, source = kept(language), extracted()
    wanted = {_key(message) for message in source if message.id}
    have = {_key(message): message for message in catalogue if message.id}
    found = [f"missing: {key!r}" for key in sorted(map(str, wanted - have.keys()))]
    found += [f"unused: {key!r}" for key in sorted(map(str, have.keys() - wanted))]
    for message in have.values():
        texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
        if message.fuzzy or not all(texts):
            found.append(f"unfinished: {message.id!r}")
        elif any(_holes(text) - _holes(_all(message.id)) for text in texts) or (
            isinstance(message.id, str) and _holes(message.id) != _holes(texts[0])
        ):
            found.append(f"other placeholders: {message.id!r}")
    compiled = place(language).with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != _compiled(catalogue):
        found.append("not compiled")
    return found


def update(language: str) -> None:
    """Merge the source's messages into a catalogue and compile it."""
    catalogue = kept(language)
    made = catalogue.creation_date
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.creation_date = made  # nothing changes in a file whose messages are the same
    catalogue.obsolete.clear()
    place(language).parent.mkdir(parents=True, exist_ok=True)
    with place(language).open("wb") as file:
        write_po(file, catalogue, width=120, omit_header=False, sort_output=True, no_location=True)
    place(language).with_suffix(".mo").write_bytes(_compiled(kept(language)))


def _compiled(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def _key(message: Message) -> tuple[str, str]:
    return message.context or "", _all(message.id)


def _holes(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def _all(key: str | tuple[str, ...] | list[str]) -> str:
    return key if isinstance(key, str) else " ".join(key)


def main() -> int:
    """Update, or check, every language."""
    wrong = 0
    for language in LANGUAGES:
        if "--check" not in sys.argv:
            update(language)
        for line in complaints(language):
            wrong += 1
            sys.stdout.write(f"{language}: {line}\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
