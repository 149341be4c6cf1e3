'use client';

import { type FormEvent, useEffect, useState } from 'react';
import { Button, Card, Field, Input, Spinner } from '../../components/index.ts';
import type { SupabaseSettings } from '../client/index.ts';
import { resumeSession, signIn } from './session.ts';

type State = 'looking' | 'asking' | 'sending';

/** E-mail and password. Nothing is asked where Supabase still has a session in this browser. */
export function SignInForm({ settings, next }: { settings: SupabaseSettings; next: string }) {
  const [state, setState] = useState<State>('looking');
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    resumeSession(settings).then(
      (isBack) => (isBack ? location.assign(next) : setState('asking')),
      () => setState('asking'),
    );
  }, [settings, next]);

  async function send(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setState('sending');
    const refusal = await signIn(settings, String(form.get('email')), String(form.get('password'))).catch(
      () => 'Supabase is not responding. Check that you are connected, then try again.',
    );
    if (refusal === null) return location.assign(next);
    setProblem(refusal);
    setState('asking');
  }

  if (state === 'looking') return <Spinner label="Checking whether you are signed in" />;
  return (
    <Card className="p-6 sm:p-8">
      <form onSubmit={send} className="space-y-5">
        <Field label="E-mail address" required>
          <Input name="email" type="email" autoComplete="username" required />
        </Field>
        <Field label="Password" required error={problem}>
          <Input name="password" type="password" autoComplete="current-password" required />
        </Field>
        <Button type="submit" variant="primary" size="large" loading={state === 'sending'} className="w-full">
          Sign in
        </Button>
      </form>
    </Card>
  );
}
