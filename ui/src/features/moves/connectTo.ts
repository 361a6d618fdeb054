import { api, at } from '../../client/api';
import type { ConnectionCheck, StoredDocument } from '../../client/types';
import { connectionText, isReference, type Address } from '../../document/address';

export type Connected = { name: string } | { check: ConnectionCheck };

/**
 * Tries an address and, when it works, keeps the password in the vault and makes and publishes the
 * connection. An address that does not work leaves nothing behind.
 */
export async function connectTo(
  project: string,
  name: string,
  address: Address,
): Promise<Connected> {
  const connections = at('projects', project, 'connections');
  const { password } = address;
  const check = await api.post<ConnectionCheck>(`${connections}/test`, {
    name,
    text: connectionText(name, address, password),
  });
  if (!check.ok) return { check };
  const secret = `${name}.password`;
  const kept = password !== undefined && !isReference(password);
  if (kept) await api.put(at('projects', project, 'secrets', secret), { value: password });
  const text = connectionText(name, address, kept ? `\${secret:${secret}}` : password);
  const path = `${connections}/${encodeURIComponent(name)}`;
  const saved = await api.put<StoredDocument>(path, { text }, { create: true });
  await api.post(`${path}/publish`, { revision: saved.revision });
  return { name };
}
