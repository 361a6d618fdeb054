import { Alert, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../components/Failure';
import { EmptyHint } from '../../components/EmptyHint';
import { Legend } from './Legend';
import { LinePanel } from './LinePanel';
import { MappingLines } from './MappingLines';
import { MappingTable } from './MappingTable';
import { MappingToolbar, type View } from './MappingToolbar';
import { MappingContext, type MappingModel } from './model';
import { ProposalList } from './ProposalList';
import { useMapping, type MappingEditorProps } from './useMapping';
import './mappings.css';

/** Lines are only of use while one can follow them. */
const LINES_MAX = 60;

function Refused({ model }: { model: MappingModel }) {
  const { t } = useTranslation('mapping');
  if (!model.refused) return null;
  const { code, values } = model.refused;
  return (
    <Alert
      type="warning"
      showIcon
      title={t(`refused.${code}` as 'refused.unsafe', {
        ...values,
        defaultValue: t('refused.unsafe'),
      })}
    />
  );
}

function Body({ model, view, samples }: { model: MappingModel; view: View; samples: boolean }) {
  const { t } = useTranslation('mapping');
  const { facts, rows, selected } = model;
  const row = rows.find(({ name }) => name === selected);
  if (facts.input === undefined)
    return <EmptyHint title={t('no_input')} hint={t('no_input_hint')} />;
  if (facts.pending && facts.sources.length === 0) {
    return (
      <div className="mapping-pending">
        <Spin /> {t('pending')}
      </div>
    );
  }
  return (
    <div className="mapping-body">
      {view === 'lines' ? <MappingLines samples={samples} /> : <MappingTable />}
      {row ? <LinePanel key={row.name} row={row} /> : <ProposalList />}
    </div>
  );
}

/** Escape closes the large view, unless something in it has a use for the key. */
function useEscape(active: boolean, onEscape: () => void) {
  useEffect(() => {
    if (!active) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onEscape();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [active, onEscape]);
}

/**
 * Joins the columns of a step's input to the columns of its target. It only ever answers with the
 * next text of the flow, so undo and save belong to whoever shows it.
 */
export default function MappingEditor(props: MappingEditorProps) {
  const { t } = useTranslation('mapping');
  const [dataset, setDataset] = useState<string>();
  const [chosen, setChosen] = useState<View>();
  const [samples, setSamples] = useState(false);
  const [wide, setWide] = useState(false);
  const model = useMapping(props, dataset);
  const { facts } = model;
  const many = Math.max(facts.sources.length, model.rows.length) > LINES_MAX;
  const view = chosen ?? (many ? 'table' : 'lines');
  const [narrow] = useState(() => () => setWide(false));
  useEscape(wide, narrow);
  const editor = (
    <MappingContext value={model}>
      <section className={`mapping-editor${wide ? ' wide' : ''}`} aria-label={t('label')}>
        <MappingToolbar
          view={view}
          samples={samples}
          wide={wide}
          onView={setChosen}
          onSamples={setSamples}
          onWide={setWide}
          onDataset={setDataset}
        />
        <Refused model={model} />
        {facts.error != null && !facts.pending && (
          <Failure error={facts.error} onRetry={facts.refetch} />
        )}
        {facts.made !== undefined && (
          <Alert type="info" showIcon title={t('made', { name: facts.made })} />
        )}
        <Body model={model} view={view} samples={samples} />
        {view === 'lines' && (
          <footer className="mapping-foot">
            <Legend />
            <span className="soft">{t('keys')}</span>
          </footer>
        )}
      </section>
    </MappingContext>
  );
  return wide ? createPortal(editor, document.body) : editor;
}
