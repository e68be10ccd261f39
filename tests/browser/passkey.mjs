// Passkeys with a device that Chromium makes up: somebody makes one at the desk, signs in with it, and is asked for it once more. In each language.

import { openCheckedPage } from './checks.mjs';

const WORDS = {
  nb: { make: 'Lag passnøkkel', use: 'Bruk passnøkkel', phone: 'Telefonen min', out: /^Logg ut/ },
  nl: { make: 'Passkey maken', use: 'Passkey gebruiken', phone: 'Mijn telefoon', out: /uitloggen$/ },
  en: { make: 'Make a passkey', use: 'Use a passkey', phone: 'My phone', out: /^Sign out/ },
};
const WHO = { nb: 'kari', nl: 'per', en: 'ida' };

export async function provePasskeys({ browser, demo, report }) {
  const home = demo.url;
  for (const [lang, words] of Object.entries(WORDS)) {
    await report.attempt(`passkey: made and used in ${lang}`, () => tell(browser, home, lang, words));
  }
}

async function tell(browser, home, lang, words) {
  const person = await staff(home, WHO[lang]);
  const page = await openCheckedPage(browser);
  try {
    await addDevice(page);
    await signIn(page, home, lang, person);
    await page.fill('#code', person.code);
    await Promise.all([page.waitForURL(/\/desk\/$/), page.click('main form button')]);

    await page.goto(`${home}/${lang}/desk/access`);
    await page.fill('#label', words.phone);
    await page.click(`main form button:text-is("${words.make}")`);
    await page.waitForSelector('form[data-ceremony=create]');
    await Promise.all([page.waitForURL(/\/desk\/access\?changed/), page.click('form[data-ceremony] button')]);
    if (!(await page.innerText('main')).includes(words.phone)) throw new Error('the passkey is not listed');
    if (await page.locator('script').count()) throw new Error('a page without a passkey has a script');

    await page.getByRole('button', { name: words.out }).click();
    await signIn(page, home, lang, person);
    await page.waitForSelector('form[data-ceremony=get]');
    await Promise.all([page.waitForURL(/\/desk\/$/), page.click(`button:text-is("${words.use}")`)]);
  } finally {
    await page.context().close();
  }
}

/** A device that says yes to everything, as if its owner had touched it. */
export async function addDevice(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, automaticPresenceSimulation: true } });
}

async function signIn(page, home, lang, person) {
  await page.goto(`${home}/${lang}/desk/sign-in`);
  await page.fill('#email', person.email);
  await page.fill('#password', person.password);
  await Promise.all([page.waitForURL(/\/desk\/totp/), page.click('main form button')]);
}

/** Address, password and the code that works now, from the demo's first page. */
async function staff(home, id) {
  const text = await (await fetch(`${home}/demo/`)).text();
  const email = `${id}@visumexpress.example`;
  const at = text.indexOf(email);
  if (at < 0) throw new Error(`${email} is not on the demo's page`);
  const words = text.slice(at).replaceAll(/<[^>]+>/g, '\n').split('\n').map((line) => line.trim()).filter(Boolean);
  const code = words.find((word) => /^\d{3} ?\d{3}$/.test(word));
  return { email, password: `${id} vil prove dette selv`, code: code.replace(' ', '') };
}
