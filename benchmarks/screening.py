"""Screening: one applicant, and a city of residents as a table, against hand-written polars and a loop.

    python -m benchmarks.screening [--rows 1000000,13700000] [--runs N]

One applicant against all services, warm and cold (aim: warm under 5 ms; cold against a bare process that
opens the store). A table: `tjkg.batch.run` (reading codes, checking every row, writing, counting) against
polars written by hand for the same services (reading and writing only), whose columns must come out the
same; aim: at most 3 times its time. Growth by rows and by rules (36 and all 94 services), peak memory of
fresh processes, and a Python loop over the single screener, per row.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from statistics import median

import polars as pl

from benchmarks.timing import in_turn, table
from tjkg.applicant import conditions
from tjkg.batch import run
from tjkg.criteria import Criteria, load
from tjkg.screen import Screener, verdict
from tjkg.store import open_local

PERSON = ["age=82", "hukou=天津", "residence=农村", "income_status=低保", "disability_kind=肢体", "disability_grade=二级"]


# ---------------------------------------------------------------- a city


def _pick(name: str, seed: int, **shares: int) -> pl.Expr:
    """One of some values by their shares of a thousand; the first fills up."""
    roll = pl.col("id").hash(seed) % 1000
    first, *others = shares
    expr, upto = pl.lit(first), sum(shares.values())
    for value in reversed(others):
        expr = pl.when(roll < upto).then(pl.lit(value)).otherwise(expr)
        upto -= shares[value]
    return expr.alias(name)


def _yes(name: str, seed: int, share: int) -> pl.Expr:
    return (pl.col("id").hash(seed) % 1000 < share).alias(name)


def city(rows: int, path: Path) -> None:
    """Synthetic residents, every fact known, none impossible; written in pieces."""
    age = (pl.col("id").hash(1) % 105).cast(pl.Int64).alias("age")
    people = pl.LazyFrame().select(pl.int_range(0, rows, dtype=pl.Int64).alias("id")).select(
        "id", age, _pick("区", 2, **{f"区{i:02}": 62 for i in range(16)}), _pick("sex", 3, 女=0, 男=490),
        _pick("hukou", 4, 天津=0, 外地=200), _pick("residence", 5, 城市=0, 农村=150, 镇=100),
        _pick("income_status", 6, 无=0, 低保=15, 低收入=10, 特困=3, 中低收入=80), _yes("registered_poor", 7, 5),
        _pick("disability_kind", 8, 无=0, 视力=10, 听力=10, 肢体=25, 智力=5, 精神=5, 多重=3), _pick("grade", 9, 四级=0, 一级=200, 二级=250, 三级=250),
        _pick("certificate", 10, 天津=0, 无=150, 外地=50), _pick("care", 11, 无=0, 轻度=60, 中度=40, 重度=30),
        _yes("lives_in_care_home", 12, 20), _pick("ethnicity", 13, 汉族=0, 少数民族=30),
        _pick("job", 14, 在职=0, 灵活就业=150, 个体工商户=60, 失业=40, 未就业=150),
        _pick("medical_insurance", 15, 职工=0, 城乡居民=400, 无=30), _yes("wish", 16, 300),
        _yes("student_hardship", 17, 40), _yes("rehab_need", 18, 30), _yes("parent_disabled", 19, 20),
        _pick("away", 20, 无=0, 双方外出=20, 一方外出=40), _pick("mother", 21, 无=0, 怀孕=30, 产后=20, 计划怀孕=30),
    )
    disabled = pl.col("disability_kind") != "无"
    child, old = pl.col("age") < 16, pl.col("age") >= 60
    people.select(
        "id", "age", "区", "sex", "hukou", "residence", "income_status", "registered_poor", "disability_kind",
        "lives_in_care_home", "ethnicity", "medical_insurance", "student_hardship", "rehab_need", "parent_disabled",
        pl.when(disabled).then("grade").otherwise(pl.lit("无")).alias("disability_grade"),
        pl.when(disabled).then("certificate").otherwise(pl.lit("无")).alias("disability_certificate"),
        pl.when(old).then("care").otherwise(pl.lit("无")).alias("care_level"),
        pl.when(child).then(pl.lit("未就业")).when(old).then(pl.lit("退休")).otherwise("job").alias("employment"),
        (pl.col("wish") & ~child).alias("work_wish"),
        pl.when(pl.col("age") < 18).then("away").otherwise(pl.lit("无")).alias("parents_away"),
        pl.when((pl.col("sex") == "女") & pl.col("age").is_between(20, 45)).then("mother").otherwise(pl.lit("无")).alias("maternity"),
        pl.when(pl.col("age").is_between(3, 5)).then(pl.lit("幼儿园")).when(pl.col("age").is_between(6, 11)).then(pl.lit("小学"))
        .when(pl.col("age").is_between(12, 14)).then(pl.lit("初中")).when(pl.col("age").is_between(15, 17)).then(pl.lit("普通高中"))
        .otherwise(pl.lit("不在校")).alias("schooling"),
    ).sink_parquet(path, engine="streaming")


# ---------------------------------------------------------------- the same rules by hand


def by_hand() -> dict[str, pl.Expr]:
    """What somebody would write who knows polars and has read the plan; nulls are open points of the plan."""
    c = pl.col
    open_point = pl.lit(None, pl.Boolean)
    local = c("hukou") == "天津"
    resident = c("residence").is_in(["农村", "镇", "城市"]) | local
    rural = (c("residence") == "农村") | ((c("residence") == "镇") & open_point)
    disabled = (c("disability_kind") != "无") | (c("disability_grade") != "无") | (c("disability_certificate") != "无")
    severe = c("disability_grade").is_in(["一级", "二级"])
    certified = c("disability_certificate").is_in(["天津", "外地"])
    poor = c("income_status").is_in(["低保", "低收入"])
    pupil = c("schooling").is_in(["小学", "初中"])
    student = c("schooling") != "不在校"
    hardship = c("income_status").is_in(["低保", "特困"]) | c("registered_poor") | c("student_hardship")
    seeker = c("work_wish") & c("age").is_between(16, 59)
    everybody = (
        "健康教育与健康素养促进 基本药物供应保障服务 建立居民健康档案 卫生监督协管服务 食品药品安全保障 公共文化设施免费开放 "
        "观看电视 收听广播 读书看报 公共体育设施开放 全民健身服务"
    ).split()
    return {
        **dict.fromkeys(everybody, resident),
        "老年人健康管理": c("age") >= 65,
        "儿童健康管理": c("age") <= 6,
        "老年人福利补贴": local & (c("age") >= 100),
        "老年人助餐服务": (local & (c("age") >= 80) & (~c("lives_in_care_home") | open_point))
        | (local & (c("age") >= 60) & poor & (c("care_level") == "重度") & ~c("lives_in_care_home")),
        "义务教育阶段免除学杂费": pupil,
        "义务教育免费提供教科书": pupil,
        "义务教育公用经费保障": pupil,
        "义务教育家庭经济困难学生生活补助": pupil & hardship,
        "就业信息服务": seeker,
        "就业登记与失业登记": seeker,
        "流动人员人事档案管理服务": seeker,
        "失业保险": c("employment") == "在职",
        "工伤保险": c("employment") == "在职",
        "城乡居民基本医疗保险": (c("medical_insurance") == "城乡居民") & (c("employment") != "在职") & resident,
        "困难残疾人生活补贴和重度残疾人护理补贴": (poor & disabled) | (local & severe),
        "残疾人基本医疗保险缴费补贴": local & ((poor & disabled) | severe),
        "残疾人基本养老保险缴费补贴": ((c("income_status") == "低保") & disabled) | severe,
        "残疾人文化体育服务": disabled,
        "残疾人康复服务": c("rehab_need") & ((disabled & (c("age") < 18)) | certified),
        "残疾人辅助器具服务": local & certified,
        "残疾儿童及青少年教育": (disabled & student) | (poor & c("parent_disabled") & student & ~disabled),
        "送戏曲下乡": rural,
        "少数民族文化服务": (c("ethnicity") == "少数民族") & resident,
        "农村留守儿童关爱保护": rural & local & (c("parents_away") == "双方外出") & (c("age") < 16),
        "孕产妇健康服务": c("maternity").is_in(["怀孕", "产后"]),
        "免费孕前优生健康检查": c("maternity") == "计划怀孕",
    }


def hand_written(source: Path, out: Path) -> None:
    """Reads, decides, writes; nothing is checked or counted."""
    rules = by_hand()
    pl.scan_parquet(source).select("id", *(expr.alias(name) for name, expr in rules.items())).sink_parquet(out, engine="streaming")


def compiled(criteria: Criteria, source: Path, out: Path, services: list[str]) -> None:
    """`tjkg screen people.parquet --out …`, in this process."""
    run(criteria, source, out, keep=["id"], services=services)


# ---------------------------------------------------------------- measuring


def _peak(words: list[str]) -> tuple[float, float]:
    """(seconds, MiB) of a fresh process."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, __file__, *words], capture_output=True, text=True, check=True)
    return time.perf_counter() - start, int(done.stdout) / 1024


def _once(kind: str, source: Path) -> None:
    out = source.with_suffix(f".{kind}.parquet")
    if kind == "hand":
        hand_written(source, out)
    else:
        compiled(load(open_local()), source, out, [] if kind == "all" else list(by_hand()))
    status = Path("/proc/self/status").read_text("ascii")  # getrusage would count the parent before exec
    print(status.partition("VmHWM:")[2].split()[0])


def _process(words: list[str]) -> None:
    subprocess.run(words, check=True, capture_output=True)


def one_applicant(runs: int) -> None:
    """Warm: verdicts alone, and the whole answer; cold: a process."""
    store = open_local()
    screener = Screener(store)
    who = screener.applicant(conditions(PERSON))
    group = screener.applicant(conditions(["age=80..", "residence=农村", "income_status=低保"]))
    standards = screener.criteria.standards
    tasks = {
        "read the applicant": lambda: screener.applicant(conditions(PERSON)),
        "101 verdicts": lambda: [verdict(r.criterion, who) for r in standards],
        "whole answer, a person": lambda: screener.screen(who),
        "whole answer, a group": lambda: screener.screen(group, group=True),
    }
    print("One applicant, warm\n" + table(in_turn(tasks, 20 * runs), base="whole answer, a person"))
    floor = "from tjkg.store import open_local; open_local().select('SELECT * { ?s a <https://w3id.org/tjkg/ontology#Plan> }')"
    words = [w for text in PERSON for w in ("-f", text)]
    commands = {
        "open the store, one query": [sys.executable, "-c", floor],
        "tjkg screen": [sys.executable, "-m", "tjkg", "screen", *words, "--format", "json"],
    }
    times = in_turn({name: partial(_process, words) for name, words in commands.items()}, 3 * runs)
    print("\nOne applicant, cold\n" + table(times, base="open the store, one query"))


def population(rows: int, folder: Path, runs: int) -> None:
    """A table of that many residents."""
    source = folder / f"{rows}.parquet"
    city(rows, source)
    criteria = load(open_local())
    same = list(by_hand())
    compiled(criteria, source, folder / "a.parquet", same)
    hand_written(source, folder / "b.parquet")
    ours, theirs = pl.scan_parquet(folder / "a.parquet"), pl.scan_parquet(folder / "b.parquet")
    differs = [
        name for name in same
        if ours.select(name).collect().get_column(name).ne_missing(theirs.select(name).collect().get_column(name)).any()
    ]
    assert not differs, differs
    tasks = {
        "polars by hand, 36 services": lambda: hand_written(source, folder / "b.parquet"),
        "compiled, the same 36": lambda: compiled(criteria, source, folder / "a.parquet", same),
        "compiled, all 94": lambda: compiled(criteria, source, folder / "a.parquet", []),
    }
    times = in_turn(tasks, runs)
    print(f"\n{rows:,} residents (the columns of both are the same)\n" + table(times, base="polars by hand, 36 services"))
    for kind, name in (("hand", "polars by hand, 36 services"), ("same", "compiled, the same 36"), ("all", "compiled, all 94")):
        seconds, peak = _peak(["--once", kind, str(source)])
        print(f"{name:34s} fresh process {seconds:7.1f} s   peak {peak:7.0f} MiB")


def loop(folder: Path, rows: int) -> None:
    """The single screener, row by row in Python."""
    source = folder / "loop.parquet"
    city(rows, source)
    screener = Screener(open_local())
    facts = screener.criteria.facts
    columns = [c for c in pl.scan_parquet(source).collect_schema() if c in facts]
    people = pl.read_parquet(source, columns=columns).rows(named=True)
    start = time.perf_counter()
    for row in people:
        who = screener.applicant(conditions(f"{k}={str(v).lower() if isinstance(v, bool) else v}" for k, v in row.items()))
        for ruled in screener.criteria.standards:
            verdict(ruled.criterion, who)
    seconds = time.perf_counter() - start
    criteria = screener.criteria
    batch = median(in_turn({"batch": lambda: compiled(criteria, source, folder / "c.parquet", [])}, 3)["batch"])
    print(f"\nPython loop over the single screener: {seconds / rows * 1e6:.0f} µs a row ({rows:,} rows); "
          f"at 1,000,000 rows {seconds / rows * 1e6:.0f} s; the batch does these {rows:,} in {batch:.2f} s")


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="1000000,13700000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--once", nargs=2, metavar=("KIND", "FILE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.once:
        _once(arguments.once[0], Path(arguments.once[1]))
        return
    one_applicant(arguments.runs)
    with tempfile.TemporaryDirectory() as folder:
        loop(Path(folder), 3000)
        for rows in (int(n) for n in arguments.rows.split(",")):
            population(rows, Path(folder), arguments.runs)


if __name__ == "__main__":
    main()
