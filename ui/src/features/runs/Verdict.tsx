import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RunDetail, Verification } from '../../client/types';
import { count } from '../../components/times';

export function verificationOf(run: RunDetail): Verification | undefined {
  return run.verification ?? run.receipt?.verification ?? undefined;
}

export function isEqual({ missing, extra, different }: Verification): boolean {
  return missing === 0 && extra === 0 && different === 0;
}

/** The answer a reader of a receipt wants first: does the target hold what the source does? */
export function Verdict({ run }: { run: RunDetail }) {
  const { t, i18n } = useTranslation('runs');
  const checked = verificationOf(run);
  if (!checked) return null;
  const number = (rows: number) => count(rows, i18n.language);
  const equal = isEqual(checked);
  return (
    <Alert
      role="status"
      showIcon
      type={equal ? 'success' : 'warning'}
      title={t(equal ? 'verified.equal' : 'verified.unequal')}
      description={t(equal ? 'verified.all_rows' : 'verified.some_rows', {
        source: number(checked.source_rows),
        target: number(checked.target_rows),
        missing: number(checked.missing),
        extra: number(checked.extra),
        different: number(checked.different),
      })}
    />
  );
}
