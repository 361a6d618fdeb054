import { Alert, Button, Collapse, Modal, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useRefresh, useSend } from '../../client/queries';
import type { Project } from '../../client/types';
import { Failure } from '../../components/Failure';

type Change = {
  kind: string;
  name: string;
  change: 'added' | 'changed' | 'removed' | 'same';
  diff?: string | null;
};
type Props = { project: Project; onClose: () => void };

function Changes({ changes }: { changes: Change[] }) {
  const { t } = useTranslation('projects');
  const real = changes.filter(({ change }) => change !== 'same');
  if (real.length === 0) return <Alert type="info" showIcon title={t('import_same')} />;
  return (
    <Collapse
      items={real.map(({ kind, name, change, diff }) => ({
        key: `${kind}/${name}`,
        label: (
          <span className="row">
            <Tag>{t(`change.${change}`)}</Tag>
            <code>
              {kind}/{name}
            </code>
          </span>
        ),
        children: <pre className="code import-diff">{diff}</pre>,
      }))}
    />
  );
}

/** Brings a project's folder in: first what would change is shown, then it is done. */
export function ImportDialog({ project, onClose }: Props) {
  const { t } = useTranslation('projects');
  const [file, setFile] = useState<File>();
  const refresh = useRefresh();
  const path = at('projects', project.name, 'import');
  const send = useSend(({ zip, dry }: { zip: File; dry: boolean }) =>
    api.post<{ changes: Change[] }>(path, zip, { query: { dry_run: dry } }),
  );
  const choose = (chosen: File | undefined) => {
    setFile(chosen);
    if (chosen) send.mutate({ zip: chosen, dry: true });
  };
  const act = async () => {
    if (!file) return;
    await send.mutateAsync({ zip: file, dry: false });
    await refresh(at('projects', project.name));
    onClose();
  };
  return (
    <Modal
      open
      width={720}
      title={t('import_title', { name: project.name })}
      onCancel={onClose}
      footer={
        <Button
          type="primary"
          disabled={!file || !send.data}
          loading={send.isPending}
          onClick={() => void act().catch(() => undefined)}
        >
          {t('import_act')}
        </Button>
      }
    >
      <div className="stack">
        <p className="soft">{t('import_hint')}</p>
        <input
          type="file"
          accept=".zip"
          aria-label={t('import_file')}
          onChange={({ target }) => choose(target.files?.[0])}
        />
        <Failure error={send.error} />
        {send.data && <Changes changes={send.data.changes} />}
      </div>
    </Modal>
  );
}
