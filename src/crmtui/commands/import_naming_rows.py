"""Rows that name accounts which nobody here is called: the first line that names each, and the domain that all tell."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from crmtui.commands.import_alike import hosts_of
from crmtui.method.namesakes import domain_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from crmtui.commands.import_alike import Called
    from crmtui.exchange.mapping.drafts import Drafts


class NamingRows(NamedTuple):
    """Some rows that name accounts.

    Attributes:
        lines: of the file.
        names: of the accounts; '' where a row names none.
        hosts: columns of what tells the domain of websites and business e-mail addresses; '' where a row has none.
    """

    lines: Sequence[int]
    names: Sequence[str]
    hosts: Sequence[Sequence[str]] = ()

    def of(self, wanted: Collection[str]) -> NamingRows:
        """The rows that name one of some."""
        are_wanted = [name in wanted for name in self.names]
        if all(are_wanted):
            return self
        hosts = [list(compress(column, are_wanted)) for column in self.hosts]
        return NamingRows(list(compress(self.lines, are_wanted)), list(compress(self.names, are_wanted)), hosts)


def naming(drafts: Drafts, called: Sequence[Called]) -> NamingRows:
    """Rows of a file that name accounts."""
    return NamingRows(drafts.lines, [one.name for one in called], hosts_of(drafts))


def domains(rows: Iterable[NamingRows], wanted: Iterable[str]) -> dict[str, str]:
    """For some of the names the domain of the websites and addresses in their rows, where all have the same."""
    left, hosts = set(wanted), dict[str, str]()
    for _lines, names, columns in rows:
        for column in columns if left else ():
            told = compress(zip(names, column, strict=True), map(left.__contains__, names))
            for name, host in dict.fromkeys(told):
                if host and name in left:
                    before = hosts.setdefault(name, host)
                    if before == host:
                        continue
                    both = {domain_of(before), domain_of(host)} - {""}
                    hosts[name] = next(iter(both), host)
                    left -= {name} if len(both) > 1 else set()
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
