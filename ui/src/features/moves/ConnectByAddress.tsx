import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useProject } from '../../client/place';
import { useRefresh } from '../../client/queries';
import { AddressField } from '../../components/AddressField';
import { Failure } from '../../components/Failure';
import { ProblemList } from '../../components/ProblemList';
import { nameOf, parseAddress } from '../../document/address';
import { connectTo } from './connectTo';

type Props = {
  id: string;
  taken: readonly string[];
  autoFocus: boolean;
  onConnected: (name: string) => void;
};

/** A new connection from one pasted address: tried first, and kept when it works. */
export function ConnectByAddress({ id, taken, autoFocus, onConnected }: Props) {
  const { t } = useTranslation('moves');
  const project = useProject();
  const refresh = useRefresh();
  const [pasted, setPasted] = useState('');
  const [typed, setTyped] = useState<string>();
  const address = parseAddress(pasted);
  const name = typed ?? (address ? nameOf(address, taken) : '');
  const connect = useMutation({
    mutationFn: async () => {
      if (!address) return;
      const result = await connectTo(project, name, address);
      if ('check' in result) return result.check;
      await refresh(at('projects', project, 'connections'), at('projects', project, 'secrets'));
      setPasted('');
      onConnected(result.name);
    },
  });
  const problems = connect.data?.steps.flatMap(({ problem }) => problem ?? []) ?? [];
  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (address && name) connect.mutate();
      }}
    >
      <AddressField
        id={`${id}-address`}
        value={pasted}
        address={address}
        disabled={connect.isPending}
        autoFocus={autoFocus}
        onChange={(value) => {
          setPasted(value);
          connect.reset();
        }}
      />
      {address && (
        <Form.Item
          layout="vertical"
          label={t('connect.name')}
          htmlFor={`${id}-name`}
          style={{ marginBottom: 0 }}
        >
          <Input
            id={`${id}-name`}
            className="code"
            value={name}
            disabled={connect.isPending}
            onChange={({ target }) => setTyped(target.value)}
          />
        </Form.Item>
      )}
      <Failure error={connect.error} />
      <ProblemList problems={problems} />
      <div className="row">
        <Button
          type="primary"
          htmlType="submit"
          disabled={!address || name === ''}
          loading={connect.isPending}
        >
          {t('connect.act')}
        </Button>
        <Link to="/p/$project/connections" params={{ project }}>
          {t('connect.other')}
        </Link>
      </div>
    </form>
  );
}
