import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { router } from './app/router';
import { startI18n } from './lib/i18n';
import { queryClient } from './lib/query';
import { wireSession } from './lib/session';
import './ui/base.css';

wireSession();
const root = document.getElementById('root');
if (root) {
  void startI18n(document.documentElement.lang === 'en' ? 'en' : 'ru').then(() => {
    createRoot(root).render(
      <StrictMode>
        <QueryClientProvider client={queryClient}>
          <App>
            <RouterProvider router={router} />
          </App>
        </QueryClientProvider>
      </StrictMode>,
    );
  });
}
