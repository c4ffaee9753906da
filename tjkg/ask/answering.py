"""A question answered: normalised, read, cut into its parts, matched with an intent, told with receipts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from tjkg.ask.answer import Answer, joined
from tjkg.ask.eligibility import Eligibility
from tjkg.ask.intents import INTENTS, LINE, ranked
from tjkg.ask.normalise import LONGEST, normalise
from tjkg.ask.passages import asked_words, numbered, passages
from tjkg.ask.question import Question
from tjkg.ask.reading import Reading, read
from tjkg.ask.refusals import elsewhere, refusal
from tjkg.ask.retrieve import grams
from tjkg.ask.segment import Segmenter
from tjkg.ask.sentences import tell
from tjkg.ask.snapshot import Snapshot
from tjkg.ask.unsure import beside, subject, unsure
from tjkg.ask.wanted import asked_unit
from tjkg.messages import Lang

__all__ = ["Asker", "ask"]

# A clause that only says how the answer is to be given, or of which field.
# A term quoted first, and then what it means: 老说“各级财政”，是哪几级.
_ONE_TERM = "“[^”]+”[^，。？！]{0,8}，[^，。？！]{0,6}(?:哪几级|什么意思|指什么|指的|啥意思|嘛意思)"
_MERELY = r"^规划(?:里|中)?有(?:准数|数|规定|说法|准谱儿?)(?:吗|没有|没|么)?$|^规划(?:里|中)?(?:写|说|提|规定)(?:了|没)?(?:吗|没有|没|么)?$|^(?:请|麻烦|给我|帮我|再)?(?:列|报一下|说说|数一数|讲讲)"
# What is asked is asked for each of the people told of.
_EACH_OF_THEM = "各|分别|[他她]俩|[他她]们俩|两人|老的小的|一老一小|一大一小"
_CERTAIN = 0.8  # of the asking words a guessed service holds so much when nothing is left to doubt
_SAYS = 8.0  # so rare must the words be that a sentence is told for them alone
_FEW = 5  # Chinese characters; a question of fewer that holds no known word says nothing


@dataclass
class Asker:
    """Answers questions from one snapshot; keeps what is costly to make."""

    snapshot: Snapshot
    _eligibility: Eligibility | None = field(default=None, repr=False)

    @cached_property
    def _segmenter(self) -> Segmenter:
        return Segmenter(self.snapshot.frequencies)

    @cached_property
    def eligibility(self) -> Eligibility:
        """Screening over the same store."""
        return self._eligibility or Eligibility(self.snapshot.store)

    def ask(self, question: str, lang: Lang = "zh") -> Answer:
        """The answer to a question as typed."""
        text = normalise(question)
        if len(text) > LONGEST:
            return self._asked_back("too-long", lang, most=LONGEST)
        if not re.search(r"[\u4e00-\u9fffA-Za-z]", text):
            return self._asked_back("empty", lang)
        reading = read(text, self.snapshot, self._segmenter)
        if not reading.mentions and len(re.findall(r"[\u4e00-\u9fff]", text)) < _FEW:
            return self._not_understood(lang)
        whole = Question(reading, self.snapshot, self.eligibility, lang)
        parts = self._parts(whole)
        found = joined([self._part(p) for p in parts]) if len(parts) > 1 else self._answer(whole)
        found.reading = reading.told()
        return found

    # ------------------------------------------------------------ parts

    def _part(self, q: Question) -> Answer:
        """The answer to a part, with whom it is about."""
        found = self._answer(q)
        if q.of:
            found.text = q.of + tell("colon", q.lang) + "\n" + found.text
        return found

    def _parts(self, whole: Question) -> list[Question]:
        """The questions of a sentence: a new one begins with a clause that asks something else."""
        reading = whole.reading
        if re.search(_ONE_TERM, reading.text):
            return [whole]
        if several := _several(reading):
            return [Question(r, self.snapshot, self.eligibility, whole.lang, of=who) for who, r in several]
        if named := _each_named(reading):
            return [Question(r, self.snapshot, self.eligibility, whole.lang) for r in named]
        pieces: list[list[int]] = []
        start = None
        for a, b in reading.clauses:
            start = a if start is None else start
            if pieces and re.match(_MERELY, reading.text[a:b]):
                pieces[-1][1], start = b, None
                continue
            if (reading.part(a, b).asks and not re.fullmatch("“[^”]*”", reading.text[a:b])) or (pieces and _elliptic(reading.text[a:b])):
                pieces.append([start, b])
                start = None
        if start is not None and pieces:
            pieces[-1][1] = reading.clauses[-1][1]
        if len(pieces) < 2:
            return [whole]
        parts: list[Question] = []
        kinds: list[str] = []
        for a, b in pieces:
            cut = _cut(reading, a, b)
            same = bool(parts) and not cut.asks and _elliptic(reading.text[a:b])
            q = Question(cut, self.snapshot, self.eligibility, whole.lang, parts[-1] if parts else None, same)
            kind = kinds[-1] if same else self._kind(q)
            if parts and kinds[-1] == "refusal" and not q.own_links.named and elsewhere(parts[-1]):  # 上海那边有没有，给多少: one place, one refusal
                continue
            if same and not _new_subject(q):
                continue
            if kind is None or (parts and kind == kinds[-1] and not _new_subject(q)):
                continue
            parts.append(q)
            kinds.append(kind)
        return parts if len(parts) > 1 else [whole]

    @staticmethod
    def _kind(q: Question) -> str | None:
        if refusal(q) is not None:
            return "refusal"
        best = ranked(q)
        if not best or best[0][0] < LINE:
            return "words" if q.own_links.named and q.reading.has("what", "howmuch", "procedure", "age") else None
        name = best[0][1].name
        return f"{name} {_aspect(q)}" if name == "indicator" else name

    # ------------------------------------------------------------ one question

    def _answer(self, q: Question) -> Answer:
        refused = refusal(q)
        if refused is not None:
            return refused
        best = ranked(q.before) if q.elliptic and q.before is not None else ranked(q)
        if not best or best[0][0] < LINE:
            return self._fallback(q)
        score, intent = best[0]
        if "service" in intent.needs and unsure(q, intent.name):
            return self._fallback(q)
        if (word := beside(q, intent.name)) is not None:
            return self._beside(q, word)
        found = intent.make(q)
        found.intent = intent.name
        found.confidence = _confidence(q, score, "service" in intent.needs)
        second = best[1] if len(best) > 1 else None
        if second and second[0] >= score - 0.5:
            found.alternatives.append({"intent": second[1].name, "example": second[1].example})
        if len(q.links.best) > 1 and not q.links.named:
            found.alternatives += [{"service": link.service} for link in q.links.best[1:]]
        return found

    def _beside(self, q: Question, word: str) -> Answer:
        """That the plan has the service, but nothing on what is asked of it."""
        from tjkg.ask.answers.silence import silent

        service = q.links.services[0]
        found = Answer(intent="beside", answered=False)
        found.name(service)
        found.text = silent(q, service, found, tell("what-word", q.lang, text=word))
        found.sparql = q.sparql("standards-of-service", service=service)
        return found

    def _fallback(self, q: Question) -> Answer:
        """No intent is sure: the plan's own words where they speak of it, else a question back."""
        from tjkg.ask.answers.money import for_person
        from tjkg.ask.answers.silence import mentioned, verbatim
        from tjkg.ask.answers.text import about, in_cells, overview

        if q.links.named and not q.reading.asks and _only_named(q):
            return overview(q)
        if q.links.named and (told := in_cells(q)) is not None:
            return told
        vague = grams(" ".join(m.text for m in q.reading.cues.get("vague-benefit", ())))
        asked = asked_words(q) - vague
        best = passages(q, asked, enough=0.6) if sum(map(self.snapshot.sentence_index.rarity, asked)) >= _SAYS else []
        if not q.reading.has("about") and (words := subject(q)):
            best = [s for s in best if any(g in s.text for w in words for g in grams(w))]
        if q.reading.has("money", "standard", "cap", "howmuch"):
            if not q.reading.has("money") and best and numbered(q, best[0].text):
                return about(q)
            if sentences := verbatim(q):
                return mentioned(q, sentences)
        elif best:
            return about(q)
        described = q.person.told > 1 and q.reading.has("money", "howmuch")
        if q.strong or described or not asked or (len(asked) < 3 and q.reading.has("vague-benefit", "money", "can")):
            found = Answer(intent="ask_back", answered=False, silence="not_said", confidence=0.0)
            near = q.links.services[:3] or for_person(q, [])
            names = near or self.snapshot.names[:3]
            found.alternatives = [{"service": s} for s in near]
            found.text = tell("ask-service", q.lang, services=q.listed(names))
            return found
        return self._not_understood(q.lang)

    def _asked_back(self, key: str, lang: Lang, **values: object) -> Answer:
        return Answer(intent="ask_back", answered=False, silence="not_said", text=tell(key, lang, **values), confidence=0.0)

    def _not_understood(self, lang: Lang) -> Answer:
        examples = "；".join(i.example for i in INTENTS if i.name in ("amount", "who_pays", "may_get"))
        found = self._asked_back("not-understood", lang, examples=examples)
        found.silence = "outside_plan"
        found.alternatives = [{"question": i.example} for i in INTENTS if i.name in ("amount", "who_pays", "may_get")]
        return found


def _confidence(q: Question, score: float, of_service: bool) -> float:
    """How sure the kind of question is (0 to 1), and the service where it is only guessed by its words."""
    sure = min(1.0, score / 8)
    if not of_service or q.links.named or not q.links.ranked:
        return sure
    return sure * min(1.0, q.links.ranked[0].score / _CERTAIN)


def _only_named(q: Question) -> bool:
    """Whether a question is little more than a service's name (and the case it is about)."""
    held = [m for m in q.reading.mentions if m.kind in ("service", "item", "group", "word")]
    left = sum(1 for i in range(len(q.reading.text)) if not any(m.start <= i < m.end for m in held))
    return left <= 6


def _new_subject(q: Question) -> bool:
    """Whether a part that asks the same as the one before asks it of something else."""
    before = q.before
    if before is None:
        return True
    own = q.own_links.services
    other = bool(own) and own[0] not in before.links.services[:1] and (bool(q.own_links.named) or bool(q.groups) or q.elliptic)
    mine, theirs = q.own_links.ranked[:1], before.links.best[:1]
    other = other or bool(mine and theirs and q.own_links.clear and mine[0].service != theirs[0].service)
    return other or bool(q.named("category", "section", "indicator")) or _other_item(q, before) or _other_unit(q, before)


def _other_item(q: Question, before: Question) -> bool:
    """Whether another benefit of the same service is named: 助餐补贴多少，运营补贴又是多少."""
    mine, theirs = ({m.text for m in x.reading.of("item")} for x in (q, before))
    return bool(mine and theirs and not mine & theirs)


def _other_unit(q: Question, before: Question) -> bool:
    """Whether something else is counted: 每月放几场，一学期看几部."""
    return asked_unit(q) != asked_unit(before)


def _aspect(q: Question) -> str:
    """What of an indicator is asked: its field, its property, or its value."""
    return "field" if q.reading.has("which-domain", "belongs") else "property" if q.reading.has("bindingness") else "value"


def _several(reading: Reading) -> list[tuple[str, Reading]]:
    """(who, the reading for them) of a question about several people: 我奶奶七十，侄女两岁，各有哪些服务."""
    asking = [(a, b) for a, b in reading.clauses if reading.part(a, b).asks]
    if len(asking) != 1 or not re.search(_EACH_OF_THEM, reading.text[slice(*asking[0])]):
        return []
    told = [
        (m.start() + a, m.end() + a) for a, b in reading.clauses if (a, b) != asking[0]
        for m in re.finditer("[^、]+", reading.text[a:b])
    ]
    if apart := re.search("([^，。？！]+?)[与和跟及]([^，。？！]+?)(?=分别(?:可|能|享|有哪))", reading.text):
        sides = [(apart.start(1), apart.end(1)), (apart.start(2), apart.end(2))]
        if all(reading.part(*s).of("group", "word") for s in sides) and asking[0][0] <= sides[0][0]:
            rest = (sides[1][1], asking[0][1])
            return [(reading.text[slice(*s)], _only(reading, [s, rest])) for s in sides]
    people = [(a, b) for a, b in told if any(reading.part(a, b).has(k) for k in ("parent", "child", "other", "self"))]
    if len(people) < 2 or people != told:
        return []
    return [(reading.text[slice(*p)], _only(reading, [p, asking[0]])) for p in people]


def _each_named(reading: Reading) -> list[Reading]:
    """The readings of a question about several things named in a row, one for each: 助学金和学前资助的标准各是多少."""
    named = [m for m in reading.of("service", "indicator") if m.how == "name" and m.length > 3]
    named = [m for i, m in enumerate(named) if not any(o.start == m.start and o.end == m.end for o in named[:i])]
    joined = all(re.fullmatch("[和跟与及、]", reading.text[a.end : b.start]) for a, b in zip(named, named[1:], strict=False))
    if len({m.key for m in named}) < 2 or len(named) > 3 or not joined or not re.search("各|分别", reading.text):
        return []
    return [_only(reading, [(0, named[0].start), (m.start, m.end), (named[-1].end, len(reading.text))]) for m in named]


def _only(reading: Reading, spans: list[tuple[int, int]]) -> Reading:
    """The reading of some stretches of a question, the rest left blank."""
    text = "".join(c if any(a <= i < b for a, b in spans) or c in "，。？" else " " for i, c in enumerate(reading.text))
    parts = [reading.part(a, b) for a, b in spans]
    return Reading(text, [m for p in parts for m in p.mentions], [n for p in parts for n in p.numbers], [t for p in parts for t in p.tokens])


def _elliptic(text: str) -> bool:
    """Whether a clause only names another subject: 中专的呢."""
    return text.endswith("呢") and len(text) <= 14


def _cut(reading: Reading, start: int, end: int) -> Reading:
    """A part of a question read as if it stood alone."""
    part = reading.part(start, end)
    return Reading(reading.text[:end] if start == 0 else " " * start + reading.text[start:end], part.mentions, part.numbers, part.tokens)


def ask(snapshot: Snapshot, question: str, lang: Lang = "zh") -> dict[str, object]:
    """The answer to a question as the keys of `tjkg ask --format json`.

    snapshot: of the edition asked; question: as typed, anything at all.
    """
    return Asker(snapshot).ask(question, lang).json(question)
