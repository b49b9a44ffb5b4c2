import { signal } from '@preact/signals';
import { setCsrfToken, whenSignedOut } from '../api/http';
import { ApiError } from '../api/problem';
import { registry } from '../api/registry';
import type { Session } from '../api/types';

export type SessionState =
  | { readonly state: 'checking' }
  | { readonly state: 'unreachable' }
  | { readonly state: 'signed-out'; readonly notice: string | null }
  | { readonly state: 'signed-in'; readonly session: Session };

const RETRY_MS = 2000;

export const session = signal<SessionState>({ state: 'checking' });

/** Asks who the reader is, until the registry answers. */
export async function openSession(): Promise<void> {
  whenSignedOut(() => close('Your session has ended. Sign in again to go on where you were.'));
  try {
    accept(await registry.whoAmI());
  } catch (cause) {
    if (cause instanceof ApiError && cause.failure !== 'unreachable') {
      close(null);
      return;
    }
    session.value = { state: 'unreachable' };
    setTimeout(() => void openSession(), RETRY_MS);
  }
}

export async function signIn(user: string, password: string): Promise<void> {
  accept(await registry.signIn(user, password));
}

/** Ends the session here even if the registry cannot be told; its cookie then runs out by itself. */
export async function signOut(): Promise<void> {
  try {
    await registry.signOut();
    close('You are signed out.');
  } catch {
    close('You are signed out here, but the registry could not be told. Close the browser to be sure.');
  }
}

function accept(found: Session): void {
  setCsrfToken(found.csrf ?? '');
  session.value = { state: 'signed-in', session: found };
}

function close(notice: string | null): void {
  setCsrfToken(null);
  session.value = { state: 'signed-out', notice };
}
