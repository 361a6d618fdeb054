import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import {
  CheckCircleFilled,
  ClockCircleOutlined,
  ExclamationCircleFilled,
  PlusOutlined,
  PushpinFilled,
} from '@ant-design/icons';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NODE } from '../../../canvas/layout';
import type { StepKind } from '../../../document/flow';
import { useCanvasMenu } from './canvasMenu';
import { useEditor } from '../editor/editorContext';
import { FIGURE_ICONS } from '../runs/figures';
import { useFar } from './far';
import { KindIcon } from './kinds';
import { markOf, rowsOf, type StepMark } from './stepState';

export type StepNodeData = { kind: StepKind | undefined; detail: string };
export type StepFlowNode = Node<StepNodeData, 'step'>;

const MARKS: Record<StepMark, ReactNode> = {
  fine: null,
  problem: <ExclamationCircleFilled />,
  stale: <ClockCircleOutlined />,
  sampled: <CheckCircleFilled />,
  pinned: <PushpinFilled />,
};

function Mark({ step }: { step: string }) {
  const { t } = useTranslation('flow');
  const mark = useEditor((editor) => markOf(editor, step));
  if (mark === 'fine') return null;
  const says = t(`mark.${mark}` as 'mark.stale');
  return (
    <span className={`step-mark ${mark}`} role="img" aria-label={says} title={says}>
      {MARKS[mark]}
    </span>
  );
}

function Rows({ step }: { step: string }) {
  const { t, i18n } = useTranslation('flow');
  const known = useEditor((editor) => {
    const rows = rowsOf(editor, step);
    return rows && `${rows.rows}${rows.all ? '' : '+'}`;
  });
  if (known === undefined) return null;
  const number = Number.parseInt(known, 10);
  const rows = number.toLocaleString(i18n.language) + (known.endsWith('+') ? '+' : '');
  return (
    <span className="step-rows" title={t('figures.of_sample')}>
      {FIGURE_ICONS.sample} {t('rows', { rows })}
    </span>
  );
}

/** One step on the canvas. It redraws for what it shows and for nothing else. */
export const StepNode = memo(function StepNode(props: NodeProps<StepFlowNode>) {
  return useFar() ? <FarStep {...props} /> : <NearStep {...props} />;
});

const classOf = ({ data, selected }: NodeProps<StepFlowNode>) =>
  `step-node kind-${data.kind ?? 'unknown'}${selected ? ' selected' : ''}`;

/** Seen from afar: a name and a colour, and whether something is wrong. */
function FarStep(props: NodeProps<StepFlowNode>) {
  const mark = useEditor((editor) => markOf(editor, props.id));
  return (
    <div className={`${classOf(props)} far-${mark}`} style={NODE}>
      <span className="step-name">{props.id}</span>
    </div>
  );
}

function NearStep(props: NodeProps<StepFlowNode>) {
  const { id, data, selected } = props;
  const { t } = useTranslation('flow');
  const openMenu = useCanvasMenu();
  const kind = data.kind ? t(`kind.${data.kind}` as 'kind.read') : t('kind.unknown');
  return (
    <div className={classOf(props)} style={NODE}>
      {data.kind !== 'read' && <Handle type="target" position={Position.Left} />}
      <span className="step-icon" aria-hidden>
        <KindIcon kind={data.kind} />
      </span>
      <span className="step-words">
        <span className="step-name">{id}</span>
        <span className="step-detail">
          <span>{data.detail || kind}</span>
          <Rows step={id} />
        </span>
      </span>
      <Mark step={id} />
      {data.kind !== 'write' && (
        <>
          <Handle type="source" position={Position.Right} />
          <button
            type="button"
            className="step-plus nodrag nopan"
            tabIndex={selected ? 0 : -1}
            aria-label={t('add_after', { step: id })}
            onClick={(event) => {
              event.stopPropagation();
              openMenu({ at: { x: event.clientX, y: event.clientY }, add: { after: id } });
            }}
          >
            <PlusOutlined />
          </button>
        </>
      )}
    </div>
  );
}
