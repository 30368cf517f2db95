import {
  api,
  Check,
  Detection,
  DetectionState,
  Inference,
  InferenceStatus,
  Prediction,
  PredictionList,
  VideoPrediction,
} from '@touchstone/shared/api';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { judgingByGrey } from '../../video-file/fixtures/judging-by-grey.ts';
import { fileForm } from '../fixtures/file-form.ts';
import { greyClip } from '../fixtures/grey-clip.ts';
import { type Answer, startTestCompanion, type TestCompanion } from '../fixtures/test-companion.ts';
import { type Program, programOf } from '../fixtures/token-of.ts';

const UPLOADS = Object.values(api.aliases).filter((route) => 'body' in route);
const NO_VIDEO = Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.from('no video at all')]);

const picture = (text = 'picture') => fileForm([['a.jpg', text]]);

describe('the addresses of the founding documents', () => {
  let test: TestCompanion;
  let program: Program;
  beforeEach(async () => {
    test = await startTestCompanion({ frames: judgingByGrey() });
    program = await programOf(test, 'check', 'read');
  });

  /** Path of an absolute address of this companion. */
  function pathOf(url: string): string {
    const base = `http://127.0.0.1:${test.companion.port}`;
    expect(url.startsWith(`${base}/`)).toBe(true);
    return url.slice(base.length);
  }

  const checkAt = async (url: string): Promise<Check> => v.parse(Check, (await program.ask(pathOf(url))).json());

  it('predict: the word of the check, with the probability of the side it names', async () => {
    const said: Prediction[] = [];
    // The pipeline of tests says real, real, real, uncertain, fake, with 0.07, 0.48 and 0.93.
    for (const text of ['1', '2', '3', '4', '5']) {
      const answer = await program.ask('/predict', picture(text));
      expect(answer.status).toBe(200);
      said.push(v.parse(Prediction, answer.json()));
    }
    const words = said.map(({ prediction, confidence }) => [prediction, Number(confidence?.toFixed(3))]);
    expect(words.toSorted()).toEqual(
      [
        ['real', 0.93],
        ['real', 0.93],
        ['real', 0.93],
        ['uncertain', 0.52],
        ['fake', 0.93],
      ].toSorted(),
    );
    for (const { prediction, result_url } of said) {
      expect(await checkAt(result_url)).toMatchObject({
        state: 'completed',
        record: { verdict: { value: prediction } },
      });
    }
  });

  it('predict/batch: one a file in their order, of which each fails alone', async () => {
    const { bytes } = await greyClip();
    const files = [
      ['a.jpg', 'one'],
      ['torn.webm', NO_VIDEO],
      ['clip.mp4', bytes],
    ] as const;
    const answer = await program.ask('/predict/batch', fileForm(files));
    const [first, torn, clip] = v.parse(PredictionList, answer.json());
    expect(answer.status).toBe(200);
    expect(first).toMatchObject({ prediction: 'real', error: null });
    expect(torn).toMatchObject({ prediction: null, confidence: null, error: { code: 'video-unreadable' } });
    expect(clip).toMatchObject({ prediction: expect.any(String), error: null });
    expect(await checkAt(clip?.result_url ?? '')).toMatchObject({ kind: 'video', fileName: 'clip.mp4' });
  });

  it('predict/video: every frame with its own word', async () => {
    const { bytes } = await greyClip();
    const answer = await program.ask('/predict/video', fileForm([['clip.mp4', bytes]]));
    const said = v.parse(VideoPrediction, answer.json());
    const { record } = await checkAt(said.result_url);
    expect(said.frames_analyzed).toBe(record?.timeline?.framesAnalyzed);
    expect(said.frame_predictions?.map(({ timestamp }) => timestamp)).toEqual(
      record?.timeline?.moments.map(({ time }) => time),
    );
    // Every frame of this video is darker than a third.
    for (const frame of said.frame_predictions ?? []) {
      expect(frame.prediction).not.toBe('fake');
      expect(frame.confidence).toBeGreaterThan(0.66);
    }
    expect(said.prediction).not.toBe('fake');
  });

  it('predictions: newest first, by place', async () => {
    const texts = ['one', 'two!', 'three', 'fourth'];
    for (const text of texts) await program.ask('/predict', picture(text));
    const listed = async (query: string): Promise<(number | undefined)[]> => {
      const list = v.parse(PredictionList, (await program.ask(`/predictions${query}`)).json());
      return Promise.all(
        list.map(async ({ result_url }) => {
          const record = (await program.ask(pathOf(result_url))).json();
          return v.parse(v.object({ picture: v.object({ bytes: v.number() }) }), record).picture.bytes;
        }),
      );
    };
    expect(await listed('')).toEqual([6, 5, 4, 3]);
    expect(await listed('?skip=1&limit=2')).toEqual([5, 4]);
    expect(await listed('?skip=3&limit=200')).toEqual([3]);
    expect(await listed('?skip=9')).toEqual([]);
    for (const query of ['?skip=-1', '?limit=0', '?limit=201', '?skip=10001', '?skip=x', '?page=2']) {
      expect((await program.ask(`/predictions${query}`)).status, query).toBe(400);
    }
  });

  it('detect: one flat object, the same numbers as the record', async () => {
    const answer = await program.ask('/detect', picture());
    const said = v.parse(Detection, answer.json());
    const check = v.parse(Check, (await program.ask(`/v1/checks/${said.file_id}`)).json());
    expect(answer.headers.location).toBe(check.url);
    expect(said).toMatchObject({
      is_fake: false,
      result: 'real',
      confidence_level: 'high',
      processing_time_seconds: (check.record?.timings.total ?? 0) / 1000,
      model_version: `${check.record?.pack.name} ${check.record?.pack.version}`,
      metadata: { file_name: 'a.jpg', bytes: 7, sha256: check.sha256, width: 1920 },
    });
    expect(said.confidence).toBeCloseTo(0.93);
    expect(said.confidence_score).toBe(said.confidence);
  });

  it('detection/upload and process: accepted, then waited for', async () => {
    test.pipeline.hold();
    const accepted = await program.ask('/api/v1/detection/upload', picture());
    expect(accepted.status).toBe(202);
    const { id, status, result } = v.parse(DetectionState, accepted.json());
    expect(['pending', 'processing']).toContain(status);
    expect(result).toBeNull();
    const processed = program.ask(`/api/v1/detection/${id}/process`, { method: 'POST' });
    test.pipeline.release();
    const answer = await processed;
    expect(answer.status).toBe(200);
    expect(v.parse(DetectionState, answer.json())).toMatchObject({
      id,
      status: 'completed',
      error_message: null,
      result: { file_id: id, result: 'real' },
    });
  });

  it('detection/process: failed, with the reason', async () => {
    const answer = await program.ask('/api/v1/detection/upload', fileForm([['torn.webm', NO_VIDEO]]));
    const { id } = v.parse(DetectionState, answer.json());
    const ended = await program.ask(`/api/v1/detection/${id}/process`, { method: 'POST' });
    expect(v.parse(DetectionState, ended.json())).toEqual({
      id,
      status: 'failed',
      error_message: 'This video cannot be read.',
      result: null,
    });
  });

  it('infer and status: an absolute address that tells it until it has ended', async () => {
    test.pipeline.hold();
    const answer = await program.ask('/v1/infer', picture());
    expect(answer.status).toBe(202);
    const { request_id, status_url } = v.parse(Inference, answer.json());
    const statusNow = async (): Promise<v.InferOutput<typeof InferenceStatus>> =>
      v.parse(InferenceStatus, (await program.ask(pathOf(status_url))).json());
    const seen = new Set<string>();
    while (![...seen].some((status) => status.startsWith('PROCESSING_'))) seen.add((await statusNow()).status);
    test.pipeline.release();
    await program.ask(`/api/v1/detection/${request_id}/process`, { method: 'POST' });
    const done = await statusNow();
    expect(done).toMatchObject({ request_id, status: 'COMPLETED', result: { prediction: 'real' }, error: null });
    expect(Date.parse(done.last_updated)).toBeGreaterThanOrEqual(Date.parse(done.submitted_at));
  });

  it('status: failed where it was cancelled', async () => {
    test.pipeline.hold();
    const { request_id, status_url } = v.parse(Inference, (await program.ask('/v1/infer', picture())).json());
    await program.ask(`/v1/checks/${request_id}`, { method: 'DELETE' });
    const status = v.parse(InferenceStatus, (await program.ask(pathOf(status_url))).json());
    expect(status).toMatchObject({ status: 'FAILED', result: null, error: { code: 'cancelled' } });
  });

  const codeOf = ({ status, ...answer }: Answer): unknown => [status, Object(answer.json()).code];

  it('refuse what a file is not, several for one, and none', async () => {
    const { bytes } = await greyClip();
    const refusals = [
      ['/predict', fileForm([['clip.mp4', bytes]]), [415, 'unsupported-format']],
      ['/predict/video', picture(), [422, 'video-unreadable']],
      ['/predict/video', fileForm([['torn.webm', NO_VIDEO]]), [422, 'video-unreadable']],
      ['/detect', fileForm([['torn.webm', NO_VIDEO]]), [422, 'video-unreadable']],
      [
        '/predict',
        fileForm([
          ['a.jpg', 'one'],
          ['b.jpg', 'two'],
        ]),
        [413, 'too-large'],
      ],
      ['/v1/infer', fileForm([]), [400, 'bad-request']],
      ['/detect', fileForm([['a.jpg', 'x']], 'picture'), [400, 'bad-request']],
      ['/api/v1/detection/upload', fileForm([['a.jpg', '']]), [400, 'empty-file']],
    ] as const;
    for (const [path, sent, expected] of refusals) {
      expect(codeOf(await program.ask(path, sent)), path).toEqual(expected);
    }
    expect(test.pipeline.requests).toEqual([]);
  });

  it('refuse an unknown id, and everybody without the token for it', async () => {
    const unknown = '0'.repeat(26);
    const there = [
      ['POST', `/api/v1/detection/${unknown}/process`],
      ['GET', `/v1/status/${unknown}`],
    ] as const;
    for (const [method, path] of there) {
      expect(codeOf(await program.ask(path, { method })), path).toEqual([404, 'not-found']);
    }
    const reader = await programOf(test, 'read');
    for (const { path } of UPLOADS) {
      expect(codeOf(await test.request(path, picture())), path).toEqual([401, 'token-wrong']);
      expect(codeOf(await reader.ask(path, picture())), path).toEqual([403, 'scope-missing']);
      const { headers, ...sent } = picture();
      const foreign = await program.ask(path, { ...sent, headers: { ...headers, origin: 'https://evil.example' } });
      expect(codeOf(foreign), path).toEqual([401, 'token-wrong']);
    }
    expect(test.pipeline.requests).toEqual([]);
  });

  it('take nothing while recording is paused', async () => {
    await test.control('/api/settings', { method: 'PATCH', body: '{"recordingPaused":true}' });
    for (const { path } of UPLOADS) {
      expect(codeOf(await program.ask(path, picture())), path).toEqual([409, 'recording-paused']);
    }
  });
});
