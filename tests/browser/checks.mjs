// What every page must keep, whatever it shows: accessible, readable on a small screen, easy to hit, talking to nobody else.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { faults } from './validity.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// Day and night differ in nothing but colours.
const COLOURS = ['color-contrast', 'link-in-text-block'];
const SMALLEST_TARGET = 44; // CSS pixels

/** 320 px is WCAG 1.4.10, and 1280 px at 400 % zoom. */
const VIEWS = [320, 1024].flatMap((width) => ['light', 'dark'].map((colorScheme) => ({ width, colorScheme })));

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
    for (const view of VIEWS) {
      await page.setViewportSize({ width: view.width, height: 800 });
      await page.emulateMedia({ colorScheme: view.colorScheme });
      const night = view.colorScheme === 'dark';
      const found = night ? await axe(page, COLOURS) : [...(await sidewaysScroll(page)), ...(await smallTargets(page)), ...(await axe(page))];
      problems.push(...found.map((problem) => `${view.width} px ${view.colorScheme}: ${problem}`));
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
  await page.setViewportSize({ width: 320, height: 800 });
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
  found.push(...(await axe(page)));
  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'no-preference' });
  return found.map((problem) => `own colours: ${problem}`);
}

async function axe(page, wanted = RULES) {
  const violations = await page.evaluate(async (rules) => {
    const { violations } = await window.axe.run({ runOnly: rules, resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.target.join(' ')) }));
  }, wanted);
  return violations.map(({ id, help, nodes }) => `axe ${id}: ${help}: ${nodes.slice(0, 3).join(', ')} (${nodes.length})`);
}

async function sidewaysScroll(page) {
  const { needed, there, inside } = await page.evaluate(() => ({
    needed: document.documentElement.scrollWidth,
    there: window.innerWidth,
    // Tables and pictures of staff may scroll in a frame of their own; what a person reads who asks for something may not.
    inside: [...document.querySelectorAll('body.portal *')].filter((it) => it.scrollWidth > it.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(it).overflowX)).map((it) => it.localName),
  }));
  const frames = inside.filter((name) => name !== 'textarea' && name !== 'input').map((name) => `<${name}> scrolls sideways`);
  return needed > there ? [`scrolls sideways: ${needed} px wide`, ...frames] : frames;
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
