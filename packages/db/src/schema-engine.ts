import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import type { DatabaseError, QueryResult } from "pg";
import { mended } from "./mended-script.ts";
import { connectingTo } from "./server-client.ts";
import { connectionLimitedTo } from "./statement-limit.ts";

/** What the package's JavaScript half offers beside the class: the hooks a bundler would wire up. */
interface Bindings {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

/**
 * Kept where all copies of this file find it, which bundlers and Vitest make: the JavaScript half is
 * one for the process and can serve one WebAssembly half only.
 */
const shared = globalThis as { [key: symbol]: Promise<Bindings> | undefined };
const bindingsKey = Symbol.for("taskbridge.schema-engine");

/**
 * Prisma's schema engine, the one behind `prisma migrate`, as WebAssembly: its native form is
 * downloaded at first use from a host that not every machine reaches.
 *
 * Its entry point imports the `.wasm` file, which Node 20 cannot, so the two halves are joined here.
 */
async function loadBindings(): Promise<Bindings> {
  // Where the engine leaves its last words when it gives up.
  const panics = { set_message: (message: string) => throwPanic(message) };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics });
  // Asked for in a way that bundlers leave alone: the path is needed as it is when this runs.
  const { resolve } = process.getBuiltinModule("node:module").createRequire(import.meta.url);
  const script = resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const [module, wasm] = await Promise.all([
    import(/* webpackIgnore: true */ /* turbopackIgnore: true */ pathToFileURL(script).href),
    readFile(script.replace(/\.js$/, ".wasm")),
  ]);
  const compiled = await WebAssembly.compile(wasm);
  const imports = WebAssembly.Module.imports(compiled).map((entry) => [entry.module, module]);
  const instance = await WebAssembly.instantiate(compiled, Object.fromEntries(imports));
  module.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return module;
}

function throwPanic(message: string): never {
  throw new Error(`Prisma's schema engine gave up: ${message}`);
}

/** Runs `work` with an engine on the database at `url`, over one connection of its own. */
export async function withSchemaEngine<T>(
  url: string,
  work: (engine: SchemaEngine) => Promise<T>,
  datamodel?: string,
): Promise<T> {
  shared[bindingsKey] ??= loadBindings();
  const { SchemaEngine } = await shared[bindingsKey];
  const adapter = new EngineAdapter(url);
  const engine = await SchemaEngine.new(
    { datamodels: datamodel === undefined ? undefined : [["schema.prisma", datamodel]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await adapter.dispose();
  }
}

type Adapter = Awaited<ReturnType<SqlMigrationAwareDriverAdapterFactory["connect"]>>;

/** The type of one-byte columns in PostgreSQL's own catalogs, and text. */
const charOid = 18;
const textOid = 25;

/** The adapter, made fit for the schema engine. */
class EngineAdapter extends PrismaPg {
  readonly #opened: Adapter[] = [];

  constructor(url: string) {
    super({
      ...{ ...connectingTo(url), max: 1, connectionTimeoutMillis: 5_000 },
      // A migration takes its time, whatever limit the role has.
      onConnect: (client) =>
        client.query(`SELECT ${connectionLimitedTo(client, 0)}`).then(() => {}),
    });
  }

  override async connect() {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();

    // The adapter would cut a script at every semicolon, in strings and function bodies too. Sent
    // whole it means what it says, and is one transaction: what fails half-way leaves nothing behind.
    const query = pool.query.bind(pool) as (request: unknown) => Promise<QueryResult>;
    adapter.executeScript = async (script) => {
      await query(mended(script)).catch((error: DatabaseError) => {
        const { code = "", severity = "ERROR", message, detail, column, hint } = error;
        const mapped = { kind: "postgres" as const, code, severity, message, detail, column, hint };
        throw new DriverAdapterError({ ...mapped, originalCode: code, originalMessage: message });
      });
    };

    // The engine reads the catalogs, and the adapter refuses a type that is found only there. It is
    // shown text instead, and the engine the character that it expects.
    const characters = new WeakMap<unknown[], number[]>();
    const readable = async (request: unknown) => {
      const result = await query(request);
      const found = result.fields.flatMap((field, i) => (field.dataTypeID === charOid ? i : []));
      for (const field of result.fields) {
        if (field.dataTypeID === charOid) field.dataTypeID = textOid;
      }
      characters.set(result.rows, found);
      return result;
    };
    pool.query = readable as typeof pool.query;
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (request) => {
      const result = await queryRaw(request);
      for (const column of characters.get(result.rows) ?? []) {
        result.columnTypes[column] = ColumnTypeEnum.Character;
        for (const row of result.rows) row[column] ||= "\0";
      }
      return result;
    };

    this.#opened.push(adapter);
    return adapter;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#opened.map((adapter) => adapter.dispose()));
  }
}
