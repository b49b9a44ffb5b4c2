import type { ApiError } from '../api/problem';

/** What to tell someone whose sign-in failed. */
export function signInMessage(error: ApiError): { title: string; text: string } {
  switch (error.failure) {
    case 'signed-out':
      return { title: 'Wrong user or password', text: 'Check both and try again. Case matters.' };
    case 'busy':
      return { title: 'Too many attempts', text: 'The registry holds sign-in back for a while, to slow down guessing.' };
    case 'unreachable':
      return { title: 'The registry does not answer', text: 'Check that it runs and that this page was opened at its address.' };
    default:
      return { title: 'Sign-in failed', text: error.message };
  }
}
