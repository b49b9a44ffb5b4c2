import type { Plugin } from 'vite';
import { Api } from './api.ts';

/** The headers that the registry sends with every asset; `vite preview` sends them too, so that what they forbid is seen here. */
const SECURITY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
};

/** Serves a made-up registry to `vite dev` and `vite preview`. It is no part of what is built. */
export function mock(): Plugin {
  const api = new Api();
  return {
    name: 'mesh-mock',
    configureServer(server) {
      server.middlewares.use((request, response, next) => void api.handle(request, response, next));
    },
    configurePreviewServer(server) {
      server.middlewares.use((_request, response, next) => {
        for (const [name, value] of Object.entries(SECURITY)) {
          response.setHeader(name, value);
        }
        next();
      });
      server.middlewares.use((request, response, next) => void api.handle(request, response, next));
    },
  };
}
