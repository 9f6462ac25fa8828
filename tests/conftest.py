"""What all tests share: property tests without a clock, and the same examples each time."""

import os
import tempfile
from zlib import crc32

from hypothesis import settings

# What a test's reader remembers is forgotten with the test run; XDG_STATE_HOME is the state folder's on any system.
_state = tempfile.TemporaryDirectory(prefix="reader-state-", ignore_cleanup_errors=True)
os.environ["XDG_STATE_HOME"] = _state.name

# Tests look for English words, whatever the machine's locale is.
os.environ["LANGUAGE"] = "en"

# The same code gets the same answer each time; `--hypothesis-profile explore` looks for what nobody has seen yet.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile("same")


_WAITING = 4
"""More processes than processors: the stories wait for terminals and other processes half of their time."""


def pytest_xdist_auto_num_workers(config):
    """How many processes run the tests where nobody says."""
    return (os.cpu_count() or 1) + _WAITING


_ID_CHARACTERS = 60


def pytest_make_parametrize_id(config, val, argname):
    """The beginning of a long text: by default it is all of it, which each process makes and sends with each result."""
    if isinstance(val, (str, bytes)) and len(val) > _ID_CHARACTERS:
        return f"{ascii(val[:_ID_CHARACTERS])[1:-1]}...({len(val)})"
    return None


def pytest_collection_modifyitems(items):
    """Files in an order that is as good as chance, the same each time: those that wait for terminals stand together by
    name, and would be the last of the run, with processors that have nothing to do."""
    items.sort(key=lambda item: crc32(item.path.name.encode()))


def pytest_terminal_summary(terminalreporter):
    """Prints the figures that tests record: they run in processes of their own, which have no terminal."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")
