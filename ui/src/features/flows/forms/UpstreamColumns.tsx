import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Step } from '../../../document/flow';
import { useEditor } from '../editor/editorContext';
import { useRunCommands } from '../runs/runCommands';
import { columnsOf, type KnownColumn } from '../canvas/stepState';

const FILTER_FROM = 12;

function useColumnsOf(step: string): KnownColumn[] | undefined {
  return useEditor((editor) => columnsOf(editor, step));
}

function Columns({ step, query }: { step: string; query: string }) {
  const { t } = useTranslation('flow');
  const columns = useColumnsOf(step);
  const { preview } = useRunCommands();
  if (!columns) {
    return (
      <div className="stack tight">
        <span className="soft">{t('panel.columns_unknown')}</span>
        <Button size="small" onClick={() => preview(step)}>
          {t('menu.preview')}
        </Button>
      </div>
    );
  }
  const shown = columns.filter((one) => one.name.toLowerCase().includes(query));
  return (
    <ul className="column-list">
      {shown.map((column) => (
        <li key={column.name}>
          <code>{column.name}</code>
          <span className="type-badge">{column.type}</span>
          {column.nullable === false && <span className="soft">{t('panel.not_null')}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Columns that come in, by the step they come from. */
export function UpstreamColumns({ step }: { step: Step }) {
  const { t } = useTranslation('flow');
  const [query, setQuery] = useState('');
  const many = useEditor((editor) =>
    step.inputs.some((input) => (columnsOf(editor, input.step)?.length ?? 0) > FILTER_FROM),
  );
  if (step.inputs.length === 0) {
    const says = step.kind === 'read' ? t('panel.reads') : t('panel.no_input');
    return <p className="soft">{says}</p>;
  }
  return (
    <div className="stack tight">
      {many && (
        <Input
          size="small"
          allowClear
          aria-label={t('panel.find_column')}
          placeholder={t('panel.find_column')}
          onChange={(event) => setQuery(event.target.value.trim().toLowerCase())}
        />
      )}
      {step.inputs.map((input) => (
        <div key={input.step}>
          <h3>{input.step}</h3>
          {input.known ? (
            <Columns step={input.step} query={query} />
          ) : (
            <p className="flow-bad">{t('panel.unknown_step', { step: input.step })}</p>
          )}
        </div>
      ))}
    </div>
  );
}
