// Reads and draws the BPMN that `habeas workflow draw` writes for every shipped workflow, as modelling tools do: bpmn-moddle reads the
// model, bpmn-js (the viewer behind bpmn.io) draws it.

import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BpmnModdle } from 'bpmn-moddle';

import { BINARY } from './demo.mjs';

const WORKFLOWS = fileURLToPath(new URL('../../workflows/', import.meta.url));
const VIEWER = createRequire(import.meta.url).resolve('bpmn-js/dist/bpmn-viewer.production.min.js');

export async function readBpmn({ browser, report }) {
  const files = (await readdir(WORKFLOWS)).filter((file) => file.endsWith('.yaml'));
  report.check('bpmn: there are workflows', files.length > 0 ? [] : [`none in ${WORKFLOWS}`]);
  const page = await browser.newPage();
  for (const file of files) {
    const { stdout } = await promisify(execFile)(BINARY, ['workflow', 'draw', WORKFLOWS + file, '--format', 'bpmn']);
    report.check(`bpmn: ${file} is read`, await misread(stdout));
    report.check(`bpmn: ${file} is drawn and nothing stands on anything else`, await misdrawn(page, stdout));
  }
  await page.close();
}

async function misread(model) {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(model);
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

async function misdrawn(page, model) {
  await page.setContent('<!doctype html><div id="canvas" style="width: 800px; height: 800px"></div>');
  await page.addScriptTag({ path: VIEWER });
  const { warnings, shapes, labels, lines } = await page.evaluate(draw, model);
  if (shapes.length === 0) return ['nothing was drawn'];
  return [...warnings, ...collisions(shapes, labels, lines)];
}

/** In the page: what the viewer drew, with its place, and what each thing may touch. */
async function draw(model) {
  const viewer = new BpmnJS({ container: '#canvas' });
  const { warnings } = await viewer.importXML(model);
  const registry = viewer.get('elementRegistry');
  const around = (element) => (element.parent ? [element.parent.id, ...around(element.parent)] : []);
  const place = ({ id, x, y, width, height }) => ({ id, x, y, width, height });
  const text = (label) => registry.getGraphics(label).querySelector('text')?.getBBox() ?? { width: 0, height: 0 };
  return {
    warnings: warnings.map((warning) => warning.message),
    shapes: registry
      .filter((element) => element.width && element.type !== 'label')
      .map((element) => ({ ...place(element), near: [...around(element), element.host?.id] })),
    labels: registry
      .filter((element) => element.type === 'label')
      .map((label) => ({
        ...place(label),
        height: Math.min(label.height, text(label).height),
        words: label.businessObject.name,
        near: [...around(label), label.labelTarget.id],
      })),
    lines: registry
      .filter((element) => element.waypoints)
      .map((line) => ({
        id: line.id,
        points: line.waypoints.map(({ x, y }) => ({ x, y })),
        near: [...around(line), line.source.id, line.target.id, line.source.host?.id],
      })),
  };
}

function collisions(shapes, labels, lines) {
  const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  const apart = (a, b) => !a.near.includes(b.id) && !b.near.includes(a.id);
  const pairs = (list) => list.flatMap((a, n) => list.slice(0, n).map((b) => [a, b]));
  const shapesOnShapes = pairs(shapes).filter(([a, b]) => apart(a, b) && meet(a, b)).map(([a, b]) => `${a.id} stands on ${b.id}`);
  const labelsOnLabels = pairs(labels).filter(([a, b]) => meet(a, b)).map(([a, b]) => `\`${a.words}\` stands on \`${b.words}\``);
  const labelsOnShapes = labels.flatMap((label) =>
    shapes.filter((shape) => !label.near.includes(shape.id) && meet(label, shape)).map((shape) => `\`${label.words}\` stands on ${shape.id}`),
  );
  const linesThroughShapes = lines.flatMap((line) =>
    shapes.filter((shape) => !line.near.includes(shape.id) && crosses(line.points, shape)).map((shape) => `${line.id} runs through ${shape.id}`),
  );
  return [...shapesOnShapes, ...labelsOnLabels, ...labelsOnShapes, ...linesThroughShapes];
}

/** Whether a line of upright and level pieces runs through the inside of a shape. */
function crosses(points, { x, y, width, height }) {
  return points.slice(1).some((to, n) => {
    const from = points[n];
    const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
    const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
    return left < x + width - 1 && right > x + 1 && top < y + height - 1 && bottom > y + 1;
  });
}
