import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Path, Value } from '../document/parse';
import { isEntries } from './parts';

type Props = {
  path: Path;
  value: Value | undefined;
  text: ReactNode;
  disabled: boolean;
  onPart: (path: Path, value: Value | undefined) => void;
};

/** A key or certificate: its text, which goes to the vault when it is secret, or a file's name. */
export function TextOrFile({ path, value, text, disabled, onPart }: Props) {
  const { t } = useTranslation('common');
  const [filed, setFiled] = useState(isEntries(value));
  const file = isEntries(value) ? value.get('file') : undefined;
  const other = isEntries(value) && typeof file !== 'string';
  if (other) return <span className="soft">{t('option.in_text')}</span>;
  return (
    <div className="stack tight">
      {filed ? (
        <Input
          id={`option-${path.join('.')}`}
          aria-label={t('option.file')}
          className="code"
          disabled={disabled}
          placeholder={t('option.file_example')}
          value={typeof file === 'string' ? file : ''}
          onChange={({ target }) =>
            onPart(path, target.value ? new Map([['file', target.value]]) : undefined)
          }
        />
      ) : (
        text
      )}
      <div>
        <Button
          type="link"
          size="small"
          disabled={disabled}
          onClick={() => {
            setFiled(!filed);
            if (filed && isEntries(value)) onPart(path, undefined);
          }}
        >
          {t(filed ? 'option.as_text' : 'option.as_file')}
        </Button>
      </div>
    </div>
  );
}
