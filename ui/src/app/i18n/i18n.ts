import type { ConfigProviderProps } from 'antd';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../client/types';

type Catalogue = Record<string, Record<string, unknown>>;
export type ComponentTexts = ConfigProviderProps['locale'];
type Spoken = { catalogue: Catalogue; components: ComponentTexts };

/** Each language is one chunk that is fetched when it is spoken. */
const catalogues: Record<Language, () => Promise<Spoken>> = {
  'zh-CN': () => import('./zh-CN'),
  en: () => import('./en'),
};

/** Makes the studio speak a language; answers the texts of antd's own components in it. */
export async function speak(language: Language): Promise<ComponentTexts> {
  const { catalogue, components } = await catalogues[language]();
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      lng: language,
      fallbackLng: false,
      defaultNS: 'common',
      ns: Object.keys(catalogue),
      resources: { [language]: catalogue },
      interpolation: { escapeValue: false },
    });
  }
  for (const [space, texts] of Object.entries(catalogue)) {
    i18next.addResourceBundle(language, space, texts, true, true);
  }
  // First: what is drawn again because of the change asks the page which language it is in.
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
  return components;
}
