import { useNavigate } from '@tanstack/react-router';
import { Button, Input, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useProject } from '../../client/place';
import { useThing } from '../../client/queries';
import type { Connector, Page } from '../../client/types';
import { AddressField } from '../../components/AddressField';
import { Failure } from '../../components/Failure';
import { best } from '../../components/fuzzy';
import { parseAddress } from '../../document/address';
import { handOver } from './pasted';
import { TypeMark } from './TypeMark';
import './connections.css';

/** Every kind of system a connection can be made to. */
export function useConnectors() {
  return useThing<Page<Connector>>(at('connectors'));
}

/** The quick way: an address that is pasted opens the form of its kind, filled in. */
function FromAddress({ onOpen }: { onOpen: (type: string) => void }) {
  const { t } = useTranslation('connections');
  const [pasted, setPasted] = useState('');
  const address = parseAddress(pasted);
  return (
    <form
      className="panel stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (!address) return;
        handOver(address);
        onOpen(address.type);
      }}
    >
      <AddressField id="connection-address" value={pasted} address={address} onChange={setPasted} />
      <span>
        <Button htmlType="submit" disabled={!address}>
          {t('gallery.fill')}
        </Button>
      </span>
    </form>
  );
}

/** The kinds of systems as cards; choosing one opens its form. */
export function Gallery() {
  const { t, i18n } = useTranslation('connections');
  const project = useProject();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const connectors = useConnectors();
  const titled = (connectors.data?.items ?? []).map((one) => ({
    ...one,
    shown: i18n.language === 'en' ? one.title.en : one.title.zh,
    label: `${one.title.zh} ${one.title.en} ${one.type}`,
  }));
  const open = (type: string) =>
    void navigate({ to: '/p/$project/connections/new/$type', params: { project, type } });
  return (
    <div className="stack">
      <Failure error={connectors.error} />
      <FromAddress onOpen={open} />
      <Input.Search
        allowClear
        style={{ maxWidth: 320 }}
        placeholder={t('gallery.search')}
        aria-label={t('gallery.search')}
        onChange={({ target }) => setQuery(target.value)}
      />
      <div className="gallery">
        {best(titled, query, 100).map(({ type, shown, roles }) => (
          <button key={type} type="button" className="gallery-card" onClick={() => open(type)}>
            <TypeMark type={type} />
            <span className="grow">
              <strong>{shown}</strong>
              <span className="row">
                {roles.map((role) => (
                  <Tag key={role}>{t(`role.${role}`, { defaultValue: role })}</Tag>
                ))}
              </span>
            </span>
          </button>
        ))}
      </div>
    </div>
  );
}
