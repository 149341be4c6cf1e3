/** What a person reads of anything that was thrown: the code and sentence of our own errors, a general one otherwise. */
export function failureOf(thrown: unknown): { code: string; message: string } {
  if (isFailure(thrown)) return { code: thrown.code, message: thrown.message };
  return {
    code: 'internal',
    message: 'Something went wrong that Story Tree did not expect. Reload the page to go on.',
  };
}

function isFailure(thrown: unknown): thrown is { code: string; message: string } {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    'code' in thrown &&
    typeof thrown.code === 'string' &&
    'message' in thrown &&
    typeof thrown.message === 'string'
  );
}
