/** An MCP server by the Service that its clients reach it through. */
export interface ServerReference {
  readonly stack: string;
  readonly namespace: string;
  /** Name of the Service. */
  readonly name: string;
}
