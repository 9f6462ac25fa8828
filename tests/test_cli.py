"""The command from outside: what it prints, what it says, and how it ends."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from forked import run
from samples import ROOT, SHARED

from reader import __version__
from reader.cli import main
from reader.layout.wrap import cells
from reader.loading import Feed

SAMPLES = ROOT / "sample_articles"
NEWS = SAMPLES / "sodium-battery-news.md"
READER = (sys.executable, "-m", "reader")


def reader(*arguments: object, stdin: bytes = b"", env: dict[str, str] | None = None, cwd: Path | None = None):
    """The program, which has read no settings; see `forked`."""
    surroundings = {
        **os.environ,
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(ROOT),
        "XDG_CONFIG_HOME": str(ROOT / "nowhere"),
        **(env or {}),
    }
    return run(list(map(str, arguments)), stdin=stdin, env=surroundings, cwd=cwd)


def printed(*arguments: object, stdin: bytes = b"", env: dict[str, str] | None = None) -> str:
    done = reader(*arguments, stdin=stdin, env=env)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    return done.stdout.decode("utf-8")


def refused(code: int, *arguments: object, stdin: bytes = b"", cwd: Path | None = None) -> str:
    """What standard error says; nothing goes to standard output."""
    done = reader(*arguments, stdin=stdin, cwd=cwd)
    said = done.stderr.decode("utf-8")
    assert done.returncode == code, said
    assert done.stdout == b""
    assert "Traceback" not in said
    return said


def test_no_terminal_means_text():
    assert printed(NEWS) == printed(NEWS, "--to", "text")
    assert "\x1b" not in printed(NEWS)


def long_article(folder: Path) -> Path:
    path = folder / "long.md"
    told = "Nobody on the island saw who had lit it. " * 20
    parts = [f"## Night {number}\n\nThe lamp burned until {number} o'clock. {told}\n\n" for number in range(1_500)]
    path.write_text("---\ntitle: The lamp\nauthor: A keeper\n---\n\n" + "".join(parts), encoding="utf-8")
    return path


def test_a_long_article_is_printed_while_a_second_process_parses_it(tmp_path, monkeypatch, capsys):
    path = long_article(tmp_path)
    at_once = printed(path)
    assert at_once.count("burned until") == 1_500
    monkeypatch.setattr("reader.cli.article._LONG_BYTES", 1 << 30)
    monkeypatch.setattr(sys, "argv", ["reader", str(path), "--to", "text"])
    assert main() == 0
    assert capsys.readouterr().out == at_once


def test_a_parser_that_dies_is_told_and_what_there_is_stays(tmp_path, monkeypatch, capsys):
    path = long_article(tmp_path)

    rest = Feed.rest

    def dying(feed):
        feed._process.kill()
        yield from rest(feed)

    monkeypatch.setattr(Feed, "rest", dying)
    monkeypatch.setattr(sys, "argv", ["reader", str(path), "--to", "text"])
    assert main() == 1
    shown = capsys.readouterr()
    assert "The lamp" in shown.out
    assert shown.err == "reader: The rest of this article could not be parsed.\n"


def test_every_output_ends_well():
    for to in ("text", "ansi", "json", "outline", "links", "images", "claims"):
        assert printed(NEWS, "--to", to).endswith("\n")


def test_the_article_from_standard_input():
    assert printed("-", stdin="# 标题\n\n正文。\n".encode()) == "标题\n━━━━\n约 1 分钟\n\n正文。\n"
    assert printed("-", "--markdown", stdin="\ufeff标题".encode("utf-16-le")) == "约 1 分钟\n\n标题\n"


def test_what_kind_of_text_is_piped():
    log = b"10:01 # started\n10:02 *stopped*\n"
    assert printed("-", stdin=log) == log.decode()
    assert printed("-", "--plain", stdin=b"# Heading\n\n*words*\n") == "# Heading\n\n*words*\n"
    assert "━" in printed("-", "--markdown", stdin=b"# Heading\n\n*words*\n")
    assert "not allowed with" in refused(2, "-", "--plain", "--markdown")


@pytest.mark.parametrize("width", [1, 5, 24, 80, 1000])
def test_width(width):
    rows = printed(NEWS, "--width", width).splitlines()
    assert max(map(cells, rows)) <= max(2, width)


@pytest.mark.parametrize("width", ["0", "1001", "-3", "wide", "8.5", ""])
def test_a_width_that_is_none(width):
    assert "1 to 1000" in refused(2, NEWS, f"--width={width}")


def test_without_an_article_or_a_pipe_there_is_nothing_to_read():
    done = subprocess.run(READER, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, "")
    assert "name an article" in done.stderr


def test_wrong_usage():
    assert "invalid choice" in refused(2, NEWS, "--to", "pdf")
    assert "--what" in refused(2, NEWS, "--what")


def test_version_and_help():
    assert printed("--version") == f"reader {__version__}\n"
    for option in ("--to", "--width", "--encoding", "--theme", "--search", "--config"):
        assert option in printed("--help")


def test_what_cannot_be_read_is_one_line(tmp_path):
    (tmp_path / "binary.md").write_bytes(bytes(range(256)) * 64)
    (tmp_path / "missing link").symlink_to(tmp_path / "nowhere")
    for name in ("missing.md", "binary.md", "missing link"):
        said = refused(1, tmp_path / name)
        assert said.startswith("reader: ")
        assert said.count("\n") == 1, said
        assert len(said) > 30


def test_a_folder_is_listed(tmp_path):
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2015-01-19-gulls.md").write_text("---\ntitle: 'Gulls'\n---\nWords.", encoding="utf-8")
    (tmp_path / "plain.txt").write_text("# A heading\n\nWords.", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"x")
    assert printed(tmp_path).splitlines() == [
        f"{tmp_path}/plain.txt\t\tA heading",
        f"{tmp_path}/_posts/2015-01-19-gulls.md\t2015-01-19\tGulls",
    ]


def test_a_name_cannot_command_the_terminal(tmp_path):
    said = refused(1, "a\x1b]0;owned\x07\x9b31m.md", cwd=tmp_path)
    assert not {"\x1b", "\x07", "\x9b"} & set(said)


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "shift_jis", "euc-kr", "utf-16", "utf-8-sig"])
def test_encodings(encoding, tmp_path):
    text = {
        "gb18030": "城楼的檐角下还什么都没有。到了第三个星期，一抬头，天上忽然有了声音。",
        "big5": "每年夏天，氣象主播都會唸出一串古怪的名字，背後有一張排得很整齊的表。",
        "shift_jis": "傘立てに四本も傘があるのに、外に出るといつも持っていない。雨の名前をよく知っている。",
        "euc-kr": "한글은 스물네 자모를 모아서 음절을 만든다. 글자 하나를 표에 넣느냐 마느냐는 작은 결정이다.",
    }.get(encoding, "Ein Artikel, 一篇文章。")
    article = tmp_path / "article.txt"
    article.write_bytes((text + "\n\n" + text).encode(encoding))
    assert text in printed(article, "--width", 200)
    assert text in printed(article, "--width", 200, "--encoding", encoding)


def test_an_encoding_that_does_not_exist(tmp_path):
    said = refused(1, NEWS, "--encoding", "utf-99")
    assert "utf-99" in said
    assert said.count("\n") == 1


def test_empty_and_blank_articles(tmp_path):
    for text in (b"", b"\n\n", b"\xef\xbb\xbf", b"---\n---\n"):
        assert "Traceback" not in printed("-", "--to", "json", stdin=text)
        assert printed("-", "--markdown", stdin=text).strip() in ("", "1 min read")


def test_no_color():
    plain = printed(NEWS, "--to", "ansi", env={"NO_COLOR": "1"})
    assert "\x1b[1m" in plain
    assert "\x1b[34m" not in plain
    assert "34m" in printed(NEWS, "--to", "ansi", env={"NO_COLOR": "", "TERM": "xterm-256color"})


def test_a_reader_of_the_pipe_that_leaves_is_no_error(tmp_path):
    article = tmp_path / "long.md"
    article.write_text("words of a long article\n\n" * 20_000, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "reader", str(article)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=120) == 0


def test_an_output_that_cannot_show_a_character_still_prints():
    done = reader(NEWS, env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert b"2024" in done.stdout


def test_search_ends_as_grep_does():
    found = printed(NEWS, "--search", "钠电池")
    assert found.count("\n") > 5
    assert all(": " in line for line in found.splitlines())
    assert refused(1, NEWS, "--search", "nowhere in it") == ""
    assert "wrong pattern" in refused(2, NEWS, "--search", "(", "--regex")
    matches = json.loads(printed(NEWS, "--search", "钠电池", "--to", "json"))["matches"]
    assert len(matches) == found.count("\n")


def test_print_config_is_a_config(tmp_path):
    config = tmp_path / "config.toml"
    config.write_text(printed("--print-config"), encoding="utf-8")
    assert printed(NEWS, "--config", config) == printed(NEWS)


def test_a_wrong_setting_is_said_and_the_article_still_printed(tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("measure = 'wide'\n", encoding="utf-8")
    done = reader(NEWS, "--config", config)
    assert done.returncode == 0
    assert done.stderr.startswith(b"reader: ")
    assert b"config.toml" in done.stderr
    assert done.stdout.decode() == printed(NEWS)


def test_a_folder_of_hostile_modules_is_not_imported(tmp_path):
    for name in ("markdown_it", "yaml", "regex", "wcwidth"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(3)", encoding="utf-8")
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\nx", encoding="utf-8")
    # As the installed command is started: its own folder, not the current one, is where modules come from.
    done = subprocess.run(
        [sys.executable, "-P", "-m", "reader", "a.md"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("A\n")


def test_the_seed():
    seeds = sorted((SHARED / "seeds").glob("*"))
    if not seeds:
        pytest.skip(f"{SHARED / 'seeds'} is not here")
    outline = printed(seeds[0], "--to", "outline").splitlines()
    assert len(outline) == 4
    assert sum(line.lstrip().startswith("≈") for line in outline) == 1
    assert len(printed(seeds[0], "--to", "images").splitlines()) == len(
        json.loads(printed(seeds[0], "--to", "json"))["images"]
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full here")
@pytest.mark.parametrize("to", ["text", "json", "links"])
def test_an_output_that_takes_nothing_is_one_line(to):
    with open("/dev/full", "w") as full:
        done = subprocess.run([*READER, str(NEWS), "--to", to], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert done.stderr == "reader: standard output: it could not be written (no space left on device)\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_outputs_that_are_closed():
    reader = " ".join(map(shlex.quote, (*READER, str(NEWS), "--to", "text")))
    done = subprocess.run(["sh", "-c", f"{reader} >&-"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "reader: standard output: it is closed\n")
    missing = " ".join(map(shlex.quote, (*READER, "no/such.md", "--to", "text")))
    done = subprocess.run(["sh", "-c", f"{missing} 2>&-"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, ""), "a message is no article"


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_an_interrupt_is_no_traceback():
    running = subprocess.Popen(
        [*READER, "-", "--to", "text"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # ignored in the background
    )
    assert running.stdin is not None
    running.stdin.write(b"words of it\n" * 100_000)  # more than the pipe holds: it is being read
    running.send_signal(signal.SIGINT)
    _, problems = running.communicate(timeout=30)
    assert (running.returncode, problems) == (130, b"")


def test_the_width_of_ambiguous_characters(tmp_path):
    (tmp_path / "a.md").write_text("……" * 30 + "\n", encoding="utf-8")
    for setting, rows in (("narrow", 2), ("wide", 3)):
        (tmp_path / "c.toml").write_text(f'ambiguous = "{setting}"\n', encoding="utf-8")
        out = printed(str(tmp_path / "a.md"), "--width", "40", "--config", str(tmp_path / "c.toml"))
        assert sum("…" in row for row in out.splitlines()) == rows, setting


def test_a_page_has_the_notes_of_the_store_and_makes_no_store(tmp_path):
    from reader.source import read
    from reader.store import Article, Store, annotation, selector_at

    path, state = tmp_path / "a.md", tmp_path / "state"
    path.write_text("# Harbour\n\nThe bell rings twice a day.\n", encoding="utf-8")
    assert "twice a day" in printed(path, "--to", "html", "--state", state)
    assert not state.exists()
    text, digest = "Harbour\n\nThe bell rings twice a day.", read(str(path)).digest
    with Store(str(state / "reader.sqlite")) as store:
        at = text.index("twice")
        selector = selector_at(at, at + 5, text, (), digest)
        store.save_annotation(Article(str(path), digest, "Harbour"), annotation(selector, words="really?"))
    page = printed(path, "--to", "html", "--state", state)
    assert "twice</mark>" in page
    assert "really?</aside>" in page


def test_a_page_loads_images_from_the_web_only_where_that_is_asked_for(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("![A tern](https://example.org/tern.png)\n", encoding="utf-8")
    assert b"<img" not in reader(path, "--to", "html").stdout
    shown = reader(path, "--to", "html", "--images").stdout
    assert b'<img src="https://example.org/tern.png"' in shown


@pytest.mark.parametrize("to", ["text", "md", "json"])
def test_of_a_page_that_only_scripts_can_fill_it_says_so(to, tmp_path):
    page = tmp_path / "app.html"
    page.write_text(
        "<!doctype html><title>App</title><div id=root></div><noscript>Enable JavaScript.</noscript>", "utf-8"
    )
    done = reader(page, "--to", to)
    assert b"until a browser runs its scripts" in (done.stdout if to == "json" else done.stderr)
    assert done.returncode == 0
