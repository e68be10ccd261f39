// Proves that the checks can fail: each page below breaks one of them, the last breaks none.

import { once } from 'node:events';
import { createServer } from 'node:http';

import { inspect, openCheckedPage } from './checks.mjs';

const POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src *; form-action 'self'";

/** Path → [what is in `main`, the words of the complaint; none for a page without fault]. */
const PAGES = {
  '/no-alt': ['<img src="/pixel.svg" width="50" height="50">', 'axe image-alt'],
  '/faint': ['<p style="color: #ccc; background: #fff">Hardly there</p>', 'axe color-contrast'],
  '/no-label': ['<form><input name="email" style="height: 50px; width: 200px"></form>', 'axe label'],
  '/wide': ['<p style="width: 600px">Too wide for a telephone</p>', '320 px light: scrolls sideways'],
  '/small': ['<form><button style="height: 30px; width: 90px">Send</button></form>', '<button> `Send` is 90 by 30 px'],
  '/elsewhere': ['<img src="http://localhost:9/x.png" alt="A flag">', 'asks http://localhost:9 for something'],
  '/script': ['<script>document.title = "x"</script><p>Text</p>', 'console:'],
  '/missing-part': ['<img src="/gone.svg" alt="A flag">', '/gone.svg answers 404'],
  '/sound': ['<form><label for="e">E-mail</label><p><input id="e" name="e" style="height: 50px"></p></form>', null],
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
  await page.context().close();
  server.close();
}

function answer(request, response) {
  if (request.url === '/pixel.svg') {
    return response.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg xmlns="http://www.w3.org/2000/svg"/>');
  }
  if (!PAGES[request.url]) return response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end();
  const [body] = PAGES[request.url];
  const head = '<meta name="viewport" content="width=device-width"><title>A page</title>';
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY })
    .end(`<!doctype html><html lang="en">${head}<main><h1>A page</h1>${body}</main></html>`);
}
