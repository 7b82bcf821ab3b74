import type { ServerOptions } from '@modelcontextprotocol/sdk/server/index.js';
import type { CallToolResult, ListToolsResult } from '@modelcontextprotocol/sdk/types.js';
import { version } from '../../emulator/version.js';
import { findProblems, problemText } from '../../schemas/problem.js';
import type { Wallet } from '../../sdk/client/wallet.js';
import { inEnglish } from '../../texts/write-text.js';
import { chooseRemoteWallet, type RemoteFlags } from '../remote-wallet.js';
import { type Tool, tools } from './tools.js';

const instructions =
  'billetera emulates a super-app wallet. Read the journal first when a call failed: `reason` says why. The ids of merchants and users are in list_records.';

/** The server asks the assistant's user nothing, so it has no answer to check. The SDK's own validator is not in the package. */
const jsonSchemaValidator: NonNullable<ServerOptions['jsonSchemaValidator']> = {
  getValidator: () => {
    throw new Error('billetera asks the user nothing');
  },
};

/**
 * Serves the control API of a running emulator to an assistant, by the Model Context Protocol over stdin and stdout. It ends when
 * stdin ends. The emulator may start later: a call without one fails with the reason.
 * @throws Error in one line if the URL is invalid
 */
export async function mcp(flags: RemoteFlags): Promise<void> {
  const { wallet } = chooseRemoteWallet(flags, process.env);
  const [{ Server }, { StdioServerTransport }, { CallToolRequestSchema, ListToolsRequestSchema }] = await Promise.all([
    import('@modelcontextprotocol/sdk/server/index.js'),
    import('@modelcontextprotocol/sdk/server/stdio.js'),
    import('@modelcontextprotocol/sdk/types.js'),
  ]);
  const server = new Server({ name: 'billetera', version }, { capabilities: { tools: {} }, instructions, jsonSchemaValidator });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(toolModel) }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => callTool(wallet, params.name, params.arguments ?? {}));
  await server.connect(new StdioServerTransport());
}

function toolModel({ name, description, input, readsOnly }: Tool): ListToolsResult['tools'][number] {
  return {
    ...{ name, description },
    inputSchema: input as unknown as ListToolsResult['tools'][number]['inputSchema'],
    annotations: { readOnlyHint: readsOnly, destructiveHint: name === 'reset', openWorldHint: false },
  };
}

/** A failed call is a result too, so that the assistant reads why. */
async function callTool(wallet: Wallet, name: string, input: unknown): Promise<CallToolResult> {
  const tool = tools.find((tool) => tool.name === name);
  if (tool === undefined) return failure(`unknown tool ${name}: expected one of ${tools.map(({ name }) => name).join(', ')}`);
  const [problem] = findProblems(tool.input, input);
  if (problem !== undefined) return failure(inEnglish(problemText(problem, 'the-record')));
  try {
    return { content: [{ type: 'text', text: JSON.stringify(await tool.run(wallet, input), null, 2) }] };
  } catch (error) {
    return failure((error as Error).message);
  }
}

function failure(text: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text }] };
}
