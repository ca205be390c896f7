// An independent reading of a quiz in GIFT, by gift-pegjs.
//
// Run: node read_gift.mjs FILE
//
// Prints JSON, one entry for each category and question in the order of the file; for a question
// its id, name, text and format, its answers with their shares in per cent (`null` where the
// file has none), and what everybody reads afterwards. Ends with 1 and the parser's own reason
// where the file is no GIFT.
import { readFileSync } from "node:fs";
import process from "node:process";

import gift from "gift-pegjs";

const [, , path] = process.argv;

const answer = ({ isCorrect, weight, text }) => ({
  right: isCorrect,
  share: weight,
  text: text.text,
  format: text.format,
});

const entry = (part) =>
  part.type === "Category"
    ? { kind: part.type, title: part.title.trim() }
    : {
        kind: part.type,
        id: part.id,
        title: part.title,
        text: part.stem.text,
        format: part.stem.format,
        answers: part.choices.map(answer),
        afterwards: part.globalFeedback?.text ?? null,
      };

try {
  const parts = gift.parse(readFileSync(path, "utf8"));
  process.stdout.write(JSON.stringify(parts.map(entry)));
} catch (error) {
  const at = error.location ? ` at line ${error.location.start.line}` : "";
  process.stderr.write(`${error.message}${at}\n`);
  process.exitCode = 1;
}
