import { useTranslation } from 'react-i18next';
import { COLORS } from './colors';
import './projects.css';

type Props = { value?: string; onChange?: (color: string) => void; id?: string };

export function ColorChoice({ value, onChange, id }: Props) {
  const { t } = useTranslation('projects');
  return (
    <div id={id} role="radiogroup" aria-label={t('color')} className="row">
      {COLORS.map((color, index) => (
        <button
          key={color}
          type="button"
          role="radio"
          aria-checked={value === color}
          aria-label={t(`colors.${index}`)}
          className="color-choice"
          style={{ background: color }}
          onClick={() => onChange?.(color)}
        />
      ))}
    </div>
  );
}
