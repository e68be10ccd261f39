// Somebody signs in at a real OpenID Connect provider with scripts switched off: there, turned back, there again, and on with her request.
// It has a house of its own, whose organisation trusts the provider, and needs `npm ci` in tests/openid.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { BINARY, freePort } from './demo.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const KINDS = 'identity: {email: email, second-items: [customer_number, order_number]}';
const LINES = {
  nb: { button: 'Logg inn med BankID', declined: 'Du logget ikke inn', kept: 'BankID har fortalt oss hvem du er.' },
  nl: { button: 'Inloggen met BankID', declined: 'U hebt niet ingelogd', kept: 'BankID heeft ons verteld wie u bent.' },
  en: { button: 'Sign in with BankID', declined: 'You did not sign in', kept: 'BankID has told us who you are.' },
};

export async function signInElsewhere({ browser, report, scratch }) {
  const running = [];
  try {
    const url = `http://127.0.0.1:${await freePort()}`;
    const provider = spawn('node', [here('../openid/provider.mjs'), '--back', url], { stdio: ['ignore', 'pipe', 'ignore'] });
    running.push(provider);
    const [line] = await once(provider.stdout, 'data');
    running.push(await openHouse(scratch, url, String(line).trim()));
    for (const [lang, lines] of Object.entries(LINES)) {
      const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 800 } });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      await report.attempt(`openid ${lang}: turns back, signs in without a mailbox, then with one`, () => tell(page, url, lang, lines));
      await context.close();
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
  const environment = { HABEAS_HOUSE: house, HABEAS_ORGANISATION: organisation, HABEAS_URL: url, ROCKET_PORT: new URL(url).port };
  const child = spawn(BINARY, ['serve'], { cwd: scratch, env: { ...process.env, ...environment }, stdio: 'ignore' });
  for (let tries = 0; tries < 240; tries++) {
    if (await fetch(`${url}/en/`).then((answer) => answer.ok, () => false)) return child;
    await pause(250);
  }
  child.kill('SIGKILL');
  throw new Error('the house does not answer');
}

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
      identifiers: {customer_no: customer_number, email: email}`;

async function tell(page, url, lang, lines) {
  await page.goto(`${url}/${lang}/`);
  await page.check('input[value=access]');
  await page.click('main form button');
  await page.getByRole('button', { name: lines.button }).click();
  await atProvider(page, { no: 'yes' });
  await page.getByRole('heading', { name: lines.declined }).waitFor();
  await page.click('main form button');
  await atProvider(page, { sub: `${lang}-1`, acr: 'high', claims: JSON.stringify({ customer_no: 'K-100001' }) });
  await page.getByText(lines.kept).waitFor();
  if (new URL(page.url()).pathname !== `/${lang}/request/who`) throw new Error(`at ${page.url()}`);

  await page.context().clearCookies();
  await page.goto(`${url}/${lang}/`);
  await page.check('input[value=access]');
  await page.click('main form button');
  await page.getByRole('button', { name: lines.button }).click();
  const claims = { customer_no: 'K-100001', email: 'kari.nordmann@post.example', email_verified: true };
  await atProvider(page, { sub: `${lang}-2`, acr: 'substantial', claims: JSON.stringify(claims) });
  await page.waitForURL((at) => at.origin === url && at.pathname.startsWith(`/${lang}/request/`) && !at.pathname.endsWith('/who'));
}

/** The page on the way leads on by itself, without a script; the provider's own asks what to say. */
async function atProvider(page, says) {
  await page.waitForURL(/\/interaction\//);
  for (const [name, value] of Object.entries(says)) await page.fill(`[name=${name}]`, value);
  await page.click('button');
}
