import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../client/types';
import { CopyButton } from '../../components/CopyButton';

/** The receipt as the engine wrote it: what the run read, wrote and rejected. */
export function ReceiptView({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs');
  if (!run.receipt) return <Empty description={t('no_receipt')} />;
  const text = JSON.stringify(run.receipt, null, 2);
  return (
    <div className="stack tight">
      <div className="row spread">
        <span className="soft">{t('receipt_hint')}</span>
        <CopyButton text={text} />
      </div>
      <pre className="code" style={{ margin: 0, overflow: 'auto', maxHeight: 520 }}>
        {text}
      </pre>
    </div>
  );
}
