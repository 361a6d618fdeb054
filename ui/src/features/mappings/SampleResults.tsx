import { WarningFilled } from '@ant-design/icons';
import { Spin } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../components/Failure';
import { ProblemList } from '../../components/ProblemList';
import { sqlName } from '../../document/sqlTables';
import { columnsIn } from '../../mapping/sql';
import type { TargetRow } from '../../mapping/state';
import { useModel } from './model';
import { useEvaluation } from './useEvaluation';
import type { Evaluated } from './wire';

const PAUSE_MS = 300;
const SOURCES_MAX = 4;

export function ResultCell({ cell }: { cell: Evaluated | undefined }) {
  const { t } = useTranslation('mapping');
  if (!cell) return <span className="soft">{t('sample.unknown')}</span>;
  if (cell.failed) {
    return (
      <span className="cell-failed" title={cell.message ?? t('fate.failing')}>
        <WarningFilled aria-hidden /> {cell.message ?? t('fate.failing')}
      </span>
    );
  }
  if (cell.value === null) return <span className="soft">{t('sample.null')}</span>;
  return <code title={cell.value}>{cell.value}</code>;
}

/** What an expression makes of a few rows, beside the values it is made from. */
export function SampleResults({ row, draft }: { row: TargetRow; draft: string }) {
  const { t } = useTranslation('mapping');
  const { project, text, facts } = useModel();
  const asked = useMemo(() => {
    const names = facts.sources.map(({ name }) => name);
    const read = columnsIn(draft, names).slice(0, SOURCES_MAX);
    const keys = read.map((name, i) => ({ name, key: `source_${i + 1}` }));
    const result = keys.some(({ key }) => key === row.name) ? `${row.name}_` : row.name;
    const expressions = Object.fromEntries([
      ...keys.map(({ name, key }) => [key, sqlName(name)]),
      ...(draft.trim() === '' ? [] : [[result, draft]]),
    ]);
    const types = row.column ? { [result]: row.column.type } : {};
    return { keys, result, request: JSON.stringify({ expressions, target_types: types }) };
  }, [draft, facts.sources, row.name, row.column]);
  const { evaluation, error, waiting } = useEvaluation(
    { project, text, input: facts.input, pause: PAUSE_MS },
    asked.request,
  );
  if (error && !waiting) return <Failure error={error} />;
  if (!evaluation) return waiting ? <Spin size="small" /> : null;
  const type = evaluation.types[asked.result];
  return (
    <div className="sample-results" aria-busy={waiting} aria-live="polite">
      <ProblemList problems={evaluation.problems} />
      <div className="sample-scroll">
        <table>
          <caption className="visually-hidden">{t('sample.title')}</caption>
          <thead>
            <tr>
              {asked.keys.map(({ name, key }) => (
                <th key={key}>{name}</th>
              ))}
              <th className="result">
                {t('sample.result')} {type && <code className="soft">{type}</code>}
              </th>
            </tr>
          </thead>
          <tbody>
            {evaluation.rows.map((cells, i) => (
              <tr key={i}>
                {asked.keys.map(({ key }) => (
                  <td key={key}>
                    <ResultCell cell={cells[key]} />
                  </td>
                ))}
                <td className="result">
                  <ResultCell cell={cells[asked.result]} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {evaluation.rows.length === 0 && <p className="soft">{t('sample.no_rows')}</p>}
    </div>
  );
}
