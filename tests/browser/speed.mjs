// How soon the main pages of the portal are there on a slow telephone, whether anything jumps while they come, and how much comes over
// the line: the first time and when the browser has kept the files. Times are printed; HABEAS_LCP_LIMIT (ms) makes one too long a failure.

import { expect } from './steps.mjs';

/** Slow 4G, and a processor that is four times slower. */
const LINE = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const SLOWER = 4;

const FIRST_VIEW = 20 * 1024;
const NEXT_VIEW = 12 * 1024; // as the house sends pages: not packed

const PAGES = ['start-2', 'who-1', 'code-1', 'second-item-1', 'scope-1', 'check-5', 'case-1', 'case-3', 'held-1', 'kind-1', 'outcome-2', 'download-1'];

export async function timePages({ browser, demo, report }) {
  const limit = Number(process.env.HABEAS_LCP_LIMIT ?? Infinity);
  const times = limit < Infinity ? 3 : 1;
  const all = [];
  for (const page of PAGES) {
    const url = `${demo.url}/__gallery/portal/${page}/nb`;
    await report.attempt(`speed: ${page} comes without a jump and weighs little`, async () => {
      const runs = [];
      for (let run = 0; run < times; run += 1) runs.push(await visit(browser, url));
      const { lcp, first, next } = runs.sort((one, other) => one.lcp - other.lcp)[Math.floor(times / 2)];
      all.push(lcp);
      console.log(`# speed ${page}: largest paint after ${Math.round(lcp)} ms, ${first} bytes, then ${next} bytes`);
      expect(runs.every((run) => run.jumps === 0), `nothing jumps, not by ${Math.max(...runs.map((run) => run.jumps))}`);
      expect(first <= FIRST_VIEW, `${first} bytes are at most ${FIRST_VIEW}`);
      expect(next <= NEXT_VIEW, `${next} bytes are at most ${NEXT_VIEW}`);
      expect(lcp <= limit, `${Math.round(lcp)} ms are at most ${limit} ms`);
    });
  }
  console.log(`# speed: the slowest of ${all.length} pages is painted after ${Math.round(Math.max(...all))} ms`);
}

/** Opens a page in a browser that has nothing yet, and then once more. */
async function visit(browser, url) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    const line = await context.newCDPSession(page);
    await line.send('Network.enable');
    await line.send('Network.emulateNetworkConditions', LINE);
    await line.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    let bytes = 0;
    line.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.goto(url, { waitUntil: 'networkidle' });
    const { lcp, jumps } = await page.evaluate(painted);
    const first = bytes;
    bytes = 0;
    await page.goto(url, { waitUntil: 'load' });
    return { lcp, jumps, first, next: bytes };
  } finally {
    await context.close();
  }
}

/** In the page: when the largest thing was painted, and by how much things moved. */
function painted() {
  const seen = (type) =>
    new Promise((resolve) => {
      const watching = new PerformanceObserver((list) => resolve(list.getEntries()));
      watching.observe({ type, buffered: true });
      setTimeout(() => resolve([]), 500); // nothing of the kind has happened
    });
  return Promise.all([seen('largest-contentful-paint'), seen('layout-shift')]).then(([paints, shifts]) => ({
    lcp: paints.at(-1)?.startTime ?? Infinity,
    jumps: shifts.reduce((sum, shift) => sum + shift.value, 0),
  }));
}
