"""The palette: everything that can be done here and now, found by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.text import _, key
from crmtui.tui import show
from crmtui.tui.actions import Offer, offers
from crmtui.tui.screens.choose import ChooseScreen, Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen


class PaletteScreen(ChooseScreen[Offer]):
    """What can be done on a screen, with its keys; dismissed with the offer that was chosen.

    Args:
        about: the screen.
    """

    def __init__(self, about: Screen[Any]) -> None:
        self._offers = tuple(offer for offer in offers(about) if offer.help or offer.is_shown)
        super().__init__(_("What to do"), self._answering)

    def _answering(self, words: str) -> Sequence[Found[Offer]]:
        """Those whose name begins with the words, then those that hold them."""
        wanted = key(words)
        ranked = [(self._rank(offer, wanted), offer) for offer in self._offers]
        ranked.sort(key=lambda pair: pair[0])
        return [_found(offer) for rank, offer in ranked if rank < _NOT]

    @staticmethod
    def _rank(offer: Offer, wanted: str) -> int:
        label = key(offer.label)
        if label.startswith(wanted):
            return 0
        if wanted in label:
            return 1
        return 2 if wanted in key(offer.help) else _NOT


_NOT: Final = 3
KEYS: Final = 9  # cells


def _found(offer: Offer) -> Found[Offer]:
    return Found(offer, offer.label, f"{show.fit(' '.join(offer.keys), KEYS)} {offer.help}")
