const PREFIX = 'task ';

/** How a story task signs the lease on its story. */
export function taskHolder(taskId: string): string {
  return `${PREFIX}${taskId}`;
}

/** The task that holds a lease; null when the holder is none. */
export function taskOfHolder(holder: string): string | null {
  return holder.startsWith(PREFIX) ? holder.slice(PREFIX.length) : null;
}
