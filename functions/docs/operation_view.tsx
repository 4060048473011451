import type { OpenApiOperation, OpenApiResponse } from "./openapi.ts";
import type { Parameter } from "./operation.ts";
import { Properties, TypeName } from "./schema_view.tsx";

/** One method of one path: what it takes and what it answers. */
export function OperationView(
  { method, path, operation }: {
    readonly method: string;
    readonly path: string;
    readonly operation: OpenApiOperation;
  },
) {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  const body = Object.entries(requestBody?.content ?? {});
  return (
    <article id={operationId} aria-labelledby={`${operationId}-title`}>
      <h3 id={`${operationId}-title`}>
        <span class="method">{method.toUpperCase()}</span> <code>{path}</code>
      </h3>
      <p>{summary}.</p>
      {description && <p>{description}</p>}
      {parameters && <Parameters parameters={parameters} />}
      {body.map(([type, { schema, example }]) => (
        <>
          <h4>Body</h4>
          <p>
            {requestBody?.description}: <code>{type}</code>
          </p>
          <Properties schema={schema} />
          <Example value={example} />
        </>
      ))}
      <h4>Answers</h4>
      {Object.entries(responses).map(([status, response]) => (
        <Response status={status} response={response} />
      ))}
    </article>
  );
}

function Parameters({ parameters }: { readonly parameters: readonly Parameter[] }) {
  return (
    <>
      <h4>Parameters</h4>
      <dl class="properties">
        {parameters.map(({ name, required, description, schema, example }) => (
          <div>
            <dt>
              <code>{name}</code> <small>{required ? "needed, " : null}</small>
              <small>
                <TypeName schema={schema} />
              </small>
            </dt>
            <dd>
              {description}
              {schema.default !== undefined && `; ${schema.default} unless it is given`}
              {example !== undefined && (
                <>
                  . Example: <code>{example}</code>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Errors are folded up, since they look alike. */
function Response(
  { status, response }: { readonly status: string; readonly response: OpenApiResponse },
) {
  const { description, headers, content, "x-events": events } = response;
  return (
    <details open={status.startsWith("2")}>
      <summary>
        <strong>{status}</strong> {description}
      </summary>
      {Object.entries(content ?? {}).map(([type, { schema, example }]) => (
        <>
          <p>
            <code>{type}</code> <TypeName schema={schema} />
          </p>
          <Example value={example} />
        </>
      ))}
      {events && (
        <p>
          Events: {Object.entries(events).map(([name, schema]) => (
            <span class="word">
              <code>{name}</code> <TypeName schema={schema} />
            </span>
          ))}
        </p>
      )}
      {headers && (
        <p>
          Headers: {Object.keys(headers).map((name) => <code key={name} class="word">{name}</code>)}
        </p>
      )}
    </details>
  );
}

function Example({ value }: { readonly value: unknown }) {
  if (value === undefined) return null;
  const text = typeof value === "string" ? value.trimEnd() : JSON.stringify(value, null, 2);
  return (
    // A wide line is scrolled to, by keyboard as well.
    <pre tabindex={0} role="group" aria-label="Example"><code>{text}</code></pre>
  );
}
