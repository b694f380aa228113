"""A report as PDF: the page of HTML laid out on paper by WeasyPrint, which is installed on request (`crmtui[pdf]`).

Nothing is fetched: the page holds all that it shows, and whatever it asked for would be refused.
"""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING, Any, Final

from crmtui.errors import MissingPartError
from crmtui.exchange.report import html
from crmtui.text import N_, _

if TYPE_CHECKING:
    from crmtui.exchange.report.document import Document

MISSING: Final = N_(
    "PDF takes a part that is not installed: pip install 'crmtui[pdf]'. Without it, write HTML and print it from a "
    "browser."
)
NO_PANGO: Final = N_(
    "PDF takes Pango, a library of the system that is not there: install it (Debian: libpango-1.0-0, libpangoft2-1.0-0 "
    "and libharfbuzz-subset0; macOS: pango). Without it, write HTML and print it from a browser."
)
_TAGGED: Final = "pdf/ua-1"  # its parts can be told apart by what reads it aloud


def require() -> None:
    """See that it can be written here.

    Raises:
        MissingPartError: it cannot, with what to install.
    """
    _engine()


def write(document: Document) -> bytes:
    """The report on pages of A4.

    Raises:
        MissingPartError: as `require`.
    """
    engine = _engine()
    nothing = engine.urls.URLFetcher(allowed_protocols=frozenset())
    page = engine.HTML(string=html.write(document), url_fetcher=nothing)
    written: bytes = page.write_pdf(pdf_variant=_TAGGED)
    return written


def _engine() -> Any:  # noqa: ANN401 - it has no types
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints what is said below in other words
            import weasyprint
            import weasyprint.urls
    except ModuleNotFoundError:
        raise MissingPartError(_(MISSING)) from None
    except OSError:  # it is there, and finds no Pango
        raise MissingPartError(_(NO_PANGO)) from None
    return weasyprint
