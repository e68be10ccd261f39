// What a person does on the pages of her case, and what the portal does for somebody who is interrupted: by another language, by two
// hours of something else, by somebody who comes in. By keyboard, as in every story.

import { addressOf, choose, enter, press, tabTo, type } from './keyboard.mjs';
import { expect, expectLanguage, expectProblem, proveAddress, readStatus, submit, until, waitTwoHours } from './steps.mjs';

const OTHER = { nb: 'nl', nl: 'en', en: 'nb' };
const FILE = { name: 'brev.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 brev %%EOF\n') };

// --- What we hold ----------------------------------------------------------------------------------------------------

export async function seeData({ page, status }) {
  await page.goto(status);
  await press(page, 'main a[href$="/data"]');
  await press(page, 'main a[href*="/data/"]');
  expect(/\/data\/.+/.test(addressOf(page)), 'at least one kind of data is shown');
  expect((await page.locator('main dl, main table').count()) > 0, 'the values are shown');
}

/** Beside a value stands the way to have it corrected; the page that asks knows what stands there today. */
export async function correctBeside({ page, lang, status }) {
  await page.goto(status);
  await press(page, 'main a[href$="/data"]');
  await press(page, 'main a[href$="/data/shop.addresses"]');
  await press(page, 'main a[href$="/correct"]');
  await expectLanguage(page, lang);
  const stands = await page.inputValue('#should-0');
  expect(stands !== '', 'what stands there today is filled in');
  await submit(page, '#should-0', /\/correct$/);
  await expectProblem(page, '#should-0');
  await type(page, '#should-0', 'Lillegata 2');
  await switchLanguage(page, lang);
  expect((await page.inputValue('#should-0')) === 'Lillegata 2', 'what was typed is still there');
  await enter(page, '#should-0', /\/request\/check$/);
  expect((await page.innerText('main ins')) === 'Lillegata 2', 'the page shows what it will be');
  expect((await page.innerText('main del')) === stands, 'the page shows what it is now');
}

// --- The answer ------------------------------------------------------------------------------------------------------

export async function readResult({ page, lang, status }) {
  await page.goto(status);
  await press(page, 'main a[href$="/result"]');
  await expectLanguage(page, lang);
  expect(addressOf(page) === `${status}/result`, 'there is an answer to read');
  expect((await page.locator('main h1').count()) === 1 && (await page.locator('main .panel').count()) > 0, 'the answer is told first');
  expect((await page.locator('main #disagree').count()) === 1, 'the page says what to do against it');
}

// --- Words, and the way out ------------------------------------------------------------------------------------------

export async function writeMessage({ page, lang, status }) {
  const at = /\/messages$/;
  await page.goto(status);
  await press(page, 'main a[href$="/messages"]');
  await submit(page, '#message', at);
  await expectProblem(page, '#message');
  await type(page, '#message', 'Kom gjerne tilbake til meg.');
  await switchLanguage(page, lang);
  expect((await page.inputValue('#message')) === 'Kom gjerne tilbake til meg.', 'what was typed is still there');
  const asked = page.waitForEvent('filechooser'); // before it is asked for: it takes a moment to be heard
  await tabTo(page, '#file');
  await page.keyboard.press('Space');
  await (await asked).setFiles(FILE);
  await submit(page, '#message', at);
  const said = await page.innerText('main');
  expect(said.includes('Kom gjerne tilbake til meg.') && said.includes(FILE.name), 'the message and its file are there');
  expect((await page.inputValue('#message')) === '', 'there is room for another one');
}

export async function takeBack(story) {
  const { page, status } = story;
  await page.goto(status);
  await press(page, 'main a[href$="/withdraw"]');
  await submit(page, 'button.second', /\/case\/HB-[A-Z0-9-]+$/);
  await readStatus(story);
  await until(story, async () => (await page.locator('main a[href$="/withdraw"]').count()) === 0, 'what is taken back cannot be taken back');
}

// --- Interruptions ---------------------------------------------------------------------------------------------------

/** To another language and back: each time the same page. */
export async function switchLanguage(page, lang) {
  for (const code of [OTHER[lang], lang]) {
    await press(page, `header nav button[lang=${code}]`);
    await expectLanguage(page, code);
  }
}

/** She chooses what is to go, is called away, and sends it when she is back. */
export async function isCalledAway(story) {
  const { page } = story;
  await choose(page, 'input[name=scope][value=choose]');
  await choose(page, 'input[name=kind][value="shop.orders"]');
  await waitTwoHours(story);
  await submit(page, 'input[name=scope]', /\/request\/who$/);
  expect((await page.locator('main .panel[role=status]').count()) === 1, 'she is told that she was away');
}

export async function goOn(story) {
  const { page } = story;
  await proveAddress(story);
  expect(addressOf(page).endsWith('/request/scope'), `she is led back to what she wrote, not to ${page.url()}`);
  expect(await page.isChecked('input[name=scope][value=choose]'), 'what she chose is still chosen');
  expect(await page.isChecked('input[name=kind][value="shop.orders"]'), 'and so is the kind');
}

/** The same with a message in a case. */
export async function isCalledAwayFromMessage(story) {
  const { page, status } = story;
  await page.goto(status);
  await press(page, 'main a[href$="/messages"]');
  await type(page, '#message', 'Jeg ble avbrutt.');
  await waitTwoHours(story);
  await submit(page, '#message', /\/find\?case=HB-/);
  expect((await page.locator('main .panel[role=status]').count()) === 1, 'she is told that she was away');
  await proveAddress(story);
  expect(addressOf(page) === `${status}/messages`, `she is led back to what she wrote, not to ${page.url()}`);
  expect((await page.inputValue('#message')) === 'Jeg ble avbrutt.', 'what she wrote is still there');
}

/** One press on every page; nothing can be read afterwards, not by going back either. */
export async function leaveQuickly({ page, status, url, lang }) {
  const before = await page.context().cookies();
  await press(page, 'header form[action$="/sign-out"] button');
  expect(addressOf(page) === `${url}/${lang}/signed-out`, `she is out, not at ${page.url()}`);
  const after = await page.context().cookies();
  expect(before.length > 0 && after.every((cookie) => before.every((old) => old.value !== cookie.value)), 'the browser is nobody known any more');
  await page.goBack();
  for (const at of [null, `${url}/${lang}/request/scope`, status]) {
    if (at) await page.goto(at);
    const said = await page.innerText('main');
    expect(!/HB-[A-Z0-9-]{4}/.test(said) && (await page.locator('main input[name=scope], main textarea').count()) === 0, `nothing is left at ${page.url()}`);
  }
}
