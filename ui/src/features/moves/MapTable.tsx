import { CheckOutlined, KeyOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Skeleton, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Proposal } from '../../client/types';
import { Failure } from '../../components/Failure';
import type { TargetRow } from '../../mapping/state';
import { isNeeded } from '../../mapping/types';
import type { MoveModel } from './useMove';

function Reasons({ proposal }: { proposal: Proposal }) {
  const { i18n } = useTranslation();
  const spoken = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <ul className="plain-list">
      {proposal.reasons.map(({ code, text }) => (
        <li key={code} style={{ padding: 0 }}>
          {text[spoken]}
        </li>
      ))}
    </ul>
  );
}

/** What goes into one column: a source column that is chosen, or SQL that is typed. */
function Value({ row, move }: { row: TargetRow; move: MoveModel }) {
  const { t } = useTranslation('moves');
  const written = row.expression ?? '';
  const [typed, setTyped] = useState<string>();
  const options = move.sides.sources.map(({ name, type, comment }) => ({
    value: name,
    label: [name, type, comment].filter(Boolean).join(' · '),
  }));
  const commit = (sql: string) => {
    setTyped(undefined);
    if (sql !== written) move.write(row, sql);
  };
  return (
    <AutoComplete
      className="code move-value"
      aria-label={t('map.value_of', { target: row.name })}
      placeholder={t('map.nothing')}
      allowClear
      value={typed ?? written}
      options={options}
      onChange={(value: string | undefined) => setTyped(value ?? '')}
      onSelect={(value: string | undefined) => commit(value ?? '')}
      onClear={() => commit('')}
      onBlur={() => typed !== undefined && commit(typed)}
    />
  );
}

function Row({ row, move }: { row: TargetRow; move: MoveModel }) {
  const { t } = useTranslation('moves');
  const { column, proposal, expression } = row;
  const offered = expression === undefined && proposal?.source ? proposal : undefined;
  const needed = expression === undefined && column !== undefined && isNeeded(column);
  return (
    <tr>
      <td>
        <span className="row">
          <code>{row.name}</code>
          {column?.key && <KeyOutlined aria-label={t('map.key')} />}
        </span>
        {column?.comment && <small className="soft">{column.comment}</small>}
      </td>
      <td>
        <code className="soft">{column?.type}</code>
      </td>
      <td>
        <Value row={row} move={move} />
      </td>
      <td>
        {offered && (
          <span className="row">
            <Tooltip title={<Reasons proposal={offered} />}>
              <code tabIndex={0}>{offered.source}</code>
            </Tooltip>
            <span className={`move-score ${offered.band}`}>
              {t('map.score', { score: offered.score })}
            </span>
            <Button
              size="small"
              type="text"
              icon={<CheckOutlined />}
              aria-label={t('map.accept', { source: offered.source, target: row.name })}
              onClick={() => move.write(row, offered.source ?? '')}
            />
          </span>
        )}
        {!offered && needed && <span className="move-needed">{t('map.needed')}</span>}
        {!offered && !needed && expression === undefined && (
          <span className="soft">{t('map.empty')}</span>
        )}
      </td>
    </tr>
  );
}

/** Every column of the target with what goes into it; what the server proposes is a click away. */
export function MapTable({ move }: { move: MoveModel }) {
  const { t } = useTranslation('moves');
  const { sides, rows, open } = move;
  return (
    <section className="panel stack tight" aria-labelledby="move-map">
      <div className="row spread">
        <h2 id="move-map">{t('map.title')}</h2>
        {open.length > 0 && (
          <Button type="primary" icon={<CheckOutlined />} onClick={move.acceptAll}>
            {t('map.accept_all', { count: open.length })}
          </Button>
        )}
      </div>
      <Failure error={sides.error} />
      {sides.pending && <Skeleton active />}
      {rows.length > 0 && (
        <div className="move-map" tabIndex={0} role="region" aria-labelledby="move-map">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('map.target')}</th>
                <th scope="col">{t('map.type')}</th>
                <th scope="col">{t('map.value')}</th>
                <th scope="col">{t('map.proposal')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.name} row={row} move={move} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
