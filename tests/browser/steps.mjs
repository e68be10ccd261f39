// What a person does in every story, by keyboard, and the means to do it with. A story is `{ page, lang, person, url }`; `status` is
// added by the steps.

import { addressOf, choose, enter, press, type } from './keyboard.mjs';

/** A mailbox is sent few codes within an hour. */
export async function startAgain(story) {
  await moveClock(story);
  await story.page.context().clearCookies();
}

export async function chooseRight({ page, url, lang }, right) {
  await page.goto(`${url}/${lang}/`);
  await expectLanguage(page, lang);
  await choose(page, `input[name=right][value=${right}]`);
  await submit(page, 'input[name=right]', /\/request\/who/);
}

export async function proveAddress(story) {
  const { page, person } = story;
  const before = (await caughtCodes(story)).length;
  await type(page, 'input[name=email]', person.email);
  await enter(page, 'input[name=email]', /\/request\/code/);
  await type(page, 'input[name=code]', await nextCode(story, before));
  await submit(page, 'input[name=code]', /\/request\/(?!code)|\/case\/HB-/);
}

export async function nameSecondItem({ page, person }) {
  await choose(page, 'input[name=kind][value^=customer]');
  await type(page, 'input[name=number]', person.number);
  await enter(page, 'input[name=number]', /\/request\/(scope|details|check)/);
}

export async function chooseKind({ page }, kind = 'shop.addresses') {
  await choose(page, `input[name=kind][value="${kind}"]`);
  await submit(page, 'input[name=kind]', /\/request\/details\/[a-z.]+$/);
}

export async function sendRequest({ page, lang }) {
  await submit(page, 'input[name=csrf]', new RegExp(`/${lang}/case/HB-`));
}

export async function readStatus(story) {
  const { page, lang } = story;
  await expectLanguage(page, lang);
  story.status = addressOf(page);
  const reference = story.status.match(/HB-[A-Z0-9-]+/)[0];
  const text = await page.innerText('main');
  expect(text.includes(reference), `the page names ${reference}`);
  expect(/\b20\d\d\b/.test(text), 'the page names a date with its year');
  expect((await page.locator('script').count()) === 0, 'the page carries no script');
}

/** The worker answers a moment later; the page offers the answer, or a question, when it is asked for again. */
export async function waitForAnswer(story, offers = '/download') {
  await until(story, async () => (await story.page.locator(`main a[href$="${offers}"]`).count()) > 0, `the page offers ${offers}`);
}

/** Asks for the case's page again until it says what the worker has done. */
export async function until({ page, status }, says, what) {
  for (let look = 0; look < 50; look += 1) {
    await page.goto(status);
    if (await says()) return;
    await new Promise((resume) => setTimeout(resume, 200));
  }
  throw new Error(`expected: ${what}`);
}

// --- Means -----------------------------------------------------------------------------------------------------------

/** Sends the page's own form that holds `field`, by its first button, and waits for the page it leads to. */
export async function submit(page, field, leadsTo) {
  await press(page, `main form:not([action]):has(${field}) button:not([type=button])`);
  if (leadsTo.test(addressOf(page))) return;
  const said = await page.locator('[role=alert], .problems').allInnerTexts();
  throw new Error(`expected ${leadsTo}, came to ${page.url()}, which says: ${said.join(' ') || 'no problem'}`);
}

/** The code in the mail that arrives after `before` others; the worker sends it a moment after the page is shown. */
export async function nextCode(story, before) {
  for (let look = 0; look < 100; look += 1) {
    const codes = await caughtCodes(story);
    if (codes.length > before) return codes[0];
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error(`expected: a mail with six digits to ${story.person.email}`);
}

/** Every code caught for the person, newest first. */
export async function caughtCodes({ page, url, person }) {
  const list = await (await page.context().request.get(`${url}/demo/mail`)).text();
  const mails = list.split('/demo/mail/').slice(1).filter((mail) => mail.includes(person.email));
  return mails.map((mail) => mail.replace(/<[^>]*>|&nbsp;|\u00a0|\u202f/g, ' ').match(/\b(\d{3}) ?(\d{3})\b/)).filter(Boolean).map((code) => code[1] + code[2]);
}

/** Moves the demo's clock by `two-hours`, by a `day` or by `three-days`. */
export async function moveClock({ page, url }, by = 'day') {
  await page.goto(`${url}/demo/clock`);
  await press(page, `button[name=move][value=${by}]`);
}

/** Two hours later: what she has shown is over, what she has written is kept. Somebody else moves the clock, and she stays where she is. */
export async function waitTwoHours({ browser, url }) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    await moveClock({ page: await context.newPage(), url }, 'two-hours');
  } finally {
    await context.close();
  }
}

/** The page again: what is wrong has the focus, stands first in the title, leads to its field, and stands there, too. */
export async function expectProblem(page, field) {
  const look = () =>
    page.evaluate(() => ({
      inSummary: document.activeElement === document.querySelector('[role=alert]'),
      title: document.title,
    }));
  // The focus moves when the page is painted, which may be a moment after it has loaded.
  let { inSummary, title } = await look();
  for (let tries = 0; !inSummary && tries < 40; tries += 1) {
    await page.waitForTimeout(50);
    ({ inSummary, title } = await look());
  }
  expect(inSummary, 'what is wrong has the focus');
  expect(/^(Feil|Fout|Error):/.test(title), `what is wrong stands first in the title \`${title}\``);
  await press(page, `[role=alert] a[href="${field}"]`);
  expect(await page.evaluate((at) => document.activeElement === document.querySelector(at), field), `it leads to ${field}`);
  expect(await page.isVisible(`${field}-problem`), 'it stands at the field, too');
}

export async function expectLanguage(page, lang) {
  const said = await page.getAttribute('html', 'lang');
  expect(said === lang, `the page is in ${lang}, not ${said}`);
}

export function expect(holds, what) {
  if (!holds) throw new Error(`expected: ${what}`);
}
