import type { Language } from "../../src/preferences/preferences.ts";

interface Words {
  passport: string;
  call: string;
  plants: string;
  report: string;
  table: string;
  notes: string;
  home: string;
  work: string;
  today: string;
  tomorrow: string;
  friday: string;
  fridayShown: string;
}

/** What somebody has to do, and how they write it. */
export const words: Record<Language, Words> = {
  en: {
    passport: "Renew the passport",
    call: "Call Grace about the numbers",
    plants: "Water the plants",
    report: "Write the report",
    table: "Book a table",
    notes: "Numbers of the third quarter.\nAsk Grace for hers.",
    home: "home",
    work: "work",
    today: "today",
    tomorrow: "tomorrow",
    friday: "fri",
    fridayShown: "Friday",
  },
  de: {
    passport: "Reisepass verlängern",
    call: "Grete wegen der Zahlen anrufen",
    plants: "Blumen gießen",
    report: "Bericht schreiben",
    table: "Tisch bestellen",
    notes: "Zahlen des dritten Quartals.\nGrete nach ihren fragen.",
    home: "zuhause",
    work: "arbeit",
    today: "heute",
    tomorrow: "morgen",
    friday: "fr",
    fridayShown: "Freitag",
  },
};
