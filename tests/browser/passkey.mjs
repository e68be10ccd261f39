// Passkeys with a device that Chromium makes up: somebody makes one at the desk, signs in with it, and is asked for it once more. In each language,
// by keyboard.

import { openCheckedPage } from './checks.mjs';
import { enter, press, type } from './keyboard.mjs';

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
    await type(page, '#code', person.code);
    await enter(page, '#code', /\/desk\/$/);

    await page.goto(`${home}/${lang}/desk/access`);
    await type(page, '#label', words.phone);
    await press(page, `main form button:text-is("${words.make}")`);
    await pressReady(page, 'form[data-ceremony=create] button');
    if (!/\/desk\/access\?changed/.test(page.url())) throw new Error(`came to ${page.url()}`);
    if (!(await page.innerText('main')).includes(words.phone)) throw new Error('the passkey is not listed');
    if (await page.locator('script').count()) throw new Error('a page without a passkey has a script');

    const out = page.getByRole('button', { name: words.out });
    await out.focus(); // at the end of a long page
    await press(page, out);
    await signIn(page, home, lang, person);
    await pressReady(page, `form[data-ceremony=get] button:text-is("${words.use}")`);
    if (!/\/desk\/$/.test(page.url())) throw new Error(`came to ${page.url()}`);
  } finally {
    await page.context().close();
  }
}

/** The button that asks the device, as soon as the page's script has made it one. */
export async function pressReady(page, selector) {
  await page.locator(selector).and(page.locator(':enabled')).waitFor();
  await press(page, selector);
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
  await type(page, '#email', person.email);
  await type(page, '#password', person.password);
  await enter(page, '#password', /\/desk\/totp/);
}

/** Address, password and the code that works now, from the demo's first page. */
async function staff(home, id) {
  const text = (await (await fetch(`${home}/demo/`)).text()).replaceAll('<wbr>', '');
  const email = `${id}@visumexpress.example`;
  const at = text.indexOf(email);
  if (at < 0) throw new Error(`${email} is not on the demo's page`);
  const words = text.slice(at).replaceAll(/<[^>]+>/g, '\n').split('\n').map((line) => line.trim()).filter(Boolean);
  const code = words.find((word) => /^\d{3} ?\d{3}$/.test(word));
  return { email, password: `${id} vil prove dette selv`, code: code.replace(' ', '') };
}
