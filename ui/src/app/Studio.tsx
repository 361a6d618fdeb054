import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App, ConfigProvider } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { usePreferences } from '../client/preferences';
import { speak, type ComponentTexts } from './i18n/i18n';
import { queryClient } from './queryClient';
import { router } from './router';
import { antdTheme } from './theme/tokens';
import { useShade } from './theme/useShade';

/** The studio with everything around its pages: data, language, colours, routes. */
export function Studio({ spoken }: { spoken: ComponentTexts }) {
  const shade = useShade();
  const language = usePreferences((preferences) => preferences.language);
  const [components, setComponents] = useState(spoken);
  const shown = useRef(language);
  useEffect(() => {
    let wanted = true;
    void speak(language).then((texts) => {
      if (!wanted) return;
      setComponents(texts);
      // The server's sentences come in the language they were asked for: ask again.
      if (shown.current !== language) void queryClient.invalidateQueries();
      shown.current = language;
    });
    return () => {
      wanted = false;
    };
  }, [language]);
  return (
    <ConfigProvider
      theme={antdTheme(shade)}
      button={{ autoInsertSpace: false }}
      {...(components ? { locale: components } : {})}
    >
      <App component={false}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  );
}
