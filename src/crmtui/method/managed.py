"""Whether the customer wants to be managed, which is asked before investing (method.md section 1)."""

from __future__ import annotations

from typing import Final

from crmtui.text import N_

UNWILLING: Final = 1  # willingness, 0 to 4: so much, or less, caps the account model
_CAPPED: Final = N_("It does not want to be managed: the account model stays transactional, whatever is proposed.")
_UNASKED: Final = N_("Nobody has asked yet whether it wants to be managed.")


def is_capped(willingness: int | None) -> bool:
    """Whether the account model is capped at "transactional"; not while nobody knows the willingness (None)."""
    return willingness is not None and willingness <= UNWILLING


def caution(willingness: int | None) -> str:
    """What has to be said wherever resources are proposed, untranslated; '' where nothing speaks against it."""
    if willingness is None:
        return _UNASKED
    return _CAPPED if is_capped(willingness) else ""
