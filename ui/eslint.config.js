import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Rooms of the studio and what each may import: components, canvas <- features <- app. */
const walls = [
    {
        files: ['src/client/**', 'src/document/**', 'src/mapping/**'],
        ban: ['**/features/**', '**/app/**', '**/components/**', '**/canvas/**'],
    },
    { files: ['src/components/**', 'src/canvas/**'], ban: ['**/features/**', '**/app/**'] },
    { files: ['src/features/*/*'], ban: ['**/app/**', '**/features/**'], up: 1 },
    { files: ['src/features/*/*/**'], ban: ['**/app/**', '**/features/**'], up: 2 },
];

/** What lies beside the folder of a feature is a neighbour: `../x`, from one of its sub-folders `../../x`. */
const neighbour = (up) => ({
    regex: `^(\\.\\./){${up}}[^.]`,
    message: 'a feature never imports a feature',
});

const spoken = 'title|label|placeholder|alt|aria-label|okText|cancelText|description|extra|tooltip';

export default tseslint.config(
    { ignores: ['dist', 'node_modules'] },
    ...tseslint.configs.recommended,
    {
        rules: {
            '@typescript-eslint/no-unused-vars': [
                'error',
                { ignoreRestSiblings: true, varsIgnorePattern: '^_', argsIgnorePattern: '^_' },
            ],
        },
    },
    hooks.configs.flat['recommended-latest'] ?? {},
    {
        files: ['src/**/*.tsx'],
        ignores: ['src/**/*.test.tsx'],
        rules: {
            'no-restricted-syntax': [
                'error',
                {
                    selector: 'JSXText[value=/[A-Za-z\\u4e00-\\u9fff]/]',
                    message: 'say it through the catalogue: t(…), with a text in zh-CN and en',
                },
                {
                    selector: `JSXAttribute[name.name=/^(${spoken})$/] > Literal[value=/[A-Za-z\\u4e00-\\u9fff]/]`,
                    message: 'say it through the catalogue: t(…), with a text in zh-CN and en',
                },
            ],
        },
    },
    ...walls.map(({ files, ban, up }) => ({
        files,
        rules: {
            'no-restricted-imports': [
                'error',
                { patterns: up ? [{ group: ban }, neighbour(up)] : [{ group: ban }] },
            ],
        },
    })),
);
