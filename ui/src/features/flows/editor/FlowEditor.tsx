import { App, Splitter } from 'antd';
import { ReactFlowProvider } from '@xyflow/react';
import { useBlocker } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphEdge } from '../../../canvas/graph';
import { lineOf, problemsOf } from '../../../client/problem';
import { useRefresh } from '../../../client/queries';
import { runsPath } from '../../../client/runPaths';
import type { Run } from '../../../client/types';
import { findStep } from '../../../document/flow';
import { Banners } from './Banners';
import { CopyForm } from '../forms/CopyForm';
import { useEditor, useEditorStore } from './editorContext';
import { isDirty } from './editorStore';
import { FlowCanvas } from '../canvas/FlowCanvas';
import { FollowCheck } from './FollowCheck';
import { FlowToolbar } from './FlowToolbar';
import { FlowYaml } from './FlowYaml';
import { GoneColumns } from './GoneColumns';
import { RunCommandsContext, type RunCommands } from '../runs/runCommands';
import { FollowRun } from '../runs/FollowRun';
import { RunNote } from '../runs/RunNote';
import { StepList } from './StepList';
import { StepPalette } from '../canvas/StepPalette';
import { StepPanel } from './StepPanel';
import { isLockedOut, useLock } from './useLock';
import { usePreview } from '../preview/usePreview';
import type { Conflict } from './saveDraft';
import { useSave } from './useSave';
import { useShortcuts } from './useShortcuts';

const ConflictDialog = lazy(() => import('./ConflictDialog'));
const RevisionsDrawer = lazy(() => import('./RevisionsDrawer'));
const ShortcutsDialog = lazy(() => import('./ShortcutsDialog'));

type Dialog = 'revisions' | 'shortcuts' | undefined;

function useSaying() {
  const { message } = App.useApp();
  const { t } = useTranslation('flow');
  return useMemo(
    () => ({
      done: (text: string) => void message.success(text),
      failed: (error: unknown) => {
        const problem = problemsOf(error)[0];
        void message.error((problem && lineOf(problem)) || t('failed'));
      },
    }),
    [message, t],
  );
}

/** Asks before a draft would be lost by leaving the page. */
function useLeaveGuard() {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  useBlocker({
    shouldBlockFn: () => isDirty(store.getState()) && !window.confirm(t('leave')),
    enableBeforeUnload: () => isDirty(store.getState()),
  });
}

/** Toolbar, canvas or list, YAML beside it and the open step below; one store under all of them. */
export function FlowEditor({ mayEdit }: { mayEdit: boolean }) {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const say = useSaying();
  const [conflict, setConflict] = useState<Conflict>();
  const [dialog, setDialog] = useState<Dialog>();
  const [started, setStarted] = useState<Run>();
  const edges = useRef<GraphEdge[]>([]);
  const { lock, ask } = useLock(mayEdit);
  const preview = usePreview();
  const { saving, publishing, running } = useSave(setConflict);
  useLeaveGuard();
  const { mutate: saveNow } = saving;
  const { mutate: runNow } = running;
  const { fetchRows } = preview;
  const refresh = useRefresh();
  const failed = useCallback(
    (error: unknown) => {
      say.failed(error);
      // Whoever took over is shown now, not when the lock is renewed.
      if (isLockedOut(error)) void ask();
    },
    [ask, say],
  );
  const commands = useMemo<RunCommands>(
    () => ({
      preview: (step) => {
        store.getState().show({ open: step, selected: [step] });
        void fetchRows(step);
      },
      run: (part) =>
        runNow(part, {
          onSuccess: (run) => {
            if (!run) return;
            setStarted(run);
            store.getState().show({ figures: 'run' });
            void refresh(runsPath(store.getState().project));
          },
          onError: failed,
        }),
      save: () =>
        saveNow(undefined, {
          onSuccess: (saved) => saved && say.done(t('saved')),
          onError: failed,
        }),
    }),
    [fetchRows, refresh, runNow, saveNow, failed, say, store, t],
  );
  const box = useRef<HTMLDivElement>(null);
  useShortcuts(box, { ...commands, edges, help: () => setDialog('shortcuts') });
  const onEdges = useCallback((now: GraphEdge[]) => {
    edges.current = now;
  }, []);
  const publish = () =>
    publishing.mutate(undefined, {
      onSuccess: (done) => done && say.done(t('published')),
      onError: failed,
    });
  return (
    <RunCommandsContext.Provider value={commands}>
      <div className="flow-editor" ref={box}>
        <ReactFlowProvider>
          <FlowToolbar
            busy={saving.isPending || publishing.isPending || running.isPending}
            onPublish={publish}
            onDialog={setDialog}
          />
          <Banners lock={lock} onTakeOver={() => void ask(true)} />
          <GoneColumns />
          <FollowCheck />
          <FollowRun />
          {started && <RunNote run={started} onClose={() => setStarted(undefined)} />}
          <Body preview={preview} onEdges={onEdges} />
        </ReactFlowProvider>
        <Suspense fallback={null}>
          {conflict && (
            <ConflictDialog conflict={conflict} onClose={() => setConflict(undefined)} />
          )}
          {dialog === 'revisions' && <RevisionsDrawer onClose={() => setDialog(undefined)} />}
          {dialog === 'shortcuts' && <ShortcutsDialog onClose={() => setDialog(undefined)} />}
        </Suspense>
      </div>
    </RunCommandsContext.Provider>
  );
}

type BodyProps = { preview: ReturnType<typeof usePreview>; onEdges: (edges: GraphEdge[]) => void };

function Body({ preview, onEdges }: BodyProps) {
  const view = useEditor((editor) => editor.view);
  const yaml = useEditor((editor) => editor.yaml);
  // The step is marked on the canvas at once; its forms are drawn as soon as there is time.
  const open = useDeferredValue(useEditor((editor) => editor.open));
  const copies = useEditor((editor) => editor.flow.copy !== undefined);
  const [height, setHeight] = useState<number>();
  const maps = useEditor((editor) => findStep(editor.flow, open ?? '')?.kind === 'map');
  const main = copies ? (
    <CopyForm />
  ) : view === 'list' ? (
    <StepList />
  ) : (
    <FlowCanvas onEdges={onEdges} />
  );
  return (
    <div className="flow-body">
      {!copies && <StepPalette />}
      <Splitter className="grow">
        <Splitter.Panel min="30%">
          <Splitter orientation="vertical" onResize={([, below]) => setHeight(below)}>
            <Splitter.Panel min={120}>{main}</Splitter.Panel>
            {open !== undefined && (
              <Splitter.Panel size={height ?? (maps ? '68%' : '52%')} min={160}>
                <StepPanel step={open} preview={preview} />
              </Splitter.Panel>
            )}
          </Splitter>
        </Splitter.Panel>
        {yaml && (
          <Splitter.Panel defaultSize="34%" min={220} collapsible={false}>
            <FlowYaml />
          </Splitter.Panel>
        )}
      </Splitter>
    </div>
  );
}
