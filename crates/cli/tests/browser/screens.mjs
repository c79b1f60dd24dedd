// A picture of every page for the guide: a wide screen and a phone, light and dark, in both
// languages. All people in them are invented.

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { fault } from './page.mjs';
import { drop } from './receive.mjs';
import { signIn, WORDS } from './team.mjs';

/// Each language is seen light and dark, wide and narrow; a phone has two dots to a point.
const LOOKS = [
  { lang: 'en', colorScheme: 'light', width: 1280, height: 860 },
  { lang: 'es', colorScheme: 'dark', width: 1280, height: 860 },
  { lang: 'es', colorScheme: 'light', width: 320, height: 640 },
  { lang: 'en', colorScheme: 'dark', width: 320, height: 640 },
];

/// A newer list than the case has: two who are in it, and one who is in no list.
const NEWER = 'Nombre,Edad,Cosa,Fecha de detención,Estatus\nAda Luna Ruiz,40,Torre Sur,03/01/2026,Detenida\nBea Sol,31,Torre Norte,04/01/2026,Detenida\n';

const PERSON = 'main a[href^="/people/"]';

/// What a picture shows that a page does not show at once: `first` is the link that leads there, `then` what is done, `begin` what is brought to the top of the picture;
/// with `narrow` it is shown on a phone alone, where a wide screen has it in view already.
const PAGES = [
  { name: 'board', at: '/' },
  { name: 'board-table', at: '/', begin: '#h-table' },
  { name: 'board-compared', at: '/', begin: '#h-comparisons' },
  { name: 'line', at: '/', first: 'tr:has(.sign-short) a[href^="/lines/"]' },
  { name: 'read', at: '/read' },
  { name: 'reading-desk', at: '/read', first: 'main a:has-text("2026-02-05-correction")' },
  { name: 'reading-cards', narrow: true, at: '/read', first: 'main a:has-text("2026-02-05-correction")', begin: 'li.card' },
  { name: 'receive', at: '/receive' },
  { name: 'people', at: '/people' },
  { name: 'people-found', at: '/people', then: search },
  { name: 'person', at: '/people?mark=contested', first: PERSON },
  { name: 'person-card', at: '/people?mark=contested', first: PERSON, then: card },
  { name: 'cluster', at: '/people?mark=contested', first: PERSON, then: cluster },
  { name: 'change', at: '/change?from_as_of=2026-02-01' },
  { name: 'audit', at: '/audit' },
  { name: 'promises', at: '/promises' },
  { name: 'estimate', at: '/estimate' },
  { name: 'documents', at: '/documents' },
  { name: 'document', at: '/documents', first: 'main a:has-text("2026-02-14-olsa-balance")' },
  { name: 'ledger', at: '/ledger' },
  { name: 'publish', at: '/publish' },
  { name: 'checklist', narrow: true, at: '/publish', begin: '.checklist' },
  { name: 'error-absent', at: '/nothing-here' },
  { name: 'offer', at: '/receive', then: offer },
];

/// The same of a team, as each of its members sees it.
const TEAM = [
  { name: 'sign-in', at: '/', as: 'nobody' },
  { name: 'link', at: '/link', as: 'lina' },
  { name: 'link-card', narrow: true, at: '/link', as: 'lina', begin: 'li.card' },
  { name: 'link-many', at: '/link/many?by=exact-number', as: 'lina' },
  { name: 'list-diff', at: '/documents', first: 'main a:has-text("olsa-detenidos-v2")', then: versions, as: 'lina' },
  { name: 'account', at: '/account', as: 'lina' },
  { name: 'error-role', at: '/team', as: 'lina' },
  { name: 'team', at: '/team', as: 'ada' },
  { name: 'invite', at: '/team', as: 'ada', then: invite },
  { name: 'tokens', at: '/team', as: 'ada', then: token, begin: '#h-tokens' },
];

const SITE = ['index', 'register', 'people', 'bulletin'];

async function search(page) {
  await page.fill('#typed', 'maria');
  await leads(page, () => page.press('#typed', 'Enter'));
}

async function card(page) {
  await page.emulateMedia({ media: 'print' });
}

async function cluster(page) {
  await leads(page, () => page.locator('main a[href^="/link/"]').click());
}

async function versions(page) {
  await leads(page, () => page.locator('a[href^="/versions/"]').first().click());
}

async function invite(page) {
  await leads(page, () => page.click('section[aria-labelledby=h-invite] button'));
}

async function token(page) {
  await page.fill('#token-name', await page.evaluate(() => `tables-${document.documentElement.lang}-${innerWidth}`));
  await page.locator('form:has(#token-name) input[name=scope]').first().check();
  await leads(page, () => page.locator('form:has(#token-name) button').click());
}

async function offer(page) {
  const known = readFileSync(process.env.HABEAS_KNOWN, 'utf8');
  await drop(page, [['detenidos-marzo.csv', NEWER], ['ministry-releases.csv', known]]);
  await Promise.all([page.waitForURL('**/receive/*'), page.click('[data-drop] button')]);
}

async function leads(page, act) {
  await Promise.all([page.waitForEvent('load', { timeout: 120_000 }), act()]);
}

async function opened(browser, { lang, colorScheme, width, height }) {
  const context = await browser.newContext({
    locale: lang === 'es' ? 'es-VE' : 'en-GB',
    colorScheme,
    reducedMotion: 'reduce',
    viewport: { width, height },
    deviceScaleFactor: width < 500 ? 2 : 1,
  });
  return context.newPage();
}

/// The picture of what the page shows, from `begin` on. With `HABEAS_SCREENS_WHOLE` down to its
/// end, for whoever looks for faults.
async function shoot(page, folder, name, begin) {
  await page.evaluate(begin => {
    document.activeElement?.blur();
    scrollTo(0, 0);
    if (begin) document.querySelector(begin).scrollIntoView();
  }, begin);
  const fullPage = Boolean(process.env.HABEAS_SCREENS_WHOLE);
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage });
}

/// One picture. A page that cannot be had is a fault, and the next one is gone to.
async function picture(page, origin, folder, { name, at, first, then, begin }, look) {
  const where = `${name}-${look.lang}-${look.width}`;
  try {
    await page.emulateMedia({ media: 'screen' });
    await page.goto(`${origin}${at}`);
    if (first) await leads(page, () => page.locator(first).first().click());
    if (then) await then(page);
    await shoot(page, folder, where, begin);
  } catch (why) {
    fault(where, why.message);
  }
}

async function seen(browser, look, alone, team, folder) {
  const page = await opened(browser, look);
  const shown = one => !one.narrow || look.width < 500;
  for (const one of PAGES.filter(shown)) await picture(page, alone, folder, one, look);
  if (page.url().includes('/receive/')) await leads(page, () => page.click('button[value=discard]'));
  await page.context().close();
  for (const name of ['nobody', 'lina', 'ada']) {
    const page = await opened(browser, look);
    if (name !== 'nobody') {
      await page.goto(`${team}/sign-in`);
      await signIn(page, name, WORDS);
    }
    for (const one of TEAM.filter(one => one.as === name && shown(one))) await picture(page, team, folder, one, look);
    await page.context().close();
  }
}

/// What the public sees, from the disk.
async function site(browser, look, published, folder) {
  const page = await opened(browser, look);
  for (const file of SITE) {
    await page.goto(`${pathToFileURL(published).href}/${look.lang}/${file}.html`);
    await shoot(page, folder, `site-${file}-${look.lang}-${look.width}`);
  }
  await page.context().close();
}

/// Publishes, and shows what was made.
async function published(browser, look, origin, folder) {
  const page = await opened(browser, look);
  await page.goto(`${origin}/publish`);
  for (const question of ['consent', 'minors', 'sources', 'families']) {
    await page.check(`input[name=${question}][value=yes]`);
  }
  await Promise.all([page.waitForNavigation({ timeout: 240_000 }), page.click('.checklist button')]);
  await shoot(page, folder, `published-${look.lang}-${look.width}`);
  const covers = new URL(page.url()).pathname.split('/')[2];
  await page.context().close();
  return covers;
}

/// Says of each pair that waits that it is two people: nothing is estimated before.
async function decided(browser, origin) {
  const page = await opened(browser, LOOKS[0]);
  await page.goto(`${origin}/link`);
  const card = page.locator('[data-card]').first();
  while ((await card.count()) > 0) {
    await card.focus();
    await leads(page, () => page.keyboard.press('d'));
  }
  await page.context().close();
}

export async function screens(browser, alone, team, shown, folder) {
  await decided(browser, alone);
  for (const look of LOOKS) {
    await seen(browser, look, alone, team, folder);
    const covers = await published(browser, look, alone, folder);
    await site(browser, look, `${shown}/published/${covers}`, folder);
  }
  console.log('screens: every page in four looks');
}
