// The page of the SPARQL editor: Yasgui on this server's endpoint, with examples, names, exports, links, citations.
import Yasgui from "@zazuko/yasgui";
import { assist } from "./complete.mjs";
import { PREFIXES, nameOf, place } from "./names.mjs";

const root = document.getElementById("editor");
const lang = root.dataset.lang;
const endpoint = `${location.origin}/sparql`;
const byId = (id) => document.getElementById(id);

Yasgui.Yasqe.defaults.autocompleters = ["variables"];
Yasgui.Yasqe.defaults.resizeable = true;
Yasgui.Yasqe.defaults.value = `PREFIX skos: <${PREFIXES.skos}>
PREFIX tjkg: <${PREFIXES.tjkg}>
SELECT ?service ?name WHERE {
  ?service a tjkg:BasicPublicService ; skos:prefLabel ?name .
  FILTER(LANG(?name) = "${lang}")
}
LIMIT 20`;
const defaults = Yasgui.Tab.getDefaults;
Yasgui.Tab.getDefaults = (of) => {
  const tab = defaults.call(Yasgui.Tab, of);
  tab.yasr.settings.pluginsConfig = { ...tab.yasr.settings.pluginsConfig, table: { compact: true, isEllipsed: false } };
  return tab;
};
const yasgui = new Yasgui(root, {
  requestConfig: { endpoint, method: "POST" },
  copyEndpointOnNewTab: false,
  endpointCatalogueOptions: { getData: () => [], keys: [] },
  persistenceId: "tjkg",
  autofocus: true,
  populateFromUrl: false,
});

/** A query given in the address: /sparql#query=… */
function asked() {
  return new URLSearchParams(location.hash.slice(1)).get("query");
}

function show(query, name) {
  const tab = yasgui.getTab();
  const untouched = tab && [undefined, "", Yasgui.Yasqe.defaults.value].includes(tab.getQuery()?.trim());
  if (tab && (untouched || tab.getName() === name)) {
    tab.setQuery(query);
    if (name) tab.setName(name);
    return tab;
  }
  const fresh = yasgui.addTab(true, { ...Yasgui.Tab.getDefaults(yasgui), name });
  fresh.setQuery(query);
  return fresh;
}

/** Results: IRIs of ours lead to this server's pages and tell their names. */
async function named(link) {
  const iri = link.getAttribute("href");
  if (!iri || link.dataset.iri) return;
  link.dataset.iri = iri;
  link.setAttribute("href", place(iri));
  link.removeAttribute("target");
  link.rel = "noreferrer";
  const name = await nameOf(iri, lang);
  if (name) link.title = name;
}

const equipped = new WeakSet();
function equip(tab) {
  const editor = tab?.getYasqe();
  if (!editor || equipped.has(editor)) return;
  equipped.add(editor);
  assist(editor, lang);
}
function equipAll() {
  Object.values(yasgui._tabs).forEach(equip);
}
yasgui.on("tabSelect", () => setTimeout(equipAll));
yasgui.on("tabAdd", () => setTimeout(equipAll));
equipAll();
// Yasgui's words, Chinese first
const WORDS = {
  Table: "表格", Response: "原始结果", Error: "错误", Boolean: "是否", "Simple view": "简洁", Ellipse: "省略长文",
  "Page size: ": "每页 ", "Run query": "运行", "Share query": "分享", "Add tab": "新标签", "Filter query results": "筛选结果",
  "Download result": "下载结果", "View documentation": "说明",
};
function translate() {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".CodeMirror, table") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const counted = /^(\d+) results? in ([\d.]+) seconds?$/.exec(node.data);
    if (counted) node.data = `${counted[1]} 行，${counted[2]} 秒`;
    else if (Object.hasOwn(WORDS, node.data)) node.data = WORDS[node.data];
  }
  for (const element of root.querySelectorAll("[title], [placeholder], [aria-label]")) {
    for (const name of ["title", "placeholder", "aria-label"]) {
      const word = WORDS[element.getAttribute(name)];
      if (word) element.setAttribute(name, word);
    }
  }
}

new MutationObserver(() => {
  root.querySelectorAll(".yasr a.iri:not([data-iri])").forEach((link) => void named(link));
  if (lang === "zh") translate();
}).observe(root, { childList: true, subtree: true });
if (lang === "zh") translate();

// ---------------------------------------------------------------- examples, share, cite, export

const examples = fetch("/api/queries").then((response) => response.json());
byId("examples").addEventListener("change", async (event) => {
  const question = (await examples).find((entry) => entry.id === event.target.value);
  if (!question) return;
  show(question.filled, lang === "en" ? question.summary_en : question.summary).query().catch(() => {});
  event.target.selectedIndex = 0;
});

function tell(title, text) {
  byId("told-title").textContent = title;
  byId("told-text").value = text;
  if (!byId("told").open) byId("told").showModal();
  byId("told-text").select();
}

function current() {
  return yasgui.getTab().getYasqe().getValue();
}

byId("share").addEventListener("click", () => {
  tell(byId("share").textContent, `${location.origin}/sparql#${new URLSearchParams({ query: current() })}`);
});
byId("cite").addEventListener("click", async () => {
  const response = await fetch("/api/cite", {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query: current(), lang }),
  });
  const found = await response.json();
  tell(byId("cite").textContent, response.ok ? found.text : found.detail);
});
byId("told-copy").addEventListener("click", async () => {
  byId("told-text").select();
  await navigator.clipboard?.writeText(byId("told-text").value);
});
byId("told-close").addEventListener("click", () => byId("told").close());

for (const link of document.querySelectorAll(".exports a")) {
  link.addEventListener("click", () => {
    link.href = `/sparql?${new URLSearchParams({ query: current(), format: link.dataset.format })}`;
  });
}

const given = asked();
if (given) show(given, "").query().catch(() => {});
window.addEventListener("hashchange", () => {
  const query = asked();
  if (query) show(query, "").query().catch(() => {});
});
root.dataset.ready = "true";
