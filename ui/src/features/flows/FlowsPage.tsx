import { PlusOutlined, SwapRightOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useFilters, useProject } from '../../client/place';
import { useList } from '../../client/queries';
import { useMay } from '../../client/session';
import type { DocumentEntry } from '../../client/types';
import { PageHeader } from '../../components/PageHeader';
import { ResourceTable } from '../../components/ResourceTable';
import { useFlowColumns } from './list/columns';
import { CreateFlow } from './list/CreateFlow';

const REFRESH_MS = 15_000;

/** The flows of a project with how each is doing; run, find, or make one. */
export function FlowsPage() {
  const { t } = useTranslation('flows');
  const project = useProject();
  const navigate = useNavigate();
  const may = useMay(project, 'developer');
  const [values, change] = useFilters();
  const [making, setMaking] = useState(false);
  const list = useList<DocumentEntry>(at('projects', project, 'flows'), {
    query: { query: values['query'] },
    every: REFRESH_MS,
  });
  const columns = useFlowColumns((tag) => change({ query: tag }));
  const add = (
    <span className="row">
      <Button
        icon={<SwapRightOutlined />}
        disabled={!may}
        onClick={() => void navigate({ to: '/p/$project/move', params: { project } })}
      >
        {t('move')}
      </Button>
      <Button
        type="primary"
        icon={<PlusOutlined />}
        disabled={!may}
        onClick={() => setMaking(true)}
      >
        {t('add')}
      </Button>
    </span>
  );
  return (
    <div className="stack">
      <PageHeader title={t('title')} hint={t('hint')} actions={add} />
      <ResourceTable
        label={t('title')}
        listing={list}
        columns={columns}
        rowKey={({ name }) => name}
        filters={[{ key: 'query', kind: 'search', label: t('search') }]}
        values={values}
        onFilter={change}
        views="flows"
        empty={{ title: t('none'), hint: t('none_hint'), action: add }}
      />
      {making && <CreateFlow onClose={() => setMaking(false)} />}
    </div>
  );
}
