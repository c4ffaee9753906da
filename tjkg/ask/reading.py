"""A question read: its words and what each was taken as, its numbers, and the cues that say what is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from tjkg.ask.lexicon import Mention
from tjkg.ask.normalise import clauses
from tjkg.ask.numbers import Number, numbers
from tjkg.ask.segment import Segmenter
from tjkg.ask.snapshot import Snapshot

__all__ = ["Reading", "read"]

# Mentions of these kinds may be mistyped; cues are too short to guess.
_SOUND_KINDS = frozenset({"service", "group", "indicator", "item", "word"})
# Cues that still count inside a longer cue of another kind (the 服务 of 哪些服务); 上哪 in 沾上哪些 does not.
_NESTED = frozenset("howmuch service-noun grant standard ratio vague-benefit pay section-noun self plan monthly yearly max min".split())
# Cues that make a clause a question.
_ASKS = (
    "money", "howmuch", "payer", "ratio", "split", "audience", "which-domain", "which-category", "which-section", "list",
    "can", "count", "which-extreme", "definition", "procedure", "where", "phone", "difference", "department", "about",
    "reimburse", "standard", "bindingness", "what",
)
# Forms of asking that no list of words can hold: cue and pattern.
_FORMS = (
    ("list", r"(?:能|可以)[\u4e00-\u9fff]{0,3}(?:什么|啥|嘛(?!$)|哪些)"),
    ("list", r"(?:能|可以?)[^，。？！多少几怎]{1,10}(?:什么|啥|哪些)(?:忙|呢|啊|呀)?(?![^？，。])"),
    ("howmuch", r"(?<![十好前这那])几(?:次|场|册|部|回|遍|天|小时|平米|名|户|张)"),
    ("can", r"有没有(?!什么|哪些|啥|嘛|其他|别的|人|谁|几|多)"),
    ("list", r"哪[一二两俩三仨四五六七八九十几](?:个|项|样|条|种|类|家|笔|块)?"),
    ("can", r"(?<![\u4e00-\u9fff]还有)([^是对好知出掏交缴付没拿])不\1"),
    ("can", r"(?:有|够|算|能|给|行|让|可以|符合|条件|资格|轮|享|管|收)[^，。？！；多少几谁哪啥什]{0,14}(?:吧|不|没有|没|么|咯|吗)？?$"),
    ("which-extreme", r"最[高低多少大小贵重轻厚][^，。？！；]{0,14}?(?:哪|是谁|什么|啥|叫|嘛)|(?:哪|是谁|什么|啥)[^，。？！；]{0,20}?最[高低多少大小贵重轻厚]"),
    ("each", r"([\u4e00-\u9fff]{2,4}?)的?[和跟与、及]非\1|非([\u4e00-\u9fff]{2,4}?)的?[和跟与、及]\2"),
    ("each", r"(?:几|多少)[^。？！多少几]{1,10}(?:又|再|另外|还)[^，。？多少几]{0,3}(?:几|多少)"),
    ("each", r"[\u4e00-\u9fff]{2,6}的[跟和与、][\u4e00-\u9fff]{2,6}的(?=都|各|分别|$|[，。？！])"),
    ("each", r"给[^，。？！]{1,6}(?:几|多少)[^，。？！]{0,2}[，？]给[^，。？！]{1,6}(?:几|多少)"),
    ("each", r"各(?:自|能|可|是|有|给|补|发|领|拿|得|为|需|享|发放|补助|补贴|资助|奖励)*(?:多少|几)"),
    ("list", r"(?:可|能)(?:以)?(?:享受?|申请|领取?|得到|获得)的(?=[^，。？！]{0,8}(?:服务|项目|政策|待遇|补贴|补助)|[？。]?$)"),
    ("list", r"列(?:了|有|出)(?:些|点)?(?:什么|哪些|啥|嘛)"),
    ("about", r"规划(?:里头|里|中|上)?(?:说|讲|提|写|定|要求)"),
    ("alone", r"(?:光|只|仅|就|单)(?:由|是|靠)?[^，。？！只有]{1,6}(?:一家|自己|单独)?(?:掏|出|负担|承担|拿|付)"),
    ("procedure", r"(?:办理|审批|受理|办结|审核)(?:时限|期限|时间)|(?:几|多少)个?工作日"),
    ("audience", r"(?:哪|几)[一两二三四几]?(?:种|类|样)人(?![员均])"),
    ("which-section", r"哪一?(?:分项|细类|子项|小项|细项|栏目|子目|条目|小节)|哪个(?:子目|分项|子项|细类)"),
    ("definition", r"(?:是|指|包括|包含|分)?哪几级|(?:中|里|文中|规划)?所(?:称|说|指)的?"),
    ("about", r"规划[^，。？！]{0,4}(?:有)?(?:嘛|啥|什么|何)(?:打算|说法|安排|计划|考虑|举措|动作|要求|部署)"),
    ("list", r"叫(?:嘛|啥|什么)(?:来着|名|名字|名儿)?(?![^？，。])"),
    ("list", r"还有(?:没有)?(?:别的|其他|其它|旁的)"),
    ("list", r"(?:管|给|帮|照顾|补|发|享受|领)[^，。？！多少几]{0,4}(?:点儿?|些)(?:嘛|啥|什么)(?![^？，。呢啊呀])"),
    ("list", r"(?:^|[，。？！]|这样的?|这种|情况|我们?|咱们?|俺们?|他们?|她们?|家|国家|政府)(?:能|都)?有没有(?:什么|嘛|啥)?(?:照顾|说法|政策|补助|补贴|帮助|救助|优待|待遇|福利|扶助|好处)(?![^？，。呢啊呀])"),
    ("payer", r"(?:钱|费|费用|经费|资金|款|开销|支出)[^，。？！多少几]{0,6}(?:哪儿?|哪里|谁|哪家|哪级|嘛人|怎么)[^，。？！]{0,4}(?:出|掏|拨|拿|付|缴|担|摊|解决|筹)(?:的|来|钱|呢|啊|呀)*(?![^？，。])"),
    ("payer", r"(?:哪儿|哪里|哪家|哪级|哪头|谁)[^，。？！]{0,3}(?:出|掏|拨|付)的?钱"),
    ("coverage", r"(?:给到|管到|做到|惠及|覆盖|普及|服务到|达到?)[^，。？！]{0,6}(?:多大比例|几成|百分之[几多])|(?:多大比例|几成|百分之(?:几|多少))的?(?:人群|人|对象|残疾人|老年人|儿童|孩子|家庭|患者|病人)"),
    ("payer", r"(?:中央|国家|市|区)(?:里|财政|级)*(?:给|出|掏|拿|负担|承担|兜)?还是[^，。？]{0,8}(?:出|掏|负担|承担|拿|给|兜)|谁(?:给|来)?兜|(?:归|由)(?:中央|市里?|区里?)还是"),
    ("which-extreme", r"最[多少大小]的?(?:那个|那一个|一个|是)?(?:领域|类别|大类|服务类别|一类|一章)"),
    ("which-extreme", r"排[在]?前[一二两三四五六七八九十\d]|前[二三五十\d]名|最[高低多少大小][的一][^，。？！；]{0,8}(?:是|有)？?$"),
)
# 占上哪几样 asks for no place; 以…为服务对象的 tells whom a service is for.
_NO_PLACE = r"[几些样个种项]"
_AS_AUDIENCE = r"(?:以|把|将)[^，。？！]{1,20}(?:为|作为|当作?)(?:主要|服务)?$"
# 哪些残疾人|服务 asks for services, not for whom.
_WHAT_OF = r"的?(?:基本)?(?:公共)?(?:服务(?!对象)|政策|待遇|项目|补贴|补助|救助|福利|优待)"
# 几块足球场 asks for no money: what follows is the thing counted.
_COUNTED = r"^[\u4e00-\u9fff](?<![钱元块吧呢啊来多一])"
# 工程 is part of a name (安居工程) after other characters than these (哪些工程, 保障工程).
_PART_OF_NAME = r"[\u4e00-\u9fff](?<![障点设些项个大么条类的有])$"
# Which of two mentions of the same characters is told first.
_RANK = {"service": 0, "item": 1, "indicator": 2, "group": 3, "word": 4, "category": 5, "domain": 5, "section": 5,
         "payer": 6, "agency": 7, "plain": 7, "place": 8, "cue": 9}
# Names of these kinds hold digits that are no numbers.
_NAMES = "service", "group", "indicator", "category", "domain", "section", "agency", "item", "word"


@dataclass
class Reading:
    """text: the normalised question; mentions: all names and words found; numbers: with units."""

    text: str
    mentions: list[Mention]
    numbers: list[Number]
    tokens: list[tuple[int, int, str]] = field(default_factory=list)

    def of(self, *kinds: str) -> list[Mention]:
        """The mentions of some kinds, in order."""
        return [m for m in self.mentions if m.kind in kinds]

    @cached_property
    def cues(self) -> dict[str, list[Mention]]:
        """Kind of cue → where it stands."""
        found: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            if mention.kind == "cue":
                found.setdefault(mention.key, []).append(mention)
        return found

    def has(self, *cues: str) -> bool:
        """Whether any of the cues is there."""
        return any(c in self.cues for c in cues)

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """(start, end) of the pieces between marks."""
        return clauses(self.text)

    @property
    def asks(self) -> bool:
        """Whether anything in it asks."""
        return self.has(*_ASKS)

    def clause(self, position: int) -> tuple[int, int]:
        """The piece a position stands in."""
        return next(((a, b) for a, b in self.clauses if a <= position < b), (0, len(self.text)))

    def part(self, start: int, end: int) -> Reading:
        """The reading of a stretch of the question only (positions stay)."""
        return Reading(
            self.text, [m for m in self.mentions if start <= m.start and m.end <= end],
            [n for n in self.numbers if start <= n.start and n.end <= end],
            [t for t in self.tokens if start <= t[0] and t[1] <= end],
        )

    def without(self, spans: list[tuple[int, int]]) -> Reading:
        """The reading without the words and groups that touch some stretches of the question."""
        kept = [
            m for m in self.mentions
            if m.kind not in ("word", "group") or not any(a < m.end and m.start < b for a, b in spans)
        ]
        return Reading(self.text, kept, self.numbers, self.tokens)

    def told(self) -> list[dict[str, object]]:
        """Which words were taken as what, for the answer's `reading`."""
        found: dict[tuple[int, int], Mention] = {}
        for m in sorted(self.mentions, key=lambda m: (m.kind == "cue", -m.length, _RANK.get(m.kind, 9))):
            if not any(a < m.end and m.start < b and (a, b) != (m.start, m.end) for a, b in found):
                found.setdefault((m.start, m.end), m)
        return [
            {"text": m.text, "kind": m.kind, "as": m.key.split("\t")[-1].rsplit("/", 1)[-1], "how": m.how}
            for _, m in sorted(found.items())
        ]


def _misled(m: Mention, text: str) -> bool:
    """Whether a cue asks something else where it stands: 占上哪|几样, 哪些残疾人|服务, 以…为|服务对象."""
    if m.kind != "cue":
        return False
    if m.key == "audience":
        return re.match(_WHAT_OF, text[m.end :]) is not None or re.search(_AS_AUDIENCE, text[: m.start]) is not None
    if m.key == "count":  # 这几个字
        return text[: m.start].endswith(("这", "那"))
    return m.key == "where" and m.text.endswith("哪") and re.match(_NO_PLACE, text[m.end :]) is not None


def _longest_names(found: list[Mention], text: str) -> list[Mention]:
    """Without names inside longer names of the same kind: 法律援助 in 残疾人法律援助.

    Words stay (本市中职学校 says where and which school); cues stay; whatever stands in an agency's name goes.
    """
    kept = []
    found = [m for m in found if not _misled(m, text)]
    for mention in found:
        rivals = {"service": ("service", "item"), "item": ("service", "item"), "word": (), "cue": ()}
        if mention.kind == "cue" and any(
            o.kind == "cue" and o.how != "gap" and o.key not in (mention.key, "money") and o.holds(mention)
            and (o.key == "none" or mention.key not in _NESTED) for o in found
        ):
            continue
        if mention.kind == "cue" and mention.key == "audience" and any(o.kind in ("service", "group") and o.holds(mention) for o in found):
            continue
        of = (*rivals.get(mention.kind, (mention.kind,)), *(("agency",) if mention.kind in ("word", "group") else ()))
        if not any(o.kind in of and o.holds(mention) and o.how != "gap" for o in found):
            kept.append(mention)
    return kept


def _forms(text: str, found: list[Mention]) -> list[Mention]:
    """Cues that a form of asking gives (A不A, 哪两个, …吧), none where a longer word already asks something else."""
    return [
        Mention(m.start(), m.end(), m[0], "cue", cue, "gap") for cue, pattern in _FORMS for m in re.finditer(pattern, text)
        if not any(o.kind == "cue" and o.key == cue and o.start < m.end() and m.start() < o.end for o in found)
    ]


def _along_words(found: list[Mention], tokens: list[tuple[int, int, str]]) -> list[Mention]:
    """Without what straddles two words of the segmentation: 居家 in 邻居｜家."""
    starts, ends = {t[0] for t in tokens}, {t[1] for t in tokens}
    inside = {(m.start, m.end): any(a <= m.start and m.end <= b for a, b, _ in tokens) for m in found}
    return [
        m for m in found
        if inside[m.start, m.end] or m.how in ("gap", "sound") or (m.start in starts and m.end in ends)
        or m.length > 2
    ]


def read(text: str, snapshot: Snapshot, segmenter: Segmenter) -> Reading:
    """A normalised question read.

    text: as `normalise` gives it; segmenter: cuts it into words.
    """
    tokens = segmenter.cut(text)
    found = _along_words(list(dict.fromkeys(snapshot.lexicon.exact(text))), tokens)
    found += snapshot.lexicon.by_sound(text, found, _SOUND_KINDS)
    found = [m for m in found if not (m.key == "can" and m.how == "gap" and m.text[-1] in "不么" and text[m.end : m.end + 1] not in "，。？！；")]
    found += _forms(text, found)
    found = _longest_names(found, text)
    found = [m for m in found if not (m.text in ("几块", "几百", "几千") and re.match(_COUNTED, text[m.end :]))]
    found = [m for m in found if not (m.key == "projects" and m.text == "工程" and re.search(_PART_OF_NAME, text[: m.start]))]
    found.sort(key=lambda m: (m.start, -m.length, _RANK.get(m.kind, 9)))
    masked = [(m.start, m.end) for m in found if m.kind in _NAMES and m.length > 2 and m.how != "gap"]
    return Reading(text, found, numbers(text, snapshot.units, masked), tokens)
