import { LAST_PROJECT_KEY } from '../../client/place';

/** The project to open next time. */
export function rememberProject(name: string) {
  try {
    localStorage.setItem(LAST_PROJECT_KEY, name);
  } catch {
    // Without storage the first project opens.
  }
}
