import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import { timelinePicture } from '../../video-file/timeline-picture.ts';
import { givenPath } from '../terminal/given-path.ts';
import type { Outcome } from './outcome.ts';

/**
 * Writes the timeline of each video: as JSON where the name ends in .json, else as a picture (PNG).
 * @param path for the first video; the second gets "-2" before its ending, and so on
 * @returns names of the files, as the person would name them
 * @throws TouchstoneError `file-unreadable` when a file cannot be written
 */
export async function writeTimelines(outcomes: readonly Outcome[], path: string): Promise<string[]> {
  const written: string[] = [];
  for (const outcome of outcomes) {
    if (!('record' in outcome) || !outcome.record.timeline) continue;
    const { record } = outcome;
    const timeline = outcome.record.timeline;
    const name = numbered(path, written.length + 1);
    const isJson = extname(path).toLowerCase() === '.json';
    const { fileName } = record.source;
    const json = () => `${JSON.stringify({ file: fileName, verdict: record.verdict, ...timeline }, undefined, 2)}\n`;
    const content = isJson ? json() : await timelinePicture({ ...record, timeline });
    await writeFile(givenPath(name), content).catch((cause: unknown) => {
      throw new TouchstoneError('file-unreadable', String(cause), { cause });
    });
    written.push(name);
  }
  return written;
}

function numbered(path: string, number: number): string {
  if (number === 1) return path;
  const ending = extname(path);
  return `${path.slice(0, path.length - ending.length)}-${number}${ending}`;
}
