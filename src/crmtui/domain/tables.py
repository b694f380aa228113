"""The SQLModel classes, derived from the records: one that validates, and the table.

Heavy: imports SQLModel and SQLAlchemy. Only `store` asks for it, and only to write, to validate and to migrate.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, ConfigDict, ValidationError
from sqlalchemy import (
    CheckConstraint,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel
from sqlmodel.main import SQLModelMetaclass

from crmtui.domain import values
from crmtui.domain.fields import Kind, Record, Spec, default, specs
from crmtui.domain.nouns import RECORDS
from crmtui.errors import InvalidError
from crmtui.text import _, key

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
_PYTHON: dict[Kind, Any] = {
    Kind.LINE: str,
    Kind.TEXT: str,
    Kind.CURRENCY: str,
    Kind.NUMBER: float | None,
    Kind.BOOL: bool,
    Kind.DATE: dt.date | None,
    Kind.STAMP: dt.datetime | None,
    Kind.CHOICES: tuple[Any, ...],
    Kind.CHOICE: Any,
}
_ALWAYS = frozenset({Kind.LINE, Kind.TEXT, Kind.CURRENCY, Kind.BOOL, Kind.CHOICES})


class Kept(TypeDecorator[Any]):
    """A column that keeps values as `domain.values` says, in the types that STRICT tables know."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[Record], name: str) -> None:
        self.kind, self.name = kind, name
        super().__init__()

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type of a STRICT table that holds the field."""
        return dialect.type_descriptor(_affinity(specs(self.kind)[self.name])())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - the interface
        """What SQLite keeps."""
        return values.plain(specs(self.kind)[self.name], value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - the interface
        """What it meant."""
        return values.loaded(specs(self.kind)[self.name], value)


def table(kind: type[Record]) -> Any:  # noqa: ANN401 - a class made here
    """The SQLModel table class of a record; all are made at once, since they link to each other."""
    if not _made:
        _made.update({each.noun.table: _make_table(each) for each in RECORDS})
    return _made[kind.noun.table]


def entry(kind: type[Record]) -> Any:  # noqa: ANN401 - a class made here
    """The SQLModel class, without a table, that every value passes before it is written."""
    found = _entries.get(kind.noun.table)
    if found is None:
        found = _entries[kind.noun.table] = _make_entry(kind)
    return found


_made: dict[str, Any] = {}
_entries: dict[str, Any] = {}


def _make_table(kind: type[Record]) -> Any:  # noqa: ANN401 - a class made here
    space: dict[str, Any] = {
        "__module__": __name__,
        "__doc__": kind.__doc__,
        "__tablename__": kind.noun.table,
        "__table_args__": (*_constraints(kind), {"sqlite_strict": True, "sqlite_autoincrement": True}),
        "__annotations__": {"id": int | None, "uid": str},
        "id": Field(default=None, sa_column=Column(Integer, primary_key=True)),
        "uid": Field(sa_column=Column(Text, nullable=False, unique=True)),
    }
    if is_keyed(kind):
        space["__annotations__"]["name_key"] = str
        space["name_key"] = Field(default="", sa_column=Column(Text, nullable=False, index=True))
    for name, spec in specs(kind).items():
        space["__annotations__"][name] = _PYTHON.get(spec.kind, int | None)
        space[name] = Field(default=default(kind, name), sa_column=_column(kind, name, spec))
    return SQLModelMetaclass(f"{kind.__name__}Table", (_Tables,), space, table=True)


def _make_entry(kind: type[Record]) -> Any:  # noqa: ANN401 - a class made here
    space: dict[str, Any] = {
        "__module__": __name__,
        "__doc__": kind.__doc__,
        "__annotations__": {},
        "model_config": ConfigDict(extra="forbid", validate_default=True, arbitrary_types_allowed=True),
    }
    for name, spec in specs(kind).items():
        space["__annotations__"][name] = Annotated[Any, BeforeValidator(_checker(spec))]
        space[name] = Field(default=default(kind, name))
    return SQLModelMetaclass(f"{kind.__name__}Entry", (SQLModel,), space)


def valid(kind: type[Record], given: dict[str, Any]) -> dict[str, Any]:
    """All fields of a record from those that are given; InvalidError names each field that is wrong."""
    try:
        made = entry(kind).__pydantic_validator__.validate_python(given)
    except ValidationError as error:
        raise InvalidError(_sentences(kind, error), _(kind.noun.one)) from None
    found = {name: getattr(made, name) for name in specs(kind)}
    if is_keyed(kind):
        found["name_key"] = key(found["name"])
    return found


def is_keyed(kind: type[Record]) -> bool:
    """Whether the table keeps `name_key`, the name as it is sorted and matched."""
    return "name" in specs(kind)


def metadata() -> MetaData:
    """The schema as the records define it; migrations are checked against it."""
    table(RECORDS[0])
    return _Tables.metadata


class _Tables(SQLModel):
    metadata = MetaData(naming_convention=NAMES)


def _checker(spec: Spec) -> Any:  # noqa: ANN401 - a validator function
    return lambda value: values.check(spec, value)


def _sentences(kind: type[Record], error: ValidationError) -> dict[str, str]:
    known = specs(kind)
    found = {}
    for problem in error.errors(include_url=False):
        name = str(problem["loc"][0]) if problem["loc"] else ""
        reason = str(problem.get("ctx", {}).get("error", "")) or _("is not a field of this record")
        found[_(known[name].label) if name in known else values.quoted(name)] = reason
    return found


def _affinity(spec: Spec) -> type[Text | Integer | Float[Any]]:
    if spec.kind in (Kind.INTEGER, Kind.SCALE, Kind.BOOL, Kind.MONEY, Kind.LINK):
        return Integer
    return Real if spec.kind is Kind.NUMBER else Text


class Real(Float[Any]):
    """REAL: the only name for a floating-point column that STRICT tables take."""

    __visit_name__ = "REAL"


def _column(kind: type[Record], name: str, spec: Spec) -> Column[Any]:
    leads = []
    if spec.link:
        leads = [ForeignKey(f"{spec.link}.id", ondelete=spec.on_delete.value)]
    return Column(
        name,
        Kept(kind, name),
        *leads,
        nullable=_may_be_empty(spec),
    )


def _may_be_empty(spec: Spec) -> bool:
    return not (spec.required or spec.kind in _ALWAYS)


def _needs_index(kind: type[Record], name: str, spec: Spec) -> bool:
    """Whether a link needs an index of its own, for joins and deletions: not where a unique one begins with it."""
    return bool(spec.link) and all(group[0] != name for group in kind.noun.unique)


def _constraints(kind: type[Record]) -> list[Any]:
    rules = [(name, rule) for name, spec in specs(kind).items() if (rule := _rule(name, spec))]
    made: list[Any] = [CheckConstraint(rule, name=name) for name, rule in rules]
    made += [CheckConstraint(rule, name=f"rule_{n}") for n, rule in enumerate(kind.noun.rules, 1)]
    made += [UniqueConstraint(*group) for group in kind.noun.unique]
    made += [Index(None, name) for name, spec in specs(kind).items() if spec.kind is Kind.DATE and spec.required]
    made += [_link_index(name, spec) for name, spec in specs(kind).items() if _needs_index(kind, name, spec)]
    return made


def _link_index(name: str, spec: Spec) -> Index:
    """Of the records that have such a link: most links that may be empty are."""
    return Index(None, name, sqlite_where=text(f"{name} IS NOT NULL") if _may_be_empty(spec) else None)


def _rule(name: str, spec: Spec) -> str:
    """The field's condition in SQL: the last wall, behind `values.check`."""
    if spec.kind is Kind.CHOICE and spec.words:
        # not IN: SQLite builds the set of more than two words anew for every row
        return " OR ".join(f"{name} = {word.value!r}" for word in spec.words)
    if spec.kind in (Kind.LINE, Kind.TEXT):
        fits = f"length({name}) <= {spec.longest}"
        return f"{name} <> '' AND {fits}" if spec.required else f"{name} = '' OR {fits}"  # to measure takes longer
    return _SHAPES.get(spec.kind, "").format(name=name) or _bounds(name, spec)


_SHAPES = {
    Kind.CHOICES: "{name} NOT GLOB '*[^a-z,]*'",
    Kind.BOOL: "{name} IN (0, 1)",
    Kind.DATE: "{name} IS date({name}, '+0 days')",  # without the shift SQLite takes 30 February as it is
    Kind.STAMP: "{name} GLOB '????-??-??T??:??:*Z'",
    Kind.CURRENCY: "{name} = '' OR {name} GLOB '[A-Z][A-Z][A-Z]'",
}


def _bounds(name: str, spec: Spec) -> str:
    bounds = []
    if spec.low is not None:
        bounds.append(f"{name} >= {spec.low:.12g}")
    if spec.high is not None:
        bounds.append(f"{name} <= {spec.high:.12g}")
    return " AND ".join(bounds)
