import type { Bindable } from "./bindable.ts";

/** What most packets have room in; Node cuts it out of a larger piece. */
const USUAL_LENGTH = 1_024;

/**
 * Messages to PostgreSQL, one after the other in one piece of memory. A stream that is handed each by
 * itself spends more time on them than on all that is in them.
 */
export class Packet {
  #bytes = Buffer.allocUnsafe(USUAL_LENGTH);
  #length = 0;

  /** Forgets a statement, if there is one of this name. */
  close(name: string): void {
    const start = this.#begin("C");
    this.#byte("S");
    this.#line(name);
    this.#end(start);
  }

  parse(name: string, text: string): void {
    const start = this.#begin("P");
    this.#line(name);
    this.#line(text);
    this.#int16(0);
    this.#end(start);
  }

  /** Gives the unnamed portal a statement and its parameters: texts, or bytes as they are. */
  bind(name: string, values: readonly Bindable[]): void {
    const start = this.#begin("B");
    this.#line("");
    this.#line(name);
    this.#int16(values.length);
    for (const value of values) this.#int16(value instanceof Buffer ? 1 : 0);
    this.#int16(values.length);
    for (const value of values) this.#value(value);
    // All columns as text.
    this.#int16(0);
    this.#end(start);
  }

  /** Asks which columns the unnamed portal has. */
  describe(): void {
    const start = this.#begin("D");
    this.#byte("P");
    this.#line("");
    this.#end(start);
  }

  execute(): void {
    const start = this.#begin("E");
    this.#line("");
    this.#int32(0);
    this.#end(start);
  }

  sync(): void {
    this.#end(this.#begin("S"));
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #begin(type: string): number {
    this.#byte(type);
    this.#int32(0);
    return this.#length - 4;
  }

  /** The length of a message counts itself, but not the type. */
  #end(start: number): void {
    this.#bytes.writeInt32BE(this.#length - start, start);
  }

  #byte(letter: string): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = letter.charCodeAt(0);
  }

  #int16(value: number): void {
    this.#reserve(2);
    this.#length = this.#bytes.writeUInt16BE(value, this.#length);
  }

  #int32(value: number): void {
    this.#reserve(4);
    this.#length = this.#bytes.writeInt32BE(value, this.#length);
  }

  /** A text that ends with a zero. */
  #line(text: string): void {
    this.#text(text);
    this.#reserve(1);
    this.#bytes[this.#length++] = 0;
  }

  #text(text: string): number {
    this.#reserve(3 * text.length);
    const written = this.#bytes.write(text, this.#length);
    this.#length += written;
    return written;
  }

  #value(value: Bindable): void {
    const start = this.#length;
    this.#int32(-1);
    if (value === null) return;
    if (typeof value === "string") {
      // First the text: the memory may be another afterwards.
      const length = this.#text(value);
      this.#bytes.writeInt32BE(length, start);
      return;
    }
    this.#reserve(value.length);
    this.#length += value.copy(this.#bytes, this.#length);
    this.#bytes.writeInt32BE(value.length, start);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
