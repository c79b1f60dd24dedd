// Somebody sends files: one is new, one is in the case already; the list's columns are looked at and
// one is told otherwise; it is accepted, and withdrawn.

import { fault, watch, axe, reflow, keyboard } from './page.mjs';

const LIST = 'Nombre,Edad,Cosa,Fecha de detención,Estatus\nAda Luna Ruiz,40,Torre Sur,03/01/2026,Detenida\nBea Sol,31,Torre Norte,04/01/2026,Detenida\n';
const WORDS = {
  en: { new: 'It is new', known: 'in the case already', gone: 'withdrawn' },
  es: { new: 'Es nuevo', known: 'ya están en el caso', gone: 'retirado' },
};

async function held(page, what) {
  await axe(page, what);
  await reflow(page, what);
  await keyboard(page, what);
}

/// Drops files onto the page, as a hand does.
export async function drop(page, files) {
  const data = await page.evaluateHandle(files => {
    const all = new DataTransfer();
    for (const [name, words] of files) all.items.add(new File([words], name));
    return all;
  }, files);
  await page.dispatchEvent('[data-drop]', 'drop', { dataTransfer: data });
}

export async function receive(browser, origin, lang, known) {
  const [es, words] = [lang === 'es', WORDS[lang]];
  const context = await browser.newContext({
    locale: es ? 'es-VE' : 'en-GB',
    colorScheme: es ? 'dark' : 'light',
    viewport: { width: es ? 320 : 1280, height: 900 },
  });
  const page = await context.newPage();
  watch(page, origin, () => page.url());
  await page.goto(`${origin}/receive`);
  const list = `${LIST}${lang} Sol,22,Torre,05/01/2026,Detenida\n`;
  await drop(page, [['a.txt', 'x'.repeat(70 << 20)]]);
  const told = await page.textContent('[data-told]');
  if (!told) fault('/receive', 'says nothing of a file that is too large');
  await drop(page, [[`${lang}.csv`, list], ['again.csv', known]]);
  await Promise.all([page.waitForURL('**/receive/*'), page.click('[data-drop] button')]);
  const said = await page.textContent('main');
  for (const word of [words.new, words.known]) if (!said.includes(word)) fault(page.url(), `does not say ${word}`);
  await held(page, `offer ${lang}`);
  await page.selectOption('select[name=c-0-2]', 'place');
  await Promise.all([page.waitForResponse(answer => answer.url().includes('/receive/') && answer.status() === 200), page.click('button[value=look]')]);
  if ((await page.inputValue('select[name=c-0-2]')) !== 'place') fault(page.url(), 'forgot the column');
  await Promise.all([page.waitForURL('**/receive#h-last'), page.click('button[value=accept]')]);
  const first = page.locator('.pairs li').first();
  if (!(await first.textContent()).includes(`${lang}.csv`)) fault(page.url(), 'does not show what was received');
  await first.locator('summary').click();
  await first.locator('input[name=reason]').fill('only to try');
  await held(page, `received ${lang}`);
  const sent = page.waitForResponse(answer => answer.request().method() === 'POST');
  await Promise.all([page.waitForEvent('load'), sent, first.locator('form button').click()]);
  const status = (await sent).status();
  if (status !== 303) fault('/receive/undo', `answers ${status}`);
  if (!(await first.textContent()).includes(words.gone)) fault(page.url(), 'does not show what was withdrawn');
  await context.close();
  console.log(`receive ${lang}: one new, one known, accepted, withdrawn`);
}

/// The same without any script of ours: files are chosen and sent by the form alone.
export async function plainly(browser, origin) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/receive`);
  await page.setInputFiles('#files', { name: 'plain.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) });
  await Promise.all([page.waitForURL('**/receive/*'), page.click('[data-drop] button')]);
  await Promise.all([page.waitForURL('**/receive'), page.click('button[value=discard]')]);
  await context.close();
  console.log('receive: without a script');
}
