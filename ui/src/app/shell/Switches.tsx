import { DesktopOutlined, MoonOutlined, SunOutlined, TranslationOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { usePreferences } from '../../client/preferences';
import type { Language, ThemeChoice } from '../../client/types';
import { useSession } from '../../client/session';

const LANGUAGES: { key: Language; label: string }[] = [
  { key: 'zh-CN', label: '简体中文' },
  { key: 'en', label: 'English' },
];
const THEMES = [
  { key: 'system', icon: <DesktopOutlined /> },
  { key: 'light', icon: <SunOutlined /> },
  { key: 'dark', icon: <MoonOutlined /> },
] as const;

/** Keeps a choice with the account as well, when somebody is signed in. */
function useKeep() {
  const signedIn = useSession()?.state === 'signed_in';
  return (choice: { language: Language } | { theme: ThemeChoice }) => {
    // The browser has the choice already; an account that cannot take it now will be asked next time.
    if (signedIn) api.patch('/api/me', choice).catch(() => undefined);
  };
}

export function LanguageSwitch() {
  const { t } = useTranslation('nav');
  const { language, setLanguage } = usePreferences();
  const keep = useKeep();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: LANGUAGES,
        selectedKeys: [language],
        onClick: ({ key }) => {
          setLanguage(key as Language);
          keep({ language: key as Language });
        },
      }}
    >
      <Button type="text" icon={<TranslationOutlined />} aria-label={t('language')} />
    </Dropdown>
  );
}

export function ThemeSwitch() {
  const { t } = useTranslation('nav');
  const { theme, setTheme } = usePreferences();
  const keep = useKeep();
  const icon = THEMES.find(({ key }) => key === theme)?.icon;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: THEMES.map((one) => ({ ...one, label: t(`theme.${one.key}`) })),
        selectedKeys: [theme],
        onClick: ({ key }) => {
          setTheme(key as ThemeChoice);
          keep({ theme: key as ThemeChoice });
        },
      }}
    >
      <Button type="text" icon={icon} aria-label={t('theme_switch')} />
    </Dropdown>
  );
}
