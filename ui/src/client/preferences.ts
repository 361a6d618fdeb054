import { create } from 'zustand';
import type { Language, ThemeChoice } from './types';

type Preferences = {
  language: Language;
  theme: ThemeChoice;
  setLanguage: (language: Language) => void;
  setTheme: (theme: ThemeChoice) => void;
};

const KEY = 'mortise.preferences';

function stored(): Partial<Pick<Preferences, 'language' | 'theme'>> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}');
  } catch {
    return {};
  }
}

function keep(language: Language, theme: ThemeChoice) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ language, theme }));
  } catch {
    // A browser that keeps nothing still works; it only forgets the choice.
  }
}

function spoken(): Language {
  const first = typeof navigator === 'undefined' ? 'en' : navigator.language;
  return first.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** Language and theme of this browser; the account's own choice is laid over it after the login. */
export const usePreferences = create<Preferences>((set, get) => ({
  language: spoken(),
  theme: 'system',
  ...stored(),
  setLanguage: (language) => {
    set({ language });
    keep(language, get().theme);
  },
  setTheme: (theme) => {
    set({ theme });
    keep(get().language, theme);
  },
}));
