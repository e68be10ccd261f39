// The Chromium of the system (or CHROMIUM=/path), which talks to nobody of itself.

import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox', // the tests may run as root, in a container
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Every page is a world of its own that runs axe a few times and is gone: what is compiled well for it is compiled in vain.
  '--js-flags=--no-turbofan --no-maglev --always-sparkplug --min-semi-space-size=32',
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}
