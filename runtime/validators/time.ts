/*
 * Dates and times of RFC 3339, stricter than Date.parse: real days of the calendar, an offset always, 0 to 9 fraction digits.
 */

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:[Zz]|[+-](\d{2}):(\d{2}))$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 0000-01-01 and 9999-12-31, as milliseconds: years outside have no four digits. */
const FIRST = -62_167_219_200_000;
const LAST = 253_402_300_799_999;

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
}

/** Whether the text is a day, `2026-02-28`. */
export function isDate(text: string): boolean {
  const parts = DATE.exec(text);
  if (parts === null) return false;
  const day = Number(parts[3]);
  return day >= 1 && day <= daysIn(Number(parts[1]), Number(parts[2]));
}

/** Whether the text is a time of day with its offset, `09:30:00.5+02:00`. There are no leap seconds: a Date holds none. */
export function isTime(text: string): boolean {
  const parts = TIME.exec(text);
  if (parts === null) return false;
  const [, hour, minute, second, offsetHour = "0", offsetMinute = "0"] = parts;
  return (
    [hour, offsetHour].every((each) => Number(each) < 24) &&
    [minute, second, offsetMinute].every((each) => Number(each) < 60)
  );
}

/** Whether the text is a moment that lies, in UTC, in the years 0000 to 9999. */
export function isDateTime(text: string): boolean {
  const separator = text[10];
  if ((separator !== "T" && separator !== "t") || !isDate(text.slice(0, 10)) || !isTime(text.slice(11))) return false;
  const milliseconds = Date.parse(text.toUpperCase());
  return milliseconds >= FIRST && milliseconds <= LAST;
}
