import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { JointMark } from '../../components/JointMark';
import { usePreferences } from '../../client/preferences';
import { Button } from 'antd';
import './gate.css';

type Props = { title: string; hint: string; children: ReactNode };

/** The page in front of the studio: one card, and the language within reach of who cannot read it. */
export function Gate({ title, hint, children }: Props) {
  const { t } = useTranslation('access');
  const { language, setLanguage } = usePreferences();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <main className="gate">
      <section className="gate-card" aria-labelledby="gate-title">
        <div className="row spread">
          <JointMark size={34} />
          <Button type="text" size="small" onClick={() => setLanguage(other)} lang={other}>
            {t(`speak.${other}`)}
          </Button>
        </div>
        <h1 id="gate-title">{title}</h1>
        <p className="soft">{hint}</p>
        {children}
      </section>
    </main>
  );
}
