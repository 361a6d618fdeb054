import { DownloadOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Modal, type TableColumnsType } from 'antd';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useList, useSend } from '../../client/queries';
import { useMay } from '../../client/session';
import type { Project } from '../../client/types';
import { useConfirm } from '../../components/Confirm';
import { RelativeTime } from '../../components/RelativeTime';
import { ResourceTable } from '../../components/ResourceTable';
import { useNotice } from '../../components/useNotice';
import { ImportDialog } from './ImportDialog';
import { ProjectForm } from './ProjectForm';

type Open = { what: 'make' } | { what: 'edit' | 'import'; project: Project };

/** All projects one may see; each is a folder that can be taken out and brought in as a whole. */
export function ProjectsSection() {
  const { t } = useTranslation('projects');
  const mayMake = useMay('*', 'administrator');
  const [open, setOpen] = useState<Open>();
  const confirm = useConfirm();
  const { failed } = useNotice();
  const list = useList<Project>(at('projects'));
  const remove = useSend((name: string) => api.remove(at('projects', name)), at('projects'));
  const close = () => setOpen(undefined);
  const columns: TableColumnsType<Project> = [
    {
      title: t('project'),
      render: (_, { name, title, color }) => (
        <span className="row">
          <span className="project-dot" style={{ background: color ?? 'var(--accent)' }} />
          <Link to="/p/$project" params={{ project: name }}>
            {title || name}
          </Link>
          <code className="soft">{name}</code>
        </span>
      ),
    },
    { title: t('role'), render: (_, { role }) => t(`common:role.${role}`) },
    { title: t('created'), render: (_, project) => <RelativeTime at={project.created_at} /> },
    {
      title: '',
      align: 'right',
      render: (_, project) => (
        <span>
          <Button type="text" onClick={() => setOpen({ what: 'edit', project })}>
            {t('common:action.edit')}
          </Button>
          <Button
            type="text"
            icon={<DownloadOutlined />}
            href={at('projects', project.name, 'export')}
            download={`${project.name}.zip`}
          >
            {t('export')}
          </Button>
          <Button
            type="text"
            icon={<UploadOutlined />}
            onClick={() => setOpen({ what: 'import', project })}
          >
            {t('import')}
          </Button>
          <Button
            type="text"
            danger
            disabled={!mayMake}
            onClick={() =>
              confirm({
                title: t('delete_title'),
                object: project.name,
                consequence: t('delete_hint'),
                action: t('common:action.delete'),
                act: () => remove.mutateAsync(project.name).catch(failed),
              })
            }
          >
            {t('common:action.delete')}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <>
      <ResourceTable
        label={t('projects')}
        listing={list}
        columns={columns}
        rowKey={({ name }) => name}
        empty={{ title: t('none_granted'), hint: t('none_granted_hint') }}
        toolbar={
          <Button
            type="primary"
            icon={<PlusOutlined />}
            disabled={!mayMake}
            onClick={() => setOpen({ what: 'make' })}
          >
            {t('make')}
          </Button>
        }
      />
      {open?.what === 'import' && <ImportDialog project={open.project} onClose={close} />}
      {open && open.what !== 'import' && (
        <Modal
          open
          footer={null}
          onCancel={close}
          title={open.what === 'edit' ? t('edit', { name: open.project.name }) : t('make')}
        >
          <ProjectForm
            onDone={close}
            {...(open.what === 'edit' ? { project: open.project } : {})}
          />
        </Modal>
      )}
    </>
  );
}
