import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyHint } from '../../components/EmptyHint';

export function NotFoundPage() {
  const { t } = useTranslation('nav');
  return (
    <EmptyHint
      title={t('not_found')}
      hint={t('not_found_hint')}
      action={<Link to="/">{t('back_home')}</Link>}
    />
  );
}
