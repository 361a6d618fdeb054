import { useNavigate, useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProject } from '../../client/place';
import { useThing } from '../../client/queries';
import type { Connector, DocumentEntry, Page } from '../../client/types';
import { Failure } from '../../components/Failure';
import { PageHeader } from '../../components/PageHeader';
import { Workbench } from './Workbench';
import { useConnectors } from './Gallery';
import { connectionsPath } from './paths';
import { connectionText, isReference, nameOf } from '../../document/address';
import { handedOver, takeUp } from './pasted';
import { startText, useDraft } from './useDraft';

/** The first free name of a kind: `postgres`, `postgres-2` … */
function freeName(type: string, taken: string[]): string {
  for (let n = 1; n <= taken.length; n++) {
    const name = n === 1 ? type : `${type}-${n}`;
    if (!taken.includes(name)) return name;
  }
  return taken.length === 0 ? type : `${type}-${taken.length + 1}`;
}

type Beginning = { text: string; secrets: Record<string, string> };

/** A pasted address fills the form; its password waits for the vault as if it had been typed. */
function beginning(type: string, connector: Connector | undefined, taken: string[]): Beginning {
  const address = handedOver(type);
  if (!address) return { text: startText(freeName(type, taken), connector, type), secrets: {} };
  const { password } = address;
  const name = nameOf(address, taken);
  if (password === undefined || isReference(password)) {
    return { text: connectionText(name, address, password), secrets: {} };
  }
  const text = connectionText(name, address, `\${secret:${name}.password}`);
  return { text, secrets: { password } };
}

type StartProps = { type: string; connector: Connector | undefined; taken: string[] };

function Start({ type, connector, taken }: StartProps) {
  const { t, i18n } = useTranslation('connections');
  const project = useProject();
  const navigate = useNavigate();
  const [begun] = useState(() => beginning(type, connector, taken));
  const draft = useDraft(begun.text, connector, begun.secrets);
  useEffect(takeUp, []);
  const title = i18n.language === 'en' ? connector?.title.en : connector?.title.zh;
  return (
    <Workbench
      draft={draft}
      connector={connector}
      base={undefined}
      head={(actions) => (
        <PageHeader
          title={t('new_title', { title: title ?? type })}
          hint={t('new_hint')}
          actions={actions}
        />
      )}
      onSaved={({ name: saved }) =>
        void navigate({ to: '/p/$project/connections/$name', params: { project, name: saved } })
      }
    />
  );
}

export function NewConnectionPage() {
  const { type = '' } = useParams({ strict: false }) as { type?: string };
  const project = useProject();
  const connectors = useConnectors();
  const taken = useThing<Page<DocumentEntry>>(connectionsPath(project), { query: { limit: 200 } });
  if (connectors.error) return <Failure error={connectors.error} />;
  if (!connectors.data || !taken.data) return <Skeleton active />;
  const connector = connectors.data.items.find((one) => one.type === type);
  const names = taken.data.items.map((one) => one.name);
  return <Start key={type} type={type} connector={connector} taken={names} />;
}
