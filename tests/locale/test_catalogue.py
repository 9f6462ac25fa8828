"""The reader of catalogues against the standard library's."""

import io
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

import reader.locale
from reader.locale.catalogue import Catalogue

FILES = sorted(Path(reader.locale.__file__).parent.glob("*/LC_MESSAGES/reader.mo"))


def compiled(**plural: str) -> bytes:
    made = Catalog(locale="de" if not plural else "pl")
    made.add("door", "Tür")
    made.add(("{count} door", "{count} doors"), ("eine", "zwei", "viele")[: made.num_plurals])
    made.add("key", "Schlüssel", context="music")
    written = io.BytesIO()
    write_mo(written, made)
    return written.getvalue()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parts[-3])
def test_every_message_is_what_the_standard_library_reads(file):
    ours, theirs = Catalogue(file.read_bytes()), GNUTranslations(file.open("rb"))
    assert len(theirs._catalog) > 800
    for key, said in theirs._catalog.items():
        one = key if isinstance(key, str) else key[0]
        if isinstance(key, tuple):
            assert {ours.ngettext(one, "many", count) for count in (0, 1, 2, 5)} == {said}
        else:
            assert ours.gettext(one) == said
    assert ours.gettext("no catalogue has this") == "no catalogue has this"
    assert ours.pgettext("hint", "link") == theirs.pgettext("hint", "link")


@pytest.mark.parametrize("language", [{}, {"plural": "pl"}])
def test_a_number_chooses_the_form(language):
    data = compiled(**language)
    ours, theirs = Catalogue(data), GNUTranslations(io.BytesIO(data))
    for count in range(30):
        assert ours.ngettext("{count} door", "{count} doors", count) == theirs.ngettext(
            "{count} door", "{count} doors", count
        )
    assert ours.ngettext("house", "houses", 1) == "house"
    assert ours.ngettext("house", "houses", 3) == "houses"
    assert ours.pgettext("music", "key") == "Schlüssel"
    assert ours.pgettext("door", "key") == "key"


def test_the_other_order_of_bytes():
    data = compiled()
    words = memoryview(data)[:28].tobytes()
    swapped = b"".join(words[at : at + 4][::-1] for at in range(0, 28, 4))
    count, keys, texts = (int.from_bytes(words[at : at + 4], "little") for at in (8, 12, 16))
    tables = bytearray(data)
    tables[:28] = swapped
    for table in (keys, texts):
        for at in range(table, table + 8 * count, 4):
            tables[at : at + 4] = tables[at : at + 4][::-1]
    assert Catalogue(bytes(tables)).gettext("door") == "Tür"


@pytest.mark.parametrize("data", [b"", b"# a text", b"\xde\x12\x04\x95" + b"\xff" * 40, compiled()[:40]])
def test_what_is_no_catalogue(data):
    with pytest.raises(ValueError, match="catalogue"):
        Catalogue(data)
