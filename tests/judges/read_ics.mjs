// Read calendar files with ical.js and their own VTIMEZONE. In: JSON list of texts on stdin. Out: one JSON object for each.
import fs from "node:fs";
import ICAL from "ical.js";

const most = 60;
const told = JSON.parse(fs.readFileSync(0, "utf8")).map((text) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const component = calendar.getFirstSubcomponent("vevent");
  const event = new ICAL.Event(component);
  const dates = [];
  const iterator = event.iterator();
  const held = [];
  for (let next, n = 0; n < most && (next = iterator.next()); n++) {
    dates.push(next.toJSDate().toISOString());
    const { startDate, endDate } = event.getOccurrenceDetails(next);
    held.push([startDate.toJSDate().toISOString(), endDate.toJSDate().toISOString()]);
  }
  held.sort();
  return {
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    dates,
    held,
    uid: event.uid,
    summary: event.summary,
    location: event.location,
    description: event.description,
    sequence: event.sequence,
    events: calendar.getAllSubcomponents("vevent").length,
    organizer: { name: event.component.getFirstProperty("organizer").getParameter("cn"), address: event.organizer },
    attendees: event.attendees.map((a) => ({
      address: a.getFirstValue(),
      name: a.getParameter("cn"),
      partstat: a.getParameter("partstat"),
      rsvp: a.getParameter("rsvp"),
      role: a.getParameter("role"),
      cutype: a.getParameter("cutype"),
    })),
  };
});
process.stdout.write(JSON.stringify(told));
