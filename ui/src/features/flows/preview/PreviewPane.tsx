import { PushpinFilled, PushpinOutlined } from '@ant-design/icons';
import { Button, Segmented, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preview } from '../../../client/types';
import { useMay } from '../../../client/session';
import { DataGrid } from '../../../components/DataGrid';
import { Failure } from '../../../components/Failure';
import type { Step } from '../../../document/flow';
import { useEditor, useEditorStore } from '../editor/editorContext';
import { PreviewSchema } from './PreviewSchema';
import type { usePreview } from './usePreview';

type Tab = 'table' | 'json' | 'schema';
type Props = { step: Step; preview: ReturnType<typeof usePreview> };

const JSON_ROWS_MAX = 100;

function asJson({ columns, rows }: Preview): string {
  const objects = rows
    .slice(0, JSON_ROWS_MAX)
    .map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null])));
  return JSON.stringify(objects, null, 2);
}

function Rows({ tab, preview }: { tab: Tab; preview: Preview }) {
  const { t } = useTranslation('flow');
  if (tab === 'schema') return <PreviewSchema preview={preview} />;
  if (tab === 'json') {
    return (
      <pre className="code flow-json" tabIndex={0} aria-label={t('preview.json')}>
        {asJson(preview)}
      </pre>
    );
  }
  return <DataGrid preview={preview} height={260} />;
}

/** Rows that leave the step: fetched, kept while they hold, and pinned to work on without the source. */
export function PreviewPane({ step, preview }: Props) {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const [tab, setTab] = useState<Tab>('table');
  const sample = useEditor((editor) => editor.samples.get(step.name));
  const pinned = useEditor((editor) => editor.pins.get(step.name));
  const stale = useEditor((editor) => sample && sample.key !== editor.keys.get(step.name));
  const shown = pinned ?? sample?.preview;
  const may = useMay(
    useEditor((editor) => editor.project),
    'developer',
  );
  const mine = preview.step === step.name;
  const running = mine && preview.running;
  return (
    <div className="stack tight preview-pane">
      <div className="row">
        <h2>{t('panel.output')}</h2>
        <Segmented<Tab>
          size="small"
          aria-label={t('preview.view')}
          value={tab}
          options={(['table', 'json', 'schema'] as const).map((value) => ({
            value,
            label: t(`preview.${value}`),
          }))}
          onChange={setTab}
        />
        <span className="grow" />
        {shown && step.kind !== 'write' && (
          <Button
            size="small"
            icon={pinned ? <PushpinFilled /> : <PushpinOutlined />}
            aria-pressed={pinned !== undefined}
            onClick={() => store.getState().pin(step.name, pinned ? undefined : shown)}
          >
            {pinned ? t('preview.unpin') : t('preview.pin')}
          </Button>
        )}
        {running ? (
          <Button size="small" danger onClick={preview.stop}>
            {t('preview.stop')}
          </Button>
        ) : (
          <Button size="small" disabled={!may} onClick={() => void preview.fetchRows(step.name)}>
            {shown ? t('preview.again') : t('preview.fetch')}
          </Button>
        )}
      </div>
      {stale && !pinned && (
        <p className="preview-stale" role="status">
          {t('preview.stale')}
        </p>
      )}
      {mine && preview.failed !== undefined && <Failure error={preview.failed} />}
      <Spin spinning={running}>
        <div className={stale && !pinned ? 'greyed' : ''}>
          {shown ? <Rows tab={tab} preview={shown} /> : <p className="soft">{t('preview.none')}</p>}
        </div>
      </Spin>
    </div>
  );
}
