import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { useProject } from '../../client/place';
import { useList, useSend, useThing } from '../../client/queries';
import { useMay } from '../../client/session';
import type { Revision, StoredDocument } from '../../client/types';
import { useConfirm } from '../../components/Confirm';
import { DiffView } from '../../components/DiffView';
import { Failure } from '../../components/Failure';
import { RelativeTime } from '../../components/RelativeTime';
import { StateTag } from '../../components/StateTag';
import { useNotice } from '../../components/useNotice';
import { connectionPath, connectionsPath } from './paths';

function Compared({ stored, revision }: { stored: StoredDocument; revision: number }) {
  const { t } = useTranslation('connections');
  const path = connectionPath(useProject(), stored.name, 'revisions', String(revision));
  const old = useThing<{ text: string }>(path);
  if (old.error) return <Failure error={old.error} />;
  if (!old.data) return <Skeleton active />;
  return (
    <DiffView
      before={old.data.text}
      after={stored.text}
      beforeLabel={t('history.revision', { revision })}
      afterLabel={t('history.now', { revision: stored.revision })}
    />
  );
}

/** What a connection was: each revision beside the text of today, and the way back to it. */
export function History({ stored }: { stored: StoredDocument }) {
  const { t } = useTranslation('connections');
  const project = useProject();
  const may = useMay(project, 'developer');
  const confirm = useConfirm();
  const { done, failed } = useNotice();
  const [shown, setShown] = useState<number>();
  const list = useList<Revision>(connectionPath(project, stored.name, 'revisions'));
  const revert = useSend(
    (revision: number) => api.post(connectionPath(project, stored.name, 'revert'), { revision }),
    connectionsPath(project),
  );
  const ask = (revision: number) =>
    confirm({
      title: t('history.revert_title'),
      object: stored.name,
      project,
      consequence: t('history.revert_hint', { revision }),
      action: t('history.revert'),
      danger: false,
      act: () =>
        revert
          .mutateAsync(revision)
          .then(() => done(t('history.reverted')))
          .catch(failed),
    });
  return (
    <div className="stack">
      <Failure error={list.error} onRetry={() => void list.refetch()} />
      <ul className="plain-list panel">
        {list.items.map(({ revision, author, at, message, published }) => (
          <li key={revision} className="row spread">
            <span className="row">
              <strong>{t('history.revision', { revision })}</strong>
              {published && <StateTag state="published" />}
              <span>{author}</span>
              <RelativeTime at={at} />
              <span className="soft">{message}</span>
            </span>
            <span className="row">
              <Button onClick={() => setShown(revision)}>{t('history.compare')}</Button>
              <Button disabled={!may || revision === stored.revision} onClick={() => ask(revision)}>
                {t('history.revert')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {shown !== undefined && <Compared stored={stored} revision={shown} />}
    </div>
  );
}
