import { create } from 'zustand';

type Reach = { reachable: boolean; say: (reachable: boolean) => void };

/** Whether the server answered when it was last asked. */
export const useReach = create<Reach>((set) => ({
  reachable: true,
  say: (reachable) => set({ reachable }),
}));
