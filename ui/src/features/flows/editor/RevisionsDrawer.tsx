import { Button, Drawer, Tag } from 'antd';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../client/api';
import { useList, useThing } from '../../../client/queries';
import type { Revision, StoredDocument } from '../../../client/types';
import { DiffView } from '../../../components/DiffView';
import { Failure } from '../../../components/Failure';
import { useEditor, useEditorStore } from './editorContext';
import { flowPaths } from '../flowPaths';

type RowProps = { revision: Revision; chosen: boolean; onChoose: () => void };

function Row({ revision, chosen, onChoose }: RowProps) {
  const { t, i18n } = useTranslation('flow');
  const at = new Date(revision.at).toLocaleString(i18n.language);
  return (
    <li>
      <button type="button" className="revision" aria-pressed={chosen} onClick={onChoose}>
        <strong>{t('revisions.number', { number: revision.revision })}</strong>
        {revision.published && <Tag color="green">{t('revisions.published')}</Tag>}
        <span className="soft">
          {revision.author} · {at}
        </span>
        {revision.message && <span>{revision.message}</span>}
      </button>
    </li>
  );
}

function useRevert(onDone: () => void) {
  const store = useEditorStore();
  return useMutation({
    mutationFn: async (revision: number) => {
      const { project, name } = store.getState();
      const paths = flowPaths(project, name);
      await api.post(paths.revert, { revision });
      return api.get<StoredDocument>(paths.flow);
    },
    onSuccess: (stored) => {
      store.getState().giveWay(stored);
      onDone();
    },
  });
}

/** Every revision that was saved, compared with the draft; one can be taken back. */
export default function RevisionsDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('flow');
  const project = useEditor((editor) => editor.project);
  const name = useEditor((editor) => editor.name);
  const mine = useEditor((editor) => editor.history.present.text);
  const locked = useEditor((editor) => editor.locked);
  const [chosen, setChosen] = useState<number>();
  const path = flowPaths(project, name).revisions;
  const list = useList<Revision>(path);
  const one = useThing<{ text: string }>(`${path}/${chosen ?? 0}`, {
    enabled: chosen !== undefined,
  });
  const revert = useRevert(onClose);
  return (
    <Drawer open size={1100} title={t('revisions.title')} onClose={onClose}>
      <Failure error={list.error ?? one.error ?? revert.error} />
      <div className="revisions">
        <ul className="plain-list">
          {list.items.map((revision) => (
            <Row
              key={revision.revision}
              revision={revision}
              chosen={chosen === revision.revision}
              onChoose={() => setChosen(revision.revision)}
            />
          ))}
          {list.hasNextPage && (
            <Button block onClick={() => void list.fetchNextPage()}>
              {t('revisions.more')}
            </Button>
          )}
        </ul>
        <div className="grow stack">
          {chosen === undefined || !one.data ? (
            <p className="soft">{t('revisions.choose')}</p>
          ) : (
            <>
              <DiffView
                before={one.data.text}
                after={mine}
                beforeLabel={t('revisions.number', { number: chosen })}
                afterLabel={t('revisions.draft')}
              />
              <Button
                disabled={locked}
                loading={revert.isPending}
                onClick={() => revert.mutate(chosen)}
              >
                {t('revisions.revert', { number: chosen })}
              </Button>
            </>
          )}
        </div>
      </div>
    </Drawer>
  );
}
