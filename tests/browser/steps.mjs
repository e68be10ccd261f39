// What a person does in every story, by keyboard, and the means to do it with. A story is `{ page, lang, person, url }`; `status` is
// added by the steps.

import { choose, press, type } from './keyboard.mjs';

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
  await submit(page, 'input[name=email]', /\/request\/code/);
  await type(page, 'input[name=code]', await nextCode(story, before));
  await submit(page, 'input[name=code]', /\/request\/(?!code)|\/case\/HB-/);
}

export async function nameSecondItem({ page, person }) {
  await choose(page, 'input[name=kind][value^=customer]');
  await type(page, 'input[name=number]', person.number);
  await submit(page, 'input[name=number]', /\/request\/(scope|details|check)/);
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
  story.status = page.url();
  const reference = story.status.match(/HB-[A-Z0-9-]+/)[0];
  const text = await page.innerText('main');
  expect(text.includes(reference), `the page names ${reference}`);
  expect(/\b20\d\d\b/.test(text), 'the page names a date with its year');
  expect((await page.locator('script').count()) === 0, 'the page carries no script');
}

/** The worker answers a moment later; the page offers the answer, or a question, when it is asked for again. */
export async function waitForAnswer({ page, status }, offers = '/download') {
  for (let look = 0; look < 50; look += 1) {
    await page.goto(status);
    if (await page.locator(`main a[href$="${offers}"]`).count()) return;
    await new Promise((resume) => setTimeout(resume, 200));
  }
  throw new Error(`expected: the page offers ${offers}`);
}

// --- Means -----------------------------------------------------------------------------------------------------------

/** Sends the page's own form that holds `field`, by its first button, and waits for the page it leads to. */
export async function submit(page, field, leadsTo) {
  await press(page, `main form:not([action]):has(${field}) button:not([type=button])`);
  if (leadsTo.test(page.url())) return;
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

/** Moves the demo's clock by a `day` or by `three-days`. */
export async function moveClock({ page, url }, by = 'day') {
  await page.goto(`${url}/demo/clock`);
  await press(page, `button[name=move][value=${by}]`);
}

export async function expectLanguage(page, lang) {
  const said = await page.getAttribute('html', 'lang');
  expect(said === lang, `the page is in ${lang}, not ${said}`);
}

export function expect(holds, what) {
  if (!holds) throw new Error(`expected: ${what}`);
}
