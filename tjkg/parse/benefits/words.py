"""The language of grants: nouns of money, verbs of giving, per whom, how often, who receives."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "CONNECTIVE", "GIVE", "MONEY", "PERSON", "Measure", "is_person", "item_of", "measure_after",
    "measure_before", "split_recipient",
]

# Nouns for money given or paid.
MONEY = (
    r"(?:(?:补贴|补助|奖励|津贴|资助|救助|抚恤|优待|慰问|抚慰)(?:资金|经费|金|费)?|[学养慰抚保基薪租押奖][学老业问恤育金]{0,2}金"
    r"|[一-龥]{2}金(?!额|融)|[一-龥]{1,3}费(?!用))"
)
# Verbs of giving money, some of them nouns as well.
GIVE = r"(?:给予|予以|发放|发给|支付|提供|享受|领取)"
# Words for persons, families and bodies: what may receive a grant.
PERSON = (
    r"(?:人员|人群|成员|人(?![均数次])|者|孤儿|儿童|婴儿|幼儿|少年|学生|学员|寄宿生|住宿生|走读生|在校生|研究生|考生|毕业生|新生"
    r"|对象|家庭|夫妇|夫妻|父母|遗属|子女|职工|居民|村民|妇女|老人|群众|军人|士兵|农户|户(?![均籍口])|企业|单位|机构|基地"
    r"|学校|食堂|组织|公众)"
)
# Words at the head of a chunk that join it to what stands before.
CONNECTIVE = re.compile(
    r"(?:其中|同时|此外|另外|并且|并|再|今后|原则上|可以?|现行标准为?|标准为|分别|平均|按照标准|、|和|或|及)+"
)

_TIME = r"每(?:个?学年|个?学期|个?季度|年度|个?月|个?年|年|日|天|个?周|次|[两三四五六]周|[一-龥]{1,3}[季期])"
_DONE = re.compile(
    r"(?:现行的?|标准为|标准是|标准|金额为|金额|额度|限额为|限额是|限额|最高|最低|按照|按|为|是|达到|提高到|提高至|上限|给予|予以"
    r"|发放|发给|支付|定额|一次性|分别|不等|的|在|再)$"
)
_MORE = re.compile(r"(?:另外?|再)?(?:增加|加发|增发)$")
_NOUN_VERB = re.compile(r"(补贴|补助|资助|奖励|救助)$")
_EVERY = re.compile(r"(每[^每，。；、：]{1,12})$")
_NUMBERED = re.compile(r"每[^0-9每]{0,8}[0-9一二两三]+(?:人|户|名|个|家|次|亩|张|例|件|套)[一-龥]{0,4}")
_SHORT = re.compile(r"每(?:[一-龥]{1,2}|个[一-龥]{1,3}|具[一-龥]{2}|张床位?|名[一-龥]{1,5}|孩次|平方米|位[一-龥]{1,4})")
_TAIL = re.compile(
    r"(?:/|每)(人|户|生|月|年|天|日|次|餐|具|床|学年|学期|平方米|个|家|名|张|例|人次)"
)
_UNITS_OF_TIME = {"月", "年", "天", "日", "次", "学年", "学期", "周", "季度"}
_PERIODIC = re.compile(r"(?:按|逐)?([月年])度?(?=最高|支付|补贴|补助|奖励|资助|津贴|救助|生活费|发放|人均|限额|封顶)")


@dataclass(frozen=True)
class Measure:
    """Per whom or what, how often, a grant word met on the way, what is left of the prefix.

    more: the amount comes on top of another (增加, 加发). standard: what is left is the name of a standard.
    """

    rest: str
    per: str | None = None
    period: str | None = None
    noun: str | None = None
    more: bool = False
    standard: bool = False


def _every(text: str) -> tuple[str, bool] | None:
    """The 每… at the end of a text and whether it is a time."""
    match = _EVERY.search(text)
    if match is None:
        return None
    word = match[1]
    if re.fullmatch(_TIME, word):
        return word, True
    if _NUMBERED.fullmatch(word) or _SHORT.fullmatch(word):
        return word, False
    return None


def _stands_alone(before: str) -> bool:
    """Whether 补贴, 奖励 … after these words is the verb (or a bare noun), not the end of a longer name."""
    before = re.sub(r"(?:最高|定额|平均|一次性|适当)+$", "", before)
    return not before or is_person(before) or before.endswith(("增加", "再")) or _every(before) is not None


def measure_before(prefix: str) -> Measure:
    """Read per and period off the end of what stands before an amount.

    "小学每生每年" → rest "小学", per 每生, period 每年; "按每安置1人或每间接帮扶2户发放" → per both.
    """
    rest = prefix.rstrip("：: ")
    per = period = noun = None
    more = standard = False
    while True:
        if m := _MORE.search(rest):
            more, rest = True, rest[: m.start()]
        elif m := _DONE.search(rest):
            period = period or ("一次性" if m[0] == "一次性" else None)
            standard = standard or m[0].startswith(("标准", "金额", "额度", "限额"))
            rest = rest[: m.start()]
        elif noun is None and (m := _NOUN_VERB.search(rest)) and _stands_alone(rest[: m.start()]):
            noun, rest = m[0], rest[: m.start()]
        elif found := _every(rest):
            word, is_time = found
            rest = rest[: -len(word)]
            if is_time:
                period = period or word
            else:
                per = word + (per or "")
                if rest.endswith(("或", "和")) and _every(rest[:-1]):
                    per, rest = rest[-1] + per, rest[:-1]
        elif rest.endswith("人均") and per is None:
            per, rest = "人均", rest[:-2]
        else:
            break
    if m := re.match(rf"((?:每[^每，]{{1,5}}(?=每))*)({_TIME})?", rest):
        per, period, rest = m[1] or per, m[2] or period, rest[m.end() :]
    if period is None and (m := re.search(r"一次性", rest)):
        period, rest = "一次性", rest[: m.start()] + rest[m.end() :]
    if period is None and (m := _PERIODIC.search(rest)):
        period, rest = "每" + m[1], rest[: m.start()] + rest[m.end() :]
    if period is None and (m := re.fullmatch(r"全?([月年])度?", rest)):
        period, rest = "每" + m[1], ""
    if per is None and rest.startswith("人均"):
        per, rest = "人均", rest[2:]
    return Measure(rest, per, period, noun, more, standard)


def measure_after(suffix: str) -> tuple[str | None, str | None, int]:
    """(per, period, length) of 元/月, 元/人·年, 元每人每月 right after an amount."""
    at, per, period = 0, None, None
    while m := _TAIL.match(suffix.replace("·", "/").replace("•", "/"), at):
        if m[1] in _UNITS_OF_TIME:
            period = "每" + m[1]
        else:
            per = "每" + m[1]
        at = m.end()
    return per, period, at


_ITEM_AFTER = re.compile(rf"(?:（[^）]*）)*的?(?:标准)?(?:{GIVE})?((?:（[^）]*）|[^，。；、：的0-9（）])*?{MONEY}(?:（[^）]*）)?(?:{MONEY})?)")
_ITEM_END = re.compile(rf"((?:（[^）]*）|[^，。；、：的]){{0,20}}?{MONEY}(?:（[^）]*）)?(?:{MONEY})?)(?:[一-龥]{{0,4}}(?:标准|金额|额度))?$")


def item_of(prefix: str, suffix: str) -> tuple[str | None, str]:
    """(what the money is called, prefix without it): after the amount, else at the end of the prefix."""
    if m := _ITEM_AFTER.match(suffix):
        return m[1], prefix
    if m := _ITEM_END.search(prefix):
        start = max((g.end() for g in re.finditer(GIVE, prefix[: m.end(1)])), default=0)
        start = max(start, m.start(1))
        return prefix[start : m.end(1)] or None, prefix[:start]
    return None, prefix


def is_person(text: str) -> bool:
    """Whether a phrase names persons or a body: it ends so."""
    return re.search(PERSON + "$", text) is not None


def split_recipient(item: str) -> tuple[str | None, str]:
    """重度困难残疾人生活补贴 → (重度困难残疾人, 生活补贴); no person inside → (None, item)."""
    found = None
    for m in re.finditer(PERSON, item):
        if 0 < m.end() < len(item):
            found = m.end()
    if found is None or not re.search(MONEY, item[found:]):
        return None, item
    return item[:found], item[found:]
