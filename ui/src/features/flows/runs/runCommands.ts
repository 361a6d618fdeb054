import { createContext, useContext } from 'react';

/** Commands that speak to the server; the page gives them to whatever shows a menu or a button. */
export interface RunCommands {
  preview: (step: string) => void;
  run: (part: { from_step?: string; to_step?: string }) => void;
  save: () => void;
}

const nothing = () => undefined;

export const RunCommandsContext = createContext<RunCommands>({
  preview: nothing,
  run: nothing,
  save: nothing,
});

export function useRunCommands(): RunCommands {
  return useContext(RunCommandsContext);
}
