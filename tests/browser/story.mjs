// The story of a person with scripts switched off, a small screen and no mouse: she sees and takes her data, asks for every other right,
// writes, takes back, is interrupted, and leaves. Once per language.
// Each step is a check; a story ends at its first failing step, because the later ones stand on it.

import { readFile } from 'node:fs/promises';

import {
  correctBeside,
  goOn,
  isCalledAway,
  isCalledAwayFromMessage,
  leaveQuickly,
  readResult,
  seeData,
  switchLanguage,
  takeBack,
  writeMessage,
} from './case.mjs';
import { watch } from './checks.mjs';
import { addressOf, choose, press, tabTo, type } from './keyboard.mjs';
import {
  chooseKind,
  chooseRight,
  expect,
  expectProblem,
  moveClock,
  nameSecondItem,
  proveAddress,
  readStatus,
  sendRequest,
  startAgain,
  submit,
  waitForAnswer,
} from './steps.mjs';

/** Customers of the sample organisation: one per language, so that no story meets another's case. */
const PEOPLE = {
  nb: { email: 'kari.nordmann@post.example', number: 'K-100001' },
  nl: { email: 'kaja.kjaerstad6@jobb.example', number: 'K-100006' },
  en: { email: 'bjorg.amundsen5@jobb.example', number: 'K-100005' },
};

/**
 * Right, address, code, check: four for a copy, with one more for what the law's floor asks beside the mailbox: something that only she
 * and the organisation know. Erasure asks also what, and a correction where and what.
 */
const MOST_SUBMITS = { access: 5, erasure: 6, portability: 5, objection: 5, consent: 5 };

export async function tellStory({ browser, demo, report }) {
  for (const [lang, person] of Object.entries(PEOPLE)) {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 800 }, acceptDownloads: true });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const watched = watch(page, demo.url);
    const story = { browser, page, lang, person, url: demo.url };
    let submits = 0;
    page.on('request', (request) => (submits += request.isNavigationRequest() && request.method() === 'POST' ? 1 : 0));

    for (const [chapter, steps] of Object.entries(CHAPTERS)) {
      for (const [name, step] of steps) {
        if (!(await report.attempt(`story ${lang}: ${chapter}: ${name}`, () => step(story)))) break;
        if (step === startAgain) submits = 0; // moving the clock is none of hers
        if (step === readStatus && chapter in MOST_SUBMITS && name.includes('is told')) {
          console.log(`# story ${lang}: ${chapter}: ${submits} submits`);
          report.check(`story ${lang}: ${chapter}: asks for few submits`, submits <= MOST_SUBMITS[chapter] ? [] : [`${submits} submits are more than ${MOST_SUBMITS[chapter]}`]);
        }
      }
    }
    report.check(`story ${lang}: no page had an error or asked anybody else for anything`, watched.stop());
    await context.close();
  }
}

const CHAPTERS = {
  access: [
    ['skips what stands on top of every page', skipToContent],
    ['chooses to see her data', (story) => chooseRight(story, 'access')],
    ['proves that the address is hers', proveAddress],
    ['names something only she and the organisation know', nameSecondItem],
    ['checks and sends', sendRequest],
    ['is told the reference and the date', readStatus],
    ['is answered', waitForAnswer],
    ['reads the answer', readResult],
    ['sees what is held', seeData],
    ['downloads it', download],
    ['has one value corrected where she sees it', correctBeside],
    ['checks and sends that, too', sendRequest],
    ['reads where that stands', readStatus],
  ],
  erasure: [
    ['starts again as a stranger, another day', startAgain],
    ['chooses to have it deleted', (story) => chooseRight(story, 'erasure')],
    ['proves that the address is hers', proveAddress],
    ['names something only she and the organisation know', nameSecondItem],
    ['asks for everything that can go', chooseEverything],
    ['checks and sends', sendRequest],
    ['is told the reference and the date', readStatus],
    ['comes back another day and the case is there', comeBack],
  ],
  correction: [
    ['starts again as a stranger, another day', startAgain],
    ['chooses to have something corrected', (story) => chooseRight(story, 'rectification')],
    ['proves that the address is hers', proveAddress],
    ['names something only she and the organisation know', nameSecondItem],
    ['says where it is wrong', chooseKind],
    ['forgets what it should say and is told so', forgetValue],
    ['reads the question in another language', readInAnotherLanguage],
    ['says what it should say', tellMistake],
    ['adds another and takes it off again', addAndTakeOff],
    ['checks and sends', sendRequest],
    ['is told the reference and the date', readStatus],
    ['writes a message with a file', writeMessage],
    ['takes it back', takeBack],
  ],
  objection: [
    ['starts again as a stranger, another day', startAgain],
    ['chooses to say no', (story) => chooseRight(story, 'objection')],
    ['proves that the address is hers', proveAddress],
    ['says no to advertising', refuseAdvertising],
    ['checks and sends', sendRequest],
    ['is told the reference and the date', readStatus],
  ],
  portability: [
    ['starts again as a stranger, another day', startAgain],
    ['chooses to take her data along', (story) => chooseRight(story, 'portability')],
    ['proves that the address is hers', proveAddress],
    ['names something only she and the organisation know', nameSecondItem],
    ['checks and sends', sendRequest],
    ['is told the reference and the date', readStatus],
    ['is answered', waitForAnswer],
    ['reads what is in the file and what is not', readResult],
    ['downloads it', download],
  ],
  restriction: [
    ['starts again as a stranger, another day', startAgain],
    ['chooses to have a pause', (story) => chooseRight(story, 'restriction')],
    ['proves that the address is hers', proveAddress],
    ['names something only she and the organisation know', nameSecondItem],
    ['forgets to say why and is told so', forgetGround],
    ['says why, and of what', askForPause],
    ['checks and sends', sendRequest],
    ['is told the reference and the date', readStatus],
  ],
  away: [
    ['starts again as a stranger, another day', startAgain],
    ['chooses to have it deleted', (story) => chooseRight(story, 'erasure')],
    ['proves that the address is hers', proveAddress],
    ['names something only she and the organisation know', nameSecondItem],
    ['is called away, and sends her answer two hours later', isCalledAway],
    ['shows again who she is and goes on where she was', goOn],
    ['sends her answer', (story) => submit(story.page, 'input[name=scope]', /\/request\/check$/)],
    ['checks and sends', sendRequest],
    ['is told the reference and the date', readStatus],
    ['is called away from a message, and goes on with it', isCalledAwayFromMessage],
    ['leaves quickly, and nothing is left', leaveQuickly],
  ],
  consent: [
    ['starts again as a stranger, another day', startAgain],
    ['chooses to withdraw a consent', (story) => chooseRight(story, 'consent-withdrawal')],
    ['proves that the address is hers', proveAddress],
    ['withdraws everything she had said yes to', withdrawConsent],
    ['checks and sends', sendRequest],
    ['is told the reference and the date', readStatus],
  ],
};

// --- Steps -----------------------------------------------------------------------------------------------------------

/** The first thing Tab comes to leads past the head of the page. */
async function skipToContent({ page, lang, url }) {
  await page.goto(`${url}/${lang}/`);
  await page.keyboard.press('Tab');
  expect((await page.locator('.skip:focus').count()) === 1, 'Tab comes first to the way past the head');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect((await page.locator('main :focus').count()) === 1, 'what comes next is in the page itself');
}

async function chooseEverything({ page }) {
  expect(await page.isChecked('input[name=scope][value=everything]'), 'nothing narrower than everything is chosen beforehand');
  await submit(page, 'input[name=scope]', /\/request\/check/);
}

async function forgetValue({ page }) {
  await choose(page, 'input[name=field][value=street]');
  await type(page, 'input[name=now]', 'Storgata 1');
  await submit(page, 'input[name=should]', /\/request\/details\/shop\.addresses$/);
  await expectProblem(page, '#should-0');
  expect((await page.inputValue('input[name=now]')) === 'Storgata 1', 'what was typed is still there');
  expect(await page.isChecked('input[name=field][value=street]'), 'what was chosen is still chosen');
}

async function readInAnotherLanguage({ page, lang }) {
  await type(page, 'input[name=should]', 'Lille');
  await switchLanguage(page, lang);
  expect((await page.inputValue('input[name=should]')) === 'Lille', 'what was typed is still there');
  expect(await page.isChecked('input[name=field][value=street]'), 'what was chosen is still chosen');
}

async function tellMistake({ page }) {
  await type(page, 'input[name=should]', 'Lillegata 2');
  await submit(page, 'input[name=should]', /\/request\/check$/);
  expect((await page.innerText('main ins')) === 'Lillegata 2', 'the page shows what it will be');
  expect((await page.innerText('main del')) === 'Storgata 1', 'the page shows what it is now');
}

async function addAndTakeOff(story) {
  const { page } = story;
  await press(page, 'main p > a[href$="/request/details"]');
  await chooseKind(story);
  await choose(page, 'input[name=field][value=city]');
  await type(page, 'input[name=should]', 'Bergen');
  await submit(page, 'input[name=should]', /\/request\/check$/);
  expect((await page.locator('main ins').count()) === 2, 'both are shown');
  await press(page, page.locator('main form[action$="/request/remove"] button').last());
  expect((await page.locator('main ins').count()) === 1, 'one is left');
}

async function refuseAdvertising({ page }) {
  await choose(page, 'input[name=against][value=marketing]');
  await submit(page, 'input[name=against]', /\/request\/check$/);
  expect((await page.locator('main a[href$="/request/second-item"]').count()) === 0, 'nothing more than the mailbox is asked for');
}

async function forgetGround({ page }) {
  await submit(page, 'input[name=ground]', /\/request\/details$/);
  await expectProblem(page, '#ground');
}

async function askForPause({ page }) {
  await choose(page, 'input[name=ground][value=claims]');
  expect(!(await page.isVisible('input[name=kind][value="shop.orders"]')), 'the kinds are not shown before they are asked for');
  await choose(page, 'input[name=scope][value=choose]');
  await choose(page, 'input[name=kind][value="shop.orders"]');
  await submit(page, 'input[name=ground]', /\/request\/check$/);
}

async function withdrawConsent({ page }) {
  expect(await page.isChecked('input[name=scope][value=everything]'), 'nothing narrower than everything is chosen beforehand');
  await submit(page, 'input[name=scope]', /\/request\/check$/);
  expect((await page.locator('main a[href$="/request/second-item"]').count()) === 0, 'nothing more than the mailbox is asked for');
}

async function download({ page, status }) {
  await page.goto(status);
  await press(page, 'main a[href$="/download"]');
  await tabTo(page, 'main a[href$="/download/file"]');
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  const bytes = await readFile(await file.path());
  expect(bytes.length > 1000 && bytes.toString('latin1', 0, 2) === 'PK', 'the file is a ZIP with something in it');
}

async function comeBack(story) {
  await moveClock(story);
  await story.page.goto(story.status);
  await proveAddress(story);
  expect(addressOf(story.page) === story.status, `she is led back to her case, not to ${story.page.url()}`);
  await readStatus(story);
}
