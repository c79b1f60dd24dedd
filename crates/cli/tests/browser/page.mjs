// What every page is held to: the rules of WCAG 2.2 AA, no error, nothing from elsewhere, no
// sideways scrolling on a narrow phone, and everything within reach of the keyboard.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.env.HABEAS_BROWSER + '/');
const { chromium } = require('playwright-core');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/// The rules of axe-core that stand for WCAG 2.0 to 2.2, levels A and AA.
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export const faults = [];

/// The browser that is installed.
export function launch() {
  return chromium.launch({
    executablePath: process.env.HABEAS_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/// Notes a fault; the walk goes on, so that one run tells all of them.
export function fault(where, what) {
  faults.push(`${where}: ${what}`);
}

/// Watches a page: whatever it logs as an error, and whatever it asks of another origin.
export function watch(page, origin, where) {
  page.on('pageerror', error => fault(where(), `error: ${error.message}`));
  page.on('console', said => {
    // A refusal that the walk asks for is logged by the browser as a failed load.
    if (said.type() === 'error' && !said.text().startsWith('Failed to load resource')) {
      fault(where(), `logged: ${said.text()}`);
    }
  });
  page.on('request', request => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:')) fault(where(), `asks ${url}`);
  });
}

/// Whether the page breaks a rule: all of them, or only those that `only` names; `more` options.
export async function axe(page, where, only, more = {}) {
  await page.evaluate(AXE);
  const run = { ...more, runOnly: only ?? { type: 'tag', values: TAGS } };
  const found = await page.evaluate(options => axe.run(document, options), run);
  for (const rule of found.violations) {
    const first = rule.nodes[0];
    const why = (first.any[0] ?? first.all[0] ?? first.none[0])?.message ?? '';
    fault(where, `${rule.id} (${rule.nodes.length}): ${first.target.join(' ')}: ${why}`);
  }
  return found.passes.length;
}

/// Whether the page scrolls sideways (WCAG 1.4.10, reflow).
export async function reflow(page, where) {
  const [wide, seen] = await page.evaluate(() => {
    const root = document.documentElement;
    return [root.scrollWidth, root.clientWidth];
  });
  if (wide > seen) fault(where, `is ${wide} wide on a screen of ${seen}`);
}

/// Goes through the page by the Tab key: everything that can be acted on is reached, and shows it.
/// What is out of that order on purpose (marks of a chart) stands again in the table below it.
export async function keyboard(page, where) {
  const all = await page.evaluate(() => {
    const can = 'a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex="0"]';
    // Of the answers to one question one is a stop; arrows go to the others.
    const first = one => [...one.form.elements[one.name]].find(other => other.checked) ?? one.form.elements[one.name][0];
    const stops = one => one.type !== 'radio' || one === first(one);
    const seen = [...document.querySelectorAll(can)].filter(one => one.checkVisibility() && one.tabIndex >= 0 && stops(one));
    seen.forEach((one, at) => one.setAttribute('data-at', at));
    return seen.length;
  });
  await page.evaluate(() => document.activeElement?.blur());
  const reached = new Set();
  // A date has a stop for day, month, year and its calendar.
  for (let press = 0; press < all * 4 + 8 && reached.size < all; press++) {
    await page.keyboard.press('Tab');
    const [at, shows] = await page.evaluate(() => {
      const one = document.activeElement;
      const style = getComputedStyle(one);
      return [one.getAttribute('data-at'), style.outlineStyle !== 'none' && style.outlineWidth !== '0px'];
    });
    if (at === null) continue;
    if (!reached.has(at) && !shows) fault(where, `focus is not seen on element ${at}`);
    reached.add(at);
  }
  if (reached.size < all) {
    const missed = [...Array(all).keys()].find(at => !reached.has(`${at}`));
    const html = await page.evaluate(at => document.querySelector(`[data-at="${at}"]`).outerHTML, missed);
    fault(where, `the keyboard reaches ${reached.size} of ${all}, not ${html.slice(0, 200)}`);
  }
  return all;
}
