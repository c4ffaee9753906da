// The names a reader may type or hover: fetched once from /api/terms, found by Chinese label, alias or pinyin initials.

export const PREFIXES = {
  tjkg: "https://w3id.org/tjkg/ontology#", id: "https://w3id.org/tjkg/id/", code: "https://w3id.org/tjkg/code#",
  fact: "https://w3id.org/tjkg/fact#", list: "https://w3id.org/tjkg/list#", g: "https://w3id.org/tjkg/graph/",
  skos: "http://www.w3.org/2004/02/skos/core#", dct: "http://purl.org/dc/terms/", oa: "http://www.w3.org/ns/oa#",
  cpsv: "http://purl.org/vocab/cpsv#", cv: "http://data.europa.eu/m8g/", org: "http://www.w3.org/ns/org#",
  qb: "http://purl.org/linked-data/cube#", eli: "http://data.europa.eu/eli/ontology#", sh: "http://www.w3.org/ns/shacl#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#", rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};

const terms = fetch("/api/terms").then((response) => response.json()).catch(() => []);
const byIri = terms.then((all) => new Map(all.map((term) => [term.iri, term])));

/** How well a term answers what was typed: 0 not at all, else the smaller the better. */
function rank(term, typed) {
  const low = typed.toLowerCase();
  const label = term.label ?? "";
  if (label === typed) return 1;
  if (label.startsWith(typed)) return 2;
  if (term.aliases.includes(typed)) return 3;
  if (term.initials[0]?.startsWith(low)) return 4;
  if (label.includes(typed)) return 5;
  if (term.aliases.some((alias) => alias.includes(typed))) return 6;
  if (term.initials.some((initials) => initials.startsWith(low))) return 7;
  if ((term.label_en ?? "").toLowerCase().startsWith(low) || local(term.iri).toLowerCase().startsWith(low)) return 8;
  return 0;
}

function local(iri) {
  return iri.slice(Math.max(iri.lastIndexOf("#"), iri.lastIndexOf("/")) + 1);
}

/** The best terms for what was typed. */
export async function find(typed) {
  const found = [];
  for (const term of await terms) {
    const value = rank(term, typed);
    if (value) found.push([value, (term.label ?? "").length, term]);
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return found.slice(0, 60).map((entry) => entry[2]);
}

/** The name of an IRI in a language; null when it has none here. */
export async function nameOf(iri, lang) {
  const term = (await byIri).get(iri);
  if (!term) return null;
  const name = lang === "en" ? term.label_en ?? term.label : term.label ?? term.label_en;
  return term.aliases.length && lang !== "en" ? `${name}（${term.aliases.slice(0, 3).join("、")}）` : name;
}

/** A term as it is written in a query: a prefixed name where that needs no escape, else the whole IRI. */
export function written(iri) {
  for (const [prefix, base] of Object.entries(PREFIXES)) {
    if (iri.startsWith(base) && /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u.test(iri.slice(base.length))) {
      return { text: `${prefix}:${iri.slice(base.length)}`, prefix };
    }
  }
  return { text: `<${iri}>`, prefix: null };
}

/** Where this server shows an IRI of ours. */
export function place(iri) {
  return iri.startsWith("https://w3id.org/tjkg/") ? iri.slice("https://w3id.org/tjkg".length) : iri;
}
