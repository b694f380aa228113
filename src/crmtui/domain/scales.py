"""The scales on which people grade: what each step of them says."""

from __future__ import annotations

from typing import Final

from crmtui.text import N_

GRADES: Final = {
    0: N_("not at all"),
    1: N_("a little"),
    2: N_("in part"),
    3: N_("largely"),
    4: N_("fully"),
}
POWER: Final = {
    0: N_("no say"),
    1: N_("little say"),
    2: N_("is listened to"),
    3: N_("strong say"),
    4: N_("decisive"),
}
ATTITUDE: Final = {
    -2: N_("opponent"),
    -1: N_("critic"),
    0: N_("neutral"),
    1: N_("supporter"),
    2: N_("advocate"),
}
RELATIONSHIP: Final = {
    0: N_("none"),
    1: N_("knows us"),
    2: N_("works with us"),
    3: N_("trusts us"),
    4: N_("defends us"),
}
WIN_STRENGTH: Final = {
    0: N_("not convincing"),
    1: N_("plausible"),
    2: N_("convincing"),
    3: N_("compelling"),
}
CLOSENESS: Final = {
    0: N_("unknown there"),
    1: N_("known"),
    2: N_("supplies a part"),
    3: N_("among the main ones"),
    4: N_("the first to turn to"),
}
STRENGTH: Final = {1: N_("weak"), 2: N_("clear"), 3: N_("strong")}
