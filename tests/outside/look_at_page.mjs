// An independent look at a page: a real browser opens it from the disk, offline, and axe-core
// says what would keep a person from using it (WCAG 2.2 level AA and best practices).
//
// node look_at_page.mjs PAGE.html [--hash '#ar'] [--width 390] [--height 844]
//                       [--screenshot OUT.png] [--pdf OUT.pdf]
// prints JSON: {
//   "violations": [{id, help, nodes: [html, …]}], "undecided": [the same, for a person to judge],
//   "requests": [every address asked for that is neither the page itself nor a data: address],
//   "errors": [uncaught exceptions and console errors],
//   "lang", "dir": the attributes of <html>, "overflow": whether it scrolls sideways
// }.
// A page that cannot be opened ends it with status 1 and the reason on stderr.
// The browser is CAFE_IA_CHROMIUM, else /usr/bin/chromium.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const BROWSER = process.env.CAFE_IA_CHROMIUM || "/usr/bin/chromium";
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
// Asking for a tag also runs its rules that axe-core leaves off by default (target-size).
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      hash: { type: "string" },
      screenshot: { type: "string" },
      width: { type: "string", default: "1280" },
      height: { type: "string", default: "800" },
      pdf: { type: "string" },
    },
  });
  if (positionals.length !== 1) throw new Error("usage: node look_at_page.mjs PAGE.html [options]");
  const path = resolve(positionals[0]);
  if (!existsSync(path)) throw new Error(`there is no page ${positionals[0]}`);
  const viewport = { width: Number(values.width), height: Number(values.height) };
  if (!(viewport.width > 0 && viewport.height > 0)) {
    throw new Error("--width and --height are numbers of pixels");
  }
  return { ...values, address: pathToFileURL(path).href, viewport };
}

// Everything the page asks for and every complaint it makes, from before its first byte.
function listen(context, page, address) {
  const requests = new Set();
  const errors = [];
  const note = (url) => {
    if (!url.startsWith("data:") && url.split("#")[0] !== address) requests.add(url);
  };
  context.on("request", (request) => note(request.url()));
  page.on("websocket", (socket) => note(socket.url()));
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  return { requests, errors, note };
}

// Runs in the page.
function describe() {
  const root = document.documentElement;
  // These make the browser knock at a server without a request that can be listened to.
  const hints = ["preconnect", "dns-prefetch", "prefetch", "prerender"];
  return {
    lang: root.lang,
    dir: root.dir,
    overflow: root.scrollWidth > root.clientWidth,
    knocks: [...document.querySelectorAll("link[rel]")]
      .filter((link) => hints.some((hint) => link.relList.contains(hint)))
      .map((link) => link.href),
  };
}

function shorten(findings) {
  return findings.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((one) => one.html) }));
}

async function look(page, wanted, heard) {
  await page.goto(wanted.address + (wanted.hash ? `#${wanted.hash.replace(/^#/, "")}` : ""), {
    waitUntil: "networkidle",
  });
  const { knocks, ...seen } = await page.evaluate(describe);
  knocks.forEach(heard.note);
  const asked = { requests: [...heard.requests], errors: [...heard.errors] };
  if (wanted.screenshot) await page.screenshot({ path: wanted.screenshot, fullPage: true });
  // axe-core comes after the listening: it may fetch style sheets again.
  // Evaluated, not added as a script, so that the page's own Content-Security-Policy may stay.
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  await page.evaluate(readFileSync(axe, "utf-8"));
  const judged = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }),
    RULES,
  );
  if (wanted.pdf) await page.pdf({ path: wanted.pdf, printBackground: true, preferCSSPageSize: true });
  return {
    violations: shorten(judged.violations),
    undecided: shorten(judged.incomplete),
    ...asked,
    ...seen,
  };
}

async function main() {
  const wanted = readArguments();
  const browser = await chromium.launch({ executablePath: BROWSER, args: FLAGS });
  try {
    const context = await browser.newContext({ offline: true, viewport: wanted.viewport });
    const page = await context.newPage();
    const heard = listen(context, page, wanted.address);
    return await look(page, wanted, heard);
  } finally {
    await browser.close();
  }
}

try {
  process.stdout.write(`${JSON.stringify(await main(), null, 2)}\n`);
} catch (error) {
  process.stderr.write(`look_at_page.mjs: ${error.message}\n`);
  process.exitCode = 1;
}
