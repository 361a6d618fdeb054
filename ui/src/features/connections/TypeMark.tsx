import { CloudServerOutlined, DatabaseOutlined, FileTextOutlined } from '@ant-design/icons';

const FILES = /^(file|csv|excel|s3|sftp|ftp)$/;
const APIS = /^(http|rest|soap|openapi|webhook|invoice|dingtalk|feishu|wecom)/;

/** A quiet mark for a kind of system: files, an API, or a database. */
export function TypeMark({ type }: { type: string }) {
  const icon = FILES.test(type) ? (
    <FileTextOutlined />
  ) : APIS.test(type) ? (
    <CloudServerOutlined />
  ) : (
    <DatabaseOutlined />
  );
  return (
    <span className="type-mark" aria-hidden>
      {icon}
    </span>
  );
}
