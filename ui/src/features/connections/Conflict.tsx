import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProject } from '../../client/place';
import { useThing } from '../../client/queries';
import type { StoredDocument } from '../../client/types';
import { DiffView } from '../../components/DiffView';
import { Failure } from '../../components/Failure';
import { connectionPath } from './paths';

type Props = {
  name: string;
  mine: string;
  onTheirs: (theirs: StoredDocument) => void;
  onMine: (theirs: StoredDocument) => void;
};

/** Somebody saved in between: both texts beside each other, and the choice. */
export function Conflict({ name, mine, onTheirs, onMine }: Props) {
  const { t } = useTranslation('connections');
  const theirs = useThing<StoredDocument>(connectionPath(useProject(), name), { once: true });
  const found = theirs.data;
  return (
    <div className="stack tight">
      <Alert
        type="warning"
        showIcon
        title={t('conflict.title', { who: found?.updated_by ?? '' })}
        description={t('conflict.hint')}
      />
      <Failure error={theirs.error} />
      {found && (
        <>
          <DiffView
            before={found.text}
            after={mine}
            beforeLabel={t('conflict.theirs')}
            afterLabel={t('conflict.mine')}
          />
          <div className="row">
            <Button onClick={() => onTheirs(found)}>{t('conflict.take_theirs')}</Button>
            <Button danger onClick={() => onMine(found)}>
              {t('conflict.take_mine')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
