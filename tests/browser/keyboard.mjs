// A person who has a keyboard and nothing else: she tabs to what she wants, chooses with arrows and the space bar, types, and presses
// Enter. On her way she must see where she is, and come by everything in the order of the page.

const FARTHEST = 80; // presses of Tab

/** What is wanted, by its selector or found already. */
function one(page, selector) {
  return typeof selector === 'string' ? page.locator(selector).first() : selector;
}

/** Tabs to the first thing that a selector names, forwards or backwards, whichever way it lies. */
export async function tabTo(page, selector) {
  const wanted = one(page, selector);
  await wanted.waitFor({ state: 'visible' });
  const way = await wanted.evaluate(wayTo);
  if (way !== 'here') await walk(page, way === 'back' ? 'Shift+Tab' : 'Tab', () => wanted.evaluate((it) => it === document.activeElement), selector);
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
    const inGroup = (it) => document.activeElement.name === it.name && document.activeElement.form === it.form;
    if (!(await wanted.evaluate(inGroup))) {
      const back = (await page.locator(`input[name="${name}"]`).first().evaluate(wayTo)) === 'back';
      await walk(page, back ? 'Shift+Tab' : 'Tab', () => wanted.evaluate(inGroup), selector);
    }
    await walk(page, 'ArrowDown', () => wanted.evaluate((it) => it === document.activeElement), selector, true);
    if (!(await wanted.isChecked())) await page.keyboard.press('Space');
  }
  if (!(await wanted.isChecked())) throw new Error(`expected: the keyboard chooses ${selector}`);
}

/** Presses a link or a button, which leads to a page. */
export async function press(page, selector) {
  await tabTo(page, selector);
  const loaded = page.waitForNavigation(); // it may lead back to its own address, which waiting for an address would miss
  await Promise.all([loaded, page.keyboard.press('Enter')]);
}

/** Presses a key until it is there. */
async function walk(page, key, isThere, selector, round = false) {
  let before = null;
  for (let presses = 0; presses <= FARTHEST; presses += 1) {
    if (presses > 0) {
      await page.keyboard.press(key);
      const here = await page.evaluate(look);
      if (here.problem) throw new Error(`after ${presses} × ${key} towards ${selector}: ${here.problem}`);
      const goesBack = before !== null && here.place !== null && (key === 'Shift+Tab' ? here.place > before : here.place < before);
      if (goesBack && !round) throw new Error(`after ${presses} × ${key} towards ${selector}: the order of the page is left at ${here.name}`);
      before = here.place;
    }
    if (await isThere()) return;
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

/** What has the focus: its name, its place in the page, and what is wrong with how it shows. */
function look() {
  const it = document.activeElement;
  if (!it || it === document.body || it === document.documentElement) return { name: 'nothing', place: null };
  const name = `<${it.localName}> \`${(it.name || it.textContent.trim()).slice(0, 40)}\``;
  const place = [...document.querySelectorAll('*')].indexOf(it);
  const framed = (box) => box && getComputedStyle(box).outlineStyle !== 'none' && parseFloat(getComputedStyle(box).outlineWidth) >= 2;
  const label = it.closest('label');
  if (!framed(it) && !framed(label)) return { name, place, problem: `the focus on ${name} cannot be seen` };
  const { left, top, width, height } = it.getClientRects()[0] ?? { width: 0 };
  if (width === 0 || height === 0) return { name, place, problem: `${name} has the focus and is not shown` };
  const [x, y] = [left + width / 2, top + height / 2];
  // What is higher than the screen is in sight with a part of it.
  const at = document.elementFromPoint(x, Math.min(Math.max(y, top + 2), innerHeight - 2));
  if (!at) return { name, place, problem: `${name} has the focus outside of what is shown` };
  const isHere = it.contains(at) || at.contains(it) || (label !== null && at.closest('label') === label);
  if (!isHere) return { name, place, problem: `${name} has the focus behind something else` };
  return { name, place };
}
