import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Rooms of the studio and what each may import: components, canvas <- features <- app. */
const walls = [
    { files: ['src/components/**', 'src/canvas/**'], ban: ['**/features/**', '**/app/**'] },
    { files: ['src/features/**'], ban: ['**/app/**', '../../*s/*', '**/features/**'] },
];

export default tseslint.config(
    { ignores: ['dist', 'node_modules'] },
    ...tseslint.configs.recommended,
    hooks.configs.flat['recommended-latest'] ?? {},
    ...walls.map(({ files, ban }) => ({
        files,
        rules: { 'no-restricted-imports': ['error', { patterns: ban }] },
    })),
);
