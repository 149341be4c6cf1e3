import { readFileSync } from 'node:fs';

const prompts = new Map<string, string>();

/** A prompt kept as a Markdown file beside its task; read once. `moduleUrl` is the task's `import.meta.url`. */
export function promptFile(moduleUrl: string, name = 'prompt.md'): string {
  const url = new URL(name, moduleUrl).href;
  const prompt = prompts.get(url) ?? readFileSync(new URL(url), 'utf8').trim();
  prompts.set(url, prompt);
  return prompt;
}
