// Somebody shows who she is: by the link of a mail on another telephone, later by an app and by a passkey that she has set up. In each
// language, by keyboard on a small screen.

import { createHmac } from 'node:crypto';

import { openCheckedPage } from './checks.mjs';
import { addressOf, choose, enter, press, type } from './keyboard.mjs';
import { addDevice, pressReady } from './passkey.mjs';
import {
  chooseKind,
  chooseRight,
  expect,
  expectProblem,
  moveClock,
  nameSecondItem,
  nextCode,
  proveAddress,
  readStatus,
  sendRequest,
  startAgain,
  submit,
  waitForAnswer,
} from './steps.mjs';

/** Customers whom no other story knows. */
const PEOPLE = {
  nb: { email: 'per.bakken10@jobb.example', number: 'K-100010' },
  nl: { email: 'oda.saether13@skole.example', number: 'K-100013' },
  en: { email: 'aud.tangen19@post.example', number: 'K-100019' },
};

export async function showWhoSheIs({ browser, demo, report }) {
  for (const [lang, person] of Object.entries(PEOPLE)) {
    const page = await openCheckedPage(browser);
    page.setDefaultTimeout(15_000);
    await page.setViewportSize({ width: 320, height: 800 });
    await addDevice(page);
    const story = { browser, page, lang, person, url: demo.url };
    for (const [name, step] of STEPS) {
      if (!(await report.attempt(`proof ${lang}: ${name}`, () => step(story)))) break;
    }
    await page.context().close();
  }
}

const STEPS = [
  ['goes on by the link of the mail on her telephone', goOnElsewhere],
  ['names something only she and the organisation know', nameSecondItem],
  ['checks and sends', sendRequest],
  ['is told the reference and the date', readStatus],
  ['is answered', waitForAnswer],
  ['sets up an app', setUpApp],
  ['makes a passkey', makePasskey],
  ['comes back when both count, to change her address', (story) => askForChange(story, 'email', 'ny@example.no')],
  ['shows who she is by the app', proveByApp],
  ['asks for another change', (story) => askForChange(story, 'email', 'nyere@example.no')],
  ['shows who she is by the passkey', proveByPasskey],
];

/** She begins at a computer without scripts and reads her mail on the telephone. */
async function goOnElsewhere(story) {
  const { browser, page, person, lang, url } = story;
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 800 } });
  const computer = { ...story, page: await context.newPage() };
  await chooseRight(computer, 'access');
  await type(computer.page, 'input[name=email]', person.email);
  await submit(computer.page, 'input[name=email]', /\/request\/code/);
  const number = (await computer.page.innerText('.aside')).match(/\b\d{4}\b/)[0];

  await page.goto(await linkFor(computer));
  await type(page, '#number', number === '0000' ? '0001' : '0000');
  await submit(page, '#number', /\/link\//);
  await expectProblem(page, '#number');
  await type(page, '#number', number);
  await enter(page, '#number', /\/request\/second-item/);
  await computer.page.goto(`${url}/${lang}/request/second-item`);
  expect(!computer.page.url().endsWith('/second-item'), 'what goes on here is over at the computer');
  await context.close();
}

async function setUpApp(story) {
  const { page, lang, url } = story;
  await page.goto(`${url}/${lang}/access`);
  await press(page, 'form[action$="/access/app"] button');
  expect(addressOf(page).endsWith('/access/app'), `she is shown how, not ${page.url()}`);
  expect((await page.locator('main svg').count()) === 1, 'the picture to scan is there');
  story.secret = (await page.innerText('main p.mono')).replaceAll(' ', '');
  await type(page, '#code', await codeOf(story));
  await press(page, 'form[action$="/access/app/made"] button');
  expect((await page.locator('main ul.mono li').count()) === 10, 'ten recovery codes are shown');
  expect((await page.locator('script').count()) === 0, 'no page of this carries a script');
}

async function makePasskey({ page, lang, url }) {
  await page.goto(`${url}/${lang}/access`);
  await type(page, '#label', 'phone');
  await press(page, 'form[action$="/access/passkey"] button');
  await pressReady(page, 'form[data-ceremony=create] button');
  expect(addressOf(page).endsWith('/access'), `she is back, not at ${page.url()}`);
  expect((await page.locator('main .entry').count()) === 2, 'the app and the passkey are listed');
}

async function askForChange(story, field, should) {
  const { page } = story;
  await moveClock(story, 'three-days');
  await startAgain(story);
  await chooseRight(story, 'rectification');
  await proveAddress(story);
  await nameSecondItem(story);
  await chooseKind(story, 'shop.customers');
  await choose(page, `input[name=field][value=${field}]`);
  await type(page, 'input[name=should]', should);
  await submit(page, 'input[name=should]', /\/request\/check$/);
  await sendRequest(story);
  await readStatus(story);
  await waitForAnswer(story, '/prove');
}

async function proveByApp(story) {
  const { page, status } = story;
  await page.goto(`${status}/prove`);
  await choose(page, '#way-app');
  await submit(page, '#way-app', /\/app\?to=prove$/);
  await type(page, '#code', await codeOf(story));
  await submit(page, '#code', /\/prove$/);
  await sendProof(story);
}

async function proveByPasskey(story) {
  const { page, status } = story;
  await page.goto(`${status}/prove`);
  await choose(page, '#way-passkey');
  await submit(page, '#way-passkey', /\/passkey\?to=prove$|\/prove$/);
  await pressReady(page, 'form[data-ceremony=get] button');
  expect(addressOf(page).endsWith('/prove'), `she is back, not at ${page.url()}`);
  await sendProof(story);
}

/** What was shown is laid before the case, which asks for nothing more. */
async function sendProof({ page, status }) {
  await submit(page, 'input[name=way][value=shown]', /\/case\/HB-[A-Z0-9-]+$/);
  for (let look = 0; look < 50; look += 1) {
    await page.goto(`${status}/prove`);
    if (addressOf(page) === status && (await page.locator('main a[href$="/prove"]').count()) === 0) return;
    await new Promise((resume) => setTimeout(resume, 200));
  }
  throw new Error('expected: nothing more is asked');
}

// --- Means -----------------------------------------------------------------------------------------------------------

/** The link in the newest code mail. */
async function linkFor(story) {
  const { page, url } = story;
  await nextCode(story, 0);
  await page.goto(`${url}/demo/mail`);
  const mail = page.locator('main .entry').filter({ hasText: story.person.email }).first();
  await press(page, mail.locator('a').first());
  return page.locator('main a[href*="/link/"]').first().getAttribute('href');
}

/** What an app shows at the demo's time (RFC 6238): its clock is moved by whole hours. */
async function codeOf({ page, url, secret }) {
  const ahead = Math.round(((await demoTime(page.context(), url)) - Date.now()) / 3_600_000);
  const count = Buffer.alloc(8);
  count.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead * 120));
  const mac = createHmac('sha1', base32(secret)).update(count).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const MONTHS = ['januar', 'februar', 'mars', 'april', 'mai', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'desember'];

/** The demo's clock in milliseconds since 1970; it shows what a clock in Oslo shows, in Norwegian to whoever prefers nothing. */
async function demoTime(context, url) {
  const html = (await (await context.request.get(`${url}/demo/clock`)).text()).replaceAll(/\u00a0|&nbsp;/g, ' ');
  const [, day, month, year, hour, minute] = html.match(/(\d+)\. (\p{L}+) (\d{4}) kl\. (\d+)\.(\d+)/u);
  const shown = Date.UTC(year, MONTHS.indexOf(month), day, hour, minute);
  const inOslo = Date.parse(`${new Date(shown).toLocaleString('sv', { timeZone: 'Europe/Oslo' }).replace(' ', 'T')}Z`);
  return shown - (inOslo - shown);
}

function base32(text) {
  const bits = [...text].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}
