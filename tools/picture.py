"""Take the README's picture from the running app: `python tools/picture.py`, with `rsvg-convert` at hand."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from crmtui.commands.sample import create_sample
from crmtui.config import Config
from crmtui.tui.app import CrmtuiApp

TARGET = Path(__file__).parent.parent / "docs" / "dmu.png"
SIZE = (120, 36)
FONT = "DejaVu Sans Mono"
FONT_SIZE = 20.265  # its letters are then as wide as the cells of the drawing


async def picture(workspace: Path) -> str:
    """The decision-making unit of the sample's first account, as SVG."""
    app = CrmtuiApp(workspace, Config(theme="crmtui-paper"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("3")
        for _ in range(5):
            await app.workers.wait_for_complete()
            await pilot.pause()
        return app.export_screenshot(title="crmtui")


def main() -> int:
    """Write docs/dmu.png."""
    converter = shutil.which("rsvg-convert")
    if converter is None:
        sys.stderr.write("rsvg-convert is missing (Debian: librsvg2-bin)\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "sample.db"
        create_sample(workspace, dt.datetime.now(dt.UTC).date())
        drawn = asyncio.run(picture(workspace))
        drawn = re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
        drawn = re.sub(r"font-family: Fira Code[^;]*;", f"font-family: {FONT}, Symbola;", drawn)
        drawn = drawn.replace("font-size: 20px", f"font-size: {FONT_SIZE}px").replace(
            "<text ", '<text xml:space="preserve" '
        )
        drawing = Path(folder) / "picture.svg"
        drawing.write_text(drawn, "utf-8")
        subprocess.run([converter, "--zoom", "1", "-o", str(TARGET), str(drawing)], check=True)  # noqa: S603 - found above
    return 0


if __name__ == "__main__":
    sys.exit(main())
