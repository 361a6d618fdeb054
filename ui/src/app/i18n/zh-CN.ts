import components from 'antd/locale/zh_CN';
const files = import.meta.glob<Record<string, unknown>>('./zh-CN/*.json', {
  eager: true,
  import: 'default',
});

/** Every text in this language, by namespace: the name of its file. */
export const catalogue = Object.fromEntries(
  Object.entries(files).map(([path, texts]) => [
    path.slice(path.lastIndexOf('/') + 1, -'.json'.length),
    texts,
  ]),
);

export { components };
