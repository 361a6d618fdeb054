import { useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useProject } from '../../client/place';
import { useThing } from '../../client/queries';
import type { StoredDocument } from '../../client/types';
import { Failure } from '../../components/Failure';
import { PageHeader } from '../../components/PageHeader';
import { YamlEditor } from '../../components/YamlEditor';

/** A flow as its text. */
export function FlowPage() {
  const { t } = useTranslation('flows');
  const { name = '' } = useParams({ strict: false }) as { name?: string };
  const stored = useThing<StoredDocument>(at('projects', useProject(), 'flows', name));
  if (stored.error) return <Failure error={stored.error} />;
  if (!stored.data) return <Skeleton active />;
  return (
    <div className="stack">
      <PageHeader title={stored.data.name} />
      <YamlEditor text={stored.data.text} label={t('text')} readOnly height={560} />
    </div>
  );
}
