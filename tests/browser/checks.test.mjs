// Proves that the checks can fail: each page below breaks one of them, the last breaks none.

import { once } from 'node:events';
import { createServer } from 'node:http';

import { inspect, openCheckedPage } from './checks.mjs';
import { tabTo } from './keyboard.mjs';

const POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src *; form-action 'self'";

/** Path → [what is in `main`, the words of the complaint; none for a page without fault]. */
const PAGES = {
  '/no-alt': ['<img src="/pixel.svg" width="50" height="50">', 'axe image-alt'],
  '/faint': ['<p style="color: #ccc; background: #fff">Hardly there</p>', 'axe color-contrast'],
  '/faint-by-night': ['<style>@media (prefers-color-scheme: dark) { p { color: #ccc; background: #fff } }</style><p>Hardly there</p>', '320 px dark: axe color-contrast'],
  '/no-label': ['<form><input name="email" style="height: 50px; width: 200px"></form>', 'axe label'],
  '/wide': ['<p style="width: 600px">Too wide for a telephone</p>', '320 px light: scrolls sideways'],
  '/small': ['<form><button style="height: 30px; width: 90px">Send</button></form>', '<button> `Send` is 90 by 30 px'],
  '/elsewhere': ['<img src="http://localhost:9/x.png" alt="A flag">', 'asks http://localhost:9 for something'],
  '/script': ['<script>document.title = "x"</script><p>Text</p>', 'console:'],
  '/missing-part': ['<img src="/gone.svg" alt="A flag">', '/gone.svg answers 404'],
  '/invalid': ['<ul><p>Not a line of the list</p></ul>', 'html element-permitted-content'],
  '/edgeless': ['<form><button style="border: 0; height: 50px; width: 90px">Send</button></form>', 'own colours: <button> `Send` has no edge'],
  '/sound': ['<form><label for="e">E-mail</label><p><input id="e" name="e" style="height: 50px"></p></form>', null],
};

/** The same for the way by keyboard to a button, past a link or two. */
const FRAME = '<style>:focus-visible { outline: 3px solid }</style>';
const WAYS = {
  '/unseen': ['<style>p { margin: 0 }</style><a href="#m">One</a> <button id="wanted">Send</button>', 'cannot be seen'],
  '/jumping': [`${FRAME}<a href="#m" tabindex="2">One</a> <a href="#m" tabindex="1">Two</a> <button id="wanted">Send</button>`, 'the order of the page is left'],
  '/behind': [`${FRAME}<a href="#m">One</a> <button id="wanted">Send</button><p style="position: fixed; inset: 0; background: #fff">Hello</p>`, 'behind something else'],
  '/away': [`${FRAME}<a href="#m">One</a> <button id="wanted" tabindex="-1">Send</button>`, 'comes to #wanted'],
  '/plain': ['<a href="#m">One</a> <button id="wanted">Send</button>', null],
  '/straight': [`${FRAME}<a href="#m">One</a> <button id="wanted">Send</button>`, null],
};

export async function proveChecks({ browser, report }) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const page = await openCheckedPage(browser);
  for (const [path, [, expected]] of Object.entries(PAGES)) {
    const problems = await inspect(page, `http://127.0.0.1:${server.address().port}${path}`);
    const found = expected === null ? problems.length === 0 : problems.some((problem) => problem.includes(expected));
    report.check(`checks: ${path.slice(1)} is judged rightly`, found ? [] : [`expected \`${expected}\`, got:`, ...problems]);
  }
  for (const [path, [, expected]] of Object.entries(WAYS)) {
    await page.goto(`http://127.0.0.1:${server.address().port}${path}`);
    const problem = await tabTo(page, '#wanted').then(() => null, (error) => error.message);
    const right = expected === null ? problem === null : problem?.includes(expected);
    report.check(`checks: the way by keyboard is judged rightly: ${path.slice(1)}`, right ? [] : [`expected \`${expected}\`, got: ${problem}`]);
  }
  await page.context().close();
  server.close();
}

function answer(request, response) {
  if (request.url === '/pixel.svg') {
    return response.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg xmlns="http://www.w3.org/2000/svg"/>');
  }
  const known = PAGES[request.url] ?? WAYS[request.url];
  if (!known) return response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end();
  const [body] = known;
  const head = '<meta name="viewport" content="width=device-width"><title>A page</title>';
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY })
    .end(`<!doctype html><html lang="en"><head>${head}</head><body><main><h1>A page</h1>${body}</main></body></html>`);
}
