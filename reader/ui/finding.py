"""Which command a person means by a few typed letters: its name in English, in Chinese or in the screen's language,
other words for it in English and Chinese, or the pinyin of any of these.

Owns the other words (`WORDS`) and the order of what is found. Refuses to know what a command does. How the Han
characters of all these are read stands in `pinyin.txt`, made by `python -m tests.tools.catalogues`.

Invariant: a command is found by each name and each word of its own, in either case, in full or by its beginning.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from reader.document import record
from reader.sanitize import pattern

WORDS: Final[Mapping[str, str]] = {
    "move.down": "line scroll 行 滚动 捲動",
    "move.up": "line scroll 行 滚动 捲動",
    "move.page_down": "scroll forward 翻页 翻頁 滚动 捲動",
    "move.page_up": "scroll backward 翻页 翻頁 滚动 捲動",
    "move.half_down": "scroll 翻页 翻頁 滚动 捲動",
    "move.half_up": "scroll 翻页 翻頁 滚动 捲動",
    "move.first": "top start home 顶部 頂端 开头 開頭",
    "move.last": "bottom end 底部 末尾 结尾 結尾",
    "move.next_paragraph": "select 段落 选择 選取",
    "move.previous_paragraph": "select 段落 选择 選取",
    "move.left": "sideways 横向 橫向 左",
    "move.right": "sideways 横向 橫向 右",
    "move.next_section": "chapter heading 章节 章節 标题 標題",
    "move.previous_section": "chapter heading 章节 章節 标题 標題",
    "sidebar.toggle": "panel contents toc outline 目录 目錄 侧边栏 側邊欄",
    "sidebar.narrow": "width 宽度 寬度 侧边栏 側邊欄",
    "sidebar.widen": "width 宽度 寬度 侧边栏 側邊欄",
    "sidebar.sections": "contents toc outline headings 目录 目錄 大纲 大綱",
    "sidebar.links": "urls pictures 网址 網址 链接 連結 图片 圖片",
    "search.open": "find 查找 寻找 尋找 搜索 搜尋",
    "search.next": "find result 查找 结果 結果",
    "search.previous": "find result 查找 结果 結果",
    "search.word": "find 查找 选中 選取",
    "search.results": "find list 查找 结果 結果",
    "claim.next": "key point highlight 论点 論點 重点 重點 要点 要點",
    "claim.previous": "key point highlight 论点 論點 重点 重點 要点 要點",
    "claim.why": "reason explain 理由 原因 为什么 為什麼",
    "claim.toggle": "key points highlight hide 隐藏 隱藏 重点 重點",
    "claim.more": "density 密度 更多",
    "claim.fewer": "density less 密度 更少",
    "claim.kinds": "type filter 类型 類型 种类 種類 筛选 篩選",
    "claim.panel": "key points list 列表 清单 清單",
    "claim.skim": "summary overview 摘要 概览 概覽 速读 速讀",
    "link.next": "url picture 网址 網址",
    "link.previous": "url picture 网址 網址",
    "link.open": "browser url picture 浏览器 瀏覽器 打开 開啟",
    "link.hints": "follow jump 跳转 跳轉 字母",
    "link.peek": "note reference preview 注释 註釋 预览 預覽",
    "place.back": "history return 返回 后退 後退 历史 歷史",
    "place.forward": "history 前进 前進 历史 歷史",
    "place.mark": "bookmark set 书签 書籤 标记 標記",
    "place.to_mark": "bookmark jump 书签 書籤",
    "note.highlight": "mark colour color 标注 標註 划线 劃線 荧光笔 螢光筆 高亮 標示",
    "note.write": "annotate comment 批注 批註 评论 評論 注解 註解",
    "note.whole": "annotate comment review 批注 批註 书评 書評",
    "note.undo": "restore delete 撤销 復原 恢复 还原 還原",
    "note.panel": "annotations list 批注 批註 列表 清单 清單",
    "library.open": "articles files folder list 文库 文庫 文件夹 資料夾 文章列表",
    "library.next_article": "file 文件 檔案",
    "library.previous_article": "file 文件 檔案",
    "library.recents": "history recent 历史 歷史 最近",
    "file.reload": "refresh 刷新 重新整理 重载 重載",
    "file.watch": "follow auto refresh 监视 監視 自动 自動",
    "file.edit": "editor vim 编辑器 編輯器 修改",
    "view.table": "full wide 表格 全表",
    "view.card": "metadata header information 元数据 中繼資料 信息 資訊",
    "view.narrow": "width measure columns 宽度 寬度 页宽 頁寬",
    "view.widen": "width measure columns 宽度 寬度 页宽 頁寬",
    "view.theme": "dark light colours colors night 主题 主題 配色 夜间 夜間 深色 浅色 淺色",
    "view.redraw": "refresh repaint 刷新 重绘 重繪",
    "reader.copy": "clipboard yank 拷贝 拷貝 剪贴板 剪貼簿",
    "reader.copy_place": "clipboard path 路径 路徑 拷贝 拷貝 剪贴板 剪貼簿",
    "reader.help": "keys shortcuts manual 快捷键 快速鍵 按键 按鍵 幫助 帮助",
    "reader.escape": "cancel 取消",
    "reader.suspend": "background job 后台 背景 挂起 暫停",
    "move.percent": "jump go 跳到 百分比",
    "move.place": "center centre scroll 居中 置中",
    "sidebar.next_pane": "focus switch 切换 切換 焦点 焦點",
    "sidebar.previous_pane": "focus switch 切换 切換 焦点 焦點",
    "link.browser": "web internet 浏览器 瀏覽器 网页 網頁",
    "image.previews": "pictures thumbnails 图片 圖片 缩略图 縮圖",
    "note.select": "visual mark 选择 選取",
    "note.overview": "annotations list 批注 批註 全部 列表",
    "note.export": "save annotations markdown readwise 导出 匯出 保存 儲存 批注 批註",
    "note.take_in": "load annotations hypothesis readwise 导入 匯入 批注 批註",
    "library.next_unread": "queue 未读 未讀",
    "library.star": "favourite favorite 收藏 最爱 最愛",
    "library.finish": "read done 已读 已讀 完成",
    "library.archive": "hide 归档 封存 收起",
    "file.save": "download export keep 下载 下載 保存 儲存",
    "file.end_pipe": "stop close 停止 关闭 關閉",
    "reader.command": "line jump colon 跳到 行号 行號 命令 指令",
    "reader.quit": "exit leave close 离开 離開 关闭 關閉",
}
"""Other words for a command, in English and in Chinese of both scripts, by its id."""

_INITIALS: Final = ("zh", "ch", "sh")
_HAN: Final = pattern(r"[\u4e00-\u9fff]+")
_MIN_LETTERS: Final = 2
"""A letter alone is no pinyin: it would find half of everything."""


@record
class Named:
    """A command as it is looked for."""

    id: str
    names: tuple[str, ...]
    """In the language of the screen, and in others."""
    group: str = ""
    """What it belongs to, in the language of the screen."""


def rank(typed: str, command: Named) -> float:
    """How well a command fits what was typed, from 0 (not at all) to 1; every word of it has to fit something."""
    words = typed.casefold().split()
    if not words:
        return 0.0
    names = tuple(name.casefold() for name in command.names)
    if any(name.startswith(" ".join(words)) for name in (*names, command.id)):
        return 1.0
    others = f"{WORDS.get(command.id, '')} {command.group}".casefold()
    return min(_fit(word, names, others) for word in words)


def _fit(word: str, names: tuple[str, ...], others: str) -> float:
    """How well one word fits: the beginning of a word counts more than its inside, a name more than another word."""
    fits = [0.0]
    for texts, begins, within in ((names, 0.9, 0.7), ((others,), 0.8, 0.6)):
        places = [(text, at) for text in texts for at in range(len(text)) if text.startswith(word, at)]
        fits += [begins if at == 0 or not text[at - 1].isalnum() else within for text, at in places]
    if len(word) >= _MIN_LETTERS and word.isascii() and word.isalpha():
        runs = [run for text in (*names, others) for run in _HAN.findall(text)]
        fits += [0.5 if start else 0.75 for run in runs for start in _spelled(word, run)]
    return max(fits)


def _spelled(typed: str, han: str) -> list[int]:
    """Where in a run of Han characters one begins that are spelled so: by syllables, their initials, or both."""
    table = readings()
    found = []
    for start in range(len(han)):
        reached, at = {0}, start
        while reached and at < len(han) and len(typed) not in reached:
            reached = {
                end for used in reached for sound in table.get(han[at], ()) for end in _after(sound, typed, used)
            }
            at += 1
        if len(typed) in reached and at - start > 1:
            found.append(start)
    return found


def _after(sound: str, typed: str, used: int) -> set[int]:
    """How much of what was typed may be used up after a character of this sound."""
    ends = {used + len(part) for part in (sound, sound[0]) if typed.startswith(part, used)}
    if sound.startswith(_INITIALS) and typed.startswith(sound[:2], used):
        ends.add(used + 2)
    if sound.startswith(typed[used:]):
        ends.add(len(typed))
    return ends


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """How the Han characters of the commands' names are read, without tones."""
    table = (files("reader.ui") / "pinyin.txt").read_text(encoding="utf-8")
    return {line[0]: tuple(line[2:].split(",")) for line in table.splitlines() if line}
