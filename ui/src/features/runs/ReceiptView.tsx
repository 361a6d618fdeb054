import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Receipt, RunDetail } from '../../client/types';
import { CopyButton } from '../../components/CopyButton';
import { count } from '../../components/times';
import { Verdict } from './Verdict';

const FIGURES = ['rows_in', 'rows_out', 'rows_rejected'] as const;
const LABELS = { rows_in: 'rows_in', rows_out: 'rows_out', rows_rejected: 'rejected' } as const;

function Steps({ receipt }: { receipt: Receipt }) {
  const { t, i18n } = useTranslation('runs');
  return (
    <table className="receipt-steps">
      <thead>
        <tr>
          <th scope="col">{t('step')}</th>
          {FIGURES.map((figure) => (
            <th key={figure} scope="col" className="number">
              {t(LABELS[figure])}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Object.entries(receipt.steps).map(([name, counts]) => (
          <tr key={name}>
            <th scope="row">
              <code>{name}</code>
            </th>
            {FIGURES.map((figure) => (
              <td key={figure} className="number">
                {count(counts[figure], i18n.language)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the run read, wrote and rejected, whether the target was found equal, and the paper itself. */
export function ReceiptView({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs');
  if (!run.receipt) return <Empty description={t('no_receipt')} />;
  const text = JSON.stringify(run.receipt, null, 2);
  return (
    <div className="stack">
      <span className="soft">{t('receipt_hint')}</span>
      <Steps receipt={run.receipt} />
      <Verdict run={run} />
      <details>
        <summary>{t('receipt_raw')}</summary>
        <div className="stack tight">
          <span>
            <CopyButton text={text} />
          </span>
          <pre className="code" style={{ margin: 0, overflow: 'auto', maxHeight: 520 }}>
            {text}
          </pre>
        </div>
      </details>
    </div>
  );
}
