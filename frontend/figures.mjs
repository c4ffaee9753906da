// Charts of the figures, drawn from the tables beside them; without this script the tables say the same.
import { BarChart, HeatmapChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([AriaComponent, BarChart, CanvasRenderer, GridComponent, HeatmapChart, LegendComponent, TooltipComponent, VisualMapComponent]);

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const words = (node) => (node.querySelector(".zh") ?? node.querySelector("a") ?? node).textContent.trim();
const tables = (chart) => [...document.querySelectorAll(chart.dataset.table)];
const rows = (chart) => tables(chart).flatMap((table) => [...table.tBodies[0].rows]);
const heads = (table) => [...table.tHead.rows[0].cells].slice(1);

// what every chart shares: our type, our colours, a tooltip drawn on the canvas (the page's policy allows no inline style)
function shared() {
  return {
    animation: false,
    aria: { enabled: true },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 15, color: colour("ink") },
    tooltip: { renderMode: "richText", backgroundColor: colour("paper"), textStyle: { color: colour("ink"), fontSize: 15 } },
  };
}

const axis = (data, more = {}) => ({
  type: "category", data, axisTick: { show: false }, axisLine: { lineStyle: { color: colour("line") } },
  axisLabel: { color: colour("ink"), fontSize: 15, interval: 0, ...more },
});
const values = { type: "value", axisLabel: { color: colour("soft") }, splitLine: { lineStyle: { color: colour("line") } } };

function heat(chart) {
  const table = tables(chart)[0];
  const columns = heads(table).filter((head) => !head.classList.contains("total")).map(words);
  const lines = rows(chart).reverse();
  const data = lines.flatMap((row, y) => [...row.querySelectorAll("td[data-value]")].map((cell, x) => [x, y, Number(cell.dataset.value)]));
  const most = Math.max(...data.map((d) => d[2]));
  return {
    height: 4 + lines.length * 2,
    option: {
      grid: { left: 8, right: 8, top: 8, bottom: 8, containLabel: true },
      xAxis: { ...axis(columns, { width: 62, overflow: "break", lineHeight: 20 }), position: "top" },
      yAxis: axis(lines.map((row) => words(row.cells[0]))),
      visualMap: { show: false, min: 0, max: most, inRange: { color: [1, 2, 3, 4, 5, 6].map((n) => colour(`shade-${n}`)) } },
      series: [{
        type: "heatmap", itemStyle: { borderColor: colour("paper"), borderWidth: 2 },
        label: { show: true, fontSize: 15, formatter: (p) => p.value[2] },
        data: data.filter((d) => d[2] > 0).map((value) => ({ // light words on the dark shades
          value, label: { color: colour(value[2] / most > 0.7 ? "paper" : "ink") },
        })),
      }],
    },
  };
}

function change(chart) {
  const lines = rows(chart).filter((row) => row.querySelector("td[data-value]")).reverse();
  const limit = 100;
  const data = lines.map((row) => {
    const value = Number(row.querySelector("td[data-value]").dataset.value);
    return {
      value: Math.max(-limit, Math.min(limit, value)), name: words(row.cells[0].querySelector("span") ?? row.cells[0]), real: value,
      itemStyle: { color: colour(value < 0 ? "city" : "district") },
      label: { position: value < 0 ? "left" : "right" },
    };
  });
  return {
    height: 3 + lines.length * 1.75,
    option: {
      grid: { left: 8, right: 64, top: 8, bottom: 8, containLabel: true },
      xAxis: { ...values, min: -limit, max: limit },
      yAxis: axis(lines.map((row) => row.dataset.name)),
      series: [{
        type: "bar", data, barMaxWidth: 18,
        label: { show: true, fontSize: 14, color: colour("ink"), formatter: (p) => `${p.data.real > 0 ? "+" : ""}${p.data.real}%${Math.abs(p.data.real) > limit ? " ▸" : ""}` },
      }],
      tooltip: { ...shared().tooltip, formatter: (p) => `${lines[p.dataIndex].dataset.name} ${p.data.real}%` },
    },
  };
}

function stack(chart) {
  const table = tables(chart)[0];
  const aspects = heads(table).map(words);
  const colours = ["good", "rule", "soft", "wait", "bad"].map(colour);
  return {
    height: 4 + aspects.length * 3,
    option: {
      color: colours,
      grid: { left: 8, right: 24, top: 56, bottom: 8, containLabel: true },
      legend: { top: 0, textStyle: { color: colour("ink"), fontSize: 15 } },
      xAxis: { ...values, max: "dataMax" },
      yAxis: axis([...aspects].reverse()),
      series: rows(chart).map((row) => ({
        type: "bar", stack: "all", name: row.cells[0].dataset.name, barMaxWidth: 34,
        data: [...row.cells].slice(1).map((cell) => Number(cell.textContent) || null).reverse(),
        label: { show: true, color: colour("paper"), fontSize: 14 },
      })),
    },
  };
}

const KINDS = { heat, change, stack };

for (const chart of document.querySelectorAll(".chart")) {
  chart.hidden = false;
  const draw = () => {
    const { height, option } = KINDS[chart.dataset.chart](chart);
    chart.style.height = `${height}rem`; // by script: the policy forbids style attributes only
    const shown = init(chart);
    shown.setOption({ ...shared(), ...option });
    chart.setAttribute("role", "img");
    return shown;
  };
  let shown = draw();
  addEventListener("resize", () => shown.resize());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { shown.dispose(); shown = draw(); });
}
