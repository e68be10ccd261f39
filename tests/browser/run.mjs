// Browser tests: every page state in the gallery, and the story of a person who has scripts switched off.
//
//   node run.mjs                            starts `habeas demo` on a free port and stops it at the end
//   HABEAS_URL=http://localhost:8000 node run.mjs   uses a demo that is running already
//   node run.mjs gallery                    only the parts named: checks bpmn gallery story speed openid passkey proof package
//
// Drives the Chromium of the system (or CHROMIUM=/path); nothing is downloaded and nothing leaves the machine.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readBpmn } from './bpmn.mjs';
import { proveChecks } from './checks.test.mjs';
import { launch } from './chromium.mjs';
import { startDemo } from './demo.mjs';
import { visitGallery } from './gallery.mjs';
import { signInElsewhere } from './openid.mjs';
import { readPackage } from './package.mjs';
import { provePasskeys } from './passkey.mjs';
import { showWhoSheIs } from './proof.mjs';
import { Report } from './report.mjs';
import { timePages } from './speed.mjs';
import { tellStory } from './story.mjs';

const PARTS = {
  checks: proveChecks,
  bpmn: readBpmn,
  gallery: visitGallery,
  story: tellStory,
  speed: timePages,
  openid: signInElsewhere,
  passkey: provePasskeys,
  proof: showWhoSheIs,
  package: readPackage,
};

async function main() {
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PARTS);
  const unknown = wanted.find((part) => !(part in PARTS));
  if (unknown) throw new Error(`no part is called \`${unknown}\`; there are: ${Object.keys(PARTS).join(' ')}`);

  const report = new Report();
  const scratch = await mkdtemp(join(tmpdir(), 'habeas-browser-'));
  let demo, browser;
  try {
    if (wanted.some((part) => ['gallery', 'story', 'speed', 'passkey', 'proof'].includes(part))) demo = await startDemo(scratch);
    browser = await launch();
    for (const part of wanted) {
      const began = Date.now();
      await report.attempt(`${part}: ran to its end`, () => PARTS[part]({ browser, demo, report, scratch }));
      console.log(`# ${part}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
    }
  } finally {
    await browser?.close();
    await demo?.stop();
    await rm(scratch, { recursive: true, force: true });
  }
  process.exitCode = report.close();
}

await main();
