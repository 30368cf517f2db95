import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type InitOutput, initSync, WasmReader } from '@contentauth/c2pa-wasm';
import * as v from 'valibot';
import { answerQuestions, threadData } from '../../workers/thread-program.ts';
import { capModuleMemory } from './capped-module.ts';
import { describeStore } from './describe-store.ts';
import { FileBlob, FileBlobReader, type OpenFile, openFile } from './file-blob.ts';
import { MAX_STORE_CHARACTERS, MAX_THUMBNAIL_BYTES, MODULE_MEMORY_BYTES } from './limits.ts';
import { ManifestStore } from './store-schema.ts';
import type { FoundThumbnail, ReadReply, ReadRequest, TrustMaterial } from './worker-protocol.ts';

/** Thread that reads manifests, one file at a time. It has no network, whatever a manifest asks for. */
globalThis.fetch = () => Promise.reject(new Error('this thread has no network'));
Object.assign(globalThis, { FileReaderSync: FileBlobReader });

const materials: TrustMaterial[] = v.parse(
  v.array(v.object({ signers: v.string(), timeStamps: v.string() })),
  threadData,
);
/** Settings of c2pa-rs. Both kinds of network access are off, and an empty list of hosts forbids the rest. */
const settings = materials.map(({ signers, timeStamps }) =>
  JSON.stringify({
    verify: { verify_trust: true, verify_timestamp_trust: true, remote_manifest_fetch: false, ocsp_fetch: false },
    core: { allowed_network_hosts: [], allow_redirects: false, decode_identity_assertions: false },
    // An empty list is an error to the library; an absent one trusts nobody.
    trust: { ...(signers && { trust_anchors: signers }), ...(timeStamps && { user_anchors: timeStamps }) },
  }),
);

const code = readFileSync(fileURLToPath(import.meta.resolve('@contentauth/c2pa-wasm/c2pa.wasm')));
const wasm: InitOutput = initSync({ module: new WebAssembly.Module(capModuleMemory(code, MODULE_MEMORY_BYTES)) });

/** Who issued the certificate of the active manifest; only the other form of the store says so. */
const CertificateIssuer = v.object({
  manifests: v.array(
    v.object({
      label: v.string(),
      signature: v.optional(
        v.object({
          certificateInfo: v.optional(
            v.object({ issuer: v.optional(v.object({ O: v.optional(v.string()), CN: v.optional(v.string()) })) }),
          ),
        }),
      ),
    }),
  ),
});

function issuerOf(reader: WasmReader): string | null {
  const json = reader.crJson();
  if (json.length > MAX_STORE_CHARACTERS) return null;
  const parsed = v.safeParse(CertificateIssuer, JSON.parse(json));
  if (!parsed.success) return null;
  const label = reader.activeLabel();
  const issuer = parsed.output.manifests.find((one) => one.label === label)?.signature?.certificateInfo?.issuer;
  return issuer?.O ?? issuer?.CN ?? null;
}

function thumbnailBytes(reader: WasmReader, identifier: string): Uint8Array | undefined {
  try {
    const bytes = reader.resourceToBytes(identifier);
    return bytes.byteLength <= MAX_THUMBNAIL_BYTES ? bytes : undefined;
  } catch {
    return undefined;
  }
}

async function open(
  { format, input }: ReadRequest,
  material: number,
): Promise<{ reader: WasmReader; file?: OpenFile }> {
  if (typeof input !== 'string') return { reader: await WasmReader.fromBytes(format, input, settings[material]) };
  const file = openFile(input);
  try {
    return { reader: await WasmReader.fromBlob(format, new FileBlob(file), settings[material]), file };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** A later material is asked only about signers that the ones before do not know. */
async function read(request: ReadRequest): Promise<ReadReply> {
  for (let material = 0; ; material++) {
    const reply = await readWith(request, material);
    const unknown = reply.type === 'read' && reply.provenance.state === 'unknown-signer';
    if (!unknown || material >= materials.length - 1) return reply;
  }
}

async function readWith(request: ReadRequest, material: number): Promise<ReadReply> {
  const { reader, file } = await open(request, material);
  try {
    const json = reader.json();
    if (json.length > MAX_STORE_CHARACTERS) return failed('the manifest store is too large');
    const store = v.parse(ManifestStore, JSON.parse(json));
    const { provenance, thumbnails, unknownOriginSigner } = describeStore(store, issuerOf(reader));
    const found: FoundThumbnail[] = thumbnails.flatMap(({ path, identifier }) => {
      const bytes = thumbnailBytes(reader, identifier);
      return bytes ? [{ path, bytes }] : [];
    });
    const { activeManifest, ingredientDeltas } = store.validation_results ?? {};
    const codes = [activeManifest, ...(ingredientDeltas ?? []).map(({ validationDeltas }) => validationDeltas)]
      .flatMap((statuses) => statuses?.failure ?? [])
      .map((status) => status.code);
    return {
      type: 'read',
      provenance,
      material,
      thumbnails: found,
      unknownOriginSigner,
      raw: { state: store.validation_state ?? '', codes: [...new Set(codes)] },
      memory: wasm.memory.buffer.byteLength,
    };
  } finally {
    reader.free();
    file?.close();
  }
}

function failed(reason: string): ReadReply {
  return { type: 'failed', reason: reason.slice(0, 200), memory: wasm.memory.buffer.byteLength };
}

/** The module's own words: `C2pa(JumbfNotFound)`, `C2pa(RemoteManifestUrl("https://…"))`. */
function refusal(error: unknown): ReadReply {
  const reason = String(error);
  const memory = wasm.memory.buffer.byteLength;
  if (reason.startsWith('C2pa(JumbfNotFound')) return { type: 'nothing', memory };
  if (reason.startsWith('C2pa(RemoteManifestUrl')) return { type: 'remote', memory };
  return failed(reason);
}

answerQuestions<ReadRequest, ReadReply>(async (request) => {
  try {
    return await read(request);
  } catch (error) {
    // After a trap the module's memory may be in any state: this thread has seen its last file.
    if (error instanceof WebAssembly.RuntimeError) throw error;
    return refusal(error);
  }
});
