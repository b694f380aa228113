"""Python collects seldom while somebody asks for it, and as often as before when the last one is through."""

from __future__ import annotations

import gc

import pytest

from crmtui.collecting import TIMES, seldom_collecting


def test_the_last_one_through_sets_it_back_whoever_began() -> None:
    usual = gc.get_threshold()
    first, second = seldom_collecting(), seldom_collecting()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold()[0] == TIMES * usual[0]
    second.__exit__(None, None, None)
    assert gc.get_threshold() == usual


def test_a_failure_sets_it_back_too() -> None:
    usual = gc.get_threshold()
    with pytest.raises(OSError, match="disk"), seldom_collecting():
        raise OSError("disk")
    assert gc.get_threshold() == usual
