/** A drawing that differs from record to record, in place of a picture. @param width of the drawing, in pixels */
export function drawing(id: string, width = 320): string {
  const hue = [...id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 213" width="${width}" height="${(width * 213) / 320}"><defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1"><stop stop-color="hsl(${hue} 60% 70%)"/><stop offset="1" stop-color="hsl(${(hue + 60) % 360} 50% 40%)"/></linearGradient></defs><rect width="320" height="213" fill="url(#g)"/><circle cx="${60 + (hue % 200)}" cy="70" r="28" fill="hsl(${hue} 80% 90%)"/><path d="M0 213V150l80-60 60 50 70-80 110 110v43z" fill="hsl(${hue} 30% 25%)"/></svg>`;
}
