/** The grammar of k8s.io/apimachinery/pkg/api/resource, without the signs, which no resource request may have. */
const QUANTITY = /^(?<number>\d+(\.\d*)?|\.\d+)(?<suffix>[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** The number that a Kubernetes quantity stands for (cores, bytes), or `undefined` where it is none. */
export function parseQuantity(text: string): number | undefined {
  const groups = QUANTITY.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const suffix = groups.suffix ?? '';
  const number = Number(groups.number);
  if (/^[eE][+-]?\d/.test(suffix)) return number * 10 ** Number(suffix.slice(1));
  if (BINARY.includes(suffix)) return number * 1024 ** (BINARY.indexOf(suffix) + 1);
  return number * 1000 ** (DECIMAL.indexOf(suffix) - DECIMAL.indexOf(''));
}
