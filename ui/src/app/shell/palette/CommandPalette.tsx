import { Input, Modal } from 'antd';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { best } from '../../../components/fuzzy';
import { usePlaces, type Found } from './usePlaces';
import './palette.css';

const SHOWN_MAX = 40;
const LIST = 'palette-list';

type Props = { project: string | undefined; onClose: () => void };

function Entry({ found, picked, onPick }: { found: Found; picked: boolean; onPick: () => void }) {
  const { t } = useTranslation('nav');
  return (
    <li
      id={`palette-${found.id}`}
      role="option"
      aria-selected={picked}
      ref={(item) => {
        if (picked) item?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={onPick}
    >
      <span className="palette-icon">{found.icon}</span>
      <span className="grow">{found.label}</span>
      {found.note}
      <span className="soft">{t(`found.${found.kind}`)}</span>
    </li>
  );
}

/** Goes anywhere by a part of its name: pages, flows, connections, runs; by keyboard alone. */
export default function CommandPalette({ project, onClose }: Props) {
  const { t } = useTranslation('nav');
  const [query, setQuery] = useState('');
  const [index, setIndex] = useState(0);
  const places = usePlaces(project);
  const found = best(places, query, SHOWN_MAX);
  const at = Math.min(index, Math.max(0, found.length - 1));
  const picked = found[at];
  const pick = (one: Found | undefined) => {
    if (!one) return;
    onClose();
    one.go();
  };
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      setIndex((at + by + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      pick(picked);
    }
  };
  return (
    <Modal
      open
      footer={null}
      closable={false}
      onCancel={onClose}
      width={620}
      style={{ top: 88 }}
      title={<span className="visually-hidden">{t('search')}</span>}
      classNames={{ body: 'palette' }}
    >
      <Input
        autoFocus
        size="large"
        variant="borderless"
        role="combobox"
        aria-expanded
        aria-controls={LIST}
        aria-activedescendant={picked ? `palette-${picked.id}` : undefined}
        placeholder={t('search_hint')}
        value={query}
        onKeyDown={onKey}
        onChange={({ target }) => {
          setQuery(target.value);
          setIndex(0);
        }}
      />
      <ul id={LIST} role="listbox" aria-label={t('search')}>
        {found.map((one) => (
          <Entry key={one.id} found={one} picked={one.id === picked?.id} onPick={() => pick(one)} />
        ))}
      </ul>
      {found.length === 0 && <p className="soft palette-none">{t('search_none', { query })}</p>}
    </Modal>
  );
}
