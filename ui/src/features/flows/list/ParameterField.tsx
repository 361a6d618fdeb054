import { AutoComplete, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { at } from '../../../client/api';
import { useProject } from '../../../client/place';
import { useThing } from '../../../client/queries';
import type { DocumentEntry, Page, TemplateParameter } from '../../../client/types';

/** A hole of a template: for a connection those of the project are offered, the rest is typed. */
export function ParameterField({ parameter }: { parameter: TemplateParameter }) {
  const { t, i18n } = useTranslation('flows');
  const { name, kind, fallback, title } = parameter;
  const wanted = kind === 'connection';
  const connections = useThing<Page<DocumentEntry>>(at('projects', useProject(), 'connections'), {
    query: { limit: 200 },
    enabled: wanted,
  });
  const options = wanted
    ? (connections.data?.items ?? []).map((one) => ({
        value: one.name,
        label: one.type ? `${one.name} · ${one.type}` : one.name,
      }))
    : [];
  return (
    <Form.Item
      name={['parameters', name]}
      label={i18n.language === 'en' ? title.en : title.zh}
      {...(fallback ? { initialValue: fallback } : {})}
      rules={[{ required: true, message: t('create.parameter_needed') }]}
    >
      <AutoComplete options={options} className={wanted ? '' : 'code'} />
    </Form.Item>
  );
}
