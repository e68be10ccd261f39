// The copy that a person gets, as it lies unpacked on her own machine: 50,000 records and 200 pictures, opened without any network.
//
//   HABEAS_RECORDS=50000 HABEAS_PICTURES=200 node run.mjs package

import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { pathToFileURL } from 'node:url';

import { inspect, openCheckedPage } from './checks.mjs';
import { BINARY } from './demo.mjs';

const run = promisify(execFile);
const RECORDS = process.env.HABEAS_RECORDS ?? '50000';
const PICTURES = process.env.HABEAS_PICTURES ?? '200';
/** Names of tables and columns in the made-up systems. No page may say one. */
const MACHINES = /\b(?:ord_hdr|cust_order|ord_no|placed_ts|st_cd|amt_nok|rmk_txt|pbx_log|call_rec|call_dt|was_ans|call_txt|dms_blob|pass_scan|holder_nm|exp_dt|img_front|img_face|crm_seg|mkt_pref|DLV|CNL)\b/;
/** A page opens at once on a phone. */
const LARGEST = 300_000;

export async function readPackage({ browser, report, scratch }) {
  for (const lang of ['nb', 'nl', 'en']) {
    // All of it once; the other languages have the same pages with fewer records.
    const records = lang === 'en' ? RECORDS : '600';
    const into = join(scratch, `package-${lang}`);
    await mkdir(into, { recursive: true });
    const made = await run(BINARY, ['bench', 'package', '--records', records, '--pictures', PICTURES, '--lang', lang, '--out', into]);
    const figures = JSON.parse(made.stdout);
    console.log(`# ${lang}: ${made.stdout.replace(/\s+/g, ' ')}`);
    for (const file of figures.files) await run('unzip', ['-q', file, '-d', into]);
    const root = join(into, basename(figures.files[0], '.zip'));
    await run('sha256sum', ['--quiet', '--strict', '-c', 'SHA256SUMS'], { cwd: root });
    await report.attempt(`package ${lang}: habeas verify`, () => run(BINARY, ['verify', figures.files[0]]));
    await report.attempt(`package ${lang}: no page says a machine's name, none is long`, () => readAll(root));
    await look({ browser, report, root, lang });
  }
}

/** What every page says, tags apart. */
async function readAll(root) {
  const pages = ['index.html', ...(await readdir(join(root, 'pages'))).map((name) => join('pages', name))];
  const titles = new Set();
  for (const page of pages) {
    const text = await readFile(join(root, page), 'utf8');
    if (text.length > LARGEST) throw new Error(`${page} has ${text.length} characters`);
    const said = text.replace(/<style>[^]*?<\/style>/g, '').replace(/ (?:href|src|id|aria-labelledby)="[^"]*"/g, '').match(MACHINES);
    if (said) throw new Error(`${page} says \`${said[0]}\``);
    titles.add(text.match(/<title>([^<]*)/)[1]);
  }
  if (titles.size !== pages.length) throw new Error(`${pages.length} pages have ${titles.size} titles`);
}

async function look({ browser, report, root, lang }) {
  const page = await openCheckedPage(browser);
  await page.context().setOffline(true);
  const names = await readdir(join(root, 'pages'));
  const first = (wanted) => names.filter((name) => wanted.test(name)).sort()[0];
  const shown = ['timeline.html', 'pictures.html', first(/^timeline-\d+\.html/), first(/^(?:orders|bestillinger|bestellingen)-1\.html/)];
  const second = first(/^(?:orders|bestillinger|bestellingen)-2\.html/);
  for (const name of ['index.html', ...[...shown, second].filter(Boolean).map((name) => join('pages', name))]) {
    const problems = await inspect(page, pathToFileURL(join(root, name)).href);
    const broken = await page.evaluate(async () => {
      const images = [...document.images];
      images.forEach((image) => { image.loading = 'eager'; });
      await Promise.all(images.map((image) => image.decode().catch(() => {})));
      return images.filter((image) => image.naturalWidth === 0).map((image) => image.getAttribute('src'));
    });
    await report.attempt(`package ${lang}: ${name}`, () => {
      if (problems.length || broken.length) throw new Error([...problems, ...broken.map((src) => `${src} is not shown`)].join('\n'));
    });
  }
  await report.attempt(`package ${lang}: a record is found by its year`, () => findByYear(page, root));
  await page.context().close();
}

/** From the front page to a record and back, by links alone. */
async function findByYear(page, root) {
  await page.goto(pathToFileURL(join(root, 'index.html')).href);
  await page.click('a[href="pages/timeline.html"]');
  await page.click('main h2 a >> nth=-1');
  await page.click('.days a >> nth=0');
  const anchor = new URL(page.url()).hash.slice(1);
  if (!(await page.locator(`[id="${anchor}"]`).isVisible())) throw new Error(`no record at ${page.url()}`);
  await page.click('.ways a >> nth=0');
  if (!page.url().endsWith('/index.html')) throw new Error(`came to ${page.url()}`);
}
