// The page of the SPARQL editor: Yasgui on this server's endpoint, with examples, names, exports, links, citations.
import Yasgui from "@zazuko/yasgui";
import { assist } from "./complete.mjs";
import { nameOf, place } from "./names.mjs";

const root = document.getElementById("editor");
const lang = root.dataset.lang;
const endpoint = `${location.origin}/sparql`;
const byId = (id) => document.getElementById(id);

Yasgui.Yasqe.defaults.autocompleters = ["variables"];
Yasgui.Yasqe.defaults.resizeable = true;
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
  if (tab && (!tab.getQuery().trim() || tab.getName() === name)) {
    tab.setQuery(query);
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
new MutationObserver(() => root.querySelectorAll(".yasr a.iri:not([data-iri])").forEach((link) => void named(link))).observe(
  root, { childList: true, subtree: true },
);

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
