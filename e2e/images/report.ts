/** Says that something took place, with its seconds, once the returned function is called. */
export function report(what: string): (detail?: string) => void {
  const start = performance.now();
  return (detail) => {
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
    console.log(`${seconds} s  ${what}${detail === undefined ? '' : `: ${detail}`}`);
  };
}
