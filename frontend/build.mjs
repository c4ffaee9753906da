// Bundles the editor and the charts into tjkg/web/static: scripts, a style sheet, the licences of what is in them.
import { readFile, rm, mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "..", "tjkg", "web", "static"));

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const { metafile } = await build({
  entryPoints: [join(here, "editor.mjs"), join(here, "editor.css"), join(here, "figures.mjs")],
  outdir: out,
  absWorkingDir: here,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020"],
  charset: "utf8",
  legalComments: "none",
  loader: { ".svg": "dataurl", ".png": "dataurl", ".woff": "dataurl", ".woff2": "dataurl", ".ttf": "dataurl" },
  metafile: true,
  logLevel: "warning",
});

// Yasgui's file holds the packages it depends on, so their licences go along: all that npm installed but the tools.
const lock = JSON.parse(await readFile(join(here, "package-lock.json"), "utf8"));
const notices = [];
for (const [place, entry] of Object.entries(lock.packages).sort()) {
  if (!place || entry.dev || entry.optional) continue;
  const name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
  let text = "";
  for (const file of ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "license", "license.txt", "License.txt"]) {
    try {
      text = await readFile(join(here, place, file), "utf8");
      break;
    } catch {
      continue;
    }
  }
  notices.push(`${name} ${entry.version} (${entry.license ?? "see its package"})\n\n${text.trim()}`.trim());
}
await writeFile(join(out, "LICENSES.txt"), notices.join("\n\n----------------------------------------\n\n") + "\n");
const size = Object.entries(metafile.outputs).map(([name, of]) => `${name.split("/").pop()} ${Math.round(of.bytes / 1024)} KB`);
console.log(size.join(", "));
