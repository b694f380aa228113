"""Settings: of the workspace, which travel with its file, and of this user on this machine."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from crmtui import config, text
from crmtui.domain.fields import specs
from crmtui.domain.words import Source
from crmtui.domain.workspace import Workspace
from crmtui.errors import CrmtuiError
from crmtui.text import LANGUAGES, N_, _, key
from crmtui.tui import keymap, meanwhile, show, themes
from crmtui.tui.glyphs import ASCII
from crmtui.tui.jobs import Jobs
from crmtui.tui.screens.choose import ChooseScreen, Found
from crmtui.tui.screens.form import FormScreen, Saved, Shape
from crmtui.tui.screens.press import PressScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.tui.app import CrmtuiApp

WORKSPACE: Final = N_("Workspace")
GATES: Final = N_("Gates of the ladder")
WEIGHTS: Final = N_("Weights on the map")
STRENGTH: Final = N_("Strength of the relationship")
MOVES: Final = N_("Hours of moves")
THEME: Final = N_("Theme")
LANGUAGE: Final = N_("Language")
SIGNS: Final = N_("Signs")
KEYS: Final = N_("Keys")
NAMES: Final = {"": N_("as the system is"), "en": N_("English"), "it": N_("Italian")}


def fields_of(topic: str) -> tuple[str, ...]:
    """The settings of the workspace under one of its topics, in their order; each is under exactly one."""
    return tuple(name for name, spec in specs(Workspace).items() if not spec.hidden and _topic_of(name) == topic)


def _topic_of(name: str) -> str:
    if name in _STRENGTH:
        return STRENGTH
    return next((topic for beginning, topic in _TOPICS.items() if name.startswith(beginning)), WORKSPACE)


_STRENGTH: Final = frozenset({"weight_recognition", "weight_bonds", "weight_coverage"})
_TOPICS: Final = {"gate_": GATES, "weight_": WEIGHTS, "informal_share": WEIGHTS, "move_hours_": MOVES}


class SettingsScreen(ChooseScreen[str]):
    """What can be set; each leads to a choice of its own, and back here."""

    def __init__(self, app: CrmtuiApp) -> None:
        self._app = app
        super().__init__(_("Settings"), self._topics)

    def _topics(self, words: str) -> Sequence[Found[str]]:
        settings = self._app.settings
        signs = _("ASCII only") if show.glyphs() is ASCII else _("all signs")
        topics = (
            Found(WORKSPACE, _(WORKSPACE), _("name, currency, half-life, working hours and days")),
            Found(GATES, _(GATES), _("what each level of the relationship needs")),
            Found(WEIGHTS, _(WEIGHTS), _("how much each role counts, and informal influence")),
            Found(STRENGTH, _(STRENGTH), _("how much recognition, bonds and coverage count")),
            Found(MOVES, _(MOVES), _("by which Today compares what no channel says")),
            Found(THEME, _(THEME), self._app.theme),
            Found(LANGUAGE, _(LANGUAGE), _(NAMES[settings.language])),
            Found(SIGNS, _(SIGNS), signs),
            Found(KEYS, _(KEYS), ", ".join(f"{name} {pressed}" for name, pressed in settings.keys.items())),
        )
        return [topic for topic in topics if key(words) in key(topic.label)]


class Settings:
    """The way through the settings, each written as soon as it is chosen.

    Args:
        app: the app.
    """

    def __init__(self, app: CrmtuiApp) -> None:
        self._app = app
        self._jobs = Jobs(app)

    def open(self) -> None:
        """Show what can be set."""
        self._app.push_screen(SettingsScreen(self._app), self._opened)

    def _opened(self, topic: Found[str] | None) -> None:
        if topic is not None:
            ways: dict[str, Callable[[], None]] = {
                WORKSPACE: partial(self._workspace, WORKSPACE),
                GATES: partial(self._workspace, GATES),
                WEIGHTS: partial(self._workspace, WEIGHTS),
                STRENGTH: partial(self._workspace, STRENGTH),
                MOVES: partial(self._workspace, MOVES),
                THEME: self._theme,
                LANGUAGE: self._language,
                SIGNS: self._signs,
                KEYS: self._keys,
            }
            ways[topic.key]()

    def _save(self, given: dict[str, Any]) -> None:
        """Write to the user's file, in a thread."""
        try:
            config.save(given)
        except OSError as error:
            raise CrmtuiError(_("The settings cannot be written: {why}").format(why=error.strerror)) from None

    def _keep(self, given: dict[str, Any]) -> None:
        self._jobs.run("save", partial(self._save, given), on_done=lambda _done: None)

    # The workspace

    def _workspace(self, topic: str) -> None:
        from crmtui.queries import workspace

        read = partial(workspace.settings, self._app.path)
        self._jobs.run("read", read, on_done=partial(self._edit_workspace, topic))

    def _edit_workspace(self, topic: str, found: Workspace) -> None:
        from crmtui.commands import workspace

        given = {name: getattr(found, name) for name in specs(Workspace)}
        path = self._app.path
        form: FormScreen[None] = FormScreen(
            Workspace,
            given,
            title=_("Settings of the workspace") if topic == WORKSPACE else _(topic),
            save=lambda values: workspace.configure(path, values, Source.TUI),
            shape=Shape(only=fields_of(topic), now=meanwhile.kept(path, type(found), found.id)),
            changes_only=True,
        )

        def closed(saved: Saved[None] | None) -> None:
            if saved is not None:
                self._app.follow.ask()

        self._app.push_screen(form, closed)

    # The user's own

    def _theme(self) -> None:
        ours = [themes.PAPER.name, themes.INK.name]
        names = [*ours, *sorted(self._app.available_themes.keys() - set(ours))]
        found = [Found("", _("by the terminal's background")), *(Found(name, name) for name in names)]
        self._choose(_(THEME), found, self._take_theme)

    def _take_theme(self, name: str) -> None:
        self._app.settings = replace(self._app.settings, theme=name)
        self._app.theme = themes.chosen(name, self._app.available_themes)
        self._keep({"theme": name})

    def _language(self) -> None:
        found = [Found(code, _(NAMES[code])) for code in ("", *LANGUAGES)]
        self._choose(_(LANGUAGE), found, self._take_language)

    def _take_language(self, code: str) -> None:
        self._app.settings = replace(self._app.settings, language=code)
        text.speak(code)
        self._keep({"language": code})
        self._app.renew()

    def _signs(self) -> None:
        found = [Found("", _("all signs")), Found("ascii", _("ASCII only"))]
        self._choose(_(SIGNS), found, self._take_signs)

    def _take_signs(self, name: str) -> None:
        self._app.settings = replace(self._app.settings, ascii=bool(name))
        self._app.use_ascii(bool(name))
        self._keep({"ascii": bool(name)})

    # Keys

    def _keys(self) -> None:
        bindings = [binding for own in keymap.catalogue().values() for binding in own]
        names: dict[str, str] = {}
        usual: dict[str, list[str]] = {}
        for binding in bindings:
            name = cast("str", binding.id)
            names[name] = _(binding.description)
            usual.setdefault(name, []).append(binding.key)
        mine = self._app.settings.keys
        found = [
            Found(name, names[name], f"{mine.get(name) or ','.join(dict.fromkeys(usual[name]))}  {name}")
            for name in sorted(names)
        ]
        self._choose(_(KEYS), found, self._press)

    def _press(self, name: str) -> None:
        self._app.push_screen(PressScreen(name), partial(self._take_key, name))

    def _take_key(self, name: str, pressed: str | None) -> None:
        if pressed is None:
            return
        keys = {**self._app.settings.keys, name: pressed}
        keys = {action: one for action, one in keys.items() if one}
        try:
            keymap.check(keys)
        except CrmtuiError as error:
            self._app.tell(str(error), is_wrong=True)
            return
        self._app.settings = replace(self._app.settings, keys=keys)
        self._app.set_keymap(keys)
        self._keep({"keys": {name: pressed}})

    def _choose(self, title: str, found: Sequence[Found[str]], take: Callable[[str], None]) -> None:
        def answering(words: str) -> Sequence[Found[str]]:
            wanted = key(words)
            return [one for one in found if wanted in key(one.label) or wanted in key(one.detail)]

        def closed(chosen: Found[str] | None) -> None:
            if chosen is not None:
                take(chosen.key)

        self._app.push_screen(ChooseScreen(title, answering), closed)
