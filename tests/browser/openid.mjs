// Somebody signs in at a real OpenID Connect provider with scripts switched off: there, turned back, there again, and on with her request;
// with a mailbox first; and a colleague, who comes in by it and leaves by it. By keyboard, at the provider, too.
// It has a house of its own, whose organisation trusts the provider, and needs `npm ci` in tests/openid.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { BINARY, freePort } from './demo.mjs';
import { choose, enter, press, type } from './keyboard.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
/** The button of a page's own question. */
const ASKS = 'main form:not([action]) button';
const KINDS = 'identity: {email: email, second-items: [customer_number, order_number]}';
const LINES = {
  nb: { button: 'Logg inn med BankID', declined: 'Du logget ikke inn', kept: 'BankID har fortalt oss hvem du er.' },
  nl: { button: 'Inloggen met BankID', declined: 'U hebt niet ingelogd', kept: 'BankID heeft ons verteld wie u bent.' },
  en: { button: 'Sign in with BankID', declined: 'You did not sign in', kept: 'BankID has told us who you are.' },
};
const DESK = {
  nb: { who: 'nora', sign: 'Logg inn med Jobb', out: /^Logg ut/ },
  nl: { who: 'nel', sign: 'Inloggen met Jobb', out: /uitloggen$/ },
  en: { who: 'nina', sign: 'Sign in with Jobb', out: /^Sign out/ },
};

export async function signInElsewhere({ browser, report, scratch }) {
  const running = [];
  try {
    const url = `http://127.0.0.1:${await freePort()}`;
    const provider = spawn('node', [here('../openid/provider.mjs'), '--back', url, '--hears', url], { stdio: ['ignore', 'pipe', 'ignore'] });
    running.push(provider);
    const [line] = await once(provider.stdout, 'data');
    running.push(await openHouse(scratch, url, String(line).trim()));
    for (const [lang, lines] of Object.entries(LINES)) {
      const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 800 } });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      await report.attempt(`openid ${lang}: turns back, signs in without a mailbox, then with one`, () => tell(page, url, lang, lines));
      await report.attempt(`openid ${lang}: from a mailbox alone to an eID, and out again there`, () => stepUp(page, url, lang, lines, scratch));
      await context.close();
      await report.attempt(`openid ${lang}: a colleague is invited, comes in by an account and leaves by it`, () =>
        workHere(browser, url, lang, scratch),
      );
    }
  } finally {
    for (const child of running) child.kill('SIGKILL');
  }
}

async function openHouse(scratch, url, issuer) {
  const [organisation, house] = [join(scratch, 'organisation'), join(scratch, 'house')];
  await cp(here('../../organisations/visumexpress'), organisation, { recursive: true });
  const file = join(organisation, 'organisation.yaml');
  const told = await readFile(file, 'utf8');
  if (!told.includes(KINDS)) throw new Error(`organisation.yaml does not say \`${KINDS}\``);
  await writeFile(file, told.replace(KINDS, trusting(issuer)));
  await mkdir(house);
  await writeFile(join(house, 'secret'), 'open sesame\n');
  const child = spawn(BINARY, ['serve'], { cwd: scratch, env: environment(scratch, url), stdio: 'ignore' });
  for (let tries = 0; tries < 240; tries++) {
    if (await fetch(`${url}/en/`).then((answer) => answer.ok, () => false)) return child;
    await pause(250);
  }
  child.kill('SIGKILL');
  throw new Error('the house does not answer');
}

const environment = (scratch, url) => ({
  ...process.env,
  HABEAS_HOUSE: join(scratch, 'house'),
  HABEAS_ORGANISATION: join(scratch, 'organisation'),
  HABEAS_URL: url,
  ROCKET_PORT: new URL(url).port,
});

const trusting = (issuer) => `identity:
  email: email
  second-items: [customer_number, order_number]
  providers:
    - id: bankid
      label: {nb: BankID, nl: BankID, en: BankID}
      issuer: ${issuer}
      client-id: habeas
      secret: file:secret
      scopes: [email, customer]
      levels: {acr: {low: 1, substantial: 3, high: 4}}
      identifiers: {customer_no: customer_number, email: email}
    - id: work
      for: staff
      label: {nb: Jobb, nl: Jobb, en: Jobb}
      issuer: ${issuer}
      client-id: habeas-desk
      secret: file:secret
      scopes: [groups]
      levels: {acr: {phr: 2}}
      roles: {claim: groups, grants: {leads: [privacy-lead]}}`;

/** Her mailbox is proven by a code; an eID then says who she is; she sends her request, and signs out here and there. */
async function stepUp(page, url, lang, lines, scratch) {
  await page.context().clearCookies();
  const email = `${lang}.nordmann@post.example`;
  await page.goto(`${url}/${lang}/`);
  await choose(page, 'input[value=access]');
  await press(page, ASKS);
  await type(page, '#email', email);
  await enter(page, '#email', /\/request\/code/);
  await type(page, '#code', (await mailed(scratch, email, /^ *(\d{3}) ?(\d{3}) *\r?$/m)).slice(1).join(''));
  await press(page, ASKS);
  await page.waitForURL(/\/request\/second-item/);
  await page.goto(`${url}/${lang}/request/who`);
  await press(page, page.getByRole('button', { name: lines.button }));
  const claims = { customer_no: 'K-100001', email, email_verified: true };
  await atProvider(page, { sub: `${lang}-3`, acr: 'high', claims: JSON.stringify(claims) });
  // The number that the page before asked for is not asked for any more: the eID has said it.
  await page.waitForURL(/\/request\/check/);
  await press(page, page.locator('main form:not([action]) button').last());
  await page.waitForURL(/\/case\/HB-/);
  await press(page, 'form[action$="/sign-out"] button');
  await page.waitForURL(/\/session\/end/);
  await press(page, 'button');
  await page.waitForURL(`${url}/${lang}/signed-out`);
}

/** Nobody types a password: behind the invitation is the provider, and it has asked for a second factor. */
async function workHere(browser, url, lang, scratch) {
  const { who, sign, out } = DESK[lang];
  const email = `${who}@visumexpress.example`;
  const invite = ['user', 'invite', who, '--email', email, '--name', who, '--role', 'case-handler'];
  await promisify(execFile)(BINARY, invite, { cwd: scratch, env: environment(scratch, url) });
  const [link] = await mailed(scratch, email, /\/desk\/invitation\/[\w-]+/);
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  try {
    const says = { sub: `work-${lang}`, acr: 'phr', claims: JSON.stringify({ groups: ['leads'] }) };
    await page.goto(`${url}/${lang}${link}`);
    await press(page, page.getByRole('button', { name: sign }));
    await page.waitForURL(/\/interaction\//);
    const issuer = new URL(page.url()).origin;
    await atProvider(page, says);
    await page.waitForURL(`${url}/${lang}/desk/`);

    await press(page, page.getByRole('button', { name: out }));
    await page.waitForURL(/\/session\/end/);
    await press(page, 'button');
    await page.waitForURL(`${url}/${lang}/desk/sign-in`);

    await press(page, page.getByRole('button', { name: sign }));
    await atProvider(page, says);
    await page.waitForURL(`${url}/${lang}/desk/`);
    // Signed out there, and nowhere else: the house hears of it.
    await page.goto(`${issuer}/session/end`);
    await press(page, 'button');
    await page.goto(`${url}/${lang}/desk/`);
    await page.waitForURL(`${url}/${lang}/desk/sign-in`);
  } finally {
    await context.close();
  }
}

/** What the newest mail to somebody says, as soon as it has been sent. */
async function mailed(scratch, email, wanted) {
  const folder = join(scratch, 'house', 'mail');
  for (let tries = 0; tries < 60; tries++) {
    const files = (await readdir(folder).catch(() => [])).sort().reverse();
    for (const file of files) {
      const mail = (await readFile(join(folder, file), 'utf8')).replaceAll('=\r\n', '').replaceAll('=\n', '').replaceAll(/=C2=A0|=E2=80=AF|\u00a0|\u202f/g, ' ');
      const found = mail.includes(email) && mail.match(wanted);
      if (found) return found;
    }
    await pause(250);
  }
  throw new Error(`no mail to ${email} says ${wanted}`);
}

async function tell(page, url, lang, lines) {
  await page.goto(`${url}/${lang}/`);
  await choose(page, 'input[value=access]');
  await press(page, ASKS);
  await press(page, page.getByRole('button', { name: lines.button }));
  await atProvider(page, { no: 'yes' });
  await page.getByRole('heading', { name: lines.declined }).waitFor();
  await press(page, 'main form button');
  await atProvider(page, { sub: `${lang}-1`, acr: 'high', claims: JSON.stringify({ customer_no: 'K-100001' }) });
  await page.getByText(lines.kept).waitFor();
  if (new URL(page.url()).pathname !== `/${lang}/request/who`) throw new Error(`at ${page.url()}`);

  await page.context().clearCookies();
  await page.goto(`${url}/${lang}/`);
  await choose(page, 'input[value=access]');
  await press(page, ASKS);
  await press(page, page.getByRole('button', { name: lines.button }));
  const claims = { customer_no: 'K-100001', email: 'kari.nordmann@post.example', email_verified: true };
  await atProvider(page, { sub: `${lang}-2`, acr: 'substantial', claims: JSON.stringify(claims) });
  await page.waitForURL((at) => at.origin === url && at.pathname.startsWith(`/${lang}/request/`) && !at.pathname.endsWith('/who'));
}

/** The page on the way leads on by itself, without a script; the provider's own asks what to say. */
async function atProvider(page, says) {
  await page.waitForURL(/\/interaction\//);
  for (const [name, value] of Object.entries(says)) await type(page, `[name=${name}]`, value);
  await press(page, 'button');
}
