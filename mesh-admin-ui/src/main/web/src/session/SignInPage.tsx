import { useRef, useState } from 'preact/hooks';
import { ApiError, unreachable } from '../api/problem';
import { ThemeChoice } from '../app/Shell';
import { Banner } from '../ui/Banner';
import { Icon } from '../ui/Icon';
import { signInMessage } from './messages';
import { signIn } from './session';
import { useCountdown } from './useCountdown';

const DEFAULT_WAIT_SECONDS = 30;

export function SignInPage({ notice }: { notice: string | null }) {
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const [wait, waitFor] = useCountdown();
  const password = useRef<HTMLInputElement>(null);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    try {
      await signIn(String(form.get('user')), String(form.get('password')));
    } catch (cause) {
      const failed = cause instanceof ApiError ? cause : unreachable();
      setError(failed);
      setBusy(false);
      waitFor(failed.failure === 'busy' ? (failed.retryAfterSeconds ?? DEFAULT_WAIT_SECONDS) : 0);
      password.current?.select();
    }
  };

  return (
    <main class="gate">
      <div class="gate__card">
        <h1 class="gate__title">
          <Icon name="mark" />
          Mesh Up
        </h1>
        <p class="muted">Sign in to see and steer the mesh.</p>
        <form class="form" onSubmit={(event) => void submit(event)} aria-label="Sign in">
          <label class="field">
            <span>User</span>
            <input name="user" type="text" autocomplete="username" autocapitalize="none" spellcheck={false} defaultValue="admin" required />
          </label>
          <label class="field">
            <span>Password</span>
            <input ref={password} name="password" type="password" autocomplete="current-password" autofocus required />
          </label>
          <div aria-live="assertive">{error ? <SignInError error={error} wait={wait} /> : notice && <Banner tone="info">{notice}</Banner>}</div>
          <button type="submit" class="button button--primary" disabled={busy || wait > 0}>
            {wait > 0 ? `Wait ${wait} s` : busy ? 'Signing in…' : 'Sign in'}
          </button>
        </form>
        <PasswordHint />
      </div>
      <ThemeChoice />
    </main>
  );
}

function SignInError({ error, wait }: { error: ApiError; wait: number }) {
  const { title, text } = signInMessage(error);
  return (
    <Banner tone="bad" title={title} testId="sign-in-error">
      {text}
      {wait > 0 && <span aria-live="off"> Try again in {wait} s.</span>}
    </Banner>
  );
}

function PasswordHint() {
  return (
    <div class="gate__hint">
      <h2>Where is the password?</h2>
      <p>
        <code>./demo.sh</code> printed it when it started the demo. Otherwise the registry made one at its first start: it is in the file{' '}
        <code>admin-password</code> in its data directory, <code>~/.meshup</code> unless set otherwise. The user is <code>admin</code>.
      </p>
    </div>
  );
}
