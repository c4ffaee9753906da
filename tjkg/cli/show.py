"""tjkg show: one service, each cell with its phrases and what they became."""

from __future__ import annotations

import argparse
from typing import Any

from tjkg.catalogue import show
from tjkg.cli.options import add_format, add_store, opened
from tjkg.cli.output import print_json, print_table
from tjkg.messages import Lang, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """SERVICE, --format, the store."""
    parser.add_argument("service", metavar="SERVICE", help="服务名称，或通常的叫法")
    add_format(parser, "text", "json")
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the service."""
    with opened(args) as store:
        found = show(store, args.service)
    if args.format == "json":
        print_json(found)
    else:
        _print(found, args.lang)
    return 0


def _print(service: dict[str, Any], lang: Lang) -> None:
    print(f"{service['name']}  {service['category'] or ''} · {service['domain']} · {service['section'] or ''}")
    for row in service["standards"]:
        if len(service["standards"]) > 1:
            print("\n" + say("row", lang, number=row["number"]))
        for key in ("target", "standard", "funding", "coverage"):
            merged = say("inherited", lang) if key in row["inherited"] else ""
            place = say("source-line", lang, line=row["places"][key]["line"])
            print(f"\n【{say(key, lang)}】{merged}{row[key]}  （{place}）")
            phrases = list(_phrases(service, row["number"], key))
            if phrases:
                print_table((say("phrase", lang), say("became", lang)), phrases)
    if service["agencies"]:
        print(f"\n【{say('agencies', lang)}】")
        for agency in service["agencies"]:
            basis = say(agency["basis"], lang)
            because = agency["citation"] or agency["quote"] or ""
            print(f"  {agency['name']}（{agency['role']}，{basis}：{because}）")


def _phrases(service: dict[str, Any], number: int, key: str) -> list[tuple[str, str]]:
    """(quote, what it became) of the nodes read from one cell."""
    found = []
    if key == "target":
        found += [(g, f"{g['name']} [{g['relation']}]") for g in service["groups"] if number in g["standard"]]
    if key == "standard":
        found += [(b, _amount(b)) for b in service["benefits"] if b["standard"] == number]
    if key == "funding":
        found += [(f, _payment(f)) for f in service["funding"] if number in f["standard"]]
    if key == "coverage":
        found += [(c, _target(c)) for c in service["coverage_targets"] if number in c["standard"]]
    if key in ("target", "standard"):
        cell = next(r["places"][key] for r in service["standards"] if r["number"] == number)
        found += [
            (x, _target(x)) for x in service["limits"]
            if number in x["standard"] and cell["start"] is not None and cell["start"] <= x["start"] < cell["end"]
        ]
    found.sort(key=lambda pair: (pair[0]["start"], pair[0]["end"]))
    return [(node["quote"], text) for node, text in found]


def _number(node: dict[str, Any]) -> str:
    if node.get("min") is not None or node.get("max") is not None:
        return f"{node.get('min')}–{node.get('max')}{node.get('unit') or ''}"
    if node.get("value") is None:
        return ""
    sign = "" if node.get("operator") in (None, "=") else node["operator"]
    return f"{sign}{node['value']}{node.get('unit') or ''}"


def _amount(b: dict[str, Any]) -> str:
    words = [b["item"], f"[{b['role']}]", b["condition"], b["recipient"], b["per"], b["period"], _number(b)]
    words += [f"= {b['derived']}" if b["derived"] else None, b["times"] and f"× {b['times']}", b["of"] and f"← {b['of']}"]
    words += [b["same_as"] and f"同 {b['same_as']}", b["follows"] and f"随 {b['follows']}", b["rule"] and f"→ {b['rule']}"]
    return " ".join(w for w in words if w)


def _payment(f: dict[str, Any]) -> str:
    share = f"{f['percent']}%" if f["percent"] is not None else None
    words = [f["payer"], f["role"], share, f["of"] and f"← {f['of']}", f["to"] and f"→ {f['to']}", f["pays_for"]]
    words += [f["condition"] and f"（{f['condition']}）", f["derived"] and f"= {f['derived']}"]
    return " ".join(w for w in words if w)


def _target(c: dict[str, Any]) -> str:
    return " ".join(w for w in (f"[{c['kind']}]", c.get("subject"), c.get("period"), _number(c)) if w)
