// An independent reading of a calendar, by ical.js.
//
// ical.js has no zone database of its own, so a time is worth exactly what the VTIMEZONEs of the
// file say. What ical.js would guess about times in silence is refused here: a TZID without
// VTIMEZONE (it would float), a time before the first observance (it would be UTC), a date that
// does not exist (it would roll over to another day).
//
// node read_ics.mjs FEED.ics
// prints JSON: {"calendar": {property: [value, …]}, "events": [{uid, summary, start, …}]}.
// A file that cannot be read ends it with status 1 and the reason on stderr.

import { readFileSync } from "node:fs";
import process from "node:process";
import ICAL from "ical.js";

function refuse(reason) {
  throw new Error(reason);
}

// The one VCALENDAR of a file; a byte order mark or a byte that is not UTF-8 is refused.
function openCalendar(path) {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
    readFileSync(path),
  );
  if (!text.startsWith("BEGIN:VCALENDAR")) refuse("the file does not begin with BEGIN:VCALENDAR");
  const parsed = ICAL.parse(text);
  if (parsed[0] !== "vcalendar") refuse("the file holds more than one VCALENDAR");
  return new ICAL.Component(parsed);
}

// Makes the file's zones known to ical.js, which reads them when it first decodes a time.
// Returns from which local time on each zone says anything.
function registerZones(calendar) {
  const begins = new Map();
  for (const component of calendar.getAllSubcomponents("vtimezone")) {
    const tzid = component.getFirstPropertyValue("tzid");
    if (!tzid) refuse("a VTIMEZONE has no TZID");
    if (begins.has(tzid)) refuse(`there are two VTIMEZONEs for ${tzid}`);
    const observances = component.getAllSubcomponents();
    if (observances.length === 0) refuse(`the VTIMEZONE of ${tzid} has no observance`);
    for (const observance of observances) {
      for (const name of ["dtstart", "tzoffsetfrom", "tzoffsetto"]) {
        // ical.js would skip the whole observance.
        if (!observance.hasProperty(name)) {
          refuse(`an observance of ${tzid} has no ${name.toUpperCase()}`);
        }
      }
      checkTimes(observance, begins);
    }
    begins.set(
      tzid,
      observances.map((one) => one.getFirstPropertyValue("dtstart").toString()).sort()[0],
    );
    ICAL.TimezoneService.register(component);
  }
  return begins;
}

// Refuses every time of a component that ical.js would have to guess.
function checkTimes(component, begins) {
  for (const property of component.getAllProperties()) {
    const name = property.name.toUpperCase();
    const tzid = property.getParameter("tzid");
    if (tzid !== undefined && !begins.has(tzid)) {
      refuse(`${name} names the zone ${tzid}, which has no VTIMEZONE in the file`);
    }
    if (property.type !== "date" && property.type !== "date-time") continue;
    // The raw jCal value is what the file says, the decoded one what ical.js makes of it.
    const written = property.toJSON().slice(3);
    property.getValues().forEach((time, index) => {
      if (time.toString() !== written[index]) {
        refuse(`${name} says ${written[index]}, which is no date or time`);
      }
      if (tzid !== undefined && written[index] < begins.get(tzid)) {
        refuse(`${name} says ${written[index]}, before the first observance of ${tzid}`);
      }
    });
  }
  for (const child of component.getAllSubcomponents()) {
    if (child.name !== "vtimezone") checkTimes(child, begins);
  }
}

function pad(number) {
  return String(number).padStart(2, "0");
}

// A date for a date, a UTC instant (with Z) for a time, a time without Z for one that floats.
function written(time) {
  if (time.isDate || time.zone === ICAL.Timezone.localTimezone) return time.toString();
  const utc = time.convertToZone(ICAL.Timezone.utcTimezone);
  return (
    `${String(utc.year).padStart(4, "0")}-${pad(utc.month)}-${pad(utc.day)}` +
    `T${pad(utc.hour)}:${pad(utc.minute)}:${pad(utc.second)}Z`
  );
}

function readCalendarProperties(calendar) {
  const found = {};
  for (const property of calendar.getAllProperties()) {
    (found[property.name] ??= []).push(...property.getValues().map(String));
  }
  return found;
}

function readEvent(component) {
  const event = new ICAL.Event(component);
  const first = (name) => component.getFirstPropertyValue(name);
  if (!event.uid) refuse("a VEVENT has no UID");
  if (!event.startDate) refuse(`the VEVENT ${event.uid} has no DTSTART`);
  return {
    uid: event.uid,
    summary: first("summary"),
    description: first("description"),
    location: first("location"),
    status: first("status"),
    sequence: first("sequence"),
    all_day: event.startDate.isDate,
    start: written(event.startDate),
    end: written(event.endDate),
    tzid: component.getFirstProperty("dtstart").getParameter("tzid") ?? null,
    categories: component.getAllProperties("categories").flatMap((one) => one.getValues()),
    geo: first("geo"),
    url: first("url"),
  };
}

try {
  const [path, ...more] = process.argv.slice(2);
  if (path === undefined || more.length > 0) refuse("usage: node read_ics.mjs FEED.ics");
  const calendar = openCalendar(path);
  checkTimes(calendar, registerZones(calendar));
  const feed = {
    calendar: readCalendarProperties(calendar),
    events: calendar.getAllSubcomponents("vevent").map(readEvent),
  };
  process.stdout.write(`${JSON.stringify(feed, null, 2)}\n`);
} catch (error) {
  process.stderr.write(`read_ics.mjs: ${error.message}\n`);
  process.exitCode = 1;
}
