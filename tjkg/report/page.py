"""The plain page that reports stand on: one file, no script, readable on screen and on paper."""

from __future__ import annotations

from html import escape

from tjkg.messages import Lang

__all__ = ["page"]

_STYLE = """
:root { --ink:#222; --soft:#666; --line:#ddd; --paper:#fff; --lit:#e3f0e3; --gap:#ffe08a;
  --violation:#a4262c; --warning:#8a5a00; --information:#2b5c8a; }
* { box-sizing:border-box }
body { margin:0 auto; max-width:60rem; padding:2rem 1.25rem 4rem; color:var(--ink); background:var(--paper);
  font:16px/1.75 "Source Han Sans SC","Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif }
h1 { font-size:1.6rem; line-height:1.35; margin:0 0 .5rem } h2 { font-size:1.2rem; margin:2.5rem 0 .5rem }
h3 { font-size:1rem; margin:1.5rem 0 .25rem }
p { margin:.35rem 0 } .soft { color:var(--soft) } .num { font-variant-numeric:tabular-nums }
table { border-collapse:collapse; width:100%; margin:.75rem 0; font-size:.92rem }
th,td { border-bottom:1px solid var(--line); padding:.35rem .5rem; text-align:left; vertical-align:top }
th { color:var(--soft); font-weight:600 }
q { quotes:"“" "”" } a { color:inherit }
@media print { body { max-width:none; padding:0; font-size:11pt } h2,h3 { break-after:avoid }
  section,tr,li { break-inside:avoid } * { -webkit-print-color-adjust:exact; print-color-adjust:exact } }
"""


def page(title: str, body: str, lang: Lang, style: str = "") -> str:
    """A whole HTML document. title: plain text; body: markup; style: more CSS."""
    code = "zh-CN" if lang == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
