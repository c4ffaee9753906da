"""A canonical text as a government web page: GB18030, layout tables in layout tables, menus, scripts."""

from __future__ import annotations

from html import escape
from pathlib import Path

from tests.forms import Cells, pieces

__all__ = ["page", "save_html"]

_HEAD = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<title>政府文件_政务公开</title><style>.x{{color:red}}</style>
<script type="text/javascript">if (a < b) document.write("<td>广告</td>");</script></head>
<body><div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li>
</ul></div>
<table width="100%"><tr><td colspan="2" class="position">当前位置：<a href="/">首页</a> &gt; 文件</td></tr>
<tr><td width="20%"><table><tr><td><a href="/1">机构</a></td></tr><tr><td><a href="/2">法规</a></td></tr>
</table></td>
<td><table cellpadding="0"><tr><td><div id="zoom">
{body}
</div></td></tr></table></td></tr></table>
<div style="display:none">不显示的文字。不显示的文字。</div>
<div class="footer"><p>主办：政府办公室　网站标识码 0000000000</p>
<p>版权所有。未经书面许可不得转载。</p></div>
</body></html>"""


def _inline(text: str) -> str:
    """Text as HTML: every blank that a browser would swallow as &nbsp;."""
    return escape(text).replace(" ", "&nbsp;")


def _cell(text: str, spans: str) -> str:
    lines = "<br />".join(_inline(line) for line in text.split("\n"))
    return f"<td{spans}>\n  <p>{lines}</p>\n</td>"


def _table(cells: Cells) -> str:
    covered: set[tuple[int, int]] = set()
    rows = []
    for i, row in enumerate(cells.rows):
        if len(row) == 1:
            rows.append(f'<tr><td colspan="{cells.width}"><strong>{_inline(row[0])}</strong></td></tr>')
            continue
        columns = []
        for j, text in enumerate(row):
            if (i, j) in covered:
                continue
            down = cells.merged_down(i, j) if i else 0
            covered |= {(i + k, j) for k in range(1, down + 1)}
            columns.append(_cell(text, f' rowspan="{down + 1}"' if down else ""))
        rows.append("<tr>" + "".join(columns) + "</tr>")
    return '<table border="1"><tbody>' + "\n".join(rows) + "</tbody></table>"


def page(text: str) -> str:
    """The text as the HTML of a page."""
    body = []
    for piece in pieces(text):
        body.append(_table(piece) if isinstance(piece, Cells) else f"<p>{_inline(piece) or '&nbsp;'}</p>")
    return _HEAD.format(body="\n".join(body))


def save_html(text: str, path: Path, encoding: str = "gb18030") -> Path:
    """The text as .html; returns the path."""
    path.write_bytes(page(text).encode(encoding))
    return path
