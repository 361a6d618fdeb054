import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { DiffView } from '../../../components/DiffView';
import { useEditor, useEditorStore } from './editorContext';
import type { Conflict } from './saveDraft';

type Props = { conflict: Conflict; onClose: () => void };

/** Somebody saved meanwhile: shows both texts and lets one choose; nothing is merged by itself. */
export default function ConflictDialog({ conflict, onClose }: Props) {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const mine = useEditor((editor) => editor.history.present.text);
  const { theirs } = conflict;
  return (
    <Modal
      open
      width={1100}
      title={t('conflict.title', { who: theirs.updated_by ?? '', revision: theirs.revision })}
      onCancel={onClose}
      footer={[
        <Button key="later" onClick={onClose}>
          {t('conflict.later')}
        </Button>,
        <Button
          key="theirs"
          danger
          onClick={() => {
            store.getState().giveWay(theirs);
            onClose();
          }}
        >
          {t('conflict.take_theirs')}
        </Button>,
        <Button
          key="mine"
          type="primary"
          onClick={() => {
            // The next save compares with their revision, so it is made on purpose over it.
            const { saved } = store.getState();
            store.getState().takeSaved(theirs, { ...saved, text: theirs.text });
            onClose();
          }}
        >
          {t('conflict.keep_mine')}
        </Button>,
      ]}
    >
      <p className="soft">{t('conflict.hint')}</p>
      <DiffView
        before={theirs.text}
        after={mine}
        beforeLabel={t('conflict.theirs')}
        afterLabel={t('conflict.mine')}
      />
    </Modal>
  );
}
