import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';

export function Loading() {
  const { t } = useTranslation('nav');
  return (
    <div className="full-center" role="status">
      <Spin />
      <span className="visually-hidden">{t('loading')}</span>
    </div>
  );
}
