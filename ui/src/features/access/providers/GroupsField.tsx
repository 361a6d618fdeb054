import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { GrantRows } from '../GrantsField';

/** What each group of the provider's is granted, and what everybody is who comes from there. */
export function GroupsField() {
  const { t } = useTranslation('access');
  return (
    <GrantRows
      label={t('providers.grants')}
      extra={t('providers.grants_hint')}
      list="rows"
      role="viewer"
      before={(row) => (
        <Form.Item name={[row, 'group']} noStyle>
          <Input
            style={{ flex: 1 }}
            aria-label={t('providers.group')}
            placeholder={t('providers.everybody')}
          />
        </Form.Item>
      )}
    />
  );
}
