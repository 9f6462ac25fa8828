"""Which language a locale's name means, and what is said in it."""

import os
import subprocess
import sys

import pytest

from reader import locale
from reader.layout import cells
from reader.locale import _, ngettext, pgettext
from reader.settings import language, load


@pytest.fixture(autouse=True)
def english_after():
    yield
    locale.use("en")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("zh_CN.UTF-8", "zh_Hans"), ("zh_SG", "zh_Hans"), ("zh", "zh_Hans"), ("zh-Hans-HK", "zh_Hans"),
        ("zh_TW.UTF-8", "zh_Hant"), ("zh_HK.Big5", "zh_Hant"), ("zh_MO", "zh_Hant"), ("zh-Hant", "zh_Hant"),
        ("zh_Hant_TW@x", "zh_Hant"), ("ja_JP.eucJP", "ja"), ("ko_KR.UTF-8", "ko"), ("en_GB.UTF-8", "en"),
        ("C.UTF-8", "en"), ("POSIX", "en"), ("de_DE.UTF-8", None), ("", None),
    ],
)  # fmt: skip
def test_the_language_of_a_locale(name, meant):
    assert locale.named(name) == meant


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_Hans"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh_Hant"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:zh_HK:en"}, "zh_Hant"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en_US"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "xx_nonsense"}, "en"),
    ],
)
def test_the_language_of_an_environment(environment, spoken, monkeypatch):
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == spoken
    assert language("zh-TW") == "zh_Hant"
    assert language("klingon") == spoken


def test_a_message_is_said_in_the_language_in_use():
    assert _("Quit") == "Quit"
    assert ngettext("{count} claim", "{count} claims", 1) == "{count} claim"
    locale.use("zh_Hans")
    assert (_("Quit"), pgettext("hint", "link"), locale.in_use()) == ("退出", "链接", "zh_Hans")
    locale.use("zh_Hant")
    assert (_("Quit"), pgettext("hint", "link")) == ("結束", "連結")
    assert _("no catalogue has this") == "no catalogue has this"
    assert _("") == ""  # and not the catalogue's head
    locale.use("en")
    assert _("Quit") == "Quit"


def test_a_language_that_is_not_spoken_is_a_mistake():
    with pytest.raises(ValueError, match="klingon"):
        locale.use("klingon")


def test_the_settings_choose_the_language_and_complain_in_it(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text('language = "zh_TW"\nmeasure = 3\n', encoding="utf-8")
    settings, problems = load(str(file))
    assert settings.language == "zh_TW"
    assert locale.in_use() == "zh_Hant"
    assert "應在 20 到 400 之間" in problems[0]
    file.write_text('language = "klingon"\n', encoding="utf-8")
    settings, problems = load(str(file))
    assert (settings.language, locale.in_use()) == ("", "en")
    assert "there is no language 'klingon'" in problems[0]


def test_help_is_in_the_language_of_the_settings_too(tmp_path, capsys):
    from reader.cli import main

    file = tmp_path / "config.toml"
    file.write_text('language = "zh_Hans"\n', encoding="utf-8")
    for arguments, said in ((["--help"], "在终端里读文章"), (["--width", "none"], "宽度是 1 到 1000 的整数")):
        with pytest.raises(SystemExit):
            main([*arguments, "--config", str(file)])
        printed = capsys.readouterr()
        assert said in printed.out + printed.err
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "Read articles in the terminal" in capsys.readouterr().out


def test_help_is_no_wider_than_the_terminal(capsys, monkeypatch):
    from reader.cli import main

    monkeypatch.setenv("COLUMNS", "80")
    for name in locale.LANGUAGES:
        monkeypatch.setenv("LANGUAGE", name)
        monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
        with pytest.raises(SystemExit):
            main(["--help"])
        lines = capsys.readouterr().out.splitlines()
        assert max(map(cells, lines)) <= 80
        assert cells(lines[1]) - cells(lines[1].lstrip()) == cells(lines[0][: lines[0].index("[")])


@pytest.mark.parametrize("name", locale.LANGUAGES)
def test_the_help_of_the_notes_is_in_the_language_too(name):
    """In a process of its own: what one parser has told argparse, another one would find there."""
    surroundings = {**os.environ, "LANGUAGE": name, "LC_ALL": "en_US.UTF-8", "PYTHONUTF8": "1", "COLUMNS": "80"}
    command = [sys.executable, "-m", "reader", "notes", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=surroundings)
    locale.use(name)
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f"{_('usage: ')}reader notes")
    for said in ("positional arguments", "options"):
        assert f"{_(said)}:" in lines
    assert _("show this help message and exit") in done.stdout
    assert max(map(cells, lines)) <= 80


def test_english_loads_no_catalogue():
    code = "import sys, reader.locale; reader.locale.use('en'); print('reader.locale.catalogue' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
