import { useMutation } from '@tanstack/react-query';
import { api, at } from '../../client/api';
import { useRefresh } from '../../client/queries';
import type { ConnectionCheck, StoredDocument } from '../../client/types';
import { connectionPath, connectionsPath } from './paths';
import { withSecrets, type Draft } from './useDraft';

/** What can be done with a connection that is written: test it, keep it, publish it. */
export function useActs(project: string, draft: Draft, base: StoredDocument | undefined) {
  const refresh = useRefresh();
  const storeSecrets = async () => {
    for (const { name, value } of draft.secrets) {
      await api.put(at('projects', project, 'secrets', name), { value });
    }
    if (draft.secrets.length > 0) await refresh(at('projects', project, 'secrets'));
    draft.forget();
  };
  const test = useMutation({
    mutationFn: () => {
      const text = withSecrets(draft.text, draft.typed);
      const path = at('projects', project, 'connections', 'test');
      return api.post<ConnectionCheck>(path, { name: draft.read.name, text });
    },
  });
  const save = useMutation({
    mutationFn: async ({ publish, over }: { publish: boolean; over?: StoredDocument }) => {
      await storeSecrets();
      const path = connectionPath(project, draft.read.name);
      const against = over ?? base;
      // The revision the text was made from, not the newest seen: another's change must show.
      const call = against ? { etag: `"${against.revision}"` } : { create: true };
      const saved = await api.put<StoredDocument>(path, { text: draft.text }, call);
      const published = publish && !saved.problems?.length;
      if (published) {
        await api.post(connectionPath(project, saved.name, 'publish'), {
          revision: saved.revision,
        });
      }
      return { saved, published };
    },
    onSuccess: () => refresh(connectionsPath(project)),
  });
  return { test, save };
}
