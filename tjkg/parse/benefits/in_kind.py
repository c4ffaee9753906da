"""Sentences that promise a thing or a service, told from those that only announce or aim."""

from __future__ import annotations

import re

from tjkg.parse.benefits.words import is_person

__all__ = ["adjusts", "aims", "counts", "dated", "in_kind_item", "is_case", "served", "serves"]

# 今后动态调整, 适时提高…标准, 随…调整: an announcement about amounts, no promise of its own.
_ADJUST = re.compile(
    r"(?:动态|适时|相应|及时|同步|今后|自然)[^，。]*(?:调整|提高|增长)|(?:适时|逐步|不断)(?:提高|调整)[^，。]*(?:标准|水平)?$"
    r"|^适时启动|^(?:并?随|下一步)|^根据[^，。]*(?:财力|水平|情况)$|标准$"
)
# 健全…制度, 扩大…范围: an aim for the system.
_AIM = re.compile(
    r"^(?:进一步|继续|持续|不断|逐步|稳步)*(?:健全|完善|扩大|提高|提升|巩固|加强|建立|推动)[^，。]*(?:制度|体系|机制|范围|水平|覆盖面|政策|措施)$"
)
# Verbs of doing with an object after them.
_SERVE = re.compile(
    r"(?:提供|实施|开展|组织|举办|免费|配备|建设|建立|安排|并举|放映|发放(?![^，]*(?:元|补贴|补助))|办理|实行|报告|筛查|转诊|免除|免收)[^，。的]{2,}|并举$"
)
_PASSIVE = re.compile(r"(?:的|后|时|者|下|内|提供|实施|开展|组织)$|均由|^由")
_LEAD = re.compile(
    r"^(?:免费|定期|规范|及时|全面|按规定|按照规定|同时|便民|统一)*(?:(?:为|向|对|面向)[^，。；]{2,30}?(?=免费|规范|定期|每[一-龥]{1,2}提供|提供|开展|实施|建立"
    r"|给予|进行|发放|每年|组织))?(?:免费|规范|定期|每孩次|全面|有序)*"
    r"(?:提供|开展|实施|建立|组织|举办|进行|发放|推进|办理)?"
)


def adjusts(text: str) -> bool:
    """Whether a chunk only says that amounts will be adjusted."""
    return _ADJUST.search(text) is not None


def aims(text: str) -> bool:
    """Whether a chunk only states an aim for the system."""
    return _AIM.search(text) is not None


def dated(text: str) -> bool:
    """Whether a chunk is no more than a span of time: 从2021年到2025年."""
    return re.fullmatch(r"从?[0-9]{4}年?[到至—][0-9]{4}年(?:底|末|期间)?", text) is not None


def serves(text: str) -> bool:
    """Whether a chunk promises to do something, and is no condition."""
    return _SERVE.search(text) is not None and (text.startswith("免费") or not _PASSIVE.search(text))


def counts(text: str) -> bool:
    """Whether a chunk only says how often: 每年救助一次, 每年不少于4场演出."""
    return re.search(r"每个?[年月周日季天学][^，。]{0,8}[0-9一两二三四五六]+[次场期部][^，。的]{0,8}$", text) is not None


_DONE_TO = re.compile(r"对(?P<what>[^，]+?)(?:实施|开展|进行)(?P<act>[^，]{2,8})$")  # 对食品药品开展监督检查
# A chunk that says in which case a service is given: 对…的, 灾后10小时内, 经个人申请.
_CASE = re.compile(r"(?:的|后|时|内|情况下|前提下|条件下)$|^经[^，]*(?:申请|同意|批准|评估|审核|审批|认定)$")
_SERVED = re.compile(
    r"^(?:免费|定期|规范|及时)*(?:为|向|对|面向)(?P<who>[^，。；、]{2,30}?(?:[、和及与][^，。；、]{2,20}?)*)"
    r"(?=免费|规范|定期|每[一-龥]{1,2}提供|提供|开展|实施|建立|给予|进行|发放|每年|每月|每周|组织|举办)"
)


def is_case(text: str) -> bool:
    """Whether a chunk only says in which case, or for which persons, what follows is given."""
    return _CASE.search(text) is not None or ("的" in text and is_person(text))


def served(text: str) -> str | None:
    """Whom a service is for: 为残疾的困境儿童提供… → 残疾的困境儿童; None when the words name no persons."""
    match = _SERVED.search(text)
    return match["who"] if match and is_person(match["who"]) else None


# A chunk that only says when, where, by what means or for whom.
_ADVERBIAL = re.compile(r"(?:的|后|时|下|内|方式|需求|优势|基础上|对象|申请|区|学生)$")


def in_kind_item(text: str) -> str:
    """What is provided: the object of the verb in the first chunk that is no circumstance."""
    pieces = text.split("，")
    main = next((p for p in pieces if not _ADVERBIAL.search(p)), pieces[-1])
    if (done := _DONE_TO.match(main)) and not is_person(done["what"]):
        return done["what"].rpartition("的")[2] + done["act"]
    rest = main[match.end() :] if (match := _LEAD.match(main)) else main
    later = pieces[pieces.index(main) + 1 :]
    if later and text.endswith("服务") and not any(_SERVE.search(p) for p in later):
        rest = "，".join([rest, *later])
    rest = re.sub(r"^可以?(?=按照)|^[0-9]+[次场部]", "", rest)
    return rest if len(rest) >= 2 else main
