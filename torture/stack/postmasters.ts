import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';

/** The servers on a data directory, in any namespace. Only Linux has namespaces, and shows all processes in /proc. */
export async function postmastersOn(data: string): Promise<number[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  // A process that ends while we look no longer counts.
  const found = await Promise.all(names.map((name) => postgresOn(data, name).catch(() => null)));
  const all = found.filter((process) => process !== null);
  const pids = new Set(all.map(({ pid }) => pid));
  return all.filter(({ parent }) => !pids.has(parent)).map(({ pid }) => pid);
}

async function postgresOn(data: string, pid: string): Promise<{ pid: number; parent: number } | null> {
  const [program, folder] = await Promise.all([readlink(`/proc/${pid}/exe`), readlink(`/proc/${pid}/cwd`)]);
  if (path.basename(program) !== 'postgres' || folder !== data) return null;
  const arguments_ = await readFile(`/proc/${pid}/cmdline`, 'utf8');
  // A server's helpers have titles that say what they do; they may outlive the server for a moment.
  if (arguments_.startsWith('postgres: ')) return null;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { pid: Number(pid), parent: Number(parent) };
}
