"""Reading a source in a test: bytes that open, and names that are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reader.source import Source, SourceError, read


def opened(path: Path, data: bytes, **options: Any) -> Source:
    """What is read of a file of these bytes."""
    path.write_bytes(data)
    return read(str(path), **options)


def refusal(target: str, **options: Any) -> str:
    """What is said of a target that is no article: one line that can be printed."""
    with pytest.raises(SourceError) as caught:
        read(target, **options)
    message = str(caught.value)
    assert "\n" not in message
    assert message.isprintable()
    return message
