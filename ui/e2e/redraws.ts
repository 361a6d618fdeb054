import type { Page } from 'playwright-core';

/**
 * Which steps React draws again. It is told of each commit as its developer tools would be, and looks at
 * what was rendered in it; a step that comes into view is drawn for the first time and not counted.
 */
export async function watchRedraws(page: Page): Promise<void> {
  await page.addInitScript(() => {
    type Fiber = {
      flags: number;
      child: Fiber | null;
      sibling: Fiber | null;
      alternate: Fiber | null;
      memoizedProps: { id?: unknown; data?: { detail?: unknown } } | null;
    };
    const RENDERED = 1;
    const redrawn: string[] = [];
    const look = (now: Fiber, before: Fiber) => {
      const { id, data } = now.memoizedProps ?? {};
      if ((now.flags & RENDERED) !== 0 && typeof id === 'string' && data?.detail !== undefined) {
        redrawn.push(id);
      }
      if (now.child === before.child) return;
      for (let child = now.child; child; child = child.sibling) {
        if (child.alternate) look(child, child.alternate);
      }
    };
    Object.assign(window, {
      redrawn,
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        inject: () => 1,
        onCommitFiberRoot: (_: number, root: { current: Fiber }) => {
          if (root.current.alternate) look(root.current, root.current.alternate);
        },
        onCommitFiberUnmount: () => undefined,
        onPostCommitFiberRoot: () => undefined,
      },
    });
  });
}

/** The steps drawn again while something is done. */
export async function redrawnBy(page: Page, act: () => Promise<void>): Promise<Set<string>> {
  const state = () => page.evaluate(() => (window as unknown as { redrawn: string[] }).redrawn);
  const before = (await state()).length;
  await act();
  return new Set((await state()).slice(before));
}
