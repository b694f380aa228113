"""Which records mean the same: what speaks for it, what speaks against it, and that nobody is told twice."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from crmtui.method.doubles import Against, Evidence, Party, groups, pairs
from crmtui.method.namesakes import core, domain_of, has_one_form, label_of


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Acme S.p.A.", "acme"),
        ("ACME SPA", "acme"),
        ("Müller & Söhne GmbH & Co. KG", "muller sohne"),
        ("L'Aurora s.r.l.", "laurora"),
        ("Helios Oy", "helios"),
        ("SAS", "sas"),  # nothing but a legal form: the name of a company all the same
        ("", ""),
    ],
)
def test_a_legal_form_is_no_part_of_a_name(name: str, told: str) -> None:
    assert core(name) == told


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Aurora", "Aurora S.p.A.", True),
        ("Aurora Limited", "Aurora Ltd.", True),
        ("Aurora Co. Ltd", "Aurora Ltd", True),
        ("Aurora GmbH", "Aurora S.p.A.", False),
    ],
)
def test_a_legal_form_may_be_left_out_but_is_not_another(one: str, other: str, *, told: bool) -> None:
    assert has_one_form(one, other) is has_one_form(other, one) is told


@pytest.mark.parametrize(
    ("domain", "told"), [("aurora.it", "aurora"), ("milano.aurora.com", "aurora"), ("aurora.co.uk", "aurora")]
)
def test_what_a_domain_is_called_wherever_it_is(domain: str, told: str) -> None:
    assert label_of(domain) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://www.aurora.it/about?x=1", "aurora.it"),
        ("WWW.Aurora.IT", "aurora.it"),
        ("aurora.it/?from=https://beta.it", "aurora.it"),
        ("laura@mail.aurora.it", "mail.aurora.it"),
        ("aurora.it:8080", "aurora.it"),
        ("laura@gmail.com", ""),
        ("laura@yahoo.com.br", ""),
        ("https://www.facebook.com/aurora", ""),
        ("aurora", ""),
        ("", ""),
    ],
)
def test_the_domain_of_a_website_or_an_address(text: str, told: str) -> None:
    assert domain_of(text) == told


def test_the_same_name_and_domain_are_likelier_than_either() -> None:
    aurora = Party(id=1, name="Aurora Spa", domains=("aurora.it",))
    by_name = Party(id=2, name="AURORA S.p.A.", domains=("aurora-packaging.it",))
    by_domain = Party(id=3, name="Packaging Division", domains=("www.aurora.it",))
    by_both = Party(id=4, name="Aurora", mails=("info@aurora.it",))
    scores = {pair.other: pair.score for pair in pairs([aurora, by_name, by_domain, by_both]) if pair.one == 1}
    assert scores == pytest.approx({2: 0.65, 3: 0.55, 4: 1 - 0.35 * 0.45})


def test_each_pair_says_why() -> None:
    one = Party(id=1, name="Aurora Spa", phones=("+390212345678",), place="Milano", country="Italy")
    other = Party(id=2, name="Aurora srl", phones=("+390212345678",), place="MILANO", country="Austria")
    (pair,) = pairs([one, other])
    assert [(reason.evidence, reason.value) for reason in pair.reasons] == [
        (Evidence.NAME, "Aurora Spa"),
        (Evidence.PHONE, "+390212345678"),
        (Evidence.PLACE, "Milano"),
    ]
    assert pair.against == (Against.COUNTRY,)
    assert pair.score == pytest.approx((1 - 0.35 * 0.55 * 0.8) * 0.7)


def test_names_that_are_alike_are_told_apart_from_the_same() -> None:
    one, other = Party(id=1, name="Gruppo Ferrarini"), Party(id=2, name="Gruppo Ferarini", place="Parma")
    (pair,) = pairs([one, Party(id=2, name=other.name)], least=0.4)
    assert pair.reasons[0].evidence is Evidence.ALIKE


def test_a_person_is_the_same_whichever_name_comes_first() -> None:
    people = [Party(id=1, name="Laura Bianchi", account_id=5), Party(id=2, name="Bianchi, Laura", account_id=5)]
    (pair,) = pairs(people, companies=False)
    assert {reason.evidence for reason in pair.reasons} == {Evidence.NAME, Evidence.ACCOUNT}


def test_namesakes_at_different_accounts_are_two_people() -> None:
    people = [Party(id=1, name="Laura Bianchi", account_id=5), Party(id=2, name="Laura Bianchi", account_id=6)]
    assert pairs(people, companies=False) == ()


def test_one_address_at_two_accounts_is_somebody_who_moved() -> None:
    people = [
        Party(id=1, name="Laura Bianchi", account_id=5, mails=("Laura@bianchi.eu",)),
        Party(id=2, name="L. Bianchi", account_id=6, mails=("laura@bianchi.eu",)),
    ]
    (pair,) = pairs(people, companies=False)
    assert pair.against == (Against.ACCOUNT,)
    assert pair.score == pytest.approx((1 - 0.15 * 0.55) * 0.75)


def test_a_switchboard_is_nobodys_own() -> None:
    people = [Party(id=n, name=f"person {n:03} {'abcdefghijklmnop'[n]}", phones=("+390212345678",)) for n in range(14)]
    assert pairs(people, companies=False, least=0.4) == ()
    assert pairs(people[:5], companies=False, least=0.2)


SWITCHBOARD, MOBILE = "+390212345678", "+393337654321"


@pytest.mark.parametrize(
    ("names", "mail", "account", "score"),
    [
        (("Anna Verdi", "Bruno Neri"), "", 5, 0),  # colleagues
        (("Laura Rossi", "Mario Rossi"), "info@aurora.it", 5, (1 - 0.5 * 0.7) * 0.65),
        (("Laura Rossi", "Mario Rossi"), "laura@aurora.it", 5, (1 - 0.15 * 0.7) * 0.65),
        (("Laura Rossi", "L. Rossi"), "info@aurora.it", 5, 1 - 0.5 * 0.55 * 0.55 * 0.7),
        (("Laura De Luca", "Laura Maria De Luca"), "", 5, 1 - 0.55 * 0.55 * 0.7),
        (("Anna Verdi", "Bruno Neri"), "", 0, 0.45 * 0.65),
    ],
)
def test_names_of_two_speak_against_it(names: tuple[str, str], mail: str, account: int, score: float) -> None:
    mails = (mail,) if mail else ()
    people = [
        Party(id=number, name=name, account_id=account, mails=mails, phones=(SWITCHBOARD,))
        for number, name in enumerate(names, 1)
    ]
    found = pairs(people, companies=False, least=0.01)
    assert [pair.score for pair in found] == ([pytest.approx(score)] if score else [])


def test_all_telephones_that_two_share_are_told() -> None:
    people = [Party(id=number, name="Laura Rossi", phones=(MOBILE, SWITCHBOARD)) for number in (1, 2)]
    (pair,) = pairs(people, companies=False)
    assert f"{SWITCHBOARD}, {MOBILE}" in [reason.value for reason in pair.reasons]


def test_the_same_city_alone_says_nothing() -> None:
    assert pairs([Party(id=1, name="Auro", place="Bari"), Party(id=2, name="Aurum", place="Bari")], least=0.1) == ()


def test_a_group_and_its_part_are_no_doubles() -> None:
    parent = Party(id=1, name="Aurora", domains=("aurora.it",))
    part = Party(id=2, name="Aurora Spa", domains=("aurora.it",), family=frozenset({1}))
    assert pairs([parent, part]) == ()


def test_what_was_settled_is_not_asked_again() -> None:
    twins = [Party(id=1, name="Aurora"), Party(id=2, name="Aurora")]
    assert pairs(twins)
    assert pairs(twins, distinct=[(1, 2)]) == ()


def test_pairs_that_hang_together_are_one_group() -> None:
    parties = [Party(id=n, name="Aurora") for n in (3, 1, 2)] + [Party(id=n, name="Helios") for n in (7, 9)]
    assert groups(pairs(parties)) == ((1, 2, 3), (7, 9))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gama Inc", "Gamma Inc"),
        ("Karl Wittmann AG", "Carl Vitmann"),
        ("Mueller & Söhne", "Müller Soehne GmbH"),
        ("Fetrarini Packaging", "Ferrarini Packaging"),
    ],
)
def test_companies_that_begin_otherwise_are_compared_too(one: str, other: str) -> None:
    (pair,) = pairs([Party(id=1, name=one), Party(id=2, name=other)], least=0.01)
    assert [reason.evidence for reason in pair.reasons] == [Evidence.ALIKE]
    assert pair.score == pytest.approx(0.45)


@pytest.mark.parametrize("other", ["Jon Smith", "Smyth, John", "Smith J.", "J. Smith"])
def test_people_of_one_account_are_compared_by_each_of_their_names(other: str) -> None:
    people = [Party(id=1, name="John Smith", account_id=5), Party(id=2, name=other, account_id=5)]
    (pair,) = pairs(people, companies=False)
    assert [reason.evidence for reason in pair.reasons] == [Evidence.ALIKE, Evidence.ACCOUNT]
    assert pair.score == pytest.approx(1 - 0.55 * 0.7)


@pytest.mark.parametrize("other", ["Mario Smith", "M. Smith", "John M.", "J. S."])
def test_who_shares_one_name_only_is_not_alike(other: str) -> None:
    people = [Party(id=1, name="John Smith", account_id=5), Party(id=2, name=other, account_id=5)]
    assert pairs(people, least=0.01, companies=False) == ()


def test_somebody_without_an_account_may_be_somebody_at_one() -> None:
    people = [
        Party(id=1, name="Carla Conti", account_id=5),
        Party(id=2, name="Conti Carla"),
        Party(id=3, name="Karla Conti", account_id=6),
    ]
    found = {(pair.one, pair.other): pair.score for pair in pairs(people, companies=False, least=0.01)}
    assert found == pytest.approx({(1, 2): 0.65, (1, 3): 0.45 * 0.75, (2, 3): 0.45})


def test_names_that_are_numbered_are_not_alike() -> None:
    assert pairs([Party(id=1, name="Helios Plant 12"), Party(id=2, name="Helios Plant 13")], least=0.01) == ()


def test_not_all_are_compared_with_all() -> None:
    people = [Party(id=n, name=f"Mario Rossi{'abcdefghij'[n % 10]}{n}", account_id=1) for n in range(400)]
    assert pairs(people, companies=False, least=0.01) == ()


PARTIES = st.lists(
    st.builds(
        Party,
        id=st.integers(1, 40),
        name=st.sampled_from(["Aurora", "Aurora Spa", "Auroro", "Helios", "", "Spa"]),
        mails=st.lists(st.sampled_from(["a@x.it", "b@x.it", "a@gmail.com", ""]), max_size=2).map(tuple),
        phones=st.lists(st.sampled_from(["+390212345678", "+1", ""]), max_size=2).map(tuple),
        place=st.sampled_from(["", "Bari"]),
        country=st.sampled_from(["", "IT", "AT"]),
        account_id=st.integers(0, 2),
    ),
    max_size=20,
    unique_by=lambda party: party.id,
)


@given(PARTIES, st.booleans())
def test_scores_are_shares_and_no_pair_is_told_twice(parties: list[Party], companies: bool) -> None:
    found = pairs(parties, companies=companies, least=0.01)
    assert all(0 < pair.score < 1 and pair.one < pair.other for pair in found)
    assert len({(pair.one, pair.other) for pair in found}) == len(found)
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)
    assert found == pairs(parties[::-1], companies=companies, least=0.01)
