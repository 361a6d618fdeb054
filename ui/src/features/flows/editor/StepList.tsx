import { Input } from 'antd';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openStep } from './actions';
import { useEditor, useEditorStore } from './editorContext';
import { KindIcon } from '../canvas/kinds';
import { detailOf } from '../canvas/stepDetail';
import { markOf } from '../canvas/stepState';
import type { Step } from '../../../document/flow';

const ROW = 44;

function ListRow({ step }: { step: Step }) {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const selected = useEditor((editor) => editor.selected.includes(step.name));
  const mark = useEditor((editor) => markOf(editor, step.name));
  const kind = step.kind ? t(`kind.${step.kind}` as 'kind.read') : t('kind.unknown');
  const from = step.inputs.map((input) => input.step).join(', ');
  return (
    <button
      type="button"
      className={`list-row kind-${step.kind ?? 'unknown'}${selected ? ' selected' : ''}`}
      aria-pressed={selected}
      onClick={() => openStep(store, step.name)}
    >
      <span className="step-icon" aria-hidden>
        <KindIcon kind={step.kind} />
      </span>
      <strong>{step.name}</strong>
      <span className="soft">{kind}</span>
      <span className="soft list-from">{from && t('from', { steps: from })}</span>
      <code className="soft grow">{detailOf(step)}</code>
      <span className={`step-mark ${mark}`}>
        {mark !== 'fine' && t(`mark.${mark}` as 'mark.stale')}
      </span>
    </button>
  );
}

/** The flow as a list that can be searched; for screen readers, and for flows too long to draw. */
export function StepList() {
  const { t } = useTranslation('flow');
  const flow = useEditor((editor) => editor.flow);
  const [query, setQuery] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const found = useMemo(() => {
    const wanted = query.trim().toLowerCase();
    if (wanted === '') return flow.steps;
    return flow.steps.filter((step) =>
      `${step.name} ${step.kind} ${detailOf(step)} ${step.inputs.map((one) => one.step).join(' ')}`
        .toLowerCase()
        .includes(wanted),
    );
  }, [flow, query]);
  // The virtualiser keeps its measurements to itself, which the compiler's lint cannot know.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: found.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  return (
    <div className="step-list">
      <div className="row">
        <Input.Search
          allowClear
          aria-label={t('list.search')}
          placeholder={t('list.search')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <span className="soft" role="status">
          {t('list.count', { count: found.length })}
        </span>
      </div>
      <div ref={box} className="step-list-rows" role="list" aria-label={t('list.label')}>
        <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map((row) => {
            const step = found[row.index];
            return (
              step && (
                <div
                  key={step.name}
                  role="listitem"
                  aria-setsize={found.length}
                  aria-posinset={row.index + 1}
                  className="list-slot"
                  style={{ transform: `translateY(${row.start}px)`, height: ROW }}
                >
                  <ListRow step={step} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}
