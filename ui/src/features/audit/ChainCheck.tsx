import { DownloadOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { useSend } from '../../client/queries';
import type { AuditCheck } from '../../client/types';
import { count } from '../../components/times';
import { useNotice } from '../../components/useNotice';

/** Follows the chain of hashes from the first entry to the last. */
export function ChainCheck() {
  const { t, i18n } = useTranslation('audit');
  const { failed } = useNotice();
  const check = useSend(() => api.get<AuditCheck>('/api/audit/verify'));
  const found = check.data;
  return (
    <div className="row">
      {found && (
        <strong role="status" style={{ color: `var(--${found.ok ? 'succeeded' : 'failed'})` }}>
          {found.ok
            ? t('chain_ok', { entries: count(found.entries, i18n.language) })
            : t([`chain_broken_${found.because}`, 'chain_broken'], { at: found.broken_at })}
        </strong>
      )}
      <Button icon={<DownloadOutlined />} href="/api/audit/export" download="audit.ndjson">
        {t('export')}
      </Button>
      <Button
        icon={<SafetyCertificateOutlined />}
        loading={check.isPending}
        onClick={() => check.mutate(undefined, { onError: failed })}
      >
        {t('verify')}
      </Button>
    </div>
  );
}
