"""Numbers, benefits and payments as phrases."""

from __future__ import annotations

from typing import Any

__all__ = ["amount", "number", "payment", "share_of", "target", "value_object"]

Json = dict[str, Any]
_SIGNS = {">=": "不低于", "<=": "不超过", ">": "超过", "<": "低于", "~": "约"}


def plain(value: Any) -> str:
    """1200.0 → 1200."""
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def number(node: Json) -> str:
    """不低于312元; 430—6870元; the printed words when there is no value."""
    unit = node.get("unit") or ""
    if node.get("value") is None:
        if node.get("min") is not None or node.get("max") is not None:
            return node.get("text") or f"{plain(node['min'])}—{plain(node['max'])}{unit}"
        return str(node.get("text") or "")
    sign = _SIGNS.get(node.get("operator") or "=", "")
    return f"{sign}{plain(node['value'])}{unit}"


def amount(b: Json, service: str) -> str:
    """A benefit as a phrase: 农村特困人员集中供养每人每月1870元; an item with its service's name is not said again."""
    lead = b["condition"] or b["recipient"] or ""
    if b["recipient"] and b["condition"] and b["recipient"] not in b["condition"] and b["condition"] not in b["recipient"]:
        lead = f"{b['recipient']}（{b['condition']}）"
    per = "".join(x for x in (b["per"], b["period"]) if x)
    if b["role"] == "threshold":
        return f"{lead}分界线{number(b)}"
    if b["role"] == "cap" and b["times"] and not b["derived"]:
        return f"{lead}{b['text']}{b['times']}"
    name = b["item"] if b["item"] and b["item"] not in lead and b["item"] != service else ""
    said = number(b)
    if b["role"] == "rate":
        name = f"{name}{'按' + b['of'] + '的' if b['of'] else ''}"
    if b["bracket"] and (b.get("currency") or b["role"] == "rate"):  # an age is said already
        lead = _bracket(b) + lead
    if b["derived"]:
        said += f"（{b['derived']}）"
    parts = [p for p in (lead, name, per + said) if p]
    return ("，".join(parts) if len(lead) > 12 else "".join(parts)).replace("的，", "的")


def _bracket(b: Json) -> str:
    """2万元以下部分."""
    low, high = b["bracket"]["from"], b["bracket"]["to"]
    unit = "元" if b["role"] in ("rate",) else ""
    if low is None and high is not None:
        return f"{plain(high)}{unit}以下部分"
    if high is None and low is not None:
        return f"{plain(low)}{unit}以上部分"
    return ""


def payment(f: Json) -> str:
    """A payment as a phrase: 市财政负担40%."""
    lead = "".join(x for x in (f["pays_for"], f"（{f['condition']}）" if f["condition"] else "") if x)
    share = f"{plain(f['percent'])}%" if f["percent"] is not None else ""
    to = f"给{f['to']}" if f["to"] else ""
    of = f"（{f['of']}中）" if f["of"] else ""
    return f"{lead}{of}{f['payer']}{f['role']}{to}{share}"


def share_of(f: Json) -> Json:
    """A share as the answer's `shares` has it."""
    return {"payer": f["payer"], "percent": f["percent"], "condition": f["condition"]}


def target(c: Json) -> str:
    """A coverage target as printed."""
    return str(c.get("text") or c.get("quote") or number(c))


def value_object(service: str, node: Json) -> Json:
    """A quantity as the answer's `values` has it."""
    return {**node, "service": service}
