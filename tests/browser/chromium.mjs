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
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}
