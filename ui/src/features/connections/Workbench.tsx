import { CloudUploadOutlined, ExperimentOutlined, SaveOutlined } from '@ant-design/icons';
import { useBlocker } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../client/problem';
import { useProject } from '../../client/place';
import { useMay } from '../../client/session';
import type { Connector, StoredDocument } from '../../client/types';
import { Failure } from '../../components/Failure';
import { useNotice } from '../../components/useNotice';
import { CheckResult } from './CheckResult';
import { Conflict } from './Conflict';
import { ConnectionEditor } from './ConnectionEditor';
import { useActs } from './useActs';
import type { Draft } from './useDraft';

type Props = {
  draft: Draft;
  connector: Connector | undefined;
  base: StoredDocument | undefined;
  head: (actions: ReactNode) => ReactNode;
  onSaved: (saved: StoredDocument) => void;
};

function useSaveKey(act: () => void) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
}

/** Where a connection is written, tested and saved, new or old. */
export function Workbench({ draft, connector, base, head, onSaved }: Props) {
  const { t } = useTranslation('connections');
  const project = useProject();
  const may = useMay(project, 'developer');
  const { done } = useNotice();
  const [tried, setTried] = useState(false);
  const { test, save } = useActs(project, draft, base);
  const [kept, setKept] = useState(base?.text ?? draft.begun);
  const dirty = draft.text !== kept || draft.secrets.length > 0;
  useBlocker({
    shouldBlockFn: () => dirty && !save.isPending && !window.confirm(t('leave_unsaved')),
    enableBeforeUnload: dirty,
  });
  const act = (publish: boolean, over?: StoredDocument) => {
    setTried(true);
    save.mutate(
      { publish, ...(over ? { over } : {}) },
      {
        onSuccess: ({ saved, published }) => {
          done(t(published ? 'published' : 'saved_draft'));
          setKept(draft.text);
          onSaved(saved);
        },
      },
    );
  };
  useSaveKey(() => may && act(false));
  const stale = save.error instanceof ProblemError && save.error.status === 412;
  const problems = save.data?.saved.problems ?? base?.problems ?? [];
  const actions = (
    <>
      <Button
        icon={<ExperimentOutlined />}
        loading={test.isPending}
        disabled={!may}
        onClick={() => {
          setTried(true);
          test.mutate();
        }}
      >
        {t('test')}
      </Button>
      <Button
        icon={<SaveOutlined />}
        loading={save.isPending}
        disabled={!may}
        onClick={() => act(false)}
      >
        {t('save')}
      </Button>
      <Button
        type="primary"
        icon={<CloudUploadOutlined />}
        loading={save.isPending}
        disabled={!may}
        onClick={() => act(true)}
      >
        {t('save_publish')}
      </Button>
    </>
  );
  return (
    <div className="stack">
      {head(actions)}
      <Failure error={test.error} />
      {stale ? (
        <Conflict
          name={draft.read.name}
          mine={draft.text}
          onTheirs={(theirs) => {
            draft.setText(theirs.text);
            save.reset();
            onSaved(theirs);
          }}
          onMine={(theirs) => act(false, theirs)}
        />
      ) : (
        <Failure error={save.error} />
      )}
      {test.data && <CheckResult check={test.data} />}
      <ConnectionEditor
        draft={draft}
        connector={connector}
        problems={problems}
        readOnly={!may}
        named={base !== undefined}
        tried={tried}
      />
    </div>
  );
}
