// What every page must keep, whatever it shows: accessible, readable on a small screen, easy to hit, talking to nobody else.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SMALLEST_TARGET = 44; // CSS pixels

/** 320 px is WCAG 1.4.10, and 1280 px at 400 % zoom. */
const VIEWS = [320, 1024].flatMap((width) => ['light', 'dark'].map((colorScheme) => ({ width, colorScheme })));

/** A page in which axe is at hand. Its own scripts stay subject to the site's content security policy. */
export async function openCheckedPage(browser) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  await context.addInitScript({ content: AXE });
  return context.newPage();
}

/** Opens an address in each view and returns what is wrong with it, as sentences. */
export async function inspect(page, url) {
  const watched = watch(page, new URL(url).origin);
  const problems = [];
  try {
    await page.goto(url, { waitUntil: 'load' });
    for (const view of VIEWS) {
      await page.setViewportSize({ width: view.width, height: 800 });
      await page.emulateMedia({ colorScheme: view.colorScheme });
      const found = [...(await sidewaysScroll(page)), ...(await smallTargets(page)), ...(await axe(page))];
      problems.push(...found.map((problem) => `${view.width} px ${view.colorScheme}: ${problem}`));
    }
  } catch (error) {
    problems.push(error.message);
  } finally {
    problems.push(...watched.stop());
  }
  return [...new Set(problems)];
}

async function axe(page) {
  const violations = await page.evaluate(async (rules) => {
    const { violations } = await window.axe.run({ runOnly: rules, resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.target.join(' ')) }));
  }, RULES);
  return violations.map(({ id, help, nodes }) => `axe ${id}: ${help}: ${nodes.slice(0, 3).join(', ')} (${nodes.length})`);
}

async function sidewaysScroll(page) {
  const { needed, there } = await page.evaluate(() => ({ needed: document.documentElement.scrollWidth, there: window.innerWidth }));
  return needed > there ? [`scrolls sideways: ${needed} px wide`] : [];
}

/** Controls must be 44 px high and wide, or have a label that is. Links are left to axe's `target-size`, which knows the exceptions. */
async function smallTargets(page) {
  return page.evaluate((smallest) => {
    const controls = document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, [role=button]');
    const small = [];
    for (const control of controls) {
      const own = control.getBoundingClientRect();
      if (!control.checkVisibility() || own.right <= 0 || own.bottom <= 0) continue;
      const boxes = [own, ...[...(control.labels ?? [])].map((label) => label.getBoundingClientRect())];
      if (boxes.some((box) => box.width >= smallest && box.height >= smallest)) continue;
      const name = control.name || control.textContent.trim().slice(0, 30);
      small.push(`<${control.localName}> \`${name}\` is ${Math.round(own.width)} by ${Math.round(own.height)} px`);
    }
    return small;
  }, SMALLEST_TARGET);
}

/** Collects requests to other places, failed parts and console errors until stopped. */
export function watch(page, origin) {
  const problems = [];
  const listeners = {
    request: (request) => {
      const to = new URL(request.url());
      if (to.protocol.startsWith('http') && to.origin !== origin) problems.push(`asks ${to.origin} for something`);
    },
    response: (answer) => {
      if (answer.status() >= 400 && !answer.request().isNavigationRequest()) problems.push(`${answer.url()} answers ${answer.status()}`);
    },
    console: (message) => {
      // A page about an error is served with that error's status, and Chromium complains about it.
      const own = message.text().startsWith('Failed to load resource') && message.location().url === page.url();
      if (message.type() === 'error' && !own) problems.push(`console: ${message.text()}`);
    },
    pageerror: (error) => problems.push(`script: ${error.message}`),
  };
  for (const [event, listener] of Object.entries(listeners)) page.on(event, listener);
  return {
    stop() {
      for (const [event, listener] of Object.entries(listeners)) page.off(event, listener);
      return [...new Set(problems)];
    },
  };
}
