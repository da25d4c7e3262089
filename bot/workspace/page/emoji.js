// The few emoji that newsroom messages use; any other name stays as typed.

const NAMES = {
  white_check_mark: "✅", heavy_check_mark: "✔️", warning: "⚠️", x: "❌", question: "❓", exclamation: "❗",
  newspaper: "📰", memo: "📝", pencil: "📝", pencil2: "✏️", mag: "🔍", bell: "🔔", no_bell: "🔕", calendar: "📆", date: "📅",
  clock1: "🕐", hourglass_flowing_sand: "⏳", link: "🔗", bookmark: "🔖", speech_balloon: "💬", bulb: "💡", scroll: "📜",
  information_source: "ℹ️", arrow_right: "➡️", arrow_left: "⬅️", eyes: "👀", wave: "👋", pray: "🙏", thumbsup: "👍", "+1": "👍",
  thumbsdown: "👎", "-1": "👎", heart: "❤️", tada: "🎉", rotating_light: "🚨", globe_with_meridians: "🌐", kr: "🇰🇷", "flag-kr": "🇰🇷",
  "flag-sy": "🇸🇾", "flag-kp": "🇰🇵", "flag-cu": "🇨🇺", "flag-us": "🇺🇸", large_green_circle: "🟢", large_yellow_circle: "🟡",
  red_circle: "🔴", black_circle: "⚫", small_blue_diamond: "🔹", lock: "🔒", inbox_tray: "📥", outbox_tray: "📤", books: "📚",
};

export function emoji(name) {
  return NAMES[name] ?? null;
}
