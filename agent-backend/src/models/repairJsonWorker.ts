import { parentPort, workerData } from 'node:worker_threads';
import { jsonrepair } from 'jsonrepair';

parentPort?.postMessage(jsonrepair(workerData as string));
