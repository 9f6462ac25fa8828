"""What a sentence must have, beyond a cue word, to be of a kind: a speaker, a study that finds, two things compared.

Owns these signs for English and Chinese, but for those of a forecast (`ahead`). Refuses other languages: there the cue
words decide alone. Each function is asked only about a sentence in which a cue of the kind stands.

Invariant: a sign is a property of one sentence alone; where two signs contradict each other, the sentence has none.
"""

from __future__ import annotations

import re
from typing import Final

from reader.claims.features import QUOTED
from reader.sanitize import pattern

_LONG: Final = 16
_LONG_LATIN: Final = 40
"""Characters in quotation marks that are more than a name or a term."""
_NEAR: Final = 64
"""A subject, or who speaks, stands no further before its verb."""
_AFTER: Final = 24
"""What makes a comparison none stands no further behind it."""

# Who says it. ---------------------------------------------------------------------------------------------------------

_ROLE: Final = (
    r"(?:spokes(?:man|woman|person|people)|officials?|founders?|co-?founders?|CEO|CTO|CFO|chief|chair(?:man|woman|"
    r"person)?|"
    r"president|director|manager|minister|mayor|governor|secretary|judges?|lawyers?|police|professors?|scientists?|"
    r"researchers?|experts?|analysts?|economists?|critics?|supporters?|opponents?|authors?|creators?|maintainers?|"
    r"developers?|engineers?|programmers?|contributors?|users?|customers?|respondents?|participants?|readers?|"
    r"journalists?|reporters?|sources?|witness(?:es)?|doctors?|teachers?|students?|parents?|workers?|residents?|"
    r"compan(?:y|ies)|firms?|agenc(?:y|ies)|governments?|authorit(?:y|ies)|ministry|commission|committee|board|council|"
    r"union|foundation|courts?|office|university|organi[sz]ations?|teams?|groups?|people|someone|everyone|"
    r"colleagues?|friends?|others|"
    r"members?|voters?|investors?|executives?|historians?|philosophers?|leaders?|speakers?|commentators?|newspaper|"
    r"statement|report|study|survey|letter|project|community|start-?ups?|bank|paper|firm|owners?|vendors?|editors?|"
    r"advocates?|director|who|man|woman|doctor)"
)
_HELPERS: Final = (
    r"(?:(?:has|have|had|also|recently|later|then|once|already|officially|publicly|today|just|even|often|always|still|"
    r"never|now|repeatedly|rightly|famously|explicitly|clearly|yesterday|previously|first) ){0,3}"
)
_NO_SPEAKER: Final = (
    r"(?:I|It|We|You|This|That|These|Those|There|If|When|While|What|Which|Where|How|Why|And|But|So|As|Or|For|In|On|"
    r"At|To|"
    r"By|Of|With|From|The|A|An|Its?|Our|Your|My|Note|Please|Let|Say|Not|No|Yes|Also|Then|Once|After|Before|Since|"
    r"Docs?|Documentation|README|Output|Errors?|Warnings?|Messages?|Logs?|Added|Fixed|Table|Figure|Section|Chapter|"
    r"Step|"
    r"Fig|API|Now|Today|Just|Never|Always|Finally|Again|That's|It's|Is|Do|Does|Did|Having|Being|Like|All|Each|Every|"
    r"Both|Such|Here|Only|Even|Just|More|Most|Any)"
)
_SPEAKER: Final = pattern(
    rf"(?:\b(?i:{_ROLE})(?: (?:at|of|in|from|for|with|familiar|behind|who)\b[^,.;:]{{1,40}})?,? |"
    rf"\b(?!{_NO_SPEAKER}\b)[a-z]{{0,12}}[A-Z][\w.&'-]{{0,30}}(?<!\d)(?: \([^()]{{1,40}}\))?,? |\d(?:%|"
    rf" percent)(?: of (?:[\w-]{{1,20}} ){{1,4}}| )|"
    rf"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ss]ome|[Mm]any|[Mm]ost|[Oo]thers|[Ff]ew) ){_HELPERS}$"
)
"""Looked for in the words before a verb of saying."""
_SUBJECT: Final = pattern(
    r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|\w{1,20}'s) (?!(?:\w+ )?(?:program|pump|command|error|compiler|"
    r"tests?|log|message|"
    r"documentation|manual|docs|page|output|tool|function|parser|system|server|app|sign|file|code|"
    r"rules?)\b)(?:[\w-]{1,20} ){0,2}[\w-]{2,20}s $"
)
"""Whoever it is, where what they do only people do."""
_PEOPLE_SAY: Final = frozenset(("said", "announced", "argued", "warned", "insisted", "denied", "testified"))
_SAYS: Final = pattern(
    r"\b(?:sa(?:id|ys?)|stat(?:ed|es(?= that|,|:| [“\"]| in)|e(?= that))|announc(?:ed|es|e)|argu(?:ed|es|e)|"
    r"claim(?:ed|s)|contend(?:ed|s)?|"
    r"believ(?:ed|es|e)(?! in)|warn(?:ed|s)?|(?:wrote|writes)(?= that|,|:| [“\"]| about| a (?:blog|post|letter|book|"
    r"report|piece)| in (?:a|an|the|his|her))|told|tells|insist(?:ed|s)?|point(?:ed|s) out|asserted|declared|"
    r"testified|tweeted|informed|(?:acknowledg|admitt|conced|stress|emphasi[sz]|maintain|suggest|comment)(?:ed|es)|"
    r"(?:noted?|notes|added|adds|explain(?:ed|s)|confirm(?:ed|s)|report(?:ed|s)?|thinks?|thought|not(?:ed|es))"
    r"(?= that\b|[,:]| [“\"]| how\b| why\b)|cited)\b"
)
_SAID_BY: Final = pattern(
    rf"[”\",'] ?(?:said|says|wrote|writes|explain(?:ed|s)|add(?:ed|s)|not(?:ed|es)|argue[ds]|recall(?:ed|s)|told|"
    rf"warn(?:ed|s)|according to) (?:the |an? |one )?(?:[A-Z]|(?:\w+ ){{0,3}}{_ROLE}\b)"
)
_SAYS_TOO: Final = pattern(
    r"(?:\band|,) (?:\w+ly )?(?:said|announced|warned|argued|claimed that|noted that|added that|declared|says|argues|"
    r"stated that)\b"
)
_NAMED: Final = pattern(
    rf"(?<![.\w] )(?:\b(?!{_NO_SPEAKER}\b)[A-Z][a-z]{{2,30}}|\b{_ROLE}|\b[Hh]e|\b[Ss]he|\b[Tt]hey)\b"
)
"""Who said something else before."""
_ACCORDING: Final = pattern(
    r"\b[Aa]ccording to (?!(?:[^,.;]{0,40}\b)?(?:rules?|polic(?:y|ies)|conventions?|guidelines?|specs?|specification|"
    r"standards?|schedule|needs?|requirements?|semver|plan|preferences?|criteria|format|size|order|type|"
    r"instructions?|past|historical|usual|custom|expectations?)\b)"
    r"(?!(?:our|your|this|that|how|where|whether|which|what|each|these|those|my)\b)\w"
)
_WE_ANNOUNCE: Final = pattern(
    r"(?<!ince )(?<!hen )(?<!fter )(?<!As )(?<!as )\b(?:[Ww]e|I)(?:'re|'m| are| am| were)? (?:(?:also|now|today|"
    r"recently|just) )?(?:(?:so|very|super|\w+ly) )?"
    r"(?:(?:happy|pleased|excited|proud|thrilled|delighted|glad|honou?red) to (?:\w+ )?)?(?:announc(?:ed?|ing)\b|"
    r"say that)"
)
_PUT: Final = pattern(
    r"\bas [a-z]{0,12}[A-Z][\w.]{1,20}(?: [A-Z]\w{1,20})? (?:explain|note|point|put|sa[iy]|wr[io]t|describ|suggest|"
    r"mention)\w*|\b[Cc]iting (?:[a-z]+ ){1,3}|\b(?:reportedly|it (?:was|has been) (?:announced|reported)|(?:is|are|"
    r"was|were) said to|in the words of|as [^,.;]{1,30} puts? it\b|sources say|rumou?red to)",
    re.IGNORECASE,
)
_VERB_NEAR: Final = pattern(
    r"\b(?:said|says|say|wrote|writes|states?|stated|told|tells|explain(?:ed|s)|add(?:ed|s)|not(?:ed|es)|argue[ds]|"
    r"claim(?:ed|s)|asked?|replied|answered|called|calls|put|puts|reads?|quoted?|words|warn(?:ed|s)|heard|hear|thought|"
    r"according)\b|:"
)
_OWN: Final = pattern(
    r"\b(?:I|[Ww]e|[Yy]ou|one) (?:\w+ )?(?:believe|think|argue|contend|would|must|can|could|say|might|should|have to|"
    r"want to|note|claim|said|mean)\b"
)
"""The author's own voice."""

_SAYS_HAN: Final = pattern(
    r"[表指透强坦直写谈提宣声断呼认回解补介说披证重反承爆坚辩谎报公官媒文部称警告](?:(?<=表)示|(?<=指)出|(?<=透)露|"
    r"(?<=强)调|"
    r"(?<=[坦直断])言|(?<=写)道|(?<=谈)[到及]|(?<=提)到|(?<=宣)[布称告]|(?<=[声坚辩谎])称|(?<=呼)吁|(?<=认)为|"
    r"(?<=回)(?:应称|忆说)|(?<=解)释说(?!明)|(?<=补)充说(?!明)|(?<=介)绍说(?!明)|(?<=披)露|"
    r"(?<=说)(?:(?<!应[当该]说)(?<!道说)道(?!说)|(?<![当该说以者如来话再小传地]说)(?=[,:「“\"。]))|"
    r"(?<=证)(?<![泛被]证)实(?!是|有效)|(?<=重)申|(?<=反)驳|(?<=承)认(?<!得不承认)(?<!必须承认)|(?<=爆)料|"
    r"(?<=报)告称|(?<=公)司称|(?<=官)方称|"
    r"(?<=媒)体称|(?<=文)章称|(?<=部)门称|(?<=称)(?:(?<=[它他她]称)|(?<![名简俗又统总自职号堪通昵尊美敬戏代可所]称)"
    r"(?=[,:「“\"其该他她已将对正这未不]|自己|公司))|(?<=警)告(?=[称说道,:人他该不过])|(?<=告)诉(?=[^你您大]{2}))"
)
_NAMES_IT: Final = pattern(
    r"(?:[用来以可所分被]|系统|程序|命令|选项|编译器|没有?|未|要|需|应|值得|可以|能|须|的|和|与|及|、|个|条|直接|"
    r"负责任|"
    r"不难|用于|字|数|参|段|符|号|线|色|值|量|式|项|面|号)$"
)
"""Before a verb of saying: it is said of a sign, a name or a duty, or it is a noun."""
_FIRST_HAN: Final = pattern(
    r"(?:我们?|咱们?|笔者|本文|本章|本书|你们?|您|大家(?:可以|应该))(?!公司|国|社|的|[^,。;:“「]{0,10}(?:告诉|宣布))"
)
_SAYS_WHOM: Final = pattern("[\u4e00-\u9fffA-Za-z]")
_LETTER: Final = pattern(r"(?<![A-Za-z.])[A-Za-z]\s?$")
_CLAUSE_HAN: Final = pattern("[,。;:!?“”「」]")
_SOURCE_HAN: Final = pattern(
    r"[据根消来知报被爆援在普的](?:(?<=据)(?<![占数依证根票凭收论割]据)(?:悉|称|了解|传|报[道导]|介绍|统计|说|外媒|"
    r"消息|知情|"
    r"[^,。;:点此为库]{2,24}(?:报[道导]|消息|称|透露|介绍|统计|声明|说法|披露|爆料|估计|预测|调查|数据|报告))|"
    r"(?<=根)据(?!透露)[^,。;:]{1,24}(?:报道|声明|说法|消息|公告|通报|爆料|的估计|的介绍|的统计)|(?<=消)息(?:称|人士|"
    r"来源)|"
    r"(?<=来)源称|(?<=知)情人士|(?<=报)[道导](?:[称指说,:]|显示)|(?<=被)曝|(?<=爆)料|(?<=援)引|"
    r"(?<=在)(?<![现存]在)(?!我)[^,。]{1,12}(?:看来|眼中)|(?<=普)遍认为|(?<=的)总结)"
)
_ANNOUNCE_HAN: Final = pattern(r"我们(?:[^,。;]{0,10})宣布|宣布[,:]")
_PREMISE_HAN: Final = pattern(r"(?:既然|自从|自)[^,。]{0,16}宣布|宣布(?:以来|之后|后,)")
_HAN_VERB_NEAR: Final = pattern(
    r"说|称|表示|认为|写道|写到|指出|道|问|答|喊|建议|强调|评价|观点|宣布|承认|坦言|回应|看来|呼吁|警告|透露|解释|"
    r"补充(?!说明)|声明|提到"
)


def speaks(text: str, latin: bool) -> bool:
    """Whether somebody other than the author says, announces or believes something."""
    if not latin:
        return _said_han(text)
    if ("announc" in text or "say that" in text) and _WE_ANNOUNCE.search(text):
        return True
    if "ccording to" in text and _ACCORDING.search(text):
        return True
    for match in _SAYS.finditer(text):
        at = match.start()
        before = text[max(0, at - _NEAR) : at]
        if match[0] == "cited" and before.endswith(", "):
            continue
        speaker = _SPEAKER.search(before) or (match[0] in _PEOPLE_SAY and _SUBJECT.search(before))
        if speaker and not _OWN.search(before + match[0]):
            return True
    if _SAID_BY.search(text) or _PUT.search(text):
        return True
    joined = _SAYS_TOO.search(text)
    return joined is not None and _NAMED.search(text, 0, joined.start()) is not None and not _OWN.search(text)


def in_marks(text: str, latin: bool, *, alone: bool = False) -> bool:
    """Whether words of some length stand in quotation marks, and nearly alone or beside a verb of saying.

    `alone`: the marks are enough.
    """
    longest, verb, near = (_LONG_LATIN, _VERB_NEAR, 60) if latin else (_LONG, _HAN_VERB_NEAR, 24)
    for match in QUOTED.finditer(text):
        start, end = match.span()
        length = end - start
        if text[start] == '"' and start > 0 and text[start - 1].isalnum():
            continue  # what closes words of one letter
        if length > longest and (alone or length * 5 > len(text) * 3):
            return True
        if (length > longest or length * 2 > len(text) > 12) and (
            verb.search(text, max(0, start - near), start) or verb.search(text, end, end + near)
        ):
            return True
    return False


def _said_han(text: str) -> bool:
    if _SOURCE_HAN.search(text) or (_ANNOUNCE_HAN.search(text) and not _PREMISE_HAN.search(text)):
        return True
    for match in _SAYS_HAN.finditer(text):
        at = match.start()
        before = text[max(0, at - _NEAR) : at]
        clause = _CLAUSE_HAN.split(before)[-1]
        if len(clause) < 2 and len(before) > 2:  # "...说明，指出": the subject stands in the clause before
            clause = "".join(_CLAUSE_HAN.split(before)[-2:])
        if (
            (len(clause) >= 2 or clause in ("他", "她"))
            and _SAYS_WHOM.search(clause)
            and not _LETTER.search(clause)
            and not _NAMES_IT.search(clause)
            and not _FIRST_HAN.search(clause)
            and not text.startswith(("没有一", "没有人"))
            and not (match[0] in ("提到", "谈到", "谈及") and "本文" in text)
            and not (match[0] == "宣布" and _PREMISE_HAN.search(text))
            and not text.startswith(("为", "的是", "感谢", "方法", "法", "形式", "出"), match.end())
        ):
            return True
    return False


# What rests on a study. -----------------------------------------------------------------------------------------------

_FINDS: Final = (
    r"(?:show(?:s|ed|n)?|finds?|found|suggest(?:s|ed)?|indicat(?:es?|ed)|reveal(?:s|ed)?|demonstrat(?:es?|ed)|"
    r"conclud(?:es?|ed)|confirm(?:s|ed)?|estimat(?:es?|ed)|discovered|observed|tell us|prov(?:es?|ed))"
)
_DONE: Final = (
    r"(?:report(?:s|ed)?|sa(?:ys?|id)|stat(?:es?|ed)|identif(?:y|ied)|compar(?:es?|ed)|measur(?:es?|ed)|drew|trained|"
    r"published|conducted|took|received|ran|ended|begins?|began|put|asked|analy[sz]ed|covered|completed|"
    r"participated|responded|consisted|had|argue[ds]?|note[ds]?|tested|built|developed|used|tracked|followed|is the "
    r"first|was (?:administered|conducted|based|carried|shorter|much)|is always|were|are|is based)"
)
_STUDY: Final = pattern(
    rf"\b(?:(?:study|studies|survey|surveys|polls?|meta-analys[ie]s|trials?|respondents?|research(?: team)?|"
    rf"experiments?)\b"
    rf"[^.;:]{{0,60}}?\b(?:{_FINDS}|{_DONE})\b"
    rf"|(?:research(?: teams?)?|researchers?|scientists?)\b(?: [^\s.;:]{{1,16}}){{0,6}}? (?:{_FINDS}|{_DONE})\b"
    rf"|(?:results?|data|report|analysis|findings|evidence|statistics|benchmarks?|"
    rf"measurements)\b(?: [^\s.;:]{{1,16}}){{0,5}}? "
    rf"(?:show(?:s|ed)?|suggest(?:s|ed)?|indicat(?:es?|ed)|reveal(?:s|ed)?|demonstrat(?:es?|ed)|found|finds) )"
    r"|\b(?:a|this|our|one|another|recent|new|same) (?:[\w-]+ )?(?:study|survey|poll) of \w|\b(?:a |^)(?:new|"
    r"recent) study\b|^In (?:the|our|an|one) experiments?\b|"
    r"\bsurvey respondents\b|"
    r"^(?:the |two |three |some )?(?:\w+ )?(?:researchers?|scientists)\b(?: [^\s.;:]{1,16}){0,7}? (?!used|interested|"
    r"involved)[a-z]{3,12}ed\b|\b(?:of|to|in|from) (?:the |this year's |our |a |this |"
    r"last year's )?(?:[\w-]+ ){0,3}?(?:survey|poll|respondents)\b"
    r"|\b(?:conduct|ran|run|carried out|publish|complet|took|taken|participated in|administered|"
    r"responses to)\w* (?:an? |the |our |this )?"
    r"(?:[\w'-]+ ){0,6}(?:survey|study|poll|meta-analysis|clinical trial|user study)\b"
    r"|\b[Aa]ccording to (?:an? |the |our |this |recent )?(?:[\w'-]+ ){0,3}(?:survey|study|poll|research|studies|"
    r"data|report)\b"
    r"|\b(?:respondents|participants) (?:who|that|say|come|use|are|were|have|can)\b|"
    r"\d%? (?:of )?(?:\w+ ){0,2}respondents\b|\b[Oo]f (?:the |our )?[\d,]{1,9} (?:\w+ )?respondents\b",
    re.IGNORECASE,
)
_STUDY_NOT: Final = pattern(
    r"\b(?:thank|thanks|grateful|gratitude|take (?:the|this|our) survey|fill|please|session|discuss|to quote|"
    r"further research|"
    r"security researchers?|study group|to a poll\b|poll results are|(?:is|are) the study of|"
    r"(?:opinion )?polls? based on|opinion surveys?|research groups? (?:at|in|who|that)|case stud(?:y|ies)|"
    r"working group|exploit|vulnerab|"
    r"exploited|(?:hours?|days?|bit|lot) of research|survey (?:should|will|takes?) |visuali[sz]ations|no evidence|"
    r"bounty|draft an?)\b|to study\b|found that API",
    re.IGNORECASE,
)
_STUDY_HAN: Final = pattern(
    r"研究(?:结果|成果|小组)?(?:还|也|已|已经|均|进一步)?(?:表明|显示|发现|指出|认为|证明|证实|称|估计|揭示|提出|"
    r"基于|调查)|"
    r"调查(?:结果|报告|数据)?(?:还|也)?(?:显示|发现|表明|指出|称)|据[^,。]{0,20}(?:统计|调查)|(?:统计|数据|统计数据|"
    r"民调|问卷)(?:结果)?(?:显示|表明)|"
    r"(?:实验|试验|测试|评测|评估)(?:结果|数据)?(?:也|还)?(?:表明|证明|显示|发现)|民调|受访者|"
    r"白皮书[^,。]{0,10}(?:显示|指出|比较|表明|认为|称|揭示|提出|分析)|问卷|"
    r"报告(?:还|也|中|则|的)?(?:显示|称|指出|估计|发现|预测|揭示|认为|预计|表明|探讨|强调|证实)|(?:该|这项|此项|一项|"
    r"项)(?:[^,。]{0,14})(?:研究|调查)(?!所|院|员|人员|中心|者)|"
    r"论文(?:中|还|则)?(?:提出|表明|指出|显示|证明)|(?:报告|研究)的发现|结果(?:表明|显示)|(?:分析|统计|调查|测试|"
    r"比较)了[^。]{0,60}发现"
)
_STUDIERS_HAN: Final = pattern(
    r"(?:研究(?:人员|团队|者|小组|员)|科学家|科研人员)(?:们)?(?:[^,。;]{0,12}?)(?:发现|表明|认为|分析|指出|提出|估算|测算|推算|"
    r"测[量试]|训练|选择|确定|称|观察|"
    r"证[明实]|揭示|开发|找到|构建|设计|使用|利用|通过|对|把|从|首先|还|分享|相信|比较|报告|采用|收集|估计|跟踪|追踪|"
    r"将|表示)|研究(?:人员|团队|者|小组)[^。;]{0,48}(?:的发现|并发现|,发现)|该团队[^,。]{0,8}(?:使用|采用|提出|开发|"
    r"训练|分析|发现|能够)"
)
_WHO_HAN: Final = pattern("该团队|研究(?:人员|团队|者|小组|员)|科学家|科研人员")
_STUDIERS_NOT_HAN: Final = pattern(
    r"(?:有助于|让|使|帮助|供|为|聚集|社区的|使得|允许|许多|方便|辅助|吸引|便于|支持|助力|提供给)[^,。]{0,6}$"
)
_ABLE_HAN: Final = pattern(r"(?:们)?(?:可以|能够?|可|更|需要|必须|就|希望|未来|将能)")
_STUDY_NOT_HAN: Final = pattern(
    r"(?:政府|警方|检[方察]|司法|监管|执法|反垄断|联邦|当局|委员会|法院|议会)[^。]{0,40}调查|调查[^。]{0,30}(?:政府|"
    r"警方|检[方察]|司法|监管|执法|反垄断)"
    r"|发布了?[^,。]{0,8}(?:问卷|调查问卷)|填写|参与[^,。]{0,8}(?:问卷|调查)|研究方向|研究核心|可在[^。]{0,30}目录"
)


def studies(text: str, latin: bool) -> bool:
    """Whether it reports or rests on a study, a survey or the like."""
    if latin:
        return _STUDY.search(text) is not None and not _STUDY_NOT.search(text)
    if _STUDY_NOT_HAN.search(text):
        return False
    if _STUDY_HAN.search(text):
        return True
    for match in _STUDIERS_HAN.finditer(text):
        who = _WHO_HAN.match(text, match.start())
        end = who.end() if who else match.start()
        if text.endswith("安全", 0, match.start()) and not match[0].endswith(("称", "发现", "表示", "指出")):
            continue
        if not _STUDIERS_NOT_HAN.search(text[max(0, match.start() - 12) : match.start()]) and not _ABLE_HAN.match(
            text, end
        ):
            return True
    return False


# What is compared. ----------------------------------------------------------------------------------------------------

_COMPARES: Final = pattern(
    r"\b(?:compared (?:to|with)|in comparison|"
    r"relative to|[Uu]nlike|as opposed to|twice as|outweigh\w*|exceed(?:s|ed)?|outperform\w*|surpass\w*|"
    r"in contrast to|in contrast|"
    r"(?:times|twice|half|nearly) (?:as|the)|versus|than)\b",
    re.IGNORECASE,
)
_COMPARES_NOT: Final = pattern(
    r"\b(?:more|less|fewer|greater|higher|lower|other|better) than (?:(?:an?|one|two|three|four|five|six|seven|eight|"
    r"nine|"
    r"ten|twelve|twenty|thirty|forty|fifty|sixty|a dozen|half|nothing|ever|the sum)\b|[$€£¥>]?\d|[A-Z]{2,3}\$?\d|"
    r"[\"“])|\b(?:do(?:ing)?|be|build|need|"
    r"offer|any) more than\b|\b(?:always|must be|should be) (?:less|more|greater|lower|higher) than|[Ww]hat better|"
    r"than any sane|\bexceeding\b|\b[Nn]othing [^.;]{0,30}than\b|"
    r"\bthan (?:you|we|I|one)(?: \w+)? (?:might|may|think|expect|can|could|imagine)|\bthan ever|\b(?:older|newer|"
    r"longer|"
    r"later|earlier|larger|bigger|smaller|sooner) than (?:\d|one|two|the (?:limit|maximum|minimum|specified|default))|"
    r"\bno (?:more|less|later|longer|fewer) than|\bnothing (?:more|less|other) than|\bif [^,]{0,80}\b(?:than|"
    r"exceeds?)\b|"
    r"\bexceed\w* (?:the |a |your |its |this )?(?:\w+ )?(?:limits?|quota|threshold|maximum|expectations?|time|size|"
    r"budget)|"
    r"\b(?:relative to|versus) (?:the |a )?(?:path|root|directory|working|current|file|base|url)|"
    r"\bmore (?:often )?than not|"
    r"\b(?:easier|sooner) said than|\bwould rather\b[^.]{0,60}than|\brather than|\b(?:other|better late|"
    r"different) than|\bwhether [^,]{0,60}than|"
    r"\bless than (?:ideal|perfect|optimal|great)|\bmore than (?:just|enough|happy|welcome|ready|willing|likely|"
    r"capable|a|an|"
    r"the|ever)\b",
    re.IGNORECASE,
)
_DEGREE_HAN: Final = (
    "[硬软厚薄宽窄热冷远近新旧稳准]|安全|更|省|费|还[要更]?|[高低多少大小好坏快慢强弱贵长短早晚轻重深浅难易]|便宜|"
    "容易|稳定|复杂|简单|先进|成熟|优秀|"
    "重要|有效|可靠|明智|稍|略|上升|下降|增长|减少|"
    "增加|提高|提升|降低|缩短|下滑|翻|差|领先|落后|胜|多了|少了|要"
)
_COMPARES_HAN: Final = pattern(
    rf"(?<![百对类占评排好价同环正无反配相库])比(?![如例赛分特利重率值喻尔基萨作肩邻比划价拟较亚方]|"
    rf"得上)[^,。;:]{{1,30}}?(?:{_DEGREE_HAN})"
    r"|相比|相较|比起|(?:高|低|多|少|大|小|优|强|弱|快|慢|早|晚|难|劣|好)于(?!是|此|零|0|等)|不如(?!说|人意|意)|"
    r"不及(?![物时])|胜过|远超|超越|超过|同比|环比|"
    r"落后于|领先于|与之[^,。]{0,4}比|(?:与|和|同)[^,。]{1,20}对比|对比[^,。]{0,12}(?:高|低|多|少|快|慢|提升|下降)"
)
_COMPARES_NOT_HAN: Final = pattern(
    r"(?:超过|超越|高于|低于|不足|多于|少于|大于|小于|远超|优于)(?:了|"
    r"约)?\s?[\d一二三四五六七八九十百千万亿两几半$￥]|[高宽长占]{2}比|横向对比|没有什么比|迫不及待|战胜过|"
    r"远远?超出?(?:我们|想象|人们)|大于(?:某|指定|给定|等于|或)|超过\s?[A-Z]\b|"
    r"无与伦比|比比皆是|比特|基比|(?:容量|单位|吉|兆|千)[^,。]{0,8}定义|(?:如果|若|当|假如|一旦|只要|"
    r"除非)[^,。]{0,40}(?:超过|高于|低于|多于|少于|大于|小于)"
    r"|(?:不得|不能|不要|不应|不可|不超|应|必须|上限|限制)[^,。]{0,12}(?:超过|高于|低于|大于|小于|多于|少于)|善于|"
    r"属于|不多于|过于"
)


def compares(text: str, latin: bool) -> bool:
    """Whether it compares two things, or one with what it was; no threshold and no idiom."""
    if not latin:
        rest = _COMPARES_NOT_HAN.sub(" ", text)
        return _COMPARES_HAN.search(rest) is not None
    for match in _COMPARES.finditer(text):
        nearby = text[max(0, match.start() - _NEAR) : match.end() + _AFTER]
        if _COMPARES.search(_COMPARES_NOT.sub(" ", nearby)):
            return True
    return False


# What brings what about. ----------------------------------------------------------------------------------------------

_CAUSES: Final = pattern(
    r"\b(?:because|(?<!that )(?<!path )(?<!road )leads? to|leading to|led to|caus(?:e|es|ed|ing)|result(?:s|ed|"
    r"ing)? in|due to|owing (?:to|largely)|as a result|"
    r"(?<!to )(?<!you )(?<!who )(?<!we )(?<!can )contribut(?:es?|ed) to(?! (?:any|open|the project|this project|our|"
    r"it\b|the documentation))|thanks to|"
    r"stem(?:s|med|ming)? from|g[ia]ve(?:s|n)? rise|br(?:ing|ings|ought) about|"
    r"(?:was|were|largely|partly) responsible for|attribut(?:es?|ed|able) to|trigger(?:s|ed|ing)?|consequently|"
    r"driven by|limited by the fact)\b",
    re.IGNORECASE,
)
_CAUSES_NOT: Final = pattern(
    r"\b(?:[Tt]hanks (?:also |again |especially )?to (?:everyone|everybody|all|you|those|our|the [\w ]{0,24}(?:team|"
    r"community|contributors))\b"
    r"|[Tt]hanks (?:also |again )?to [^;]{0,160}? for [a-z]+ing\b|[Gg]ood cause|root causes?|[Jj]ust because|(?:not|"
    r"or) because|"
    r"(?:the|a|this|any|common|possible|real|probable|underlying) causes?|due to (?:be|arrive|land|ship|expire|open|"
    r"start|release)|"
    r"(?:the|a|that) triggers?|triggers? (?:the )?(?:event|button|function|workflow|action|build|job)s?)\b"
    r"|(?<=[a-z,] )\([^()]{0,240}\)"
)
_DOUBTED: Final = ("hanks ", " cause", "(", "trigger", "due to", "t because", "r because")
_CAUSES_NOT_HAN: Final = pattern(
    r"(?:避免|防止|以免|杜绝|不会|不至于|不再)[^,。]{0,24}(?:导致|造成|引起|引发|带来)|为[^,。]{1,16}带来|"
    r"带来(?:的[另新一]|了?[^,。]{0,16}(?:功能|选项|界面))|(?:以避免|为了)[^,。]{0,30}(?:造成|导致)"
)
_CAUSES_HAN: Final = pattern(
    "因为|由于|多亏|导致|造成|引起|引发|使得|致使|促使|从而|以致|源于|归因于|得益于|之所以|触发|催生|带来|归功于|缘故|"
    "正因|因此|所以"
)
_ENABLES: Final = pattern(
    r"[aefhlmpt](?<!\w.)(?<!that .)(?<!which .)(?<!to .)(?<!can .)(?<!been .)(?<!we .)(?<!We .)(?<!without .)(?<!in .)"
    r"(?<! be .)(?<! is .)(?<! are .)(?:(?:(?<=e)nabl(?:es|"
    r"ed|ing)|(?<=a)llow(?:s|ed|ing)|"
    r"(?<=f)orc(?:es|ed|ing)|(?<=p)rompt(?:s|ed|ing)|(?<=l)ed|(?<=l)eads) (?!you|users?\b|your|it\b|one\b|"
    r"us to (?:use|see|do)|anyone|everyone|people|(?:the |each )?(?:players?|developers?|teams?|contributors?|"
    r"organi[sz]ations?)\b|"
    r"for\b|to\b|up\b)(?:[\w'-]+ ){1,5}?to [a-z]|(?<=m)ak(?:es?|ing) it (?:\w+ )?(?:possible|easier|harder|hard|"
    r"difficult|"
    r"impossible)\b|(?<=m)ade it (?:\w+ )?(?:possible|easier|easy|harder|hard|difficult|impossible)\b|"
    r"(?<=h)elps (?!you|users|your|us\b|me\b)(?:[\w'-]+ ){0,3}?(?:to )?[a-z]{3}|(?<=p)rompting\b|"
    r"(?<=l)imited by the fact|"
    r"(?<=t)riggers? (?:alerts?|more|new)\b)"
)
_ENABLES_HAN: Final = pattern(
    r"有[助利]于|受益于|促进(?<!旨在促进)(?<!为了促进)(?<![以了]促进)(?!剂|会)|"
    r"使(?<![即可能假致促驱迫天大]使)(?<!如何使)(?<!旨在使)(?![用命者馆你您])[^,。你您]{1,24}(?:能够|得以|变得|无法|"
    r"更加?)"
)


def brings_about(text: str, latin: bool) -> bool:
    """Whether a cue of cause is one: no thanks to persons, no duty."""
    if latin:
        rest = _CAUSES_NOT.sub(" ", text) if any(map(text.__contains__, _DOUBTED)) else text
        return _CAUSES.search(rest) is not None
    return _CAUSES_HAN.search(_CAUSES_NOT_HAN.sub(" ", text)) is not None


def enables(text: str, latin: bool) -> bool:
    """Whether it says what makes something possible or helps it along."""
    return (_ENABLES if latin else _ENABLES_HAN).search(text) is not None


# What follows. --------------------------------------------------------------------------------------------------------

_CONCLUDES_NOT: Final = pattern(
    r"\b[Tt]o sum up [a-z]|(?<=[a-z(] )ultimately\b|\(ultimately\b|which means [\"“]|\b[Ii]n (?:summary|"
    r"short),? (?:here|these|below|the following)|:$|"
    r"[Tt]herefore is|[Ss]ummary mode"
)
_CONCLUDES_NOT_HAN: Final = pattern(
    r"[可看在如以因所结不并至由](?:(?<=可)(?:见[性光]|以说是(?<=[a-zA-Z\u4e00-\u9fff]可以说是)(?<![来以后]可以说是))|"
    r"(?<=看)不出|"
    r"(?<=在)这方面|(?:(?<=因)此|(?<=所)以),?(?:请|让我们|如果你|我(?!们)|这方面|价格|键|你(?:可能)?(?:可以|需要|"
    r"应该)去?"
    r"(?:关注|参考|访问|查看|下载|试|注册)|如果[^,。]{1,12},你可以)|(?<=由)此产生|(?<=结)论(?<=^结论)|"
    r"(?<=[不并])(?:要|不)?因此(?<=不要因此|并不因此)|(?<=至)少可以说|"
    r"(?:(?<=如)下|(?<=以)下[^,。]{0,8})[:。]$)"
)


def concludes(text: str, latin: bool) -> bool:
    """Whether what follows is drawn from what went before, and no order, remark or list."""
    return (_CONCLUDES_NOT if latin else _CONCLUDES_NOT_HAN).search(text) is None
