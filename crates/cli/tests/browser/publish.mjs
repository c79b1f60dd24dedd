// Something is given to the public: refused while a question has no yes, then made, downloaded, and
// looked at as the public will see it, from the disk and without a server.

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { fault, watch, axe, reflow, keyboard } from './page.mjs';

const QUESTIONS = ['consent', 'minors', 'sources', 'families'];

async function held(page, what, keys = true) {
  // A page from the disk may load nothing by script, so axe-core must not try to.
  await axe(page, what, undefined, { preload: !page.url().startsWith('file:') });
  await reflow(page, what);
  if (keys) await keyboard(page, what);
}

async function browse(browser, origin, lang) {
  const context = await browser.newContext({
    locale: lang === 'es' ? 'es-VE' : 'en-GB',
    colorScheme: lang === 'es' ? 'dark' : 'light',
    reducedMotion: 'reduce',
    viewport: lang === 'es' ? { width: 320, height: 640 } : { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  watch(page, origin, () => page.url());
  return page;
}

async function answer(page, answers) {
  for (const [nth, question] of QUESTIONS.entries()) {
    await page.check(`input[name=${question}][value=${answers[nth]}]`);
  }
  await Promise.all([page.waitForNavigation({ timeout: 240_000 }), page.click('.checklist button')]);
}

/// Publishes in one language; the position that it was made of.
async function story(browser, origin, lang) {
  const page = await browse(browser, origin, lang);
  await page.goto(`${origin}/publish`);
  await page.fill('#publish-note', 'told to the families on Monday');
  await answer(page, ['yes', 'yes', 'no', 'nobody']);
  if (new URL(page.url()).pathname !== '/publish') fault(page.url(), 'published in spite of a no');
  if (!(await page.textContent('[role=alert]')).trim()) fault('/publish', 'told nothing');
  if (!(await page.isChecked('input[name=families][value=nobody]'))) fault('/publish', 'forgot an answer');
  await held(page, `publish refused ${lang}`, false);
  await answer(page, ['yes', 'yes', 'yes', 'nobody']);
  const covers = new URL(page.url()).pathname.split('/')[2];
  if (!covers) {
    fault(page.url(), `published nothing: ${await page.textContent('main')}`.slice(0, 300));
    return undefined;
  }
  await held(page, `published ${lang}`);
  if (!(await page.textContent('main')).includes('operator')) fault(page.url(), 'does not say who');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click('.files a:has-text("publication.zip")'),
  ]);
  const bytes = readFileSync(await download.path());
  if (bytes.subarray(0, 2).toString() !== 'PK') fault(page.url(), 'gave no archive');
  await page.context().close();
  return covers;
}

/// The site from the disk: all its pages, in one language.
async function site(browser, folder, lang) {
  const root = pathToFileURL(folder).href;
  const page = await browse(browser, root, lang);
  await page.goto(`${root}/index.html`);
  await held(page, `site entrance ${lang}`);
  await page.click(`a[lang=${lang}]`);
  for (const file of ['index', 'register', 'people', 'about', 'bulletin']) {
    await page.goto(`${root}/${lang}/${file}.html`);
    const said = await page.evaluate(() => document.documentElement.lang);
    if (said !== lang) fault(page.url(), `is in ${said}`);
    await held(page, `site ${file} ${lang}`, file !== 'bulletin');
  }
  await page.context().close();
}

export async function publish(browser, origin, folder) {
  for (const lang of ['en', 'es']) {
    const covers = await story(browser, origin, lang);
    if (covers) await site(browser, `${folder}/published/${covers}`, lang);
  }
  console.log('publish: in both languages, and the sites from the disk');
}
