// The board by its sliders, and its charts taken out as files.

import { fault, axe } from './page.mjs';
import { somebody } from './team.mjs';

export async function board(browser, origin, lang) {
  const page = await somebody(browser, origin, lang);
  const where = `board ${lang}`;
  await page.goto(`${origin}/`);
  const [first, last] = await page.$eval('#as_of', field => [field.dataset.first, field.dataset.last]);
  const sliders = await page.$$('input[type=range]');
  if (sliders.length !== 2) return fault(where, `has ${sliders.length} sliders`);
  await axe(page, where);
  // By keyboard: the first day, one more, and Enter.
  await sliders[0].focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  const second = new Date(Date.parse(first) + 86400000).toISOString().slice(0, 10);
  const typed = await page.inputValue('#as_of');
  if (typed !== second || second > last) fault(where, `slid to ${typed}, not ${second}`);
  await Promise.all([page.waitForURL(`**/*as_of=${second}*`), page.keyboard.press('Enter')]);
  // By pointer: to an entry in the middle.
  const middle = (await page.$$('input[type=range]'))[1];
  await middle.scrollIntoViewIfNeeded();
  const box = await middle.boundingBox();
  const go = page.waitForURL(url => Number(url.searchParams.get('known_by')) > 1);
  await Promise.all([go, page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)]);
  if (await page.inputValue('#as_of') !== second) fault(where, 'forgot the day');
  // The last place asks nothing.
  const known = (await page.$$('input[type=range]'))[1];
  await known.focus();
  await page.keyboard.press('End');
  if (await page.inputValue('#known_by') !== '') fault(where, 'asks something for now');

  await page.goto(`${origin}/`);
  for (const [kind, begins] of [['svg', '<svg'], ['png', '\x89PNG']]) {
    const asked = await page.getAttribute(`a[download][href*=".${kind}"]`, 'href');
    const answer = await page.request.get(`${origin}${asked}`);
    const bytes = (await answer.body()).toString('latin1');
    if (answer.status() !== 200 || !bytes.startsWith(begins)) fault(where, `${kind}: ${answer.status()}`);
    if (kind === 'svg' && !bytes.includes('2026')) fault(where, 'has no day on it');
  }
  await page.context().close();
  console.log(`${where}: sliders and charts`);
}
