export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Takes structured log lines; never given secrets, payloads or binary data. */
export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;
