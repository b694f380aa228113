"""What the cells of a column are taken for."""

from __future__ import annotations

import pytest

from crmtui.exchange.mapping.looks import Look


@pytest.mark.parametrize("cell", ["01.23.45.67.89", "612.345.678", "02 1234567", "+39 02.123.4567", "(617) 555-0199"])
def test_telephones(cell: str) -> None:
    assert Look((cell,)).phones == 1


@pytest.mark.parametrize("cell", ["118000.00", "1234567,5", "1,234,567", "1,234,567.89", "1.234.567,89", "2026-03-12"])
def test_amounts_and_days_are_no_telephones(cell: str) -> None:
    assert Look((cell,)).phones == 0
