import type {
  FileFact,
  Provenance,
  ProvenanceAction,
  ProvenanceIngredient,
  Reason,
  ResultRecord,
  Timeline,
} from '@touchstone/shared';
import { entryOf, factWords, fillSentence } from '@touchstone/shared';
import { actionKind, failureKinds, stepOf } from '@touchstone/shared/present';
import { probabilityText, shareText } from '@touchstone/shared/words';
import type { EvidenceReport } from './evidence-report.ts';
import { fill, foreign, type Html, html, ltr, own } from './html.ts';
import { dataAddress } from './report-picture.ts';
import type { ReportTexts } from './texts/report-texts.ts';
import { clock, timelineSvg } from './timeline-svg.ts';

type Line = readonly [name: string, value: Html | string | number | null | undefined];

/** Names and values; lines without a value are left out. */
export function facts(lines: readonly Line[]): Html {
  const shown = lines.filter(([, value]) => value !== undefined && value !== null && value !== '');
  return html`<dl>${shown.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

/** A probability in words. @param probability 0..1 */
export function percent(probability: number, texts: ReportTexts): Html {
  return html`<bdi>${own(probabilityText(probability, texts.language))}</bdi>`;
}

const code = (text: string | number): Html => html`<code>${foreign(text)}</code>`;

const maybe = (text: string | undefined | null): Html | undefined => (text ? foreign(text) : undefined);

/** UTC, to the second: a report travels across time zones. */
export function moment(at: number): Html {
  return ltr(`${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`);
}

export function captureSection({ record }: Pick<EvidenceReport, 'record'>, texts: ReportTexts): Html {
  const { source, picture, label } = record;
  const { capture } = texts;
  return facts([
    [capture.time, moment(record.at)],
    [capture.address, maybe(source.url)],
    [capture.page, maybe(source.pageUrl)],
    [capture.pageTitle, maybe(source.pageTitle)],
    [capture.fileName, maybe(source.fileName)],
    [capture.kind, texts.kinds[source.kind]],
    [capture.path, texts.paths[source.path]],
    [capture.lane, texts.lanes[record.lane]],
    [capture.mediaTime, source.mediaTime === undefined ? undefined : clock(source.mediaTime)],
    [capture.sha256, code(picture.sha256)],
    [capture.format, foreign(picture.format)],
    [capture.size, ltr(`${picture.width} × ${picture.height}`)],
    [capture.bytes, picture.bytes],
    [capture.frames, picture.frames > 1 ? picture.frames : undefined],
    [capture.perceptualHash, code(picture.perceptualHash)],
    [capture.label, label ? texts.labels[label] : undefined],
    [capture.record, code(record.id)],
    [capture.recheckOf, record.recheckOf === undefined ? undefined : code(record.recheckOf)],
  ]);
}

export function modelSection({ record, settings, touchstone }: EvidenceReport, texts: ReportTexts): Html {
  const { model } = texts;
  const days = settings.retentionDays;
  return html`${facts([
    [model.pack, foreign(record.pack.name)],
    [model.version, foreign(record.pack.version)],
    [model.sha256, code(record.pack.sha256)],
    [model.tier, record.pack.tier],
    ...(record.together?.packs.slice(1) ?? []).map(
      ({ name, version, sha256 }) => [model.together, html`${foreign(`${name} ${version}`)} ${code(sha256)}`] as const,
    ),
    [model.provider, foreign(record.provider)],
    [model.touchstone, touchstone.version],
  ])}<p class="soft">${model.settings}</p>${facts([
    [texts.settings.quickPack, foreign(settings.quickPack ?? texts.byDefault)],
    [texts.settings.thoroughPack, foreign(settings.thoroughPack ?? texts.byDefault)],
    [texts.settings.keepOriginals, settings.keepOriginals ? texts.yes : texts.no],
    [texts.settings.retentionDays, days === null ? texts.keptForEver : days],
  ])}`;
}

/** The reviewed sentence of a finding in the report's language, filled from its details. */
export function reasonSentence(
  { code: name, text, details }: Pick<Reason, 'code' | 'text' | 'details'>,
  texts: ReportTexts,
): string {
  const template = entryOf(texts.reasonSentences, name);
  return template === undefined ? text : fillSentence(template, { ...details });
}

export function evidenceSection({ record }: EvidenceReport, texts: ReportTexts): Html {
  const names = texts.evidence;
  const rows = record.evidence.map((one) => {
    const details = Object.entries(one.details).filter(([, value]) => value !== null);
    return html`<tr><td>${texts.evidenceKind(one.kind) ?? foreign(one.kind)}</td><td>${foreign(reasonSentence({ ...one, text: one.sentence }, texts))}</td><td>${texts.directions[one.direction]}</td><td><bdi>${own(shareText(one.strength, texts.language))}</bdi></td><td>${details.map(([name, value]) => html`<code>${foreign(`${name}: ${String(value)}`)}</code><br>`)}</td></tr>`;
  });
  return html`<table class="findings"><thead><tr><th>${names.kind}</th><th>${names.finding}</th><th>${names.direction}</th><th>${names.strength}</th><th>${names.details}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

export function provenanceSection(provenance: Provenance, texts: ReportTexts): Html {
  const names = texts.provenance;
  const { trustList, actions, ingredients, failures } = provenance;
  return html`${facts([
    [names.state, texts.states[provenance.state]],
    [names.signer, maybe(provenance.signer)],
    [names.issuer, maybe(provenance.issuer)],
    [names.claimGenerator, maybe(provenance.claimGenerator)],
    [names.signedAt, maybe(provenance.signedAt)],
    [
      names.trustList,
      trustList && foreign(`${trustList.name}, ${trustList.date}${trustList.interim ? ` (${names.interim})` : ''}`),
    ],
    [names.failures, failures.length > 0 ? failed(failures, texts) : undefined],
  ])}${provenance.remoteManifest ? html`<p>${names.remote}</p>` : undefined}${
    actions.length > 0
      ? html`<h3>${names.actions}</h3><ol>${actions.map(
          (one) => html`<li>${actionLine(one, texts)}${one.ai ? ` (${names.byModel})` : ''}</li>`,
        )}</ol>`
      : undefined
  }${ingredients.length > 0 ? html`<h3>${names.ingredients}</h3>${tree(ingredients, texts)}` : undefined}`;
}

/** What the failed checks mean in words, and their codes for experts. */
function failed(codes: readonly string[], texts: ReportTexts): Html {
  const words = failureKinds(codes).map((kind) => html`${texts.failures[kind]}<br>`);
  return html`${words}${codes.map((one) => html`${code(one)}<br>`)}`;
}

function actionLine({ action, when, softwareAgent, digitalSourceType }: ProvenanceAction, texts: ReportTexts): Html {
  const kind = actionKind(action);
  const facts = [kind && action, when, softwareAgent, digitalSourceType].filter(Boolean).join(', ');
  return html`${kind ? texts.actions[kind] : foreign(action)}${facts && html`: ${foreign(facts)}`}`;
}

function tree(ingredients: readonly ProvenanceIngredient[], texts: ReportTexts): Html {
  return html`<ul class="tree">${ingredients.map(
    (one) =>
      html`<li><div class="one">${one.thumbnail ? html`<img src="${one.thumbnail}" alt="">` : undefined}<div>${foreign([one.title, one.relationship, one.format, one.claimGenerator].filter(Boolean).join(', '))}${one.state ? `: ${texts.states[one.state]}` : ''}</div></div>${one.ingredients.length > 0 ? tree(one.ingredients, texts) : undefined}</li>`,
  )}</ul>`;
}

function factRow(fact: FileFact, texts: ReportTexts): Html {
  const { name, value } = factWords(fact, texts.translation);
  return html`<tr><td>${texts.factGroups[fact.group]}</td><td>${foreign(name)}</td><td>${foreign(value)}</td></tr>`;
}

export function fileFactsSection(list: readonly FileFact[], leftOut: number, texts: ReportTexts): Html {
  return html`${
    list.length > 0
      ? html`<table class="said"><tbody>${list.map((fact) => factRow(fact, texts))}</tbody></table>`
      : undefined
  }${leftOut > 0 ? html`<p class="soft">${fill(texts.privateFactsLeftOut, { count: leftOut })}</p>` : undefined}`;
}

export function timelineSection(timeline: Timeline, peaks: EvidenceReport['peaks'], texts: ReportTexts): Html {
  const names = texts.timeline;
  const { media, shots, duration } = timeline;
  return html`${facts([
    [names.duration, duration === null ? names.live : clock(duration)],
    [names.frames, timeline.framesAnalyzed],
    [names.media, media && foreign(`${media.container}, ${media.codec}, ${media.width} × ${media.height}`)],
  ])}${timelineSvg(timeline, names.chart, texts.language)}<p class="soft">${names.chart}</p>${timeline.stoppedEarly ? html`<p>${names.stoppedEarly}</p>` : undefined}${
    peaks.length > 0
      ? html`<div class="pictures peaks">${peaks.map((peak, index) => html`<figure><img src="${dataAddress(peak)}" alt=""><figcaption>${fill(names.peak, { time: clock(timeline.peaks?.[index] ?? 0) })}</figcaption></figure>`)}</div>`
      : undefined
  }<table><thead><tr><th>${names.shot}</th><th>${names.from}</th><th>${names.to}</th><th>${names.frames}</th><th>${names.probability}</th></tr></thead><tbody>${shots.map((shot, index) => html`<tr><td>${index + 1}</td><td>${clock(shot.start)}</td><td>${clock(shot.end)}</td><td>${shot.frames}</td><td>${percent(shot.probability, texts)}</td></tr>`)}</tbody></table>`;
}

export function timingsSection({ timings }: ResultRecord, texts: ReportTexts): Html {
  const value = (ms: number): Html => fill(texts.milliseconds, { value: Math.round(ms * 10) / 10 });
  return facts([
    [texts.timings.queue, value(timings.queue)],
    [texts.timings.decode, value(timings.decode)],
    [texts.timings.evidence, value(timings.evidence)],
    [texts.timings.inference, value(timings.inference)],
    [texts.timings.total, value(timings.total)],
  ]);
}

export function chainSection(report: EvidenceReport, texts: ReportTexts): Html {
  return html`${chainFacts(report, texts)}${report.chain && html`<p class="soft">${texts.chain.note}</p>`}`;
}

/** The place of a record in the chain; a change behind the log's back is said loudly. */
export function chainFacts({ chain }: Pick<EvidenceReport, 'chain'>, texts: ReportTexts): Html {
  const names = texts.chain;
  if (!chain) return html`<p>${names.none}</p>`;
  return html`${chain.unchanged ? undefined : html`<p class="warning">${names.changed}</p>`}${facts([
    [names.position, chain.position],
    [names.state, chain.unchanged ? names.unchanged : names.changed],
    [names.digest, code(chain.digest)],
    [names.hash, code(chain.hash)],
  ])}`;
}

export function earlierSection({ record }: EvidenceReport, texts: ReportTexts): Html | undefined {
  const seen = record.seenBefore;
  if (!seen) return undefined;
  const sentence = fill(seen.exact ? texts.seenSame : texts.seenSimilar, {
    date: moment(seen.at),
    page: foreign(seen.pageUrl ?? texts.somewhere),
    verdict: texts.steps[stepOf({ value: seen.verdict, leaning: seen.leaning })],
  });
  return html`<p>${sentence}</p>`;
}
