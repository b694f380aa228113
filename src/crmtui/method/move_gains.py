"""How much of a figure a move brings: coverage, favour, wins (method.md section 2).

Finding out changes no figure on average, it narrows a band: it counts `KNOWING` of the width.

What is found about a map as a whole counts on the same scale:

- somebody is missing on it (no decider, nobody in a role, a role without a name): whoever that is has a share c of the
  decision and may be anything from against us to for us, so that the favour we reckon with may be off by c·(s - favour)
  for an s in [-1, 1]: finding out takes `WIDTH`·c off its band;
- nobody has judged who has how much power: what favour's band narrows by once that is known;
- no opponent is found yet: the band that was left out is the one from the favour as it is to the favour with the
  weightiest person a critic, c·(s + 1/2);
- all contacts lately were with one person: what is gained is the coverage of the next one by leverage. It is told with
  the contact with that person, not as a move beside it;
- a competitor is nearer to somebody who weighs, or nobody of ours is at that person's level: a step of relationship
  raises the most that contacts can cover by 1/5 (section 2), and takes `STEP_CONTACTS` contacts;
- most of those who weigh are not for us: `STEP_CONTACTS` contacts with each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.method.coverage import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmtui.method.move_field import Face

# What knowing a figure is worth, as a share of the width of its band: the expected value of perfect information on a
# figure spread evenly over the band, for somebody who stands just between two ways to act (Raiffa & Schlaifer 1961).
# That is the most it can be worth, so that finding out is never put too low.
KNOWING: Final = 1 / 8
STEP: Final = 0.5  # what one step of attitude adds to s = attitude/2 (method.md section 2)
STEP_CONTACTS: Final = 3  # meetings that one step of attitude, or of relationship, takes; a judgement
WIDTH: Final = 2.0  # of s in [-1, 1] while the attitude is unknown; so also of favour while nobody is on the map
CLOSER: Final = 1 / STEPS  # what one step of relationship adds to the most that contacts can cover
BEST: Final = 2  # attitude of an advocate
CONVINCING: Final = 2 / 3  # of the strongest win: what is aimed at, convincing but not yet compelling


def covered(face: Face, qualities: Iterable[float], *, ceiling: float | None = None) -> float:
    """Coverage that contacts of these qualities add: c · Δk, where k after them is 1 - (1 - k) · Π (1 - q).

    At most the ceiling, the person's own unless another is given.
    """
    missed = 1 - face.covered
    for quality in qualities:
        missed *= 1 - quality
    after = min(face.ceiling if ceiling is None else ceiling, 1 - missed)
    return face.weight * max(0.0, after - face.covered)


def moved(face: Face, qualities: Iterable[float]) -> float:
    """Favour that contacts of these qualities are worth: an attitude becomes known, or comes nearer to the next step.

    `STEP_CONTACTS` contacts of full quality make a step; no number of them makes more than one.
    """
    if face.attitude is None:
        missed = 1.0
        for quality in qualities:
            missed *= 1 - quality
        return face.weight * (1 - missed) * WIDTH * KNOWING
    if face.attitude >= BEST:
        return 0.0
    return face.weight * STEP * min(1.0, sum(qualities) / STEP_CONTACTS)


def closer(face: Face) -> float:
    """The most that contacts can cover somebody who is one step closer to us."""
    return min(1.0, face.ceiling + CLOSER)


def won(face: Face) -> float:
    """What a convincing win adds, weighed by leverage; nothing where there is one that nobody has judged."""
    return 0.0 if face.won is None else face.weight * max(0.0, CONVINCING - face.won)
