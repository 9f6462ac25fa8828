"""The package: what it imports."""

from __future__ import annotations

import subprocess
import sys


def test_no_parser_is_imported_without_a_fence() -> None:
    code = (
        "import sys; from reader.frontmatter import split; split('# Title\\n\\nNote: words\\n\\n---\\n\\nmore');"
        "print([name for name in ('yaml', 'frontmatter', 'json', 'tomllib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
