// Whole stories, in both languages: a reviewer's first ten minutes, two reviewers on one document,
// and a linker's session.

import { fault, watch, axe, reflow } from './page.mjs';
import { signIn, somebody } from './team.mjs';

/// Does something that leads to another page, and waits until it is there.
async function leads(page, act) {
  await Promise.all([page.waitForEvent('load', { timeout: 120_000 }), act()]);
}

/// The card that has the focus.
const here = page => page.evaluate(() => document.activeElement?.closest('[data-card]')?.id);

async function is(page, card, state) {
  const found = await page.getAttribute(`[id="${card}"]`, 'class');
  if (!found?.includes(`review-${state}`)) fault(page.url(), `${card} is ${found}, not ${state}`);
}

async function says(page, what, word) {
  if (!(await page.textContent('main')).includes(word)) fault(page.url(), `${what}: does not say ${word}`);
}

/// Somebody opens the case for the first time, follows a number to its words, and reviews a text by
/// keys alone: accepts, refuses with a reason, edits.
export async function reviewer(browser, origin, lang, text) {
  const page = await somebody(browser, origin, lang);
  await page.goto(origin);
  await leads(page, () => page.locator('a[href^="/lines/"]:visible').first().click());
  if ((await page.locator('mark').count()) === 0) fault(page.url(), 'shows no words behind the number');
  await leads(page, () => page.locator('nav a[href="/read"]').click());
  await leads(page, () => page.locator('main a', { hasText: text }).click());
  const first = await here(page);
  if (!first) fault(page.url(), 'no card has the focus');
  await leads(page, () => page.keyboard.press('a'));
  await is(page, first, 'accepted');
  const second = await here(page);
  await page.locator(`[id="${second}"] input[name=reason]`).first().fill('it says otherwise');
  await page.keyboard.press('Escape');
  await leads(page, () => page.keyboard.press('r'));
  await is(page, second, 'refused');
  const third = await here(page);
  await page.keyboard.press('e');
  const edit = page.locator(`[id="${third}"] details.edit`);
  await edit.locator('select[name=modality]').selectOption('confirmed');
  await axe(page, `edit ${lang}`);
  await reflow(page, `edit ${lang}`);
  await leads(page, () => edit.locator('.do button').click());
  await is(page, third, 'edited');
  await page.goto(`${origin}/ledger?only=decisions`);
  await says(page, 'ledger', 'it says otherwise');
  await page.context().close();
  console.log(`reviewer ${lang}: accepted, refused, edited`);
}

/// Two look at one document. The second decides on what the first has decided meanwhile: it is
/// refused with what changed, the reason is not lost, and another claim is decided all the same.
export async function two(browser, origin, lang, text, words) {
  const [rita, raul] = [await somebody(browser, origin, lang), await somebody(browser, origin, lang)];
  for (const [page, name] of [[rita, 'rita'], [raul, 'raul']]) {
    await page.goto(`${origin}/read`);
    await signIn(page, name, words);
    await leads(page, () => page.locator('main a', { hasText: text }).click());
  }
  const card = await here(rita);
  if ((await here(raul)) !== card) fault(raul.url(), 'begins elsewhere');
  await leads(rita, () => rita.keyboard.press('a'));
  await raul.locator(`[id="${card}"] input[name=reason]`).first().fill('my own reason');
  await raul.keyboard.press('Escape');
  const answer = raul.waitForResponse(answer => answer.request().method() === 'POST');
  await leads(raul, () => raul.keyboard.press('r'));
  if ((await answer).status() !== 409) fault(raul.url(), `is ${(await answer).status()}`);
  await says(raul, 'stale', 'rita');
  await says(raul, 'stale', 'my own reason');
  await axe(raul, `stale ${lang}`);
  await reflow(raul, `stale ${lang}`);
  await leads(raul, () => raul.locator('a.act').click());
  await is(raul, card, 'accepted');
  const other = await raul.locator('[data-waits]').first().getAttribute('id');
  await raul.focus(`[id="${other}"]`);
  await leads(raul, () => raul.keyboard.press('a'));
  await is(raul, other, 'accepted');
  await Promise.all([rita.context().close(), raul.context().close()]);
  console.log(`two reviewers ${lang}: the second was told`);
}

/// Pairs by keys, one taken back; a person parted; a newer list held against the one before, its
/// pairs decided at once and undone at once.
export async function linker(browser, origin, lang, words) {
  const page = await somebody(browser, origin, lang);
  await page.goto(`${origin}/link`);
  await signIn(page, 'lina', words);
  const pair = await here(page);
  for (const key of ['s', 'd', 'u']) {
    const card = await here(page);
    await leads(page, () => page.keyboard.press(key));
    if ((await page.locator(`[id="${card}"]`).count()) > 0) fault(page.url(), `${card} still waits`);
  }
  await leads(page, () => page.locator('form.undo button').first().click());
  const person = pair.split('-').slice(1).sort()[0];
  await page.goto(`${origin}/link/${person}`);
  await page.check('input[name=out] >> nth=0');
  await leads(page, () => page.click('form[method=get] button'));
  await held(page, `part ${lang}`);
  await page.fill('section.card input[name=reason]', 'another mother');
  await leads(page, () => page.click('section.card button'));
  await says(page, 'parted', 'another mother');
  await leads(page, () => page.locator('form.undo button').first().click());

  await page.goto(`${origin}/documents`);
  await leads(page, () => page.locator('main a', { hasText: 'olsa-detenidos-v2' }).click());
  await leads(page, () => page.locator('a[href^="/versions/"]').click());
  await held(page, `versions ${lang}`);
  const all = await page.locator('input[name=pair]:checked').count();
  if (all < 10) fault(page.url(), `proposes only ${all} pairs`);
  await page.locator('input[name=pair]').first().uncheck();
  await leads(page, () => page.locator('button[name=verdict]').first().click());
  await page.goto(`${origin}/link`);
  await says(page, 'batch', `${all - 2}`);
  await leads(page, () => page.locator('form.undo button').first().click());
  await page.context().close();
  console.log(`linker ${lang}: ${all - 1} pairs at once, undone`);
}

async function held(page, what) {
  await axe(page, what);
  await reflow(page, what);
}
