"""What a cell leaves to something else: a named rule, another benefit, an actual cost; and what it follows."""

from __future__ import annotations

import re

from tjkg.parse.benefits.words import MONEY, PERSON
from tjkg.records import Rule

__all__ = ["actual", "follows", "included", "outside", "plain_rule", "remitted", "same_as"]

# Nouns for rules; the head of what is applied.
_RULE = r"(?:规定|办法|政策|标准|意见|细则|制度|机制|方案|通知|条例|规范|要求|目录|文件|章程)"
_BY = r"(?:按照|按|依照|依据|根据|遵照|参照|比照)"
# What is done by the rule: only these leave the amount or content to it.
_DONE = r"(?:执行|核定|核发|确定|减免|要求|办理|实施|落实|计发|发放|补助|补贴|资助|救助|保障|调整|提高|予以|给予|享受)"
_OUTSIDE = re.compile(
    rf"^(?P<what>.*?){_BY}(?P<rule>[^，。；]*?{_RULE}+(?:等)?)(?:（[^）]*）)?"
    rf"(?P<done>[^，。；]*?{_DONE}[^，。；]*)?$"
)
_TITLE = re.compile(r"《(?P<name>.+?)》(?:（(?P<number>[^（）]*(?:〔[^〕]*〕|[0-9])[^（）]*号?)）)?")
_REFERRED = re.compile(
    r"^(?P<who>.*?)(?P<by>参照|比照|按照|按)(?P<as>[^，。；]+?)(?:全额|同等|相同)?(?:标准)?(?:执行|发放|给予|享受)$"
)
_SAME = re.compile(r"^(?P<who>.*?)(?:与|同)(?P<as>[^，。；]+?)(?:相同|一致|同等|持平)")
_ACTUAL = re.compile(
    rf"^(?P<what>.*?){_BY}(?P<of>(?:其|本人|个人)?实际[^，。；]*?(?:价格|标准|金额|费用|支出|发生额|数额))"
    r"(?:的)?(?P<done>.*)$"
)
_FOLLOWS = re.compile(
    r"(?:随着?|与)(?P<what>[^，。；]+?)(?:的?(?:变化|增长|提高|调整))?(?:同步|联动|动态|相应|逐步|自然|适时|及时|挂钩|而)+"
    r"(?:联动|调整|提高|增长|变动|上调)|随着?(?P<bare>[^，。；]+?)(?:调整|提高|增长|变动|上调)"
)

# 根据财力, 根据经济社会发展水平 … 调整: a state of things that amounts move with (a rule would be 规定, 机制).
_BY_STATE = re.compile(
    r"根据(?P<what>[^，。；]+?(?:水平|财力|状况|情况|能力|增长|变化))，?"
    r"(?:适时|逐步|动态|合理|相应|及时|不断|稳步|同步|适当)+(?:地|予以)?(?:调整|提高|增长|上调)"
)
_INCLUDED = re.compile(
    r"^(?P<how>.*?)纳入(?P<as>[^，。；]*?(?:生活保障|低保|救助|供养|补贴|津贴|待遇))(?:范围|对象|管理)?$"
)
_REMITTED = re.compile(r"^(?:按(?:照)?(?:有关)?规定)?(?:适当|酌情)?(?:减免|减收|减半收取)(?P<what>[^，。；0-9%]*(?:费用?|费|学费|租金))$")


def outside(text: str, then: str = "") -> tuple[str, Rule] | None:
    """(what is left to it, the rule): “按照《…》（…号）等相关规定予以保障”, “X标准按照…政策执行”.

    then: the chunk that follows, where the verb may stand (“按照…机制，不断提高…标准”).
    """
    match = _OUTSIDE.search(text)
    if match is None:
        return None
    done = match["done"] or then
    if not re.search(_DONE, done) or re.search(r"(?:提供|开展|组织|纳入|免费)", match["rule"] + done):
        return None
    title = _TITLE.search(text, match.start("rule"))
    if title:
        return match["what"], Rule(title["name"], title["number"])
    return match["what"], Rule(match["rule"].removesuffix("等"))


def same_as(text: str) -> tuple[str, str] | None:
    """(who, the benefit whose amount is taken): “…参照社会散居孤儿基本生活费全额执行”."""
    match = _REFERRED.search(text)
    named = rf"(?:{MONEY}|待遇|低保|{PERSON})$"
    if match and match["by"] in ("按照", "按"):
        named = r"(?:补贴|补助|津贴|待遇|养老金|助学金|低保)$"
    match = match or _SAME.search(text)
    if match is None or re.search(r"规定|办法|政策|《|实际|有关|相关|每|倍|[0-9]", match["as"]):
        return None
    return (match["who"], match["as"]) if re.search(named, match["as"].removesuffix("标准")) else None


def actual(text: str) -> tuple[str, str, str] | None:
    """(what, the actual cost, what is done): “免费教科书按照实际采购价格补助”."""
    match = _ACTUAL.search(text)
    return (match["what"], match["of"], match["done"]) if match else None


def follows(text: str, then: str = "") -> str | None:
    """What an amount moves with: “随低保标准动态调整” → 低保标准.

    then: the chunk that follows: “根据两级财力，适时提高…标准”.
    """
    if match := _FOLLOWS.search(text):
        return match["what"] or match["bare"]
    match = _BY_STATE.search(f"{text}，{then}")
    return match["what"] if match else None


def included(text: str) -> tuple[str, str] | None:
    """(by what, the benefit one is taken into): “可按照单人户纳入最低生活保障范围”."""
    match = _INCLUDED.search(text)
    return (match["how"], match["as"]) if match else None


def remitted(text: str) -> tuple[str | None, str] | None:
    """(whose, the cost that is partly remitted): “减免肺结核患者治疗费用”; an amount is not said."""
    match = _REMITTED.search(text)
    if match is None:
        return None
    whose = re.match(rf"([^（]*{PERSON})(?:（[^）]*）)?(?=.)的?", match["what"])
    return (whose[1], match["what"][whose.end() :]) if whose else (None, match["what"])


def plain_rule(words: str) -> Rule:
    """A rule named only as such: “按规定”, “按照国家有关规定” → the words without the preposition."""
    return Rule(re.sub(rf"^{_BY}", "", words))
