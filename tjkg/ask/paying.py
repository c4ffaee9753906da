"""What a question says of who pays: who takes part, who does not, who only adds something, and in what proportion."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tjkg.ask.lexicon import Mention
from tjkg.ask.reading import Reading

__all__ = ["Ratio", "Roles", "payers_named", "ratio_words", "roles"]

_PAY = "出|掏|管|负担|承担|拿|补|给|沾|参与|拉|摊|贴|缴|交|搭|花|分担"
# What may stand between a payer and its verb: 市里都, 区财政一分钱.
_BETWEEN = r"(?:财政|资金|政府|两级|本级|级|里头|里|它|都|也|是|全|均|根本|一分钱?|一毛钱?|半分钱?|一点)*"
_NOT_AFTER = rf"^{_BETWEEN}(?:不用|不需要?|无需|不必|没有?|未|不|别)(?:再|用|需|必|曾)?(?:{_PAY})"
_NOT_BEFORE = r"(?:不拉|不用|用不着|不必|不需|无须|不花|没花|不靠|不要|不含有?|除去|除开|不加|不算|不包括|不需要?|无需|不找|不带|没有|非)$"
# A little help beside those who bear the cost.
_ADDS = rf"^{_BETWEEN}(?:再|还|会|给点?|给予|只|稍微|多少)*(?:适当|“适当|搭一?把手|搭把手|帮衬|帮一?把|贴补|补一?点|补点|补助|给补助)"
# Between payers that are said together: 市里区里, 市里和中央.
_JOINT = rf"^{_BETWEEN}(?:、|和|与|跟|及|同|还有|或)?$"
# What follows somebody who pays: 市财政负担, 市里跟区里各出, 中央与地方怎样分担.
_PAYS = (
    r"^(?:[、和与跟及同比]?(?:区|市|地方|中央|省|各区|区里|市里|国家)(?:财政|级财政|两级财政|两级|政府|里)?){0,2}"
    r"(?:[和跟与、](?:用人单位|单位|职工|个人|集体|企业))?"
    r"[^，。？！；]{0,8}?(?:出|掏|负担|承担|分担|分摊|摊|缴|交|付|拿|买单|各自|各占|占|单独|独自|自个|自己|一家|适当|“适当|给予|给区|给市|补贴|补助|转移"
    r"|搭|投|兜|包|全包|全管|不管|财政管|凑|共担|的钱|的资金|几|多少|怎么分|怎样分|如何分|比例|对半|五五|[三四六七][三四六七][开分])"
    r"|^ .{0,30}?(?:pay|paid|bear|borne|fund|financ|share|cover|alone|solely)"
)
# 哪级财政 names no payer.
_WHICH = ("哪两级", "哪几级", "哪三级", "两级", "几级", "哪级", "哪一级", "哪", "哪个", "什么")
_PAYS_BEFORE = r"(?:靠|由|花|归)(?:[\u4e00-\u9fff]{1,4}[和、与跟])?$|(?:share of|paid by|borne by|funded by|financed by|does|by)\s(?:the\s)?$"


def payers_named(reading: Reading) -> list[str]:
    """Payers named where something is paid, by words long enough not to be something else."""
    held = reading.of("service", "group", "agency", "item", "section", "domain", "category", "word")
    found = []
    for m in reading.of("payer"):
        if m.length < 2 or any(h.holds(m) for h in held) or reading.text[: m.start].endswith(_WHICH):
            continue
        if m.how == "spoken" and re.match("[助基标规制法级定]", reading.text[m.end :]):  # 国家|助学金
            continue
        before = reading.text[max(0, m.start - 20) : m.start].lower()
        if re.match(_PAYS, reading.text[m.end : m.end + 40]) or re.search(_PAYS_BEFORE, before):
            found.append(m)
    found = [m for m in found if not any(o.holds(m) for o in found)]
    keys = list(dict.fromkeys(m.key for m in found))
    public = any("财政" in k for k in keys)
    return [k for k in keys if "未明确" not in k] if public else keys


@dataclass(frozen=True)
class Roles:
    """Payers by what is said of them; each a set of names."""

    bear: frozenset[str]
    never: frozenset[str]
    add: frozenset[str]


def roles(text: str, mentions: Iterable[Mention]) -> Roles:
    """What a question says each of the payers it names does.

    mentions: of payers, none inside another.
    """
    spans: dict[tuple[int, int], set[str]] = {}
    for m in mentions:
        spans.setdefault((m.start, m.end), set()).add(m.key)
    kinds: dict[str, set[str]] = {"bear": set(), "never": set(), "add": set()}
    kind = ""
    after = len(text)
    for (start, end), keys in sorted(spans.items(), reverse=True):
        rest = re.split("[，。？！；]", text[end:after], maxsplit=1)[0]
        joined = bool(kind) and after < len(text) and re.match(_JOINT, text[end:after]) is not None
        if re.match(_NOT_AFTER, rest) or re.search(_NOT_BEFORE, text[:start]):
            kind = "never"
        elif re.match(_ADDS, rest):
            kind = "add"
        elif not joined:
            kind = "bear"
        kinds[kind] |= keys
        after = start
    return Roles(frozenset(kinds["bear"]), frozenset(kinds["never"] - kinds["bear"]), frozenset(kinds["add"]))


# ---------------------------------------------------------------- proportions

_DIGITS = "零一二三四五六七八九"
_HALVES = r"对半|一半一半|各出一半|各一半|各半|平摊|均摊|五五"
# 三七开, 四六分, 六四分担: two figures that make ten.
_TENTHS = r"([一二三四五六七八九])([一二三四五六七八九])(?:开|分|摊)"
_STATED = (
    r"几比几|写明.{0,6}(?:比例|几比几|几成)|(?:有|定了?|给出|明确了?|明确的|注明|标明)(?:具体|明确)?的?(?:分担)?比例"
    r"|比例(?:写|定|说|标)(?:得|的)?(?:明|清|死)"
)
# 出六成, 负担40%.
_PERCENT = rf"{_BETWEEN}(?:出|掏|负担|承担|分担|占|拿|担)?(?:了|大概|约)?(?:([{_DIGITS[1:]}])成|(\d+(?:\.\d+)?)%)"
_MORE = r"(?:掏|出|担|负担|承担|拿|摊|分担|占)?(?:的|得)?(?:钱|份额|比例)?比.{1,8}?(多|大|高|重|少|小|低|轻)"


@dataclass(frozen=True)
class Ratio:
    """A proportion that is asked for: in numbers (parts), any that is stated, more for one payer than for
    another (more, less), a transfer between levels of a percentage, or a percentage of each payer."""

    parts: tuple[int, int] | None = None
    stated: bool = False
    more: str | None = None
    less: str | None = None
    transfer: float | None = None
    each: tuple[tuple[str, float], ...] = ()

    @property
    def said(self) -> bool:
        """Whether any is asked for."""
        return bool(self.parts or self.stated or self.more or self.transfer is not None or self.each)


def ratio_words(text: str, payers: list[Mention], percents: list[float]) -> Ratio:
    """The proportion that a question speaks of."""
    parts = None
    if match := re.search(r"(?<!\d)(\d{1,2})[：:∶比](\d{1,2})(?!\d)", text):
        parts = int(match[1]), int(match[2])
    elif match := re.search(rf"([{_DIGITS[1:]}])比([{_DIGITS[1:]}])", text):
        parts = _DIGITS.index(match[1]), _DIGITS.index(match[2])
    elif re.search(_HALVES, text):
        parts = 1, 1
    elif match := re.search(_TENTHS, text):
        a, b = _DIGITS.index(match[1]), _DIGITS.index(match[2])
        parts = (a, b) if a + b == 10 else None
    more = less = None
    for one, other in zip(payers, payers[1:], strict=False):
        match = re.match(_MORE, text[one.end :])
        if match and one.end < other.start < one.end + match.end() and one.key != other.key:
            more, less = (one.key, other.key) if match[1] in "多大高重" else (other.key, one.key)
    transfer = percents[0] if percents and "转移支付" in text else None
    each = []
    for m in payers:
        if match := re.match(_PERCENT, text[m.end :]):
            each.append((m.key, float(match[2]) if match[2] else 10.0 * _DIGITS.index(match[1])))
    if parts == (0, 0):
        parts = None
    return Ratio(parts, bool(re.search(_STATED, text)), more, less, transfer, tuple(each))
