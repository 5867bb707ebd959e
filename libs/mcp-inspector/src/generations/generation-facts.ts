/** What is true of one generation's image, found in its source and by running it. */
export interface GenerationFacts {
  /** Every port that a browser needs, by what it serves. The page computes addresses from them: forward equal numbers. */
  readonly ports: Readonly<Record<string, number>> & { readonly ui: number };
  /** The variable that holds the token. */
  readonly tokenVariable: string;
  /** The variables beyond those that both generations share. */
  readonly env: Readonly<Record<string, string>>;
  /** Replaces the image's CMD; absent where the image's is right. */
  readonly args?: (serverUrl: string) => readonly string[];
  /** What answers 200 without a token as long as the inspector works. */
  readonly healthUrl: string;
  /** The only path that it may write to. */
  readonly writable: { readonly volume: string; readonly mountPath: string };
  /** What to open in a browser, without the token. */
  readonly page: (serverUrl: string) => URL;
  /** The parameter of the page that takes the token; absent where the page brings it along. */
  readonly tokenParameter?: string;
}
