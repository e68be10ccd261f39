// Starts and stops `habeas demo` in a folder of its own on a free port, or uses the one named by HABEAS_URL.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The program under test. */
export const BINARY = process.env.HABEAS_BIN ?? fileURLToPath(new URL('../../target/debug/habeas', import.meta.url));
const PATIENCE_SECONDS = 60;

/** Returns `{ url, stop }` of a demo that answers. */
export async function startDemo(scratch) {
  if (process.env.HABEAS_URL) return { url: process.env.HABEAS_URL.replace(/\/$/, ''), stop: async () => {} };

  const port = await freePort();
  const child = spawn(BINARY, ['demo', '--dir', join(scratch, 'demo'), '--port', String(port)]);
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
  child.on('error', (error) => said.push(String(error)));
  const kill = () => child.kill('SIGKILL');
  process.on('exit', kill);

  const demo = { url: `http://localhost:${port}`, stop: () => stop(child, kill) };
  for (let tries = 0; tries < PATIENCE_SECONDS * 4; tries++) {
    if (await answers(demo.url)) return demo;
    if (child.exitCode !== null || !child.pid) break;
    await pause(250);
  }
  kill();
  throw new Error(`\`${BINARY} demo\` does not answer at ${demo.url}; it said:\n${said.join('')}`);
}

async function stop(child, kill) {
  process.off('exit', kill);
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const inTime = await Promise.race([gone, pause(10_000, null, { ref: false })]);
  if (!inTime) kill();
}

async function answers(url) {
  return fetch(`${url}/en/`).then((answer) => answer.ok, () => false);
}

/** A port that nobody listens on. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
