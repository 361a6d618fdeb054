import { Empty, Skeleton } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphEdge } from '../../canvas/graph';
import { layered, NODE, type Layout } from '../../canvas/layout';
import { rowsOver } from '../../canvas/rows';
import { at } from '../../client/api';
import { useThing } from '../../client/queries';
import type { RunDetail, RunStep } from '../../client/types';
import { isOver } from '../../client/useRun';
import { Failure } from '../../components/Failure';
import { StateTag } from '../../components/StateTag';
import { count } from '../../components/times';
import { runGraph } from './runGraph';
import './runs.css';

const EDGE = 16;

/** A graph that is a little too wide is drawn smaller; one that is much too wide is scrolled. */
const SHRUNK_MIN = 0.75;

type EdgeProps = { edge: GraphEdge; layout: Layout; rows: number | undefined; alone: boolean };

/** How far from the end that is its alone the number of a line stands. */
const APART = 40;

function Edge({ edge, layout, rows, alone }: EdgeProps) {
  const { i18n } = useTranslation();
  const from = layout[edge.from];
  const to = layout[edge.to];
  if (!from || !to) return null;
  const [x1, y1] = [from.x + NODE.width, from.y + NODE.height / 2];
  const [x2, y2] = [to.x, to.y + NODE.height / 2];
  const middle = (x1 + x2) / 2;
  return (
    <g>
      <path d={`M ${x1} ${y1} C ${middle} ${y1}, ${middle} ${y2}, ${x2} ${y2}`} />
      {rows !== undefined && (
        <text x={alone ? x2 - APART : x1 + APART} y={(alone ? y2 : y1) - 6} textAnchor="middle">
          {count(rows, i18n.language)}
        </text>
      )}
    </g>
  );
}

function Node({ name, layout, step, over }: NodeProps) {
  const { t, i18n } = useTranslation('runs');
  const spot = layout[name];
  if (!spot) return null;
  const state = !step || step.state === 'waiting' ? (over ? 'skipped' : 'waiting') : step.state;
  return (
    <foreignObject x={spot.x} y={spot.y} width={NODE.width} height={NODE.height}>
      <div className="run-node" style={{ borderLeftColor: `var(--${state}, var(--waiting))` }}>
        <strong title={name}>{name}</strong>
        <span className="row">
          <StateTag state={state} />
          {!!step?.rows_rejected && (
            <span style={{ color: 'var(--rejected)' }}>
              {t('rejected')} {count(step.rows_rejected, i18n.language)}
            </span>
          )}
        </span>
      </div>
    </foreignObject>
  );
}

type NodeProps = { name: string; layout: Layout; step: RunStep | undefined; over: boolean };

/** The flow as this run went through it: each step in the colour of its state, rows on the lines. */
export function RunGraph({ project, run }: { project: string; run: RunDetail }) {
  const { t } = useTranslation('runs');
  const path = at('projects', project, 'flows', run.flow, 'revisions', String(run.revision));
  const revision = useThing<{ text: string }>(path);
  const steps = useMemo(() => run.steps ?? [], [run.steps]);
  const text = revision.data?.text;
  const graph = useMemo(() => text && runGraph(text, steps), [text, steps]);
  if (revision.error) return <Failure error={revision.error} />;
  if (!graph) return <Skeleton active />;
  if (graph.nodes.length === 0) return <Empty description={t('graph_none')} />;
  const layout = layered(graph);
  const spots = Object.values(layout);
  const width = Math.max(...spots.map(({ x }) => x)) + NODE.width + EDGE;
  const height = Math.max(...spots.map(({ y }) => y)) + NODE.height + EDGE;
  const rows = rowsOver(graph, new Map(steps.map((step) => [step.name, step])));
  return (
    <figure className="run-graph" aria-label={t('graph')} tabIndex={0}>
      <svg
        style={{ maxWidth: width, minWidth: width * SHRUNK_MIN }}
        viewBox={`${-EDGE / 2} ${-EDGE / 2} ${width} ${height}`}
      >
        {graph.edges.map((edge) => (
          <Edge
            key={edge.id}
            edge={edge}
            layout={layout}
            rows={rows.get(edge.id)}
            alone={graph.into.get(edge.to)?.length === 1}
          />
        ))}
        {graph.nodes.map(({ name }) => (
          <Node
            key={name}
            name={name}
            layout={layout}
            step={steps.find((step) => step.name === name)}
            over={isOver(run.state)}
          />
        ))}
      </svg>
    </figure>
  );
}
