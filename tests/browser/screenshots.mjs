// Every page state of the gallery as pictures, and sheets on which many of them can be looked at together.
//
//   node screenshots.mjs DIR [FILTER]     FILTER: words that all stand in `nb/portal/start-1 320 light`; a comma means "or"
//
// Writes `DIR/LANG/WIDTH-SCHEME/PAGE.png` and `DIR/sheets/LANG-WIDTH-SCHEME-N.png`.

import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { launch } from './chromium.mjs';
import { startDemo } from './demo.mjs';
import { galleryLinks } from './gallery.mjs';

const PAGES_AT_ONCE = 2;
const VIEWS = [320, 1280].flatMap((width) => ['light', 'dark'].map((scheme) => ({ width, scheme })));

/** Sheets: how many columns, how wide a picture is on it, how high it may grow (all in pixels). */
const SHEETS = { 320: { columns: 5, width: 310 }, 1280: { columns: 3, width: 520 } };
const SHEET_HEIGHT = 1500;

async function main([folder, filter = '']) {
  if (!folder) throw new Error('say where the pictures go: `node screenshots.mjs DIR [FILTER]`');
  const to = resolve(folder);
  const scratch = await mkdtemp(join(tmpdir(), 'habeas-pictures-'));
  const [demo, browser] = [await startDemo(scratch), await launch()];
  try {
    const links = await galleryLinks(demo.url);
    const wanted = links.flatMap((link) => VIEWS.map((view) => shot(to, link, view))).filter(({ name }) => filter.split(',').some((words) => words.split(' ').every((word) => name.includes(word))));
    if (wanted.length === 0) throw new Error(`no page state is called \`${filter}\``);
    const taken = await takeAll(browser, demo.url, wanted);
    const sheets = await layOut(browser, to, taken);
    console.log(`${taken.length} pictures and ${sheets} sheets in ${to}`);
  } finally {
    await browser.close();
    await demo.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** What is to be taken, and where it goes. */
function shot(to, { path, lang }, { width, scheme }) {
  const page = path.replace(/^\/__gallery\//, '').replace(new RegExp(`/${lang}$`), '');
  const group = `${lang}-${width}-${scheme}`;
  return { path, page, group, width, scheme, name: `${lang}/${page} ${width} ${scheme}`, file: join(to, lang, `${width}-${scheme}`, `${page.replaceAll('/', '-')}.png`) };
}

async function takeAll(browser, url, wanted) {
  for (const folder of new Set(wanted.map(({ file }) => join(file, '..')))) await mkdir(folder, { recursive: true });
  const waiting = [...wanted];
  const take = async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, serviceWorkers: 'block' });
    const page = await context.newPage();
    let at;
    for (let shot = waiting.shift(); shot; shot = waiting.shift()) {
      await page.setViewportSize({ width: shot.width, height: 720 });
      await page.emulateMedia({ colorScheme: shot.scheme });
      if (at !== shot.path) await page.goto(url + (at = shot.path), { waitUntil: 'load' });
      const picture = await page.screenshot({ path: shot.file, fullPage: true });
      shot.height = picture.readUInt32BE(20); // PNG: after its mark and the beginning of its first part come width and height
    }
    await context.close();
  };
  await Promise.all(Array.from({ length: PAGES_AT_ONCE }, take));
  return wanted;
}

/** Piles the pictures of each group into columns, as many sheets as it takes. */
async function layOut(browser, to, taken) {
  const folder = join(to, 'sheets');
  await mkdir(folder, { recursive: true });
  for (const old of await readdir(folder)) await rm(join(folder, old));
  const page = await browser.newPage();
  let written = 0;
  for (const group of new Set(taken.map(({ group }) => group))) {
    const shots = taken.filter((shot) => shot.group === group);
    for (const [at, columns] of pile(shots, SHEETS[shots[0].width]).entries()) {
      const file = join(folder, `${group}-${String(at + 1).padStart(2, '0')}`);
      await writeFile(`${file}.html`, sheet(columns, SHEETS[shots[0].width].width));
      await page.setViewportSize({ width: columns.length * (SHEETS[shots[0].width].width + 8), height: 400 });
      await page.goto(pathToFileURL(`${file}.html`).href, { waitUntil: 'load' });
      await page.screenshot({ path: `${file}.png`, fullPage: true });
      await rm(`${file}.html`);
      written += 1;
    }
  }
  return written;
}

/** Sheets of columns of pictures; a picture higher than a sheet has a column to itself. */
function pile(shots, { columns, width }) {
  const sheets = [[[]]];
  let height = 0;
  for (const shot of shots) {
    const own = (shot.height * width) / shot.width + 24;
    if (height > 0 && height + own > SHEET_HEIGHT) {
      if (sheets.at(-1).length === columns) sheets.push([]);
      sheets.at(-1).push([]);
      height = 0;
    }
    sheets.at(-1).at(-1).push(shot);
    height += own;
  }
  return sheets;
}

function sheet(columns, width) {
  const picture = ({ page, file }) => `<figure><figcaption>${page}</figcaption><img src="${pathToFileURL(file).href}" alt=""></figure>`;
  const style = `body { margin: 0; display: flex; background: #888 } div { width: ${width}px; margin: 4px } figure { margin: 0 0 4px } img { width: 100%; display: block } figcaption { font: bold 13px/20px monospace; background: #ff0; overflow: hidden; white-space: nowrap }`;
  return `<!doctype html><meta charset="utf-8"><style>${style}</style>${columns.map((shots) => `<div>${shots.map(picture).join('')}</div>`).join('')}`;
}

await main(process.argv.slice(2));
