import { Button, type TableColumnsType } from 'antd';
import { useState, type Key } from 'react';
import { useTranslation } from 'react-i18next';
import { useFilters, useProject } from '../../client/place';
import { useList } from '../../client/queries';
import { useMay } from '../../client/session';
import type { RejectedRow, RejectsPage } from '../../client/types';
import { RelativeTime } from '../../components/RelativeTime';
import { ResourceTable } from '../../components/ResourceTable';
import { EditRow } from './EditRow';
import { Groups } from './Groups';
import { rejectsPath } from './paths';
import { ReplayBar } from './ReplayBar';
import { culpritOf, shown } from './rows';

function useColumns(onEdit: (row: RejectedRow) => void): TableColumnsType<RejectedRow> {
  const { t } = useTranslation('rejects');
  const may = useMay(useProject(), 'operator');
  return [
    {
      title: t('why'),
      render: (_, { code, message, fix }) => (
        <div style={{ maxWidth: 340, minWidth: 220 }}>
          <strong>{t(`problems:${code}`, { defaultValue: code })}</strong>
          <div style={{ overflowWrap: 'anywhere' }}>{message}</div>
          {fix && <div className="soft">{fix}</div>}
        </div>
      ),
    },
    {
      title: t('column_value'),
      render: (_, reject) => {
        const culprit = culpritOf(reject);
        if (!culprit) return reject.column ? <code>{reject.column}</code> : '–';
        return (
          <div style={{ maxWidth: 220, overflowWrap: 'anywhere' }}>
            <code>{culprit}</code> = <code>{shown(reject.row[culprit])}</code>
          </div>
        );
      },
    },
    {
      title: t('step'),
      render: (_, { step, stage }) => (
        <span>
          {step} <span className="soft">{stage}</span>
        </span>
      ),
    },
    {
      title: t('at'),
      render: (_, { at, attempts }) => (
        <div>
          <RelativeTime at={at} />
          {attempts > 1 && <div className="soft">{t('tried_times', { count: attempts })}</div>}
        </div>
      ),
    },
    {
      title: '',
      align: 'right',
      fixed: 'right',
      render: (_, row) => (
        <Button
          type="link"
          disabled={!may || row.state !== 'new' || !!row.raw}
          title={row.raw ? t('raw_hint') : undefined}
          onClick={() => onEdit(row)}
        >
          {t('mend')}
        </Button>
      ),
    },
  ];
}

/** The rejects of one flow, by cause and row by row. */
export function FlowRejects({ flow }: { flow: string }) {
  const { t } = useTranslation('rejects');
  const project = useProject();
  const [{ state = 'new', cause = '' }, change] = useFilters();
  const [picked, setPicked] = useState<Key[]>([]);
  const [edited, setEdited] = useState<RejectedRow>();
  const list = useList<RejectedRow, RejectsPage>(rejectsPath(project, flow), {
    query: { state, cause },
  });
  const columns = useColumns(setEdited);
  const groups = list.first?.groups ?? [];
  return (
    <div className="stack">
      <Groups groups={groups} picked={cause} onPick={(next) => change({ cause: next })} />
      <ReplayBar flow={flow} ids={picked.map(String)} cause={cause} onDone={() => setPicked([])} />
      <ResourceTable
        label={t('title')}
        listing={list}
        columns={columns}
        rowKey={({ id }) => id}
        filters={[
          {
            key: 'state',
            kind: 'choice',
            label: t('common:state.new'),
            options: ['replayed', 'discarded'].map((one) => ({
              value: one,
              label: t(`common:state.${one}`),
            })),
          },
        ]}
        values={{ state: state === 'new' ? '' : state }}
        onFilter={change}
        selection={{
          selectedRowKeys: picked,
          onChange: setPicked,
          getTitleCheckboxProps: () => ({ 'aria-label': t('pick_all') }),
          getCheckboxProps: ({ id }) => ({ 'aria-label': t('pick', { id }) }),
        }}
        expand={{
          expandedRowRender: ({ row, types, raw }) => (
            <dl className="reject-row">
              {raw && <dd className="code">{raw}</dd>}
              {Object.entries(row).map(([name, value]) => (
                <div key={name}>
                  <dt>
                    {name} <code className="soft">{types?.[name]}</code>
                  </dt>
                  <dd className="code">{shown(value)}</dd>
                </div>
              ))}
            </dl>
          ),
        }}
        empty={{ title: t('none'), hint: t('none_hint') }}
      />
      {edited && <EditRow flow={flow} reject={edited} onClose={() => setEdited(undefined)} />}
    </div>
  );
}
