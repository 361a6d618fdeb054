import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentEntry } from '../../client/types';
import { ConnectByAddress } from './ConnectByAddress';
import { DatasetChoice } from './DatasetChoice';
import { lastWord } from './moveText';
import type { End } from './useMove';

type Props = {
  side: 'from' | 'to';
  end: End;
  /** Where rows come from; a table that is to be made is called after it. */
  source?: End;
  connections: DocumentEntry[];
  onChange: (end: End) => void;
};

function FreshTable({ end, source, onChange }: Pick<Props, 'end' | 'source' | 'onChange'>) {
  const { t } = useTranslation('moves');
  const name = end.fresh ? (end.dataset ?? '') : lastWord(source?.dataset ?? '');
  const make = (dataset: string) => {
    if (end.connection) onChange({ connection: end.connection, dataset, fresh: true });
  };
  if (!source?.dataset) return null;
  return end.fresh ? (
    <Input
      className="code"
      aria-label={t('fresh.name')}
      prefix={<span className="soft">{t('fresh.name')}</span>}
      value={name}
      onChange={({ target }) => make(target.value)}
    />
  ) : (
    <Button type="dashed" onClick={() => make(name)}>
      {t('fresh.make', { name })}
    </Button>
  );
}

/** One end of a move: a connection, new or there already, and a dataset of it. */
export function EndPanel({ side, end, source, connections, onChange }: Props) {
  const { t } = useTranslation('moves');
  const [asked, setAsked] = useState<boolean>();
  // A newcomer's second system is mostly one that is not there yet.
  const others = connections.filter(({ name }) => name !== source?.connection);
  const adding = asked ?? (others.length === 0 && !end.connection);
  const connected = (name: string) => {
    setAsked(false);
    onChange({ connection: name });
  };
  return (
    <section className="panel stack tight move-end" aria-labelledby={`move-${side}`}>
      <h2 id={`move-${side}`}>{t(`${side}.title`)}</h2>
      {!adding && (
        <div className="row">
          <Select
            className="grow"
            aria-label={t('connection')}
            placeholder={t('connection')}
            value={end.connection ?? null}
            options={connections.map(({ name, type }) => ({
              value: name,
              label: type ? `${name} · ${type}` : name,
            }))}
            onChange={(name: string | null) => name && onChange({ connection: name })}
          />
          <Button onClick={() => setAsked(true)}>{t('connect.another')}</Button>
        </div>
      )}
      {adding && (
        <>
          <ConnectByAddress
            id={`move-${side}`}
            taken={connections.map(({ name }) => name)}
            autoFocus={side === 'from'}
            onConnected={connected}
          />
          {connections.length > 0 && (
            <Button type="link" className="bare" onClick={() => setAsked(false)}>
              {t('connect.back')}
            </Button>
          )}
        </>
      )}
      {end.connection && !adding && (
        <>
          {side === 'to' && (
            <FreshTable end={end} onChange={onChange} {...(source ? { source } : {})} />
          )}
          <DatasetChoice
            key={end.connection}
            connection={end.connection}
            picked={end.fresh ? undefined : end.dataset}
            onPick={(dataset) =>
              end.connection && onChange({ connection: end.connection, dataset })
            }
          />
        </>
      )}
    </section>
  );
}
