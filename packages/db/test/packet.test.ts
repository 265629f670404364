import { expect, test } from "vitest";
import { Packet } from "../src/packet.ts";
import { messageLength } from "../src/wire.ts";

/** Each message by itself, as the server takes them apart. */
function messagesOf(packet: Packet): string[] {
  let rest = packet.bytes();
  const messages: string[] = [];
  for (let length = messageLength(rest); length <= rest.length; length = messageLength(rest)) {
    messages.push(rest.toString("latin1", 0, 1) + rest.toString("utf8", 5, length));
    rest = rest.subarray(length);
  }
  expect(rest).toHaveLength(0);
  return messages;
}

test("messages are as the protocol has them", () => {
  const packet = new Packet();
  packet.close("n");
  packet.parse("n", "SELECT 'ä'");
  packet.bind("n", ["ä", null, Buffer.from([1, 0, 2]), ""]);
  packet.describe();
  packet.execute();
  packet.sync();
  expect(messagesOf(packet)).toEqual([
    "CSn\0",
    "Pn\0SELECT 'ä'\0\0\0",
    "B\0n\0\0\x04\0\0\0\0\0\x01\0\0\0\x04\0\0\0\x02ä\ufffd\ufffd\ufffd\ufffd\0\0\0\x03\x01\0\x02\0\0\0\0\0\0",
    "DP\0",
    "E\0\0\0\0\0",
    "S",
  ]);
});

test.each([300, 1_000, 1_024, 5_000, 100_000])("values of %i letters are whole", (length) => {
  const text = "ö".repeat(length);
  const bytes = "\x07".repeat(length);
  const packet = new Packet();
  packet.bind("", [text, Buffer.from(bytes)]);
  packet.parse("", text);
  packet.sync();
  const whole = packet.bytes().toString("latin1");
  const sizes = (size: number) =>
    String.fromCharCode(0, (size >> 16) & 255, (size >> 8) & 255, size & 255);
  const value = sizes(2 * length) + Buffer.from(text).toString("latin1");
  expect(whole).toContain(`${value}${sizes(length)}${bytes}`);
  expect(messagesOf(packet).slice(1)).toEqual([`P\0${text}\0\0\0`, "S"]);
});

test("more parameters than PostgreSQL takes are refused before anything is sent", () => {
  expect(() => new Packet().bind("", new Array(65_536).fill(""))).toThrow(RangeError);
});
