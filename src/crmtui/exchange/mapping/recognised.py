"""What a table was taken for: the noun of its rows, and what each column becomes, why and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.domain.fields import Word
from crmtui.exchange.mapping.targets import OF_CONSENT, PLACELESS, SHARED
from crmtui.text import N_

if TYPE_CHECKING:
    from crmtui.exchange.mapping.dialects.form import Form


class Certainty(Word):
    """How sure it is what a column means."""

    SAID = "said", N_("as you said")
    SURE = "sure", N_("sure")
    LIKELY = "likely", N_("likely")
    GUESS = "guess", N_("a guess")


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column was taken for.

    Attributes:
        header: its name in the file.
        field: what it becomes: a field of the noun, or one of `targets`; '' when it is left out.
        reason: why, in words.
        certainty: how sure that is.
    """

    header: str
    field: str
    reason: str
    certainty: Certainty = Certainty.SURE


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a table was taken for.

    Attributes:
        table: the table of the noun that its rows become.
        columns: one for each column of the file, in its order.
        certainty: 0 to 1, the share of the columns that found a field.
        form: the program's form that it is; None where it is of no program that is known.
    """

    table: str
    columns: tuple[ColumnGuess, ...]
    certainty: float
    form: Form | None = None

    def fields(self) -> dict[str, int]:
        """The position in the row of each target that one column only may fill."""
        return {guess.field: place for place, guess in enumerate(self.columns) if guess.field not in SHARED}

    def of_consent(self) -> dict[int, str]:
        """The positions of the columns that speak of consent, each with what it becomes."""
        return {place: guess.field for place, guess in enumerate(self.columns) if guess.field in OF_CONSENT}

    def placed(self) -> int:
        """How many columns become something that has a place here."""
        return sum(guess.field not in PLACELESS for guess in self.columns)

    def places(self, target: str) -> list[int]:
        """The positions of the columns that become this."""
        return [place for place, guess in enumerate(self.columns) if guess.field == target]
