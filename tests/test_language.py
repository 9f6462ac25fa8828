"""Which language a text is most likely in."""

from __future__ import annotations

from reader.language import script


def test_script():
    assert script("城楼下的雨燕") == "zh"
    assert script("颱風的名字從哪裡來，這個問題") == "zh-Hant"
    assert script("雨の名前") == "ja"
    assert script("글자를 조립하는 글자") == "ko"
    assert script("A few words, 一 of them not") == ""
