from __future__ import annotations

import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings as how, strategies as st

from crmtui import config, paths
from crmtui.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_without_a_file_everything_is_as_usual(file: Path) -> None:
    assert config.load(file) == config.Config()


def test_every_setting_is_read(file: Path) -> None:
    file.write_text(
        'language = "it"\ntheme = "nord"\nascii = true\ndb = "~/team.db"\n[keys]\n"record.new" = "a"\n',
        encoding="utf-8",
    )
    read = config.load(file)
    assert (read.language, read.theme, read.ascii) == ("it", "nord", True)
    assert read.db is not None
    assert read.db.is_absolute()
    assert read.keys == {"record.new": "a"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"theme = ", "is not TOML"),
        (b"\xff\xfe", "is not TOML"),
        (b'colour = "red"', "no setting colour"),
        (b'language = "de"', "language should be"),
        (b"ascii = 1", "ascii should be"),
        (b'db = ""', "db should be"),
        (b'keys = "n"', "keys should be"),
    ],
)
def test_what_is_no_setting_is_said_with_its_place(file: Path, written: bytes, said: str) -> None:
    file.write_bytes(written)
    with pytest.raises(UsageError, match=said) as caught:
        config.load(file)
    assert str(file) in str(caught.value)


def test_a_folder_in_place_of_the_file_is_a_sentence(file: Path) -> None:
    file.mkdir()
    with pytest.raises(UsageError, match="cannot be read"):
        config.load(file)


def test_saving_leaves_the_rest_of_the_file_as_it_is(file: Path) -> None:
    file.write_text('# mine\ntheme = "nord"\n\n[keys]\n# fingers\n"app.undo" = "z"\n', encoding="utf-8")
    config.save({"theme": "dracula", "language": "it", "keys": {"record.new": "a", "app.undo": ""}}, file)
    assert config.load(file) == config.Config(theme="dracula", language="it", keys={"record.new": "a"})
    assert "# mine" in file.read_text()
    assert "# fingers" in file.read_text()


def test_a_setting_that_would_not_be_read_back_is_not_written(file: Path) -> None:
    file.write_text('theme = "nord"\n', encoding="utf-8")
    with pytest.raises(UsageError):
        config.save({"language": "de"}, file)
    assert file.read_text() == 'theme = "nord"\n'


@how(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    theme=st.text(min_size=1).filter(lambda text: text.isprintable()), key=st.sampled_from(["a", '"', "\\", "ctrl+k"])
)
def test_whatever_is_saved_is_read_back(file: Path, theme: str, key: str) -> None:
    config.save({"theme": theme, "ascii": True, "keys": {"app.undo": key}}, file)
    assert tomllib.loads(file.read_text(encoding="utf-8")) == {"theme": theme, "ascii": True, "keys": {"app.undo": key}}


@pytest.mark.parametrize(
    ("locale", "shows"), [("en_GB.UTF-8", True), ("it_IT.utf8", True), ("C", False), ("en_US.ISO-8859-1", False)]
)
def test_the_locale_tells_whether_glyphs_can_be_shown(
    monkeypatch: pytest.MonkeyPatch, locale: str, shows: bool
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert config.shows_unicode() is shows


@pytest.mark.parametrize("written", [b"x = " + b"[" * 10_000, b'db = "a\\u0000b"', b"\xff\xfe", b"[[[[", b"keys = 1"])
def test_a_file_meant_to_break_the_reader_is_refused(file: Path, written: bytes) -> None:
    file.write_bytes(written)
    with pytest.raises(UsageError, match=r"config\.toml"):
        config.load(file)


def test_a_byte_order_mark_before_the_settings_is_no_fault(file: Path) -> None:
    file.write_bytes(b'\xef\xbb\xbflanguage = "it"\n')
    assert config.load(file).language == "it"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no others for the system")
@pytest.mark.parametrize("is_named", [True, False])
def test_our_own_folder_that_was_open_to_others_is_closed_and_one_that_was_named_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_named: bool
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    folder = tmp_path / "crmtui"
    folder.mkdir(mode=0o755)
    if is_named:
        monkeypatch.setenv("CRMTUI_STATE_DIR", str(folder))
    else:
        monkeypatch.delenv("CRMTUI_STATE_DIR", raising=False)
    paths.make_private(paths.state() / "backups")
    assert [each.stat().st_mode & 0o777 for each in (folder, folder / "backups")] == [
        0o755 if is_named else 0o700,
        0o700,
    ]
