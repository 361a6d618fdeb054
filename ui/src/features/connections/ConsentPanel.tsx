import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { useProject } from '../../client/place';
import { useThing } from '../../client/queries';
import type { Consent } from '../../client/types';
import { useConfirm } from '../../components/Confirm';
import { CopyButton } from '../../components/CopyButton';
import { Failure } from '../../components/Failure';
import { ProblemList } from '../../components/ProblemList';
import { RelativeTime } from '../../components/RelativeTime';
import { connectionPath } from './paths';

type Props = {
  name: string;
  /** The text differs from what is saved; consent is given to what is saved. */
  dirty: boolean;
};

function Standing({ consent }: { consent: Consent }) {
  const { t } = useTranslation('connections');
  if (!consent.given) return <span>{t('consent.missing')}</span>;
  return (
    <span>
      {t('consent.given', { by: consent.by ?? '–' })}{' '}
      <span className="soft">
        {t('consent.renewed')} <RelativeTime at={consent.renewed_at} />
      </span>
    </span>
  );
}

/** A person's consent to a connection: whether there is one, and the way to the system's page. */
export function ConsentPanel({ name, dirty }: Props) {
  const { t } = useTranslation('connections');
  const project = useProject();
  const confirm = useConfirm();
  const path = connectionPath(project, name, 'consent');
  const { data: consent, error, refetch } = useThing<Consent>(path);
  const begin = useMutation({
    mutationFn: () => api.post<{ url: string }>(path),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const withdraw = useMutation({ mutationFn: () => api.remove(path), onSuccess: () => refetch() });
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!consent?.needed) return null;
  return (
    <section className="panel stack tight" aria-label={t('consent.title')}>
      <div className="row spread">
        <Standing consent={consent} />
        <span className="row">
          {consent.given && (
            <Button
              loading={withdraw.isPending}
              onClick={() =>
                confirm({
                  title: t('consent.withdraw_title'),
                  object: name,
                  project,
                  consequence: t('consent.withdraw_hint'),
                  action: t('consent.withdraw'),
                  act: () => withdraw.mutateAsync(),
                })
              }
            >
              {t('consent.withdraw')}
            </Button>
          )}
          <Button
            type={consent.given && !consent.problem ? 'default' : 'primary'}
            disabled={dirty}
            loading={begin.isPending || begin.isSuccess}
            onClick={() => begin.mutate()}
          >
            {t(consent.given ? 'consent.again' : 'consent.authorize')}
          </Button>
        </span>
      </div>
      {dirty && <div className="soft">{t('consent.save_first')}</div>}
      <Failure error={begin.error ?? withdraw.error} />
      {consent.problem && <ProblemList problems={[consent.problem]} />}
      <div className="soft">
        {t('consent.back')} <code>{consent.back}</code>
        <CopyButton text={consent.back} label={t('consent.copy_back')} />
      </div>
    </section>
  );
}
