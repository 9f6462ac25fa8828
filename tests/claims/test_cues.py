"""The word lists."""

from __future__ import annotations

from reader.claims import cues


def test_every_list_has_words_of_all_four_languages() -> None:
    lists = cues.cues()
    for number, group in enumerate(lists.groups):
        scripts = set()
        if any(number in groups for entries in lists.words.values() for _, groups in entries):
            scripts.add("en")
        for entries in lists.runs.values():
            for run, groups in entries:
                if number in groups:
                    if any("\u3040" <= character <= "\u30ff" for character in run):
                        scripts.add("ja")
                    elif "\uac00" <= run[-1] <= "\ud7af":
                        scripts.add("ko")
                    else:
                        scripts.add("zh")
        assert scripts >= {"en", "zh", "ko"}, group


def test_folding_keeps_every_position() -> None:
    text = "２．４％的電動車，“說”　です\n"
    assert len(cues.fold(text)) == len(text)
    assert cues.fold("電動車說２") == "电动车说2"
