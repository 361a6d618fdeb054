import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { SHORTCUTS } from './useShortcuts';

export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('flow');
  return (
    <Modal open title={t('shortcuts.title')} footer={null} onCancel={onClose}>
      <dl className="shortcuts">
        {SHORTCUTS.map(([name, keys]) => (
          <div key={name}>
            <dt>{t(`shortcuts.${name}` as 'shortcuts.save')}</dt>
            <dd>
              <kbd>{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
