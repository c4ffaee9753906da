"""Numbers, benefits and payments as English phrases; the plan's own words stay Chinese, in quotation marks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tjkg.ask.answers.wording import plain

__all__ = ["amount", "number", "payment"]

Json = dict[str, Any]
_SIGNS = {">=": "at least ", "<=": "at most ", ">": "over ", "<": "under ", "~": "about "}
_UNITS = {"元": " yuan", "%": "%", "个月": " months", "倍": " times"}
# Of whom and how often, as plans write it.
_PER = {"每人": "a person", "每生": "a student", "每户": "a household", "每餐": "a meal"}
_PERIOD = {"每月": "a month", "每年": "a year", "一次性": "once", "每天": "a day", "每学期": "a term"}
_ROLES = {
    "负担": "bears the cost", "共同负担": "shares the cost", "适当补助": "gives appropriate subsidies", "缴费": "contributes",
    "转移支付补助": "subsidises by transfer payment", "支付": "pays", "补贴": "subsidises", "政策支持": "gives policy support",
}


def number(node: Json) -> str:
    """at least 312 yuan; 430–6870 yuan; the printed words when there is no value."""
    raw = node.get("unit") or ""
    unit = _UNITS.get(raw, raw and f" “{raw}”")
    if node.get("value") is not None:
        return f"{_SIGNS.get(node.get('operator') or '=', '')}{plain(node['value'])}{unit}"
    if node.get("min") is not None and node.get("max") is not None:
        return f"{plain(node['min'])}–{plain(node['max'])}{unit}"
    return f"“{node.get('text') or node.get('quote') or ''}”"


def amount(b: Json) -> str:
    """1,870 yuan a person a month (“农村特困人员集中供养”)."""
    words = [number(b)]
    words += [table.get(b[key], f"“{b[key]}”") for key, table in (("per", _PER), ("period", _PERIOD)) if b.get(key)]
    if b["role"] == "threshold":
        words.insert(0, "threshold:")
    if b.get("of"):
        words.append(f"of “{b['of']}”")
    case = list(dict.fromkeys(b[k] for k in ("recipient", "condition", "item") if b.get(k)))
    if b.get("bracket"):
        case.insert(0, _bracket(b["bracket"]))
    text = " ".join(words)
    if b.get("derived"):
        text += f" = {b['derived']}"
    return f"{text} ({'; '.join(f'“{c}”' for c in case)})" if case else text


def _bracket(bracket: Json) -> str:
    low, high = bracket["from"], bracket["to"]
    return " – ".join(x for x in (plain(low) if low is not None else "…", plain(high) if high is not None else "…"))


def payment(f: Json, called: Callable[[str], str]) -> str:
    """city finance gives transfer payments, 40% (“…”).

    called: the English name of a payer.
    """
    share = f", {plain(f['percent'])}%" if f["percent"] is not None else ""
    to = f" to {called(f['to'])}" if f["to"] else ""
    case = [f[k] for k in ("pays_for", "condition", "of") if f[k]]
    why = f" ({'; '.join(f'“{c}”' for c in case)})" if case else ""
    return f"{called(f['payer'])} {_ROLES.get(f['role'], f['role'])}{to}{share}{why}"
