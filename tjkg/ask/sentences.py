"""Every sentence an answer is made of: Chinese that a clerk can read out, English beside it."""

from __future__ import annotations

from typing import Any

from tjkg.messages import Lang

__all__ = ["SENTENCES", "listed", "tell", "titles"]

# key → (zh, en)
SENTENCES: dict[str, tuple[str, str]] = {
    # refusals
    "empty": ("请说说您想问哪项公共服务、哪类人，或哪个指标。", "Please say which public service, group of people or indicator you ask about."),
    "too-long": ("问题太长了（超过{most}个字），请把要问的事用一两句话说。", "The question is too long (over {most} characters); please ask in a sentence or two."),
    "not-understood": ("没听明白要问哪项公共服务。可以这样问：{examples}", "I did not understand which public service is meant. You may ask: How much is the minimum living allowance? Who pays for it?"),
    "outside-place": ("这份规划只管{region}，没有写{place}的标准。", "This plan is about {region} only; it says nothing of {place}."),
    "outside-year": ("这份规划说的是{first}—{last}年，没有写{year}的标准。", "This plan covers {first} to {last}; it says nothing of {year}."),
    "outside-period": ("这份规划说的是“十四五”时期（{first}—{last}年），没有写“{period}”的内容。", "This plan covers {first} to {last}; it does not speak of {period}."),
    "outside-procedure": ("规划写的是服务对象、标准、出资和覆盖，没有写{what}；请向经办部门咨询。", "The plan states who, how much, who pays and coverage, not {what}; please ask the office in charge."),
    "outside-topic": ("规划没有写这件事。", "The plan does not speak of this."),
    "what-procedure": ("办理流程、材料和时限", "how to apply, papers or time limits"),
    "what-where": ("办理地点", "where to apply"),
    "what-phone": ("电话、网址等联系方式", "telephone numbers or websites"),
    "nearest": ("规划里最接近的是：{services}。", " The nearest in the plan: {services}."),
    "ask-service": ("您问的是哪一项服务？请说出名称，例如：{services}。", "Which service do you mean? For example: {services}."),
    "ask-who": ("请说说是什么人（年龄、户籍、低保或残疾等情况）。", "Please say who it is for (age, registration, income status, disability …)."),
    "which": ("“{text}”可能指：{services}。", "“{text}” may mean: {services}."),
    "ask-place": ("您问的是哪个领域或类别？规划的领域有：{places}。", "Which domain or category is meant? The domains are: {places}."),
    # money
    "amount": ("{service}：{amounts}。", "{service}: {amounts}."),
    "amount-rule": ("{service}：规划没有写具体数额，交由“{rule}”决定。", "{service}: the plan states no amount and leaves it to “{rule}”."),
    "amount-silent": ("{service}：规划没有写{what}。", "{service}: the plan does not state {what}."),
    "amount-said": ("原文只说：“{quote}”。", " It only says: “{quote}”."),
    "mentioned-only": ("规划只提到这件事，没有写数额（第{line}行）：“{quote}”", "The plan only mentions it, without an amount (line {line}): “{quote}”"),
    "colon": ("：", ": "),
    "what-charge": ("收多少钱", "what is charged"),
    "gap": ("相差", "difference"),
    "what-amount": ("具体数额", "an amount"),
    "what-this": ("“{text}”的数额或标准", "an amount for “{text}”"),
    "what-word": ("“{text}”", "“{text}”"),
    "what-rate": ("这个比例", "such a rate"),
    "in-kind": ("{service}：不发钱，提供的是：{items}。", "{service}: in kind: {items}."),
    "computed": ("按原文推算：{how} = {value}{unit}。", "By the plan: {how} = {value}{unit}."),
    "contributes": ("{payer}按{base}的{rate}", "{payer}: {rate} of “{base}”"),
    # payers
    "pays": ("{service}：{payers}。", "{service}: {payers}."),
    "pays-quote": ("原文：“{quote}”。", " The plan: “{quote}”."),
    "ratio-silent": ("分担比例规划没有写。", "The plan does not state the shares."),
    "what-paid": ("{payers}出资的服务", "Services paid by {payers}"),
    "what-services": ("服务", "Services"),
    "what-without": ("（{payers}不出资）", " (without {payers})"),
    "what-borne-alone": ("{payers}单独负担的服务", "Services that {payers} bears alone"),
    "what-shared": ("按{ratio}分担的服务", "Services shared {ratio}"),
    "what-printed": ("支出责任写明“{text}”的服务", "Services whose funding is stated as “{text}”"),
    "what-covered": ("覆盖水平符合“{level}”的服务", "Services whose coverage is “{level}”"),
    # tables
    "columns-amounts": ("服务|说明|数额|行", "service|case|amount|line"),
    "columns-indicators": ("指标|领域|{baseline}年|{target}年|属性", "indicator|domain|{baseline}|{target}|property"),
    "columns-services": ("服务|适用|类别", "service|applies|category"),
    "applies": ("可享受|看条件|人人可享", "entitled|depends|everybody"),
    "rows-service": ("服务对象|保障标准|支出责任|覆盖水平", "for whom|standard|funding|coverage"),
    # coverage, audience, place
    "coverage": ("{service}的覆盖水平：{text}。", "Coverage of {service}: {text}."),
    "audience": ("{service}的服务对象：{text}。", "{service} is for: {text}."),
    "place": ("{service}属于“{category}”类别、“{domain}”领域、“{section}”小类。", "{service}: category {category}, domain {domain}, section {section}."),
    "services-in": ("“{name}”有{count}项服务：{services}。", "{name} has {count} services: {services}."),
    "services-found": ("{what}共{count}项：{services}。", "{what}: {count}: {services}."),
    "services-none": ("没有找到{what}。", "Nothing found: {what}."),
    # people
    "gets": ("按所说情况，可以享受：{services}。", "From what was said, entitled to: {services}."),
    "may-get": ("看条件可以享受：{services}。", "Depending on more facts: {services}."),
    "all-get": ("人人可享：{services}。", "Open to everybody: {services}."),
    "named-for": ("专门面向{group}的服务：{services}。", "Services named for {group}: {services}."),
    "also": ("{group}满足其他条件时还有：{services}。", "If further conditions are met: {services}."),
    "need": ("还要知道：{facts}。", "Still needed: {facts}."),
    "eligible": ("能。{service}：所说情况符合规划的条件。", "Yes: what was said meets the conditions of {service}."),
    "ineligible": ("不能。{service}：{why}。", "No. {service}: {why}."),
    "depends": ("看情况。{service}：{why}。", "It depends. {service}: {why}."),
    "why-not-met": ("不符合“{quote}”", "“{quote}” is not met"),
    "why-missing": ("还要知道{facts}", "it turns on {facts}"),
    "why-rule": ("要按“{rule}”认定", "“{rule}” decides"),
    "why-silent": ("规划没有界定“{term}”", "the plan does not define “{term}”"),
    "why-reading": ("原文有两种读法：{readings}", "the plan can be read two ways: {readings}"),
    "only-audience": ("该服务面向：{text}", "the service is for: {text}"),
    # lists, counts, extremes
    "count-services": ("{what}共有{count}项服务。", "{what}: {count} services."),
    "count": ("{what}共{count}{unit}。", "{what}: {count}{unit}."),
    "extreme": ("{what}：{service}，{amount}。", "{what}: {service}, {amount}."),
    "extreme-domain": ("服务项目{most}的{kind}是“{name}”，{count}项。", "The {kind} with the {most} services is {name}: {count}."),
    "compared": ("{what}的有：{rows}。", "{what}: {rows}."),
    # indicators, tasks, text
    "indicator": ("{name}（{domain}，{property}）：{baseline_year}年{baseline}，{target_year}年目标{target}。", "{name} ({domain}, {property}): {baseline} in {baseline_year}, target {target} in {target_year}."),
    "indicator-note": ("注：{note}", "Note: {note}"),
    "indicators": ("{what}共{count}个：{names}。", "{what}: {count}: {names}."),
    "tasks": ("{domain}的{kind}共{count}项：{titles}。", "{kind} of {domain} ({count}): {titles}."),
    "agencies": ("{service}：{agencies}。", "{service}: {agencies}."),
    "agency-silent": ("规划没有写{service}由哪个部门主管。", "The plan does not say which department is in charge of {service}."),
    "agency-inferred": ("按{citation}推断：{agency}（推断，不是规划原文）。", " Inferred from {citation}: {agency} (not stated in the plan)."),
    "plan-says": ("规划原文（第{line}行）：“{quote}”", "The plan (line {line}): “{quote}”"),
    "definition": ("“{term}”：{quote}", "“{term}”: {quote}"),
    "no-definition": ("规划用了“{term}”这个词，但没有给出定义。", "The plan uses “{term}” and does not define it."),
    "difference": ("{rows}", "{rows}"),
    "differ-row": ("{service}——对象：{target}；标准：{standard}；出资：{funding}；覆盖：{coverage}", "{service} — for: {target}; standard: {standard}; funding: {funding}; coverage: {coverage}"),
}


# What a sentence ends with when a quotation that is filled in ends with it too.
_TWICE = (("。”。", "。”"), ("。。", "。"), ("；。", "。"))


def titles(key: str, lang: Lang, **values: Any) -> list[str]:
    """The titles of a table's columns or rows."""
    return tell(key, lang, **values).split("|")


def listed(names: list[str], lang: Lang) -> str:
    """Names in a row."""
    return ("、" if lang == "zh" else ", ").join(names)


def tell(key: str, lang: Lang, **values: Any) -> str:
    """The sentence of a key in a language, filled."""
    text = SENTENCES[key][0 if lang == "zh" else 1].format(**values)
    for twice, once in _TWICE:
        text = text.replace(twice, once)
    return text
