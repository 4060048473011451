import fc from "fast-check";

const LAST_CODE_POINT = 0x10ffff;
const SURROGATES = { first: 0xd800, last: 0xdfff };

const codePoint = fc.oneof(
  fc.integer({ min: 0, max: 0xff }),
  fc.integer({ min: 0, max: LAST_CODE_POINT })
    .filter((code) => code < SURROGATES.first || code > SURROGATES.last),
).map((code) => String.fromCodePoint(code));

/**
 * Text of any code points but lone surrogates, those below 256 more often. fast-check's own unit `binary` is the same, but
 * takes 2.5 s of a core to begin with.
 */
export const anyText = fc.string({ unit: codePoint });
