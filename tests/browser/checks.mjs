// What every page must keep, whatever it shows: accessible, readable on a small screen, easy to hit, talking to nobody else.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { faults } from './validity.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// Day, night and a person's own colours differ in nothing but colours.
const COLOURS = ['color-contrast', 'link-in-text-block'];
// A page on which a wide screen shows the same things as a narrow one differs in where they stand, and on what.
const PLACES = [...COLOURS, 'target-size', 'scrollable-region-focusable'];
const SMALLEST_TARGET = 44; // CSS pixels

/** 320 by 256 px is WCAG 1.4.10: 1280 by 1024 px at 400 % zoom. Night falls once, and the day comes back. */
const HEIGHT = 256;
const VIEWS = [
  { width: 320, colorScheme: 'light' },
  { width: 320, colorScheme: 'dark' },
  { width: 1024, colorScheme: 'dark' },
  { width: 1024, colorScheme: 'light' },
];

/** A page in which axe is at hand. Its own scripts stay subject to the site's content security policy. */
export async function openCheckedPage(browser) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  await context.addInitScript({ content: AXE });
  return context.newPage();
}

/**
 * Opens an address in each view and returns what is wrong with it, as sentences. `closely` looks also at what is the same in every
 * language: whether the source is HTML, and how the page stands in the colours of a person's own choice.
 */
export async function inspect(page, url, closely = true) {
  const watched = watch(page, new URL(url).origin);
  const problems = [];
  try {
    const answer = await page.goto(url, { waitUntil: 'load' });
    if (closely) problems.push(...(await faults(await answer.text())), ...(await inOwnColours(page)));
    let shown = null;
    for (const { width, colorScheme } of VIEWS) {
      await page.setViewportSize({ width, height: HEIGHT });
      await page.emulateMedia({ colorScheme });
      const found = [];
      if (colorScheme === 'dark') {
        found.push(...(await axe(page, COLOURS)));
      } else {
        const there = await page.evaluate(standing, SMALLEST_TARGET);
        found.push(...there.problems, ...(await axe(page, there.shown === shown ? PLACES : RULES)));
        shown = there.shown;
      }
      problems.push(...found.map((problem) => `${width} px ${colorScheme}: ${problem}`));
    }
  } catch (error) {
    problems.push(error.message);
  } finally {
    problems.push(...watched.stop());
  }
  return [...new Set(problems)];
}

/** Forced colours and no motion: nothing moves, every control keeps an edge, axe has nothing to say. */
async function inOwnColours(page) {
  await page.setViewportSize({ width: 320, height: HEIGHT });
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active', reducedMotion: 'reduce' });
  const found = await page.evaluate(() => {
    const found = document.getAnimations().length > 0 ? ['something moves'] : [];
    for (const control of document.querySelectorAll('button:not(.bare), .button, input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea')) {
      if (!control.checkVisibility()) continue;
      const { borderTopStyle, borderTopWidth } = getComputedStyle(control);
      if (borderTopStyle === 'none' || parseFloat(borderTopWidth) < 1) found.push(`<${control.localName}> \`${control.name || control.textContent.trim()}\` has no edge`);
    }
    return found;
  });
  found.push(...(await axe(page, COLOURS)));
  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'no-preference' });
  return found.map((problem) => `own colours: ${problem}`);
}

async function axe(page, wanted) {
  const violations = await page.evaluate(async (rules) => {
    const { violations } = await window.axe.run({ runOnly: rules, resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.target.join(' ')) }));
  }, wanted);
  return violations.map(({ id, help, nodes }) => `axe ${id}: ${help}: ${nodes.slice(0, 3).join(', ')} (${nodes.length})`);
}

/**
 * In the page: what scrolls sideways, which controls are small, and which elements are shown at all. Controls must be 44 px high and wide,
 * or have a label that is. Links are left to axe's `target-size`, which knows the exceptions.
 */
function standing(smallest) {
  const problems = [];
  const needed = document.documentElement.scrollWidth;
  if (needed > window.innerWidth) problems.push(`scrolls sideways: ${needed} px wide`);
  // Tables and pictures of staff may scroll in a frame of their own; what a person reads who asks for something may not.
  for (const it of document.querySelectorAll('body.portal :not(textarea, input)')) {
    if (it.scrollWidth > it.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(it).overflowX)) problems.push(`<${it.localName}> scrolls sideways`);
  }
  for (const control of document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, [role=button]')) {
    const own = control.getBoundingClientRect();
    if (!control.checkVisibility() || own.right <= 0 || own.bottom <= 0) continue;
    const boxes = [own, ...[...(control.labels ?? [])].map((label) => label.getBoundingClientRect())];
    if (boxes.some((box) => box.width >= smallest && box.height >= smallest)) continue;
    const name = control.name || control.textContent.trim().slice(0, 30);
    problems.push(`<${control.localName}> \`${name}\` is ${Math.round(own.width)} by ${Math.round(own.height)} px`);
  }
  const shown = [...document.querySelectorAll('body *')].map((it) => Number(it.checkVisibility({ visibilityProperty: true })));
  return { problems, shown: shown.join('') };
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
