// A team's first day: the keeper signs in by keyboard alone, invites somebody, who joins and signs
// in; each page is held to the rules.

import { fault, watch, axe, reflow, keyboard } from './page.mjs';

export const WORDS = 'correct horse battery';

/// Somebody with a browser of their own.
export async function somebody(browser, origin, lang) {
  const context = await browser.newContext({
    locale: lang === 'es' ? 'es-VE' : 'en-GB',
    colorScheme: lang === 'es' ? 'dark' : 'light',
    viewport: { width: lang === 'es' ? 320 : 1280, height: 800 },
  });
  const page = await context.newPage();
  watch(page, origin, () => page.url());
  return page;
}

async function held(page, what) {
  await axe(page, what);
  await reflow(page, what);
  await keyboard(page, what);
}

/// Signs in with nothing but keys.
export async function signIn(page, name, words) {
  await page.focus('#in-name');
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(words);
  await Promise.all([page.waitForURL(url => !url.pathname.startsWith('/sign-in')), page.keyboard.press('Enter')]);
}

export async function team(browser, origin) {
  const ada = await somebody(browser, origin, 'en');
  await ada.goto(`${origin}/documents`);
  if (!ada.url().endsWith('/sign-in?next=%2Fdocuments')) fault(ada.url(), 'is not the door');
  await held(ada, 'sign-in en');
  await ada.fill('#in-name', 'ada');
  await ada.fill('#in-passphrase', 'something else');
  await ada.click('button');
  if (!(await ada.textContent('[role=alert]')).includes('wrong')) fault('sign-in', 'told nothing');
  await held(ada, 'sign-in refused en');
  await signIn(ada, 'ada', WORDS);
  if (new URL(ada.url()).pathname !== '/documents') fault(ada.url(), 'is not what was wanted');
  const [cookie] = (await ada.context().cookies()).filter(one => one.name === '__Host-habeas');
  if (!cookie?.secure || !cookie.httpOnly || cookie.sameSite !== 'Strict') fault('cookie', JSON.stringify({ ...cookie, value: '' }));
  await ada.goto(`${origin}/account`);
  await held(ada, 'account en');
  await ada.goto(`${origin}/team`);
  await held(ada, 'team en');
  await ada.click('section[aria-labelledby=h-invite] button');
  const link = await ada.textContent('code');

  const bea = await somebody(browser, origin, 'es');
  await bea.goto(link);
  await held(bea, 'invitation es');
  await bea.fill('#new-name', 'bea');
  await bea.fill('#new-passphrase', WORDS);
  await bea.fill('#new-again', WORDS);
  await Promise.all([bea.waitForURL('**/sign-in'), bea.click('button')]);
  await held(bea, 'sign-in es');
  await signIn(bea, 'bea', WORDS);
  await bea.goto(`${origin}/people`);
  await held(bea, 'people closed es');
  const closed = await bea.textContent('aside.closed');
  if (!closed.includes('cerrados para usted')) fault('/people', 'says nothing of what is closed');
  await ada.goto(`${origin}/people`);
  if (await ada.$('aside.closed')) fault('/people', 'is closed to a keeper');
  const rows = page => page.$$eval('main tbody tr', all => all.length);
  if (await rows(bea) >= await rows(ada)) fault('/people', `shows a reader ${await rows(bea)}`);
  await bea.goto(`${origin}/account`);
  await held(bea, 'account es');
  const refused = await bea.goto(`${origin}/team`);
  if (refused.status() !== 403) fault('/team', `shows a reader ${refused.status()}`);
  await held(bea, 'refused es');
  await bea.goto(`${origin}/account`);
  await bea.click('section[aria-labelledby=h-end] button');
  await bea.goto(`${origin}/`);
  if (!bea.url().includes('/sign-in')) fault(bea.url(), 'is shown after signing out');
  await Promise.all([ada.context().close(), bea.context().close()]);
  console.log('team: the first day');
}
