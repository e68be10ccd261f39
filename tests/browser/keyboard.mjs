// A person who has a keyboard and nothing else: she tabs to what she wants, chooses with arrows and the space bar, types, and presses
// Enter. On her way she must see where she is, and come by everything in the order of the page.

const FARTHEST = 80; // presses of Tab

/** Where she is, without the place within the page: a browser takes it along to the next one. */
export function addressOf(page) {
  return page.url().split('#')[0];
}

/** What is wanted, by its selector or found already. */
function one(page, selector) {
  return typeof selector === 'string' ? page.locator(selector).first() : selector;
}

/** Tabs to the first thing that a selector names, forwards or backwards, whichever way it lies. */
export async function tabTo(page, selector) {
  const wanted = one(page, selector);
  await wanted.waitFor({ state: 'visible' });
  const way = await wanted.evaluate(wayTo);
  if (way !== 'here') await walk(page, way === 'back' ? 'Shift+Tab' : 'Tab', wanted, selector);
}

/** Types into a field, in place of what stood there. */
export async function type(page, selector, text) {
  await tabTo(page, selector);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

/** Chooses one of several, or ticks one. */
export async function choose(page, selector) {
  const wanted = one(page, selector);
  const { name, isRadio } = await wanted.evaluate((it) => ({ name: it.name, isRadio: it.type === 'radio' }));
  if (!isRadio) {
    await tabTo(page, selector);
    if (!(await wanted.isChecked())) await page.keyboard.press('Space');
  } else {
    // Of a group Tab comes to one only: the chosen one, or the nearest.
    const back = (await page.locator(`input[name="${name}"]`).first().evaluate(wayTo)) === 'back';
    await walk(page, back ? 'Shift+Tab' : 'Tab', wanted, selector, { group: true });
    await walk(page, 'ArrowDown', wanted, selector, { round: true });
    if (!(await wanted.isChecked())) await page.keyboard.press('Space');
  }
  if (!(await wanted.isChecked())) throw new Error(`expected: the keyboard chooses ${selector}`);
}

/** Presses a link or a button, which leads to a page; or a field, which sends its form. */
export async function press(page, selector) {
  await tabTo(page, selector);
  const loaded = page.waitForNavigation(); // it may lead back to its own address, which waiting for an address would miss
  await Promise.all([loaded, page.keyboard.press('Enter')]);
}

/** Presses Enter in a field, which sends its form. */
export async function enter(page, selector, leadsTo) {
  await press(page, selector);
  if (!leadsTo.test(addressOf(page))) throw new Error(`expected: Enter in ${selector} leads to ${leadsTo}, not to ${page.url()}`);
}

/** Presses a key until it is there, or one of its `group`; of what goes `round` nothing is behind. */
async function walk(page, key, locator, selector, { group = false, round = false } = {}) {
  const wanted = await locator.elementHandle();
  let before = null;
  for (let presses = 0; presses <= FARTHEST; presses += 1) {
    if (presses > 0) await page.keyboard.press(key);
    const here = await wanted.evaluate(look, group);
    if (presses > 0) {
      if (here.problem) throw new Error(`after ${presses} × ${key} towards ${selector}: ${here.problem}`);
      const goesBack = before !== null && here.place !== null && (key === 'Shift+Tab' ? here.place > before : here.place < before);
      if (goesBack && !round) throw new Error(`after ${presses} × ${key} towards ${selector}: the order of the page is left at ${here.name}`);
      before = here.place;
    }
    if (here.isThere) return;
  }
  throw new Error(`expected: ${key} comes to ${selector}`);
}

// --- In the page -----------------------------------------------------------------------------------------------------

/** Whether an element is behind the place where the focus is, or before it. */
function wayTo(wanted) {
  const here = document.activeElement;
  if (here === wanted) return 'here';
  return here !== document.body && here.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING ? 'back' : 'on';
}

/** What has the focus: whether it is wanted, its name, its place in the page, and what is wrong with how it shows. */
function look(wanted, group) {
  const it = document.activeElement;
  const isThere = it === wanted || (group && it?.name === wanted.name && it.form === wanted.form);
  if (!it || it === document.body || it === document.documentElement) return { isThere, name: 'nothing', place: null };
  const name = `<${it.localName}> \`${(it.name || it.textContent.trim()).slice(0, 40)}\``;
  const place = [...document.querySelectorAll('*')].indexOf(it);
  // A page that has no style at all has the browser's own ring (`auto`), which is drawn wider than it says.
  const framed = (box) => {
    if (!box) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(box);
    return outlineStyle === 'auto' ? document.styleSheets.length === 0 : outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  const label = it.closest('label');
  if (!framed(it) && !framed(label)) return { isThere, name, place, problem: `the focus on ${name} cannot be seen` };
  const { left, top, width, height } = it.getClientRects()[0] ?? { width: 0 };
  if (width === 0 || height === 0) return { isThere, name, place, problem: `${name} has the focus and is not shown` };
  const [x, y] = [left + width / 2, top + height / 2];
  // What is higher than the screen is in sight with a part of it.
  const at = document.elementFromPoint(x, Math.min(Math.max(y, top + 2), innerHeight - 2));
  if (!at) return { isThere, name, place, problem: `${name} has the focus outside of what is shown` };
  const isHere = it.contains(at) || at.contains(it) || (label !== null && at.closest('label') === label);
  if (!isHere) return { isThere, name, place, problem: `${name} has the focus behind something else` };
  return { isThere, name, place };
}
