import type ICAL from "ical.js";

const addressOf = (property: ICAL.Property) => String(property.toJSON()[3] ?? "");

/** Whether a file stands within the calendar, which notes are no place for, and not its address. */
export const isInFile = (property: ICAL.Property) =>
  property.type === "binary" ||
  /^base64$/i.test(String(property.getFirstParameter("encoding") ?? "")) ||
  /^data:/i.test(addressOf(property));

const names = ["filename", "x-filename", "x-apple-filename", "x-label", "fmttype"];

/** An attachment's address, or what is told of a file that stands within the calendar. */
export const attachmentText = (property: ICAL.Property) =>
  isInFile(property)
    ? String(names.map((name) => property.getFirstParameter(name)).find(Boolean) ?? "")
    : addressOf(property);
