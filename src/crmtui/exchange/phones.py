"""Telephones as they are compared: in E.164, `+390212345678`, whichever way they were written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from crmtui.text import key

_NO_DIGIT: Final = re.compile(r"\D+")
_LEAST_DIGITS: Final = 7  # in which numbers end alike
_REGION: Final = 2  # letters of a region's code, ISO 3166
_ABROAD: Final = re.compile(r"^[\s(+]*00[\s)]*")  # most of the world calls abroad by 00, and nobody at home

# Names of countries as accounts have them, in English, in Italian and in their own language, as `key` writes them.
_NAMES: Final = {
    "AT": "austria osterreich",
    "BE": "belgium belgio belgique belgie",
    "BG": "bulgaria",
    "BR": "brazil brasile brasil",
    "CA": "canada",
    "CH": "switzerland svizzera schweiz suisse",
    "CN": "china cina",
    "CZ": "czechia czechrepublic repubblicaceca cechia cesko",
    "DE": "germany germania deutschland",
    "DK": "denmark danimarca danmark",
    "EE": "estonia eesti",
    "ES": "spain spagna espana",
    "FI": "finland finlandia suomi",
    "FR": "france francia",
    "GB": "unitedkingdom greatbritain england scotland wales regnounito granbretagna inghilterra uk",
    "GR": "greece grecia",
    "HR": "croatia croazia hrvatska",
    "HU": "hungary ungheria magyarorszag",
    "IE": "ireland irlanda",
    "IN": "india",
    "IT": "italy italia",
    "JP": "japan giappone",
    "LT": "lithuania lituania lietuva",
    "LU": "luxembourg lussemburgo",
    "LV": "latvia lettonia latvija",
    "MT": "malta",
    "MX": "mexico messico",
    "NL": "netherlands thenetherlands holland paesibassi olanda nederland",
    "NO": "norway norvegia norge",
    "PL": "poland polonia polska",
    "PT": "portugal portogallo",
    "RO": "romania",
    "RS": "serbia",
    "SE": "sweden svezia sverige",
    "SI": "slovenia slovenija",
    "SK": "slovakia slovacchia slovensko",
    "SM": "sanmarino",
    "TR": "turkey turchia turkiye",
    "US": "unitedstates unitedstatesofamerica usa statiuniti",
}
_REGIONS: Final = {name: region for region, names in _NAMES.items() for name in names.split()}


def region(country: str) -> str:
    """The region's code of a country's name or code; '' where it is not known."""
    name = key(country)
    return _REGIONS.get(name, name.upper() if len(name) == _REGION else "")


@lru_cache(maxsize=65_536)
def e164(raw: str, country: str = "") -> str:
    """A telephone number in E.164; '' where it cannot be one, or lacks the country that it is of.

    Args:
        raw: as it was written.
        country: name or code of the country whose national numbers are meant, and whose prefix for calls abroad.
    """
    told, where = raw[:60], region(country)
    return _formatted(told, where) or (_formatted(_ABROAD.sub("+", told), "") if _ABROAD.match(told) else "")


def may_be_same(one: str, other: str) -> bool:
    """Whether two numbers end alike, as those do that are the same; to read many in E.164 takes long."""
    first, second = (_NO_DIGIT.sub("", each)[-_LEAST_DIGITS:] for each in (one, other))
    return first == second and len(first) == _LEAST_DIGITS


def are_same(one: str, other: str, country: str = "") -> bool:
    """Whether two numbers are one, however they are written.

    Where the country of one is known nowhere, they are if it ends the other, without the zero that calls home.
    """
    first, second = e164(one, country), e164(other, country)
    if bool(first) == bool(second):
        return first == second and (first != "" or _NO_DIGIT.sub("", one) == _NO_DIGIT.sub("", other))
    home = _NO_DIGIT.sub("", other if first else one).lstrip("0")
    return len(home) >= _LEAST_DIGITS and (first or second).endswith(home)


def _formatted(told: str, where: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(told, where or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
