from __future__ import annotations

from textual.color import Color

from crmtui.tui.stylesheet import Stylesheet


def test_rules_are_parsed_again_for_other_colours_only_and_new_ones_come_beside_them() -> None:
    sheet = Stylesheet(variables={"tone": "red"})
    sheet.add_source("Label { color: $tone; }", read_from=("labels", ""))
    sheet.reparse()
    (label,) = sheet.rules
    sheet.add_source("Input { color: $tone; }", read_from=("inputs", ""))
    sheet.set_variables({"tone": "red"})
    sheet.reparse()
    assert sheet.rules[0] is label
    assert len(sheet.rules) == 2
    sheet.set_variables({"tone": "blue"})
    sheet.reparse()
    assert [rule.styles.color for rule in sheet.rules] == [Color.parse("blue")] * 2
