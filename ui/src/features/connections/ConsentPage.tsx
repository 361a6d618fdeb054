import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Spin } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { takeReturned, type Returned } from '../../client/returned';
import { useSession } from '../../client/session';
import type { ConsentEnded } from '../../client/types';
import { Failure } from '../../components/Failure';
import { JointMark } from '../../components/JointMark';
import { ProblemList } from '../../components/ProblemList';
import { useNotice } from '../../components/useNotice';
import './consent.css';

/**
 * Where a system sends a person back to. The session's cookie does not travel on a way that began
 * elsewhere, so the page hands over what it was given in a request of its own.
 */
export function ConsentPage() {
  const { t } = useTranslation('connections');
  const navigate = useNavigate();
  const { done } = useNotice();
  const session = useSession();
  const returned = useRef<Returned | undefined>(undefined);
  const finish = useMutation({
    mutationFn: (given: Returned) => api.post<ConsentEnded>('/api/consents', given),
    onSuccess: ({ project, connection, problem }) => {
      if (problem) return;
      done(t('consent.done'));
      const params = { project, name: connection };
      void navigate({ to: '/p/$project/connections/$name', params, replace: true });
    },
  });
  const { mutate } = finish;
  const signedIn = session?.state === 'signed_in';
  useEffect(() => {
    if (!signedIn) return;
    returned.current ??= takeReturned();
    if (returned.current) mutate(returned.current);
  }, [signedIn, mutate]);
  const problem = finish.data?.problem;
  return (
    <main className="consent-page">
      <section className="consent-card" aria-labelledby="consent-title">
        <JointMark size={34} />
        <h1 id="consent-title">{t('consent.title')}</h1>
        {finish.isPending && (
          <p role="status" className="row">
            <Spin size="small" /> {t('consent.trading')}
          </p>
        )}
        <Failure error={finish.error} />
        {problem && <ProblemList problems={[problem]} />}
        {session && !signedIn && <p>{t('consent.signed_out')}</p>}
        {signedIn && finish.isIdle && <p>{t('consent.nothing')}</p>}
        {finish.data && problem ? (
          <Link
            to="/p/$project/connections/$name"
            params={{ project: finish.data.project, name: finish.data.connection }}
          >
            {t('consent.to_connection')}
          </Link>
        ) : (
          !finish.isPending && <Link to="/">{t('consent.to_studio')}</Link>
        )}
      </section>
    </main>
  );
}
