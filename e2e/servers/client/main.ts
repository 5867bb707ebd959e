/** The official SDK's client, driven by JSON texts on its standard input. It runs in a pod. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { createInterface } from 'node:readline';
import type { Answer, Answers, Operation } from './protocol.js';
import { StreamRecord } from './stream-record.js';

const record = new StreamRecord();
const notifications: string[] = [];
const errors: string[] = [];
const client = new Client({ name: 'mcp-stacks-e2e', version: '0.0.0' });
client.fallbackNotificationHandler = ({ method }) => {
  notifications.push(method);
  return Promise.resolve();
};
client.onerror = ({ message }) => {
  errors.push(message);
};

async function carryOut(operation: Operation): Promise<Answers[Operation['do']]> {
  switch (operation.do) {
    case 'connect': {
      const transport = new StreamableHTTPClientTransport(new URL(operation.url), {
        requestInit: { headers: operation.headers },
        fetch: record.fetch,
      });
      await client.connect(transport);
      return {
        server: client.getServerVersion(),
        ...(transport.sessionId !== undefined && { sessionId: transport.sessionId }),
        ...(transport.protocolVersion !== undefined && { protocolVersion: transport.protocolVersion }),
      };
    }
    case 'tools':
      return (await client.listTools()).tools;
    case 'call': {
      let progress = 0;
      const { name, args } = operation;
      const result = await client.callTool({ name, arguments: args }, CallToolResultSchema, {
        onprogress: () => (progress += 1),
        resetTimeoutOnProgress: true,
      });
      return { result: CallToolResultSchema.parse(result), progress };
    }
    case 'state':
      return { streams: record.streams(), notifications, errors };
  }
}

async function answerTo(operation: Operation): Promise<Answer> {
  try {
    return { answer: await carryOut(operation) };
  } catch (error) {
    const { message, code, cause } = error as Error & { code?: number };
    const detail = cause instanceof Error ? `: ${cause.message}` : '';
    return { error: { message: `${message}${detail}`, ...(typeof code === 'number' && { code }) } };
  }
}

async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answerTo(JSON.parse(line) as Operation))}\n`);
  }
  await client.close();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
