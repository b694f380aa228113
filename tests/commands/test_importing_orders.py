"""Orders that come from tables of other programs: once each, with their lines, and brought up to date."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from crmtui.commands.importing import Existing, FileMapping
from crmtui.domain.offerings import Offering
from crmtui.domain.words import Source
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many
from incoming import bring, bring_all, file
from store_dump import faults, query

if TYPE_CHECKING:
    from pathlib import Path

ORDERS = """SELECT o.number, a.name, o.day, o.status, o.currency, p.name, l.description,
    l.quantity, l.unit_price, l.margin
    FROM sales_order o JOIN account a ON a.id = o.account_id LEFT JOIN order_line l ON l.order_id = o.id
    LEFT JOIN offering p ON p.id = l.offering_id ORDER BY o.id, l.position"""
PLAIN = "Order number,Customer,Order date,Amount,Currency,Status\nA1,Foo AG,2025-03-04,1200.50,EUR,Shipped\n"
LINES = """N. ordine;Cliente;Data ordine;Prodotto;Quantità;Prezzo unitario;Margine;Zona
7;Foo AG;04/03/2025;Pompa;2;100,00;30,00;Nord
8;Bar;05/13/2025;Pompa;1;90,00;10,00;Sud
7;Foo AG;04/03/2025;Valvola;3;10,50;;Nord
"""


def test_a_row_is_an_order(workspace: Path) -> None:
    account = "Name,Website\nFoo,foo.example\n"
    bring_all(workspace, {"accounts.csv": account, "anything.csv": PLAIN})
    row = ("A1", "Foo", "2025-03-04", "delivered", "EUR", None, "", 1.0, 120050, None)
    assert query(workspace, ORDERS) == [row]
    report = bring_all(workspace, {"anything.csv": PLAIN})
    assert (report.files[0].new, report.files[0].unchanged) == (0, 1)
    report = bring_all(workspace, {"anything.csv": PLAIN.replace("1200.50", "1300") + "A2,Bar,2025-04-04,5,EUR,open\n"})
    assert (report.files[0].new, report.files[0].updated) == (1, 1)
    assert [(row[0], row[8]) for row in query(workspace, ORDERS)] == [("A1", 130000), ("A2", 500)]
    assert faults(workspace) == []


def test_rows_of_one_number_are_lines_of_one_order(workspace: Path) -> None:
    text = LINES.replace("05/13/2025", "13/05/2025")
    bring_all(workspace, {"vendite.csv": text})
    assert query(workspace, ORDERS) == [
        ("7", "Foo AG", "2025-03-04", "open", "EUR", "Pompa", "", 2.0, 10000, 3000),
        ("7", "Foo AG", "2025-03-04", "open", "EUR", "Valvola", "", 3.0, 1050, None),
        ("8", "Bar", "2025-05-13", "open", "EUR", "Pompa", "", 1.0, 9000, 1000),
    ]
    assert query(workspace, "SELECT count(*) FROM custom_value WHERE name = 'Zona'") == [(2,)]
    fewer = "".join(line for line in text.splitlines(keepends=True) if "Valvola" not in line)
    assert bring(workspace, file(workspace.with_name("vendite.csv"), fewer)).updated == 1
    assert len(query(workspace, ORDERS)) == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("A1,Bar,2025-03-04,5,EUR,open", "of another account"),
        ("A1,Foo AG,2025-03-04,5,USD,open", "another currency"),
        ("A2,,2025-03-04,5,EUR,open", "whose order"),
        ("A2,Bar,,5,EUR,open", "when"),
        ("A2,Bar,2025-03-04,five,EUR,open", "five"),
        ("A2,Bar,2025-03-04,5,EUR,frozen", "frozen"),
    ],
)
def test_rows_that_say_too_little_are_refused(workspace: Path, row: str, why: str) -> None:
    (problem,) = bring(workspace, file(workspace.with_name("o.csv"), PLAIN + row + "\n")).rejected
    assert (problem.line, why in problem.reason) == (3, True)
    assert query(workspace, ORDERS) == []


def test_rows_without_a_number_are_each_an_order(workspace: Path) -> None:
    path = file(workspace.with_name("c.csv"), "Customer,Date,Qty,Total\nFoo,19970101,2,29.33\nFoo,19970101,2,29.33\n")
    said = {"c.csv": FileMapping(kind="sales_order")}
    assert bring(workspace, path, files=said).new == 2
    row = ("", "Foo", "1997-01-01", "open", "EUR", None, "2 x", 1.0, 2933, None)
    assert query(workspace, ORDERS) == [row, row]
    assert bring(workspace, path, files=said).unchanged == 2


def test_a_bare_sum_does_not_replace_lines_that_tell_more(workspace: Path) -> None:
    bring_all(workspace, {"vendite.csv": LINES.replace("05/13/2025", "13/05/2025")})
    before = query(workspace, ORDERS)
    sums = "Order number,Customer,Order date,Total\n7,Foo AG,2025-03-04,231.50\n8,Bar,2025-05-13,90\n"
    assert bring(workspace, file(workspace.with_name("o.csv"), sums)).unchanged == 2
    other = sums.replace("231.50", "999").replace(",90\n", ",91\n")
    report = bring(workspace, file(workspace.with_name("o.csv"), other))
    assert (report.kept, report.updated) == (1, 1)
    assert [row for row in query(workspace, ORDERS) if row[0] == "7"] == before[:2]


def test_rows_that_cannot_be_placed_are_looked_up_once(workspace: Path) -> None:
    """Each of them by itself would read the file once more: a minute for some thousands."""
    text = "Order number,Customer,Order date,Amount\n" + "".join(f"{n},,2025-03-04,5\n" for n in range(3_000))
    began = time.process_time()
    assert len(bring(workspace, file(workspace.with_name("o.csv"), text)).rejected) == 3_000
    assert time.process_time() - began < 5


def test_a_trial_tells_orders_before_and_after(workspace: Path) -> None:
    text = LINES.replace("05/13/2025", "13/05/2025")
    path = file(workspace.with_name("vendite.csv"), text)
    told = bring(workspace, path, dry_run=True, is_traced=True)
    assert [(one.line, one.name, one.field, one.after) for one in told.samples][:5] == [
        (2, "7", "Account", "Foo AG"),
        (2, "7", "Ordered on", "2025-03-04"),
        (2, "7", "Currency", "EUR"),
        (2, "7", "Line 1", "Pompa, 2 x 100.00 EUR, Margin 30.00 EUR"),
        (2, "7", "Line 2", "Valvola, 3 x 10.50 EUR"),
    ]
    assert [(row, outcome) for row, outcome, *_rest in told.outcomes or ()] == [(row, "new") for row in (2, 3, 4)]
    bring(workspace, path)
    file(path, text.replace(";3;10,50;;Nord", ";4;10,50;;Est").replace("04/03/2025", "05/03/2025"))
    told = bring(workspace, path, dry_run=True)
    assert [(one.line, one.name, one.field, one.before, one.after) for one in told.changes or ()] == [
        (2, "7", "Ordered on", "2025-03-04", "2025-03-05"),
        (2, "7", "Line 2", "Valvola, 3 x 10.50 EUR", "Valvola, 4 x 10.50 EUR"),
    ]
    told = bring(workspace, path, dry_run=True, existing=Existing.SKIP)
    assert [(one.field, one.before) for one in told.held] == [
        ("Ordered on", "2025-03-04"),
        ("Line 2", "Valvola, 3 x 10.50 EUR"),
    ]


def test_what_has_no_place_counts_as_a_change_of_an_order(workspace: Path) -> None:
    path = file(workspace.with_name("o.csv"), PLAIN)
    bring(workspace, path)
    file(path, PLAIN.replace("Status", "Status,Colour").replace("Shipped", "Shipped,red"))
    kept = "SELECT value FROM custom_value WHERE name = 'Colour'"
    assert bring(workspace, path, existing=Existing.SKIP).kept == 1
    assert query(workspace, kept) == []
    told = bring(workspace, path)
    assert (told.updated, query(workspace, kept)) == (1, [("red",)])
    file(path, path.read_text("utf-8").replace("red", "blue"))
    told = bring(workspace, path, dry_run=True)
    assert (told.kept, [(one.field, one.before, one.after) for one in told.held]) == (1, [("Colour", "red", "blue")])
    assert bring(workspace, path, existing=Existing.OVERWRITE).updated == 1
    assert query(workspace, kept) == [("blue",)]


def test_what_several_offerings_are_called_stays_with_the_line(workspace: Path) -> None:
    with work(workspace, "offerings", Source.CLI) as unit:
        insert_many(unit, Offering, [{"name": "Pump A", "code": "P"}, {"name": "pump-a", "code": "Q"}])
    text = "Order number,Customer,Order date,Product,Amount\n1,Foo,2025-03-04,Pump A.,5\n"
    bring(workspace, file(workspace.with_name("o.csv"), text))
    assert [row[5:7] for row in query(workspace, ORDERS)] == [(None, "Pump A.")]
