"""The forms of a sentence on who pays: one rule a form, each clause → who does what for which part."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from tjkg.parse.funding.parties import Parties, Party
from tjkg.parse.funding.parts import MONEY, only_names_part
from tjkg.parse.funding.shares import PERCENT, SPLIT, split

__all__ = ["RULES", "Act", "acts"]

_BEAR = r"(?:负担|承担|分担|共担|出资|兜底|解决|安排|统筹|配套|保障|负责|自付|自担)"
_PAY = r"(?:支付|支出|列支)"
_FEE = r"(?:缴纳|缴费|缴存)"
_AMOUNT = r"[0-9.]+万?元"
_GRANT = r"(?:补助|补贴|奖补|资助|贴补|补足)"
# What may stand between the payer and the verb: manner, and any phrase that 按 or 根据 opens.
_HOW = (
    rf"(?:共同|分别|各自?|均|全部|全额|足额|主要|统一|分级|分档|分类|据实|依法|原则上|应当?|负责|予以|给予|进行|适当|酌情"
    rf"|相应|再|{_AMOUNT}的?|每[人户生件]每[年月日天次]|每[人年月]|{SPLIT}的?(?:比例)?|[一二三四五六七八九]{{2}}(?:比例|开)?|(?:按|根据|以|通过)(?:(?![，由]|{_BEAR}|{_PAY}|{_FEE}).)*?)*?"
)


@dataclass(frozen=True)
class Act:
    """Somebody's part in paying; start, end, part and thing are offsets in the clause.

    parties: who (none: the sentence names nobody). words: where a split may be stated. part: words before
    the payer (of which, for whom). thing: what is paid. to, some: who receives a transfer, and the words that
    limit it to some of them. again: only restates how what was said before is split.
    same: the payer is the one named last.
    """

    parties: tuple[Party, ...]
    role: str
    start: int
    end: int
    words: str = ""
    part: tuple[int, int] = (0, 0)
    thing: tuple[int, int] = (0, 0)
    to: tuple[Party, ...] = ()
    some: tuple[int, int] = (0, 0)
    again: bool = False
    same: bool = False


Rule = Callable[[str, Parties], tuple[Act, ...]]


@lru_cache(maxsize=512)
def _pattern(form: str, known: str, strong: str) -> re.Pattern[str]:
    return re.compile(form.replace("WHO", known).replace("STRONG", strong))


def _match(form: str, text: str, parties: Parties) -> re.Match[str] | None:
    """A form with WHO standing for known payers, STRONG for ones named in more than one character."""
    return _pattern(form, parties.known, parties.strong).match(text)


def _span(match: re.Match[str], name: str) -> tuple[int, int]:
    """Where a group stands; an empty piece when it is not there."""
    return match.span(name) if match[name] else (0, 0)


def _who(words: str, how: str, parties: Parties) -> tuple[Party, ...]:
    """The payers of a list, read so that their number fits the split beside them if one way does."""
    found = parties.read(words)
    if split(how, len(found)):
        return found
    for want in range(2, 6):
        if want != len(found) and split(how, want) and len(again := parties.read(words, want)) == want:
            return again
    return found


def _grant_role(words: str) -> str:
    """适当补助 is a role of its own; 政策支持 too; other grants are 补贴."""
    if "政策" in words:
        return "政策支持"
    return "适当补助" if re.match(r"适当|酌情", words) else "补贴"


_ITEM = rf"(?:(?P<who>WHO)(?P<act>{_FEE}|{_GRANT}|投入|出资))"


def composed(text: str, parties: Parties) -> tuple[Act, ...]:
    """由个人缴费、集体补助、政府补贴构成; 个人缴费与政府补助相结合."""
    items = rf"(?:WHO(?:{_FEE}|{_GRANT}|投入|出资))"
    form = (
        rf"(?:实行|采取|由|按照?)?(?P<list>{items}(?:(?:、|和|与|及|以及){items})+)"
        r"(?:共同|等)?(?:相?结合|构成|组成|筹集)"
    )
    whole = _match(form, text, parties)
    if whole is None:
        return ()
    found = []
    for item in _pattern(_ITEM, parties.known, parties.strong).finditer(text, *whole.span("list")):
        found.append(Act(parties.read(item["who"]), _role_of(item["act"]), item.start(), item.end()))
    return tuple(found)


def transferred(text: str, parties: Parties) -> tuple[Act, ...]:
    """市财政给予各区40%转移支付补助; 市对部分区按50%比例给予转移支付补助."""
    if "转移支付" not in text:
        return ()
    giver = _match(r"(?:并|同时)?(?:由)?(?P<who>WHO)", text, parties)
    if giver is None:
        return ()
    some = r"部分|困难|相关|有关|财力[薄弱困难]+|经济[薄弱困难]+"
    form = rf".*?(?:对|给予|予以|向|补助)(?P<all>(?P<some>{some})?的?(?P<to>WHO))"
    target = _match(form, text[giver.end() :], parties)
    to = parties.read(target["to"]) if target else ()
    start, end = _span(target, "all") if target and target["some"] else (0, 0)
    limits = (start + giver.end(), end + giver.end()) if end else (0, 0)
    words, who = text[giver.end() :], parties.read(giver["who"])
    return (Act(who, "转移支付补助", giver.start("who"), len(text), words, to=to, some=limits),)


def budgeted(text: str, parties: Parties) -> tuple[Act, ...]:
    """由市、区财政部门纳入财政预算; …的，纳入同级财政预算; 列入区财政预算."""
    form = (
        r"(?P<part>.*?)(?:由(?P<who>WHO))?(?:全额|统一|一并)?"
        r"(?:纳入|列入)[^，]*?(?P<budget>WHO)?(?:年度|部门|财政)*预算"
    )
    match = _match(form, text, parties)
    if match is None or not (match["who"] or match["budget"]):
        return ()
    who = parties.read(match["who"] or match["budget"])
    return (Act(who, "负担", 0, len(text), text[match.end() :], _span(match, "part")),)


def mainly(text: str, parties: Parties) -> tuple[Act, ...]:
    """以企业支出为主: the share is not stated."""
    form = rf"(?:主要)?以(?P<who>WHO)(?P<verb>{_PAY}|{_BEAR}|{_GRANT}|{_FEE}|投入|自筹)为主"
    match = _match(form, text, parties)
    if match is None:
        return ()
    return (Act(parties.read(match["who"]), _role_of(match["verb"]), match.start(), match.end()),)


def granted(text: str, parties: Parties) -> tuple[Act, ...]:
    """中央财政适当补助; 市级财政对参保人缴费给予补贴; 政府予以政策支持及财政补贴; 中央财政补助80%."""
    one = rf"(?:适当|酌情)?(?:财政|资金|经费|政策)?(?:定额|专项)?(?:{_GRANT}|支持)(?:资金)?"
    form = (
        rf"(?P<part>.*?)(?:由)?(?P<who>WHO)(?P<whom>(?:对|向|给(?!予))(?P<thing>[^，]+?))?(?P<how>{_HOW})"
        rf"(?P<acts>{one}(?:(?:和|与|及|以及|、){one})*)(?P<tail>{PERCENT}|{_AMOUNT})?$"
    )
    match = _match(form, text, parties)
    if match is None:
        return ()
    part, how = match["part"], match["how"]
    if part and "由" not in match[0] and not re.fullmatch(r"并|同时|另外", part):
        return ()
    near = re.search(r"(?:适当|酌情)(?:给予|予以)?$", how)
    words = how + (match["tail"] or "")
    who, near_words = _who(match["who"], words, parties), "适当" if near else ""
    spans = _span(match, "part"), _span(match, "thing")
    return tuple(
        Act(who, _grant_role(near_words + act), 0, len(text), words, *spans)
        for act in re.split(r"以及|和|与|及|、", match["acts"])
    )


def _role_of(verb: str, part: str = "") -> str:
    """The role a verb gives; whoever bears a 缴费 pays a contribution."""
    if re.fullmatch(_FEE, verb) or re.search(r"(?:缴费|保险费|保费)(?:部分|资金)?$", part):
        return "缴费"
    if re.fullmatch(_GRANT, verb):
        return "补贴"
    return "支付" if re.fullmatch(_PAY, verb) else "负担"


_VERB = rf"(?P<verb>{_BEAR}|{_PAY}|{_FEE}|{_GRANT})"
_TAIL = (
    rf"(?P<tail>(?:{PERCENT}(?:[、和与及]{PERCENT})*|一半|[二三四五六]分之[一二三四五]|{_AMOUNT})?(?:的(?:费用|资金|部分|责任|经费)|责任|费用|资金|经费|比例)?)"
    r"(?P<thing>(?:(?![、和与及])[^，]{1,20}?)?)"
)
_MORE = r"(?P<more>(?:、|和|与|及)STRONG.+)?$"
_FROM = r"(?:由|从|在|通过|使用|利用)"
_PLACE = r"(?:预算)?(?:资金)?(?:中|内|里|渠道)?"
# In order: the payer after 由 or 从; at the head; named in full after its part; unknown but plausible.
_BEARING = (
    rf"(?P<part>.*?){_FROM}(?P<who>WHO){_PLACE}(?P<how>{_HOW}){_VERB}{_TAIL}{_MORE}",
    rf"(?P<part>)(?:并|同时)?(?P<who>WHO)(?P<how>{_HOW}){_VERB}{_TAIL}{_MORE}",
    rf"(?P<part>.*?)(?P<who>STRONG)(?P<how>{_HOW}){_VERB}{_TAIL}{_MORE}",
    rf"(?P<part>.*?){_FROM}(?P<who>UNKNOWN){_PLACE}(?P<how>{_HOW}){_VERB}{_TAIL}{_MORE}",
    rf"(?P<part>)(?P<who>UNKNOWN)(?P<how>{_HOW}){_VERB}{_TAIL}{_MORE}",
)


_ELSEWHERE = re.compile(r"由|制定|确定|规定|核定|执行")  # the tail says something else than what is paid


def _is_thing(words: str, parties: Parties) -> bool:
    """Whether the words after the verb name what is paid: money, or the rest of it (补助剩余部分)."""
    return bool(MONEY.search(words)) or only_names_part(words, parties)


def borne(text: str, parties: Parties) -> tuple[Act, ...]:
    """市、区财政按照4∶6比例负担; 市属学校由市级负担; 由失业保险基金支付; 用人单位和职工共同缴纳."""
    for form in _BEARING:
        match = _match(form.replace("UNKNOWN", parties.unknown), text, parties)
        if match is None or not parties.plausible(match["who"]) or _ELSEWHERE.search(match["thing"]):
            continue
        words = match["how"] + match["verb"] + match["tail"]
        end = match.start("more") if match["more"] else len(text)
        part = re.sub(r"(?:均|全部|统一|原则上|主要|分别|共同)$", "", match["part"])
        first = Act(
            _who(match["who"], part + words, parties), _role_of(match["verb"], part), 0, end, part + words,
            (0, len(part)), _span(match, "thing") if _is_thing(match["thing"], parties) else (0, 0),
        )
        return (first, *_rest(text, end + 1, parties)) if match["more"] else (first,)
    return ()


def _rest(text: str, start: int, parties: Parties) -> tuple[Act, ...]:
    """A second statement in the same clause: …承担60%、市财政承担40%."""
    return tuple(
        replace(
            act,
            start=act.start + start,
            end=act.end + start,
            part=(act.part[0] + start, act.part[1] + start),
            thing=(act.thing[0] + start, act.thing[1] + start),
        )
        for act in borne(text[start:], parties)
    )


def named(text: str, parties: Parties) -> tuple[Act, ...]:
    """市、区财政各50%; 市财政五成: a share without a verb."""
    form = rf"(?P<who>WHO)(?P<how>(?:各占?|占|按|为)?{PERCENT}(?:[、和]{PERCENT})*|各半|各一半)$"
    match = _match(form, text, parties)
    if match is None:
        return ()
    return (Act(_who(match["who"], match["how"], parties), "负担", 0, len(text), match["how"]),)


def unnamed(text: str, parties: Parties) -> tuple[Act, ...]:
    """对符合条件的参保人员全额支付基础养老金: a sentence of a government's plan that names no payer."""
    form = (
        r"(?:(?:对|向)(?P<part>[^，由]+?)(?<!财政)(?<!政府)(?<!基金)(?<!资金))?(?P<how>(?:全额|适当|按规定|按月|按年|统一|分档)*)"
        r"(?P<verb>支付|加发|(?:给予|予以)(?=.*(?:补贴|补助)$))(?P<thing>[^，]+)$"
    )
    match = _match(form, text, parties)
    if match is None:
        return ()
    role = "补贴" if match["verb"] in ("给予", "予以") else "支付"
    thing = (0, 0) if role == "补贴" else _span(match, "thing")
    return (Act((), role, 0, len(text), match["how"], _span(match, "part"), thing),)


def restated(text: str, parties: Parties) -> tuple[Act, ...]:
    """按照6∶4比例分担, after a clause that has named the payers."""
    form = rf"(?:具体|并|其中)?(?:分别)?按?照?{SPLIT}.*?(?:比例)?(?:分担|负担|承担|共担)$"
    match = _match(form, text, parties)
    return (Act((), "", 0, len(text), text, again=True),) if match else ()


def likewise(text: str, parties: Parties) -> tuple[Act, ...]:
    """对其他县补助40%, after 省财政对脱贫县补助60%: the same payer."""
    match = _match(rf"(?:并|同时)?对(?P<part>[^，由]+?)(?:按照?)?{_GRANT}(?P<tail>{PERCENT})$", text, parties)
    if match is None:
        return ()
    return (Act((), "补贴", 0, len(text), match["tail"], _span(match, "part"), same=True),)


_FUND = r"(?:[^，由从在对按给（、和与及]{2,16}?(?:基金|资金|公益金|专户))"


def listed(text: str, parties: Parties) -> tuple[Act, ...]:
    """福利彩票公益金和财政预算内资金: names of funds and nothing else."""
    form = rf"(?:来源于|来自)?(?P<who>(?:{_FUND})(?:(?:、|和|与|及)(?:{_FUND}))*)$"
    match = _match(form, text, parties)
    if match is None or re.search("所需|补贴|补助|奖励", text) or not re.search(parties.strong, text):
        return ()
    return (Act(parties.read(match["who"]), "负担", match.start("who"), len(text)),)


# The first rule that reads a clause has it.
RULES: tuple[Rule, ...] = (
    composed, transferred, budgeted, mainly, restated, named, likewise, granted, unnamed, borne, listed
)


def acts(text: str, parties: Parties) -> tuple[Act, ...]:
    """Who does what in a clause of folded text; () when the clause names no payment."""
    return next((found for rule in RULES if (found := rule(text, parties))), ())
