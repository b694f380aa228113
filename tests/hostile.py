"""The strings that every door is tried with, and the question what may never reach a terminal."""

# ruff: noqa: RUF001 - letters that look like others are among the strings
from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ESC: Final = "\x1b"
BEL: Final = "\x07"
ST: Final = f"{ESC}\\"
CLIPBOARD: Final = "52;c;cm0gLXJmIH4="

_MARKUP: Final = {
    "markup_closing": "Acme [/] Ltd",
    "markup_action": "[@click=app.quit]x[/]",
    "markup_action_quoted": "[@click=\"app.notify('owned')\"]click[/]",
    "markup_bold": "[bold]",
    "markup_unopened": "[/bold] gone",
    "markup_unbalanced": "[b][red]never [closed",
    "markup_escaped": r"\[bold] \[/] \\[red]",
    "markup_link": "[link=file:///etc/passwd]open[/link]",
    "markup_variable": "$name $primary ${name}",
    "markup_brackets": "]][[ [] [ ] [[[",
    "rich_emoji": ":bomb: :warning:",
}
_CONTROLS: Final = {
    "esc_colour": f"{ESC}[31mred{ESC}[0m",
    "esc_clear_home": f"{ESC}[2J{ESC}[H",
    "esc_title": f"{ESC}]0;owned{BEL}",
    "esc_link": f"{ESC}]8;;http://evil.example{ST}here{ESC}]8;;{ST}",
    "esc_report": f"{ESC}[6n{ESC}[c{ESC}Z",
    "esc_alone": f"name{ESC}",
    "osc52_bel": f"{ESC}]{CLIPBOARD}{BEL}",
    "osc52_st": f"{ESC}]{CLIPBOARD}{ST}",
    "osc52_c1": f"\x9d{CLIPBOARD}\x9c",
    "dcs": f'{ESC}P$q"p{ST}',
    "c1_csi": "\x9b31mred\x9b0m",
    "c1_all": "".join(map(chr, range(0x80, 0xA0))),
    "c0_all": "".join(map(chr, range(0x20))) + "\x7f",
    "nul": "Ac\x00me",
    "nul_only": "\x00",
    "backspaces": "paid\b\b\b\bowed",
    "carriage_return": "invoice 900\rinvoice 1",
    "shift_out": "\x0eqqqq\x0f",
}
_INVISIBLE: Final = {
    "bidi_override": "Acme \u202eexe.pdf\u202c",
    "bidi_isolate": "\u2066Acme\u2069 \u2067Ltd\u2069 \u2068x\u2069",
    "bidi_marks": "a\u200eb\u200fc\u061cd",
    "bidi_unclosed": "\u202a\u202b\u202d\u2066\u2067",
    "zero_width_space": "Ac\u200bme",
    "zero_width_joiners": "Ac\u200dm\u200ce",
    "word_joiner": "Ac\u2060me\u2064",
    "byte_order_mark": "\ufeffAcme",
    "soft_hyphen": "Ac\u00adme",
    "tag_characters": "Acme\U000e0041\U000e0042\U000e007f",
    "noncharacters": "\ufffe\uffff\ufdd0",
    "interlinear": "\ufff9a\ufffab\ufffb",
    "invisible_only": "\u200b\u2060\ufeff",
    "line_separators": "one\u2028two\u2029three\x85four",
}
_SCRIPTS: Final = {
    "emoji": "🚀 Rocket & Söhne 🦄",
    "emoji_family": "👨‍👩‍👧‍👦 Rossi",
    "emoji_flags": "🇮🇹🇩🇪 🏳️‍🌈 🏴‍☠️",
    "emoji_skin": "👍🏽👋🏿",
    "emoji_keycap": "1️⃣ #️⃣",
    "right_to_left": "شركة النور \u200cالمحدودة",
    "hebrew_mixed": "חברת Acme 123 בע״מ",
    "wide": "株式会社　山田製作所",
    "thai": "บริษัท น้ำใจ จำกัด",
    "devanagari": "किसान",
    "combining_many": "Z" + "\u0351\u0357\u0336" * 60 + "algo",
    "combining_first": "\u0301Acme",
    "decomposed": "Societe\u0301 Ge\u0301ne\u0301rale",
    "turkish": "İSTANBUL ısıtma",
    "sharp_s": "STRASSE Straße ẞ",
    "ligatures": "ﬁrm ﬀ ㎏ ℍ ™ Ⅷ",
    "letters_alike": "Аcme",
}
_CODE: Final = {
    "formula_equals": '=HYPERLINK("http://evil.example";"click")',
    "formula_command": "=cmd|' /C calc'!A0",
    "formula_plus": "+1+1",
    "formula_minus": "-2+3+cmd|' /C calc'!A0",
    "formula_at": "@SUM(1+1)",
    "formula_tab": "\t=1+1",
    "formula_return": "\r=1+1",
    "formula_guarded": "'=1+1",
    "formula_guarded_twice": "''=1+1",
    "formula_wide": "\uff1d1+1",
    "sql_drop": "Robert'); DROP TABLE accounts;--",
    "sql_or": "' OR '1'='1",
    "sql_union": 'x" UNION SELECT sql FROM sqlite_master --',
    "sql_like": "100%_\\",
    "search_operators": '"AND OR NOT NEAR( * ^ col: -x {a b}',
    "filter_language": 'level:buyer last>60d owner:"me',
    "percent_format": "%s %d %(name)s %n %",
    "brace_format": "{0} {name} {} {{ } {0.__class__}",
    "shell": "$(reboot) `id` ; && | > /dev/null !! ~",
    "html": "<script>alert(1)</script> &amp; <b>",
    "jinja": "{{ 7*7 }} {% raw %}",
    "json": '{"type": "account", "name": null}',
    "csv": 'a,b;c\td|e "quoted""',
    "quotes": "' \" ` ´ « » “ ”",
    "backslashes": "\\ \\n \\x1b \\u202e",
    "option": "--help",
    "option_short": "-rf",
    "option_end": "--",
}
_PLACES: Final = {
    "path_traversal": "../../../../etc/passwd",
    "path_windows": "..\\..\\windows\\system32",
    "path_absolute": "/dev/null",
    "path_home": "~root/.ssh/id_rsa",
    "windows_reserved": "CON",
    "windows_reserved_suffix": "aux.csv",
    "windows_stream": "file.txt::$DATA",
    "windows_ending": "trailing. ",
    "dot": ".",
    "dots": "..",
    "uri": "file:/tmp/x?mode=memory",
}
_SHAPES: Final = {
    "newline": "Acme\nLtd",
    "newlines": "\n\n\r\n\rAcme\r\n",
    "tabs": "Acme\tLtd\t",
    "blanks_only": " \t\n\u00a0\u3000",
    "blanks_around": "  \u00a0Acme  Ltd\u2003 ",
    "lone_high_surrogate": "Ac\ud83dme",
    "lone_low_surrogate": "Ac\ude00me",
    "surrogate_pair": "\ud83d\ude00",
    "undecodable_byte": "Ac\udce9me",
    "long": "x" * 100_000,
    "long_words": "Acme Ltd " * 11_112,
    "long_wide": "株" * 100_000,
    "long_combining": "e" + "\u0301" * 99_999,
    "long_lines": "line\n" * 20_000,
    "number_huge": "9" * 5_000,
    "number_past_sqlite": "9223372036854775808",
    "not_a_number": "NaN",
    "infinity": "-Infinity",
    "null_word": "NULL",
    "none_word": "None",
    "punctuation_only": "+++ --- ***",
}

#: Every hostile string by its name.
STRINGS: Final[Mapping[str, str]] = MappingProxyType(
    _MARKUP | _CONTROLS | _INVISIBLE | _SCRIPTS | _CODE | _PLACES | _SHAPES
)

#: The same without the long ones, for doors that are slow to open.
SHORT: Final[Mapping[str, str]] = MappingProxyType({name: text for name, text in STRINGS.items() if len(text) < 1_000})

# Written out apart from the program's own table, which it judges. U+200C and U+200D are not here: Persian
# words and emoji families need them, and they move nothing on a screen.
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"  # C0 but for tab and newline, DEL, C1
    r"|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # bidi marks, embeddings, overrides, isolates
    r"|[\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\U000e0000-\U000e007f]"  # without width
    r"|[\u2028\u2029\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]"  # line ends, annotations, noncharacters
    r"|[\ud800-\udfff]"  # lone surrogates
)


def has_control(text: str) -> bool:
    """Whether any character is in the text that may not reach a terminal."""
    return _CONTROL.search(text) is not None


# Seconds of processor time that what must not go on for ever may take: many times what it takes on a busy machine, and
# what goes wrong takes minutes or does not end. How long it does take is measured by `benchmarks/malformed.py`.
ENDLESSLY = 30
