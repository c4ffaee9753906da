"""How many, and the most or least: counts and extremes of services, indicators, tasks."""

from __future__ import annotations

import re
from typing import Any

from tjkg.ask.answer import Answer
from tjkg.ask.answers.cases import cases
from tjkg.ask.answers.phrases import amount, join
from tjkg.ask.answers.silence import silent
from tjkg.ask.answers.wording import target, value_object
from tjkg.ask.question import Question
from tjkg.ask.sentences import listed, tell
from tjkg.parse.text.numerals import to_decimal

__all__ = ["counts", "extremes"]

Json = dict[str, Any]
# Words of a question for the total of all services.
_TOTAL = "统共|拢共|规划里头|规划里|规划|老百姓|百姓|群众|市民|咱们?|我们|居民|给|国家|提出|规定|明确|列入|设定|纳入|确定|一共|总共|合计|共有|总的|全部|所有|基本|公共|天津市?|本市|标准|里面|里头|当中|到底|究竟|列了|列出|包含|包括|涉及|现在|目前|请问|文件|体系|提供|政府|这份|这个"
# Characters of a word that tells what kind of benefit is compared.
_KIND = 3


def counts(q: Question) -> Answer:
    """How many services, domains, categories, indicators, tasks or projects."""
    found = Answer(intent="count")
    r, cat = q.reading, q.snapshot.catalogue
    places = q.places
    domain = next((n for k, n in places if k == "domain"), None)
    what, unit = "", "项"
    if r.has("indicator", "bindingness"):
        items = [i["name"] for i in cat["indicators"] if _property(q) in (None, i["property"]) and domain in (None, i["domain"])]
        what, unit = f"{domain or ''}{_property(q) or '主要发展'}指标", "个"
        found.sparql = q.sparql("all-indicators")
    elif r.has("tasks", "projects"):
        key = "tasks" if r.has("tasks") else "projects"
        items = [t["title"] for t in cat[key] if domain in (None, t["domain"])]
        what = f"{domain or '规划'}的{'重点任务' if key == 'tasks' else '保障工程'}"
        found.sparql = q.sparql("tasks-of-domain", domain=domain) if domain else ""
    elif q.payers:
        from tjkg.ask.answers.funding import services_of_payer

        return services_of_payer(q)
    elif places:
        kind, name = places[0]
        items, what = [n for n, s in q.snapshot.services.items() if s[kind] == name], f"“{name}”"
        found.name(*items)
        found.sparql = q.sparql("all-services")
    elif _asks(q, ("领域",)):
        items, what, unit = list(dict.fromkeys(s["domain"] for s in cat["services"])), "服务领域", "个"
    elif _asks(q, ("类别", "大类", "几类", "多少类")):
        items, what, unit = list(dict.fromkeys(s["category"] for s in cat["services"])), "服务类别", "个"
    elif q.groups and not r.has("plan"):
        from tjkg.ask.answers.people import services_for

        counted = services_for(q)
        counted.intent, counted.count = "count", len(counted.services)
        return counted
    elif _of_something(q):
        found.answered, found.silence = False, "not_said"
        found.text = tell("ask-place", q.lang, places=listed(list(dict.fromkeys(s["domain"] for s in cat["services"])), q.lang))
        return found
    else:
        items, what = q.snapshot.names, "规划的基本公共服务"
        found.sparql = q.sparql("all-services")
    found.count = len(items)
    found.values = [{"value": len(items), "unit": unit, "service": None}]
    key = "count-services" if items and items[0] in q.snapshot.services else "count"
    found.text = tell(key, q.lang, what=what, count=len(items), unit=unit)
    if len(items) <= 30:
        found.text = found.text.rstrip("。.") + "：" + q.listed(items) + "。"
    return found


def _asks(q: Question, words: tuple[str, ...]) -> bool:
    return any(w in q.reading.text for w in words)


def _of_something(q: Question) -> bool:
    """Whether the question speaks of a part of the plan that is not found in it (金融那块有几项服务)."""
    left = [m.text for kind in ("count", "list", "service-noun", "section-noun", "plan") for m in q.reading.cues.get(kind, ())]
    text = q.reading.text
    for word in sorted(left, key=len, reverse=True):
        text = text.replace(word, " ")
    return any(len(c) >= 2 for c in re.findall(r"[\u4e00-\u9fff]+", re.sub(_TOTAL, " ", text)))


def _property(q: Question) -> str | None:
    if "还是" in q.reading.text:
        return None
    return next((p for p in ("约束性", "预期性") if p in q.reading.text), None)


def extremes(q: Question) -> Answer:
    """The most or least: of money a head and month, at once, of coverage, of services in a domain; or all
    beyond a sum."""
    found = Answer(intent="extreme")
    r = q.reading
    most = not r.has("min") or r.has("max")
    if r.has("which-domain", "which-category") or _asks(q, ("领域", "类别", "一类", "哪类", "大类", "九类")):
        return _fullest(q, found, most)
    if re.search(r"年龄|岁数|年纪|周岁", r.text):
        return _oldest(q, found, most)
    if not r.has("coverage") and (alike := _alike_indicators(q)):
        return _of_indicators(q, found, alike, most)
    if q.own_links.named and not _asks(q, ("哪项服务", "哪个服务")):
        return _within_service(q, found, most)
    if r.has("coverage"):
        pool = [(c["value"], n, c) for n, s in q.snapshot.services.items() for c in s["coverage_targets"]
                if c["value"] is not None and c["unit"] == "%" and "覆盖率" in (c["quote"] or "")]
    else:
        pool = [(b["value"], n, b) for n, s in q.snapshot.services.items() for b in s["benefits"] if _comparable(q, b)]
        pool = [p for p in _of_kind(q, pool) if not q.themes or {q.service(p[1])[k] for k in ("domain", "category", "section")} & q.themes]
    first = re.search(r"前([一二两三四五六七八九十]|\d+)", r.text)
    bound = next((n for n in r.numbers if n.operator in (">", ">=", "<", "<=") and n.unit in ("元", None, "%")), None)
    if bound is not None:
        compare = {">": lambda v: v > bound.value, ">=": lambda v: v >= bound.value, "<": lambda v: v < bound.value, "<=": lambda v: v <= bound.value}
        kept = sorted((p for p in pool if compare[bound.operator](p[0])), key=lambda p: -p[0])
    elif first and pool:
        ranks = sorted({p[0] for p in pool}, reverse=most)[: int(to_decimal(first[1]))]
        kept = sorted((p for p in pool if p[0] in ranks), key=lambda p: -p[0] if most else p[0])
    elif pool:
        best = (max if most else min)(p[0] for p in pool)
        kept = [p for p in pool if p[0] == best]
    else:
        kept = []
    for _, name, node in kept:
        found.name(name)
        found.values.append(value_object(name, node))
        found.cite(node, name)
    what = r.text.rstrip("？。")
    rows = join(q, [f"{q.called(name)}（{amount(q, node, name) if 'item' in node else target(node)}）" for _, name, node in kept])
    found.answered = bool(kept)
    found.text = tell("compared", q.lang, what=f"“{what}”", rows=rows) if kept else tell("services-none", q.lang, what=f"“{what}”")
    found.count = len(found.services)
    found.sparql = q.sparql("coverage-of-services") if r.has("coverage") else q.sparql("highest-monthly")
    return found


def _alike_indicators(q: Question) -> list[Json]:
    """The indicators of one measure that are compared: those with the longest ending that the question has too (参保人数)."""
    best: list[Json] = []
    longest = _KIND
    for i in q.snapshot.catalogue["indicators"]:
        tail = next((i["name"][k:] for k in range(len(i["name"])) if i["name"][k:] in q.reading.text), "")
        if len(tail) > longest:
            best, longest = [i], len(tail)
        elif len(tail) == longest and best:
            best.append(i)
    return best if len(best) > 1 else []


def _of_indicators(q: Question, found: Answer, alike: list[Json], most: bool) -> Answer:
    """The indicator with the highest (or lowest) value of the year asked about."""
    end = "baseline" if q.reading.has("baseline") and not q.reading.has("target") else "target"
    known = [i for i in alike if i[end]["value"] is not None]
    best = (max if most else min)((i[end]["value"] for i in known), default=None)
    kept = [i for i in known if i[end]["value"] == best]
    for i in kept:
        found.values.append({"value": best, "unit": i["unit"], "service": None, "indicator": i["name"], "year": i[end]["year"]})
        found.cite(i[end], None)
    rows = join(q, [f"{i['name']}（{i[end]['text']}{i['unit'] or ''}）" for i in kept])
    found.answered = bool(kept)
    found.text = tell("compared", q.lang, what=f"“{q.reading.text.rstrip('？。')}”", rows=rows)
    found.sparql = q.sparql("all-indicators")
    return found


def _oldest(q: Question, found: Answer, most: bool) -> Answer:
    """The service with the highest (or lowest) age from which something is given."""
    groups = [q.snapshot.below(g) for g in q.groups]
    pool: list[tuple[int, str, Json]] = []
    for name, s in q.snapshot.services.items():
        if any(not {g["name"] for g in s["groups"]} & kinds for kinds in groups):
            continue
        nodes = [row["places"]["target"] for row in s["standards"]] + s["benefits"]
        for node in nodes:
            said = f"{node.get('quote') or ''}{node.get('condition') or ''}"
            pool += [(int(m[1]), name, node) for m in re.finditer(r"(?<![至\-—到\d])(\d{1,3})周?岁(?!以下|（不?含）以下|至|-)", said)]
    best = (max if most else min)((p[0] for p in pool), default=None)
    kept = [p for p in pool if p[0] == best]
    for _, name, node in kept:
        found.name(name)
        found.cite(node, name)
    found.answered = bool(kept)
    what = f"“{q.reading.text.rstrip('？。')}”"
    rows = join(q, list(dict.fromkeys(f"{q.called(name)}（{node.get('condition') or node['quote']}）" for _, name, node in kept)))
    found.text = tell("compared", q.lang, what=what, rows=rows) if kept else tell("services-none", q.lang, what=what)
    found.count, found.sparql = len(found.services), q.sparql("all-services")
    return found


def _comparable(q: Question, b: Json) -> bool:
    """Sums of money that a person (or what is asked for) gets, in the period asked for."""
    if b["currency"] != "元" or b["value"] is None or b["role"] not in ("grant", "floor", "average", "cap"):
        return False
    r = q.reading
    if r.has("monthly"):
        return bool(b["period"] == "每月" or (b["per"] or "").endswith("月"))
    if r.has("yearly"):
        return bool(b["period"] == "每年")
    if r.has("once"):
        return bool(b["period"] == "一次性")
    return True


def _of_kind(q: Question, pool: list[Any]) -> list[Any]:
    """Of the kind asked for: what is called so (助学金), of the group named, to single people."""
    if said := _kind_said(q, pool):
        pool = [p for p in pool if said in p[1] or said in (p[2]["item"] or "")]
    elif q.groups:
        kinds = set().union(*(q.snapshot.below(g) for g in q.groups))
        pool = [p for p in pool if {g["name"] for g in q.service(p[1])["groups"]} & kinds] or pool
    text = q.reading.text
    if "每人" in text or "个人" in text:  # what a household or a base gets is no sum a head
        kept = [p for p in pool if p[2]["per"] in ("每人", "每生") or (p[2]["period"] == "一次性" and not p[2]["per"])]
        return kept or pool
    return pool


def _kind_said(q: Question, pool: list[Any]) -> str:
    """The longest word of the question that services or benefits are called by; none that only asks or means everything."""
    names = {n for _, name, b in pool for n in (name, b["item"]) if n}
    held = [m for m in q.reading.mentions if m.kind == "cue" or m.kind in ("group", "payer")]
    text, best = q.reading.text, ""
    for start in range(len(text)):
        for end in range(start + max(_KIND, len(best) + 1), len(text) + 1):
            if not any(text[start:end] in n for n in names):
                break
            if not any(m.start <= start and end <= m.end for m in held):
                best = text[start:end]
    return best


def _fullest(q: Question, found: Answer, most: bool) -> Answer:
    key = "category" if q.reading.has("which-category") or ("类" in q.reading.text and "领域" not in q.reading.text) else "domain"
    sizes: dict[str, int] = {}
    for s in q.snapshot.services.values():
        if s[key]:
            sizes[s[key]] = sizes.get(s[key], 0) + 1
    best = (max if most else min)(sizes.values())
    names = [n for n, c in sizes.items() if c == best]
    found.count = best
    found.text = "".join(
        tell("extreme-domain", q.lang, most="最多" if most else "最少", kind="类别" if key == "category" else "领域", name=n, count=best)
        for n in names
    )
    found.sparql = q.sparql("all-services")
    return found


def _within_service(q: Question, found: Answer, most: bool) -> Answer:
    service = q.links.services[0]
    found.name(service)
    benefits = [b for b in q.service(service)["benefits"] if b["value"] is not None and b["role"] != "threshold"]
    percent = q.reading.has("ratio", "reimburse")
    pool = [b for b in benefits if (b["unit"] == "%") == percent and (percent or b["currency"])] or benefits
    if percent:
        pool = [b for b in pool if b["value"] < 100 or len(pool) == 1] or pool
    else:
        pool = cases(q, service, pool)
    best = (max if most else min)((b["value"] for b in pool), default=None)
    kept = [b for b in pool if b["value"] == best]
    for b in kept:
        found.values.append(value_object(service, b))
        found.cite(b, service)
    found.text = tell("amount", q.lang, service=q.called(service), amounts=join(q, [amount(q, b, service) for b in kept]))
    found.answered = bool(kept)
    if not kept:
        found.text = silent(q, service, found, tell("what-amount", q.lang))
    found.sparql = q.sparql("amounts-of-service", service=service)
    return found

