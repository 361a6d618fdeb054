import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { useProject } from '../../client/place';
import { useSend } from '../../client/queries';
import { useMay } from '../../client/session';
import type { ReplayResult } from '../../client/types';
import { useConfirm } from '../../components/Confirm';
import { Failure } from '../../components/Failure';
import { rejectsPath } from './paths';

type Props = { flow: string; ids: string[]; cause: string; onDone: () => void };

/** Tries, replays or discards what is picked: the chosen rows, or all of a cause. */
export function ReplayBar({ flow, ids, cause, onDone }: Props) {
  const { t } = useTranslation('rejects');
  const project = useProject();
  const may = useMay(project, 'operator');
  const confirm = useConfirm();
  const path = rejectsPath(project, flow);
  const what = ids.length > 0 ? { ids } : { cause };
  const scope = ids.length > 0 ? t('scope.rows', { count: ids.length }) : t('scope.cause');
  const replay = useSend(
    (dry: boolean) =>
      api.post<ReplayResult>(rejectsPath(project, flow, 'replay'), { ...what, dry_run: dry }),
    path,
  );
  const discard = useSend(() => api.post(rejectsPath(project, flow, 'discard'), what), path);
  const none = replay.data?.written === 0 && replay.data.rejected === 0;
  const idle = !may || (ids.length === 0 && !cause);
  const ask = (danger: boolean, key: 'replay' | 'discard', act: () => Promise<unknown>) =>
    confirm({
      title: t(`${key}_title`),
      object: `${flow} · ${scope}`,
      project,
      consequence: t(`${key}_hint`),
      action: t(key),
      danger,
      act: () => act().then(onDone, () => undefined),
    });
  return (
    <div className="stack tight">
      <div className="row">
        <Button disabled={idle} loading={replay.isPending} onClick={() => replay.mutate(true)}>
          {t('try')}
        </Button>
        <Button
          type="primary"
          disabled={idle}
          loading={replay.isPending}
          onClick={() => ask(false, 'replay', () => replay.mutateAsync(false))}
        >
          {t('replay')}
        </Button>
        <Button
          danger
          disabled={idle}
          onClick={() => ask(true, 'discard', () => discard.mutateAsync(undefined))}
        >
          {t('discard')}
        </Button>
        <span className="soft">{idle ? t('scope.none') : scope}</span>
      </div>
      <Failure error={replay.error ?? discard.error} />
      {replay.data && (
        <Alert
          showIcon
          closable
          type={replay.data.rejected > 0 ? 'warning' : none ? 'info' : 'success'}
          title={t(none ? 'settled' : replay.variables ? 'tried' : 'replayed', {
            written: replay.data.written,
            rejected: replay.data.rejected,
          })}
          description={[...new Set(replay.data.results?.map(({ message }) => message))]
            .filter(Boolean)
            .slice(0, 5)
            .map((message, index) => (
              <div key={index}>{message}</div>
            ))}
        />
      )}
    </div>
  );
}
