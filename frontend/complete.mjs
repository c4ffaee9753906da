// Completion by name and labels on hover in the query editor.
import { PREFIXES, find, nameOf, written } from "./names.mjs";

const KINDS = {
  service: "服务", group: "群体", payer: "出资方", agency: "部门", category: "类别", domain: "领域", section: "小类",
  indicator: "指标", class: "类", property: "属性", fact: "事实", code: "代码", plan: "规划",
};
const WORD = /[\p{L}\p{N}_“”（）、·]+$/u;

/** What stands before the cursor: the word typed, where it begins, and whether it is inside a string. */
function typed(editor) {
  const cursor = editor.getCursor();
  const line = editor.getLine(cursor.line).slice(0, cursor.ch);
  const inString = editor.getTokenTypeAt(cursor)?.includes("string") ?? false;
  const word = WORD.exec(line)?.[0] ?? "";
  let start = cursor.ch - word.length;
  if (!inString) start -= /(?:<|[a-z]+:)$/.exec(line.slice(0, start))?.[0].length ?? 0;
  return { word, inString, from: { line: cursor.line, ch: start }, to: cursor };
}

function hint(editor, term, inString, lang) {
  const { text, prefix } = inString ? { text: term.label, prefix: null } : written(term.iri);
  return {
    text,
    className: "tjkg",
    render(element) {
      const name = document.createElement("span");
      const more = document.createElement("small");
      name.textContent = (lang === "en" ? term.label_en : term.label) ?? term.label ?? term.label_en;
      const kind = lang === "en" ? term.kind : KINDS[term.kind] ?? term.kind;
      more.textContent = inString || text.length > 46 ? kind : `${text} · ${kind}`;
      element.append(name, more);
    },
    hint(cm, data, self) {
      cm.replaceRange(self.text, data.from, data.to, "complete");
      if (prefix && !(prefix in cm.getPrefixesFromQuery())) cm.addPrefixes({ [prefix]: PREFIXES[prefix] });
    },
  };
}

/** Shows names for the word before the cursor; false when there is none to complete. */
async function complete(editor, lang) {
  const { word, inString, from, to } = typed(editor);
  if (!word) return false;
  const found = (await find(word)).filter((term) => !inString || term.label);
  if (!found.length) return false;
  const list = found.map((term) => hint(editor, term, inString, lang));
  editor.showHint({
    hint: () => ({ list, from, to }), completeSingle: false, alignWithWord: true, closeCharacters: /[\s{}()<>.;,"]/,
  });
  return true;
}

/** The IRI of the token at a place, with the prefixes of the query. */
function iriAt(editor, position) {
  const token = editor.getTokenAt(position);
  const whole = /^<([^<>\s]+)>$/.exec(token.string);
  if (whole) return whole[1];
  const name = /^([A-Za-z][\w-]*)?:(.+)$/u.exec(token.string);
  const base = name && (editor.getPrefixesFromQuery()[name[1] ?? ""] ?? PREFIXES[name[1]]);
  return base ? base + name[2].replace(/\\(.)/g, "$1") : null;
}

/** Sets up an editor: Ctrl-Space and Chinese typing complete names; hovering a name shows its label. */
export function assist(editor, lang) {
  const offer = () => void complete(editor, lang).then((shown) => shown || editor.autocomplete());
  editor.setOption("extraKeys", { ...editor.getOption("extraKeys"), "Ctrl-Space": offer, "Alt-Enter": offer });
  editor.on("inputRead", (_, change) => {
    if (/[\u3400-\u9fff]$/.test(change.text.at(-1)) && change.origin !== "paste") void complete(editor, lang);
  });

  const tip = document.getElementById("label-tip") ?? document.body.appendChild(document.createElement("div"));
  tip.id = "label-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  let latest = 0;
  editor.getWrapperElement().addEventListener("mousemove", async (event) => {
    const turn = ++latest;
    const iri = iriAt(editor, editor.coordsChar({ left: event.clientX, top: event.clientY }, "window"));
    const name = iri && (await nameOf(iri, lang));
    if (turn !== latest) return;
    tip.hidden = !name;
    tip.textContent = name ?? "";
    tip.style.left = `${Math.min(event.clientX + 12, window.innerWidth - 260)}px`;
    tip.style.top = `${event.clientY + 16}px`;
  });
  editor.getWrapperElement().addEventListener("mouseleave", () => {
    latest += 1;
    tip.hidden = true;
  });
}
