import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../components/Failure';
import { PageHeader } from '../../components/PageHeader';

/** A page that broke: the others still work, and this one can be tried again. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('nav');
  return (
    <div className="stack">
      <PageHeader title={t('crash')} hint={t('crash_hint')} />
      <Failure error={error} />
      <div className="row">
        <Button type="primary" onClick={reset}>
          {t('crash_again')}
        </Button>
        <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
      </div>
    </div>
  );
}
