"""A query's result as a footnote that `tjkg cite --check` can reproduce."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from tjkg.cite import Footnote, result_hash
from tjkg.errors import InputError
from tjkg.messages import say
from tjkg.web.edition import EditionData
from tjkg.web.query_task import query
from tjkg.web.replies import Refused

__all__ = ["cite"]

_ROWS, _SIZE = 1_000_000, 64 * 1024 * 1024


def cite(edition: EditionData, args: dict[str, Any]) -> dict[str, Any]:
    """The footnote (keys of `tjkg cite --format json`) with its `text` for people, and `rows`.

    args: query, lang; the result is that of the edition in use.

    Raises:
        InputError: no read-only query, a wrong one, triples, or a result too large to cite.
    """
    text = str(args["query"])
    try:
        reply = query(edition, {
            "query": text, "result": "json", "graph": None, "rows": _ROWS, "size": _SIZE, "link": "/about#limits",
        })
    except Refused:
        raise InputError("只能引用 SELECT 和 ASK 的结果", cure="三元组请引用下载的数据") from None
    if reply.cut:
        raise InputError("结果太大，引用不了", cure=f"请缩小到 {_ROWS} 行以内")
    result = json.loads(reply.body)
    found = Footnote(
        edition.store.plan, edition.data, result_hash(result), ("query", "-e", text), edition.title,
        on=date.today().isoformat(), query=text,
    )
    told = say(
        "cite", "en" if args.get("lang") == "en" else "zh", title=found.title or found.plan, plan=found.plan, version="",
        on=found.on, line=found.line(),
    )
    return {**found.plain(), "rows": len(result.get("results", {}).get("bindings", [0])), "text": told}
