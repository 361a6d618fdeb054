import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Option } from '../client/types';
import type { Path, Value } from '../document/parse';
import { PartField, type PartsContext } from './ObjectField';
import { isEntries } from './parts';

type Props = PartsContext & { part: Option; path: Path; value: Value | undefined };

/** An object whose names are the author's: headers, quotas of times, patterns of files. */
export function NamedParts(props: Props) {
  const { part, path, value, disabled, onPart } = props;
  const { t } = useTranslation('common');
  const [name, setName] = useState('');
  const values = isEntries(value) ? value : new Map<string, Value>();
  const fresh = name.trim();
  const add = () => {
    if (!fresh || values.has(fresh)) return;
    onPart([...path, fresh], part.kind === 'tree' ? new Map() : '');
    setName('');
  };
  return (
    <>
      {[...values].map(([key, one]) => (
        <div key={key} className="option-named">
          <PartField {...props} option={part} path={[...path, key]} value={one} />
          <Button
            type="text"
            disabled={disabled}
            icon={<DeleteOutlined />}
            aria-label={t('option.remove', { name: key })}
            onClick={() => onPart([...path, key], undefined)}
          />
        </div>
      ))}
      <div className="option-fresh">
        <Input
          className="code"
          disabled={disabled}
          aria-label={t('option.name', { of: path.join('.') })}
          placeholder={t('option.name_hint')}
          value={name}
          onChange={({ target }) => setName(target.value)}
          onPressEnter={add}
        />
        <Button
          icon={<PlusOutlined />}
          disabled={disabled || !fresh || values.has(fresh)}
          onClick={add}
        >
          {t('option.add')}
        </Button>
      </div>
    </>
  );
}
