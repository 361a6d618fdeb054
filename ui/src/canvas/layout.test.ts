import { expect, it } from 'vitest';
import { read } from '../document/flow';
import { generateFlow, random } from '../document/generate.testing';
import { graphOf } from './graph';
import { completed, layered, layoutFrom, layoutToKeep, NODE, renamed, withRoom } from './layout';

const SEED = Number(process.env.SEED ?? 7);

it(`never puts one node on another, and always goes to the right; seed ${SEED}`, () => {
  for (let i = 0; i < 200; i++) {
    const { text } = generateFlow(random(SEED + i), 3 + (i % 40));
    const graph = graphOf(read(text));
    const layout = layered(graph);
    const spots = Object.values(layout);
    expect(spots.length).toBe(graph.nodes.length);
    spots.forEach((a, n) =>
      spots.slice(n + 1).forEach((b) => {
        const apart = Math.abs(a.x - b.x) >= NODE.width || Math.abs(a.y - b.y) >= NODE.height;
        expect(apart, `seed ${SEED + i}\n${text}`).toBe(true);
      }),
    );
    for (const { from, to } of graph.edges) {
      expect(layout[to]!.x, `seed ${SEED + i}`).toBeGreaterThan(layout[from]!.x);
    }
  }
});

const FLOW = `flow: f
steps:
  a: {read: erp.a}
  b: {from: a, where: x > 0}
  c: {from: b, where: x > 0}
`;

it('keeps every place there is and finds one for what is new', () => {
  const graph = graphOf(read(FLOW));
  const layout = completed({ a: { x: 32, y: 480 }, c: { x: 900, y: 0 } }, graph);
  expect(layout['a']).toEqual({ x: 32, y: 480 });
  expect(layout['c']).toEqual({ x: 900, y: 0 });
  expect(layout['b']!.x).toBeGreaterThan(32 + NODE.width);
});

it('makes room for a step between two', () => {
  const layout = { a: { x: 0, y: 0 }, b: { x: 288, y: 0 }, c: { x: 576, y: 0 } };
  const roomy = withRoom(layout, graphOf(read(FLOW)), 'b', 'new');
  expect(roomy).toEqual({
    a: { x: 0, y: 0 },
    new: { x: 288, y: 0 },
    b: { x: 576, y: 0 },
    c: { x: 864, y: 0 },
  });
});

it('reads what was kept and keeps nothing of steps that are gone', () => {
  expect(layoutFrom({ nodes: { a: { x: 1, y: 2 }, b: { x: 'no' }, c: null } })).toEqual({
    a: { x: 1, y: 2 },
  });
  expect(layoutFrom(null)).toEqual({});
  const layout = renamed({ a: { x: 1, y: 2 }, b: { x: 3, y: 4 } }, 'a', 'z');
  expect(layoutToKeep(layout, ['z'])).toEqual({ nodes: { z: { x: 1, y: 2 } } });
});
