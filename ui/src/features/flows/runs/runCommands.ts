import { createContext, useContext } from 'react';

/** Commands that speak to the server; the page gives them to whatever shows a menu or a button. */
export interface RunCommands {
  preview: (step: string) => void;
  /** Runs the flow, or only some of its write steps with all that is above them. */
  run: (part: { steps?: string[] }) => void;
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
