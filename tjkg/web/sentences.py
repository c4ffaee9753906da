"""What the pages say, Chinese first: one table."""

from __future__ import annotations

__all__ = ["SENTENCES"]

# key → (zh, en); {…} are filled by the page
SENTENCES: dict[str, tuple[str, str]] = {
    "site": ("公共服务标准知识图谱", "Knowledge graph of public service standards"),
    "skip": ("跳到正文", "Skip to content"),
    "menu": ("导航", "Navigation"),
    "language": ("English", "中文"),
    "home": ("首页", "Start"),
    "sparql": ("SPARQL 查询", "SPARQL"),
    "ontology": ("词汇", "Vocabulary"),
    "data": ("数据下载", "Data"),
    "api": ("程序接口", "API"),
    "about": ("说明", "About"),
    "foot": ("数据 CC BY 4.0 · 程序 Apache-2.0 · tjkg {version}", "Data CC BY 4.0 · software Apache-2.0 · tjkg {version}"),
    # start
    # node
    "types": ("类", "Class"),
    "quotes": ("原文", "In the plan's words"),
    "line": ("第{line}行", "line {line}"),
    "statements": ("陈述", "Statements"),
    "property": ("属性", "Property"),
    "value": ("值", "Value"),
    "back": ("指向它的", "What points to it"),
    "back-most": ("最多列出 300 条", "at most 300 are listed"),
    "formats": ("数据格式", "As data"),
    "address": ("标识", "Identifier"),
    # vocabulary
    "vocabulary-ontology": ("词汇", "Vocabulary"),
    "vocabulary-code": ("代码", "Codes"),
    "vocabulary-fact": ("事实", "Facts"),
    "vocabulary-list": ("取值表", "Code lists"),
    "vocabulary-shape": ("数据要求（SHACL）", "Shapes (SHACL)"),
    "kind-class": ("类", "Classes"),
    "kind-object-property": ("关系", "Object properties"),
    "kind-data-property": ("属性", "Datatype properties"),
    "kind-fact": ("申请者可说明的事实", "Facts an applicant may state"),
    "kind-shape": ("要求", "Shapes"),
    "kind-scheme": ("分类表", "Concept schemes"),
    "kind-concept": ("概念与代码", "Concepts and codes"),
    "kind-other": ("其他", "Other"),
    "contents": ("目录", "Contents"),
    "example": ("例", "Example"),
    # dumps
    "dumps-lead": ("下载后不受任何限制；引用请注明版本。", "Free to use; please cite the version."),
    "graph": ("图", "Graph"),
    "triples": ("陈述数", "Statements"),
    "download": ("下载", "Download"),
    "all-graphs": ("全部", "Everything"),
    "void-link": ("数据集说明（VoID、DCAT）", "Description of the datasets (VoID, DCAT)"),
    # editor
    "editor-lead": (
        "补全：键入中文名称、别名或拼音首字母（如 lnr），按 Ctrl-空格。鼠标停在名称上显示它叫什么。",
        "Completion: type a Chinese name, an alias or pinyin initials (lnr), then Ctrl-Space. Hover a name for its label.",
    ),
    "not-built": (
        "编辑器还没有生成（安装时没有 Node 或没有网络）。可以直接按 SPARQL 协议查询，见“说明”。",
        "The editor was not built (no Node or no network at installation). Use the SPARQL Protocol directly, see About.",
    ),
    "examples": ("例子", "Examples"),
    "examples-pick": ("选一个问题…", "Choose a question…"),
    "cite": ("引用这个结果", "Cite this result"),
    "share": ("分享这个查询", "Share this query"),
    "copy": ("复制", "Copy"),
    "close": ("关闭", "Close"),
    "no-script": ("编辑器需要 JavaScript；不用它也可以直接按 SPARQL 协议查询。",
                  "The editor needs JavaScript; without it, use the SPARQL Protocol directly."),
    "export": ("导出结果", "Export the result"),
    # API
    "api-lead": ("与命令行 --format json 同样的键。机器可读的说明：", "The keys of the command line's --format json. Machine-readable:"),
    "parameters": ("参数", "Parameters"),
    "required": ("必填", "required"),
    "try": ("试一试", "Try it"),
    # about
    "limits": ("上限", "Limits"),
    "limits-time": ("一个查询最多 {seconds} 秒，超过即停止（504）。", "A query runs {seconds} s at most, then it is stopped (504)."),
    "limits-memory": ("一个查询最多用 {memory} MB 内存（507）。", "A query may take {memory} MB of memory (507)."),
    "limits-rows": (
        "结果最多 {rows} 行、约 {size} MB。超过时给出前面的整行，并注明截断：响应头 Tjkg-Cut-Off，"
        "JSON 与 XML 的 link，Turtle 与 N-Triples 末尾的注释。要全部数据请下载。",
        "A result has {rows} rows and about {size} MB at most. Beyond that you get the whole rows so far and are told: "
        "header Tjkg-Cut-Off, link in JSON and XML, a last comment in Turtle and N-Triples. For everything use the dumps.",
    ),
    "limits-read-only": (
        "只能查询：更新（403）、SERVICE、LOAD 一律拒绝；查询进程打不开任何文件和网络连接。",
        "Read only: updates (403), SERVICE and LOAD are refused; the query process can open no file and no connection.",
    ),
    "limits-queue": ("忙时排队，各来访者轮流；排不下时返回 503 和 Retry-After。",
                     "When busy, requests queue, each client in turn; when full: 503 with Retry-After."),
    "programs": ("从程序里用", "From programs"),
    "editions": ("版本", "Editions"),
    "editions-text": (
        "缺省图是词汇、共用数据和现用版本；命名图是全部版本。可用 default-graph-uri、named-graph-uri 或 plan 参数另选。",
        "The default graph is the vocabulary, the shared data and the edition in use; all editions are named graphs. "
        "Choose others by default-graph-uri, named-graph-uri or plan.",
    ),
    "privacy": ("隐私", "Privacy"),
    "privacy-text": ("没有 Cookie，不请求任何外部网站；访问日志不记问题、查询内容和来访地址。",
                     "No cookies, no request to any other site; the access log holds no question, query or address."),
    # errors
    "error-404": ("没有这个页面", "No such page"),
    "error-other": ("出错了", "Something went wrong"),
}
