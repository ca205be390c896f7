// What a person sees of a page who lets no script run, prefers dark colours and has no mouse: each
// <details> is opened with the Enter key.
//
// node unfold_page.mjs PAGE.html
// prints JSON: {
//   "folded": words to be seen in each <details> before, "unfolded": and after,
//   "violations": [what axe-core says of the dark page, by its rules' names]
// }.
// The browser is CAFE_IA_CHROMIUM, else /usr/bin/chromium.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const BROWSER = process.env.CAFE_IA_CHROMIUM || "/usr/bin/chromium";
const address = pathToFileURL(resolve(process.argv[2])).href;

async function opened(browser, options) {
  const context = await browser.newContext({ offline: true, colorScheme: "dark", ...options });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

async function unfold(page) {
  const every = await page.locator("details").all();
  const seen = () => Promise.all(every.map((one) => one.innerText()));
  const folded = await seen();
  for (const one of every) {
    await one.locator("summary").focus();
    await page.keyboard.press("Enter");
  }
  return { folded, unfolded: await seen() };
}

async function judge(page) {
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  await page.evaluate(readFileSync(axe, "utf-8"));
  const judged = await page.evaluate(() => globalThis.axe.run(document));
  return judged.violations.map(({ id }) => id);
}

const browser = await chromium.launch({
  executablePath: BROWSER,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  const read = await unfold(await opened(browser, { javaScriptEnabled: false }));
  const violations = await judge(await opened(browser, {}));
  process.stdout.write(`${JSON.stringify({ ...read, violations })}\n`);
} finally {
  await browser.close();
}
