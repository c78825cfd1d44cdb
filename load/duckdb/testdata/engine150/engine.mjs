// A session of DuckDB 1.5 for tests, in the same shape as engine100/main.go:
//
//	node engine.mjs PATH read|write
//
// Each line of standard input is one SQL statement and is answered by one line of JSON. The first
// line written answers the opening. The database stays open until the input ends.
import { createInterface } from "node:readline";
import { DuckDBInstance } from "@duckdb/node-api";

const say = (answer) => process.stdout.write(JSON.stringify(answer) + "\n");

const [path, mode] = process.argv.slice(2);
let database, session;
try {
  const access = mode === "write" ? "READ_WRITE" : "READ_ONLY";
  database = await DuckDBInstance.create(path, { access_mode: access });
  session = await database.connect();
  say({ rows: null });
} catch (error) {
  say({ error: error.message });
  process.exit(0);
}
for await (const line of createInterface({ input: process.stdin })) {
  try {
    const rows = await (await session.runAndReadAll(line)).getRows();
    say({ rows: rows.map((row) => row.map((value) => (value === null ? null : String(value)))) });
  } catch (error) {
    say({ error: error.message });
  }
}
session.closeSync();
database.closeSync();
