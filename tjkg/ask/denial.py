"""Whether a word of a question is denied: 不是低保, 残疾证没有, not disabled."""

from __future__ import annotations

import re

__all__ = ["DENIED", "is_denied"]

# Right before a word: it is denied. Verbs of having may stand between (没拿着…, 不享受…).
DENIED = (
    r"(?:不是|并非|不属于|不算|没有|没|无|未|非|不)(?:也|都|曾|再|在|吃|拿|领|享受|获得|获|参加|办过?|办理|交过?|缴过?|有|得|评上|评|过|着|了|什么|任何|啥|嘛|取得|满足|持有|具有|具备|这个|是){0,3}$"
)
_DENIED_ENGLISH = r"(?:\b(?:not|no|without|never)|n't)\s(?:(?:a|an|any|have|has|having|been|get|receive|receiving|registered|on|in|the)\s){0,3}$"
# Right after a word up to the end of its clause: 残疾证没有, 国家助学金也没拿着.
_DENIED_AFTER = r"^(?:我|他|她)?(?:也|都|还|倒)?(?!没了$|没了[，。？！])(?:(?:没有|没|未)(?:我|他|她|拿|办|领|得|享受|批|评|下来|给|着|到|申请|上|了|有|过){0,3}|不(?:享受|享|领|拿|沾|给|参加|符合))$"
# What may stand between words that one negator denies: 不是低保也不是低收入, 非低保、低收入.
_JOINED = r"^(?:、|和|或|或者|也|又|跟|及|，也)$"
_CLAUSE_END = "[，。？！；]"


def is_denied(text: str, start: int, end: int, words: list[tuple[int, int]], deep: int = 0) -> bool:
    """Whether a negator stands before the word (or before words joined to it), or after it to the clause's end."""
    if re.search(DENIED, text[max(0, start - 8) : start]) or re.search(_DENIED_ENGLISH, text[max(0, start - 30) : start].lower()):
        return True
    rest = re.split(_CLAUSE_END, text[end:], maxsplit=1)[0]
    if len(rest) <= 8 and re.match(_DENIED_AFTER, rest):
        return True
    for a, b in words:
        if b < start and re.match(_JOINED, text[b:start]) and deep < 4:
            return is_denied(text, a, b, words, deep + 1)
    return False
