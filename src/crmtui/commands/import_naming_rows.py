"""Rows that name accounts which nobody here is called: the first line that names each, and the domain that all tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from crmtui.commands.import_alike import telling
from crmtui.method.namesakes import domain_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crmtui.commands.import_alike import Called
    from crmtui.exchange.mapping.drafts import Drafts


_BEFORE_HOST: Final = re.compile(r"[^\n@]*@")


class NamingRows(NamedTuple):
    """Some rows that name accounts.

    Attributes:
        lines: of the file.
        names: of the accounts; '' where a row names none.
        hosts: columns of websites, and of the hosts of business e-mail addresses, one a line: so they take little room.
    """

    lines: Sequence[int]
    names: Sequence[str]
    hosts: Sequence[str] = ()


def naming(drafts: Drafts, called: Sequence[Called]) -> NamingRows:
    """Rows of a file that name accounts."""
    columns = cast("Sequence[Sequence[str]]", telling(drafts))
    joined = ("\n".join(cells if all(cells) else (cell or "" for cell in cells)) for cells in columns)
    hosts = [_BEFORE_HOST.sub("", cells) for cells in joined]
    return NamingRows(drafts.lines, [one.name for one in called], hosts)


def domains(rows: Iterable[NamingRows], wanted: Iterable[str]) -> dict[str, str]:
    """For some of the names the domain of the websites and addresses in their rows, where all have the same."""
    left, hosts = set(wanted), dict[str, str]()
    for _lines, names, columns in rows:
        for column in columns if left else ():
            for name, host in dict.fromkeys(zip(names, column.split("\n"), strict=True)):
                if host and name in left:
                    before = hosts.setdefault(name, host)
                    if before == host:
                        continue
                    told = {domain_of(before), domain_of(host)} - {""}
                    hosts[name] = next(iter(told), host)
                    left -= {name} if len(told) > 1 else set()
    return {name: domain for name, host in hosts.items() if name in left and (domain := domain_of(host))}


def first_lines(rows: Iterable[NamingRows], wanted: Iterable[str]) -> dict[str, int]:
    """For each of some names the first line that tells it, in the order of these lines."""
    left, found = set(wanted), dict[str, int]()
    for lines, names, _hosts in rows:
        for line, name in zip(lines, names, strict=True) if left else ():
            if name in left:
                found[name] = line
                left.discard(name)
    return found
