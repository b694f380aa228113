"""The list of people."""

from __future__ import annotations

from typing import Final

from crmtui.domain import words
from crmtui.store.reading.lists import Column, Shape, View
from crmtui.text import N_

_CONTACTS: Final = "contact_person cp JOIN contact c ON c.id = cp.contact_id WHERE cp.person_id = t.id"

VIEW: Final = View(
    table="person",
    joins="""LEFT JOIN account a ON a.id = t.account_id LEFT JOIN actor o ON o.id = a.owner_id
        LEFT JOIN channel h ON h.id = t.preferred_channel_id""",
    order="name",
    searched=(
        "t.id IN ({person})",
        "t.account_id IN ({account})",
        "t.id IN (SELECT e.person_id FROM person_email e WHERE e.id IN ({person_email}))",
    ),
    columns=(
        Column(key="name", label=N_("Person"), sql="t.name", order="t.name_key", width=22),
        Column(key="account", label=N_("Account"), sql="a.name", order="a.name_key", width=20),
        Column(key="title", label=N_("Title"), sql="t.title", width=18, priority=1),
        Column(
            key="email",
            label=N_("E-mail"),
            sql="""(SELECT e.address FROM person_email e WHERE e.person_id = t.id
                ORDER BY e.is_primary DESC, e.id LIMIT 1)""",
            width=24,
            priority=3,
        ),
        Column(
            key="phone",
            label=N_("Telephone"),
            sql="""(SELECT f.number FROM person_phone f WHERE f.person_id = t.id
                ORDER BY f.is_primary DESC, f.id LIMIT 1)""",
            width=16,
            priority=4,
        ),
        Column(
            key="style",
            label=N_("Style"),
            sql="t.social_style",
            shape=Shape.WORD,
            words=words.SocialStyle,
            width=10,
            priority=5,
        ),
        Column(
            key="last",
            label=N_("Last"),
            sql=f"(SELECT max(c.day) FROM {_CONTACTS} AND c.status = 'done')",
            shape=Shape.PAST,
            width=7,
        ),
        Column(
            key="next",
            label=N_("Next"),
            sql=f"(SELECT min(c.day) FROM {_CONTACTS} AND c.status IN ('planned', 'moved') AND c.day >= :today)",
            shape=Shape.FUTURE,
            width=7,
            priority=2,
        ),
        Column(key="department", label=N_("Department"), sql="t.department", listed=False),
        Column(key="city", label=N_("City"), sql="t.city", listed=False),
        Column(key="country", label=N_("Country"), sql="t.country", listed=False),
        Column(key="channel", label=N_("Preferred channel"), sql="h.code", listed=False),
        Column(key="owner", label=N_("Owner"), sql="o.name", listed=False),
    ),
)
