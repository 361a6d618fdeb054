import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './clipboard';

type Props = { text: string; label?: string };

export function CopyButton({ text, label }: Props) {
  const { t } = useTranslation('common');
  const [copied, setCopied] = useState(false);
  const says = label ?? t('action.copy');
  return (
    <Tooltip title={copied ? t('copied') : says}>
      <Button
        type="text"
        size="small"
        aria-label={says}
        icon={copied ? <CheckOutlined /> : <CopyOutlined />}
        onClick={async () => {
          setCopied(await copyText(text));
          setTimeout(() => setCopied(false), 1500);
        }}
      />
    </Tooltip>
  );
}
