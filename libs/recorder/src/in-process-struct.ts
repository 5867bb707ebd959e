import { type JavaScriptValue, Struct } from 'google-protobuf/google/protobuf/struct_pb';

type Values = Record<string, JavaScriptValue>;

/**
 * A protobuf `Struct` that keeps its values as they are. The messages of a recording never leave the process: to bring
 * them into the wire's form and back is a quarter of what a recording takes.
 */
class InProcessStruct extends Struct {
  readonly #values: Values;

  constructor(values: Values) {
    super();
    this.#values = values;
  }

  override toJavaScript(): Values {
    return this.#values;
  }
}

/**
 * What `Struct.fromJavaScript` makes of values and `toJavaScript` gives back: a copy with its keys in order.
 *
 * @throws What `Struct.fromJavaScript` throws for a value that no message may hold, such as `undefined` in a list.
 */
export function inProcessStruct(values: Values): Struct {
  return new InProcessStruct(copy(values) as Values);
}

/**
 * Lets the SDK, too, make its structs in this way.
 *
 * @returns Ends it.
 */
export function keepStructsInProcess(): () => void {
  const structs: { fromJavaScript: typeof inProcessStruct } = Struct;
  const { fromJavaScript } = structs;
  structs.fromJavaScript = inProcessStruct;
  return () => {
    structs.fromJavaScript = fromJavaScript;
  };
}

function copy(value: JavaScriptValue): JavaScriptValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'object': {
      if (value === null) return null;
      if (Array.isArray(value)) return value.map(copy);
      const sorted: Values = {};
      // A protobuf map hands its keys out in this order.
      for (const key of Object.keys(value).sort())
        sorted[key] = copy((value as Values)[key] as JavaScriptValue);
      return sorted;
    }
    default:
      throw new Error('Unexpected struct type.');
  }
}
