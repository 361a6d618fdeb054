import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Gate } from './Gate';
import { LoginForm } from './LoginForm';
import { useEnter } from './signIn';

export function LoginPage() {
  const { t } = useTranslation('access');
  const { to, refused } = useSearch({ strict: false }) as { to?: string; refused?: string };
  const enter = useEnter();
  return (
    <Gate title={t('login.title')} hint={t('login.hint')}>
      <LoginForm refused={refused} onEntered={(session) => enter(session, to)} />
    </Gate>
  );
}
