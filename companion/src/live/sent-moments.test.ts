import type { TimelineMoment } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { createSentMoments } from './sent-moments.ts';

const moment = (time: number, probability: number): TimelineMoment => ({
  time,
  probability,
  low: 0,
  high: 1,
  shot: 0,
  faces: [],
});
const timesOf = (moments: readonly TimelineMoment[]): number[] => moments.map(({ time }) => time);

describe('sent moments', () => {
  it('are told again when they are judged otherwise, once', () => {
    const sent = createSentMoments([]);
    sent.add(moment(0, 0.5));
    sent.add(moment(1, 0.5));
    const now = [moment(0, 0.9), moment(1, 0.501)];
    expect(timesOf(sent.revised(now))).toEqual([0]);
    expect(sent.revised(now)).toEqual([]);
  });

  it('are known from an earlier connection; what its answers never told comes along', () => {
    const sent = createSentMoments([moment(0, 0.5)]);
    expect(timesOf(sent.revised([moment(0, 0.5), moment(1, 0.2)]))).toEqual([1]);
  });

  it('come in answers that stay small', () => {
    const sent = createSentMoments([]);
    const now = Array.from({ length: 500 }, (_, time) => moment(time, 0.5));
    const answers = [sent.revised(now), sent.revised(now), sent.revised(now), sent.revised(now)];
    expect(answers.map(({ length }) => length)).toEqual([200, 200, 100, 0]);
    expect(timesOf(answers.flat())).toEqual(timesOf(now));
  });
});
