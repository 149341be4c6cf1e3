export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Receives structured log lines, which never contain secrets, payloads or binary data. */
export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;
