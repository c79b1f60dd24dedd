// Walks through the pages of a served case as people do, in a real browser: every page that links
// lead to, in both languages, light and dark, wide and narrow; what is published; and the team's
// first day.

import { readFileSync } from 'node:fs';
import { launch, faults, fault, watch, axe, reflow, keyboard } from './page.mjs';
import { board } from './board.mjs';
import { publish } from './publish.mjs';
import { plainly, receive } from './receive.mjs';
import { screens } from './screens.mjs';
import { linker, reviewer, two } from './stories.mjs';
import { team, WORDS } from './team.mjs';

const origin = process.env.HABEAS_AT;
const folder = process.env.HABEAS_SCREENS;
/// A list that the case has already.
const KNOWN = readFileSync(process.env.HABEAS_KNOWN, 'utf8');

/// Texts that are reviewed in the stories, in each language another.
const TEXTS = [
  ['en', '2026-02-14-olsa-balance', '2026-01-31-olsa-balance'],
  ['es', '2026-02-13-vigilia', '2026-01-09-anuncio'],
];

/// Four ways of looking; the first two are held to every rule, the others to those that the
/// colours and the width can change.
const LOOKS = [
  { lang: 'en', colorScheme: 'light', width: 1280, height: 900 },
  { lang: 'es', colorScheme: 'dark', width: 320, height: 640 },
  { lang: 'es', colorScheme: 'light', width: 320, height: 640, only: ['color-contrast', 'target-size'] },
  { lang: 'en', colorScheme: 'dark', width: 1280, height: 900, only: ['color-contrast'] },
];

/// Pages are of one kind when only their identifiers differ.
const kind = url => new URL(url).pathname.replace(/[0-9a-f]{16,}/g, '{id}');

/// One address of each kind that links lead to.
async function pages(browser) {
  const page = await browser.newPage();
  watch(page, origin, () => page.url());
  const found = new Map([['/', `${origin}/`]]);
  for (const url of found.values()) {
    const answer = await page.goto(url);
    if (answer.status() !== 200) fault(url, `status ${answer.status()}`);
    const links = await page.$$eval('a[href]:not([download])', all => all.map(one => new URL(one.getAttribute('href'), location).href));
    for (const link of links.filter(link => link.startsWith(origin))) {
      if (!found.has(kind(link))) found.set(kind(link), link.split('#')[0]);
    }
  }
  await page.close();
  return found;
}

async function look(browser, found, { lang, colorScheme, width, height, only }) {
  const context = await browser.newContext({
    locale: lang === 'es' ? 'es-VE' : 'en-GB',
    colorScheme,
    reducedMotion: 'reduce',
    viewport: { width, height },
  });
  const page = await context.newPage();
  const name = `${lang} ${colorScheme} ${width}`;
  watch(page, origin, () => `${page.url()} ${name}`);
  let [rules, stops] = [0, 0];
  for (const [path, url] of found) {
    const where = `${path} ${name}`;
    await page.goto(url);
    const said = await page.evaluate(() => document.documentElement.lang);
    if (said !== lang) fault(where, `is in ${said}`);
    rules += await axe(page, where, only);
    await reflow(page, where);
    if (!only && width > 320) stops += await keyboard(page, where);
  }
  await context.close();
  console.log(`${name}: ${found.size} pages, ${rules} rules passed, ${stops} stops of the keyboard`);
}

const browser = await launch();
try {
  const found = await pages(browser);
  for (const one of LOOKS) await look(browser, found, one);
  for (const lang of ['en', 'es']) await board(browser, origin, lang);
  for (const lang of ['en', 'es']) await receive(browser, origin, lang, KNOWN);
  await plainly(browser, origin);
  const at = process.env.HABEAS_TEAM_AT;
  for (const [lang, one, other] of TEXTS) {
    await reviewer(browser, origin, lang, one);
    await two(browser, at, lang, other, WORDS);
    await linker(browser, at, lang, WORDS);
  }
  await publish(browser, origin, process.env.HABEAS_CASE);
  await team(browser, at);
  if (folder) await screens(browser, origin, at, process.env.HABEAS_CASE, folder);
} finally {
  await browser.close();
}
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
}
