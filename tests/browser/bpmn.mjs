// Reads the BPMN that `habeas workflow draw` writes for every shipped workflow, as a modelling tool does.

import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BpmnModdle } from 'bpmn-moddle';

import { BINARY } from './demo.mjs';

const WORKFLOWS = fileURLToPath(new URL('../../workflows/', import.meta.url));

export async function readBpmn({ report }) {
  const files = (await readdir(WORKFLOWS)).filter((file) => file.endsWith('.yaml'));
  report.check('bpmn: there are workflows', files.length > 0 ? [] : [`none in ${WORKFLOWS}`]);
  for (const file of files) report.check(`bpmn: ${file}`, await problems(WORKFLOWS + file));
}

async function problems(file) {
  const { stdout } = await promisify(execFile)(BINARY, ['workflow', 'draw', file, '--format', 'bpmn']);
  const { rootElement, warnings } = await new BpmnModdle().fromXML(stdout);
  const elements = rootElement.rootElements.flatMap(flowElements).length;
  const drawn = rootElement.diagrams.flatMap((diagram) => diagram.plane.planeElement).length;
  console.log(`#   ${elements} flow elements, ${drawn} diagram elements, ${warnings.length} warnings`);
  const unequal = elements === drawn && elements > 0 ? [] : [`${elements} flow elements, ${drawn} diagram elements`];
  return [...warnings.map((warning) => warning.message), ...unequal];
}

/** Those of a process or subprocess, and of every subprocess in it. */
function flowElements(parent) {
  return (parent.flowElements ?? []).flatMap((element) => [element, ...flowElements(element)]);
}
