import { Head, Header, type PageProps } from "../page/document.tsx";
import type { OpenApi, OpenApiOperation } from "./openapi.ts";
import { OperationView } from "./operation_view.tsx";
import { Properties, TypeName } from "./schema_view.tsx";

interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
}

/** The description of the API for people, in English; it needs no script. */
export function DocsPage(
  { document, texts, asset }: Pick<PageProps, "texts" | "asset"> & { readonly document: OpenApi },
) {
  const { info, tags, components } = document;
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Route => ({ method, path, operation }))
  );
  const sections = tags.map((tag) => ({
    ...tag,
    routes: routes.filter(({ operation }) => operation.tags.includes(tag.name)),
  })).filter(({ routes }) => routes.length > 0);
  return (
    <html lang="en">
      <Head title="MCCE: API" description={info.description} asset={asset} bundle="docs" />
      <body class="docs">
        <Header texts={texts} current="docs" />
        <main>
          <h1>API</h1>
          <p>{info.description}</p>
          <p>
            Version {info.version}; for programs as <a href="/openapi.json">OpenAPI 3.1</a>.
          </p>
          <Contents sections={sections} />
          {sections.map(({ name, description, routes }) => (
            <section aria-labelledby={`tag-${name}`}>
              <h2 id={`tag-${name}`}>{description}</h2>
              {routes.map((route) => (
                <OperationView
                  key={route.operation.operationId}
                  {...route}
                />
              ))}
            </section>
          ))}
          <Schemas schemas={components.schemas} />
        </main>
      </body>
    </html>
  );
}

function Contents(
  { sections }: {
    readonly sections: readonly { readonly name: string; readonly routes: readonly Route[] }[];
  },
) {
  return (
    <nav class="contents" aria-label="Routes">
      <ul>
        {sections.flatMap(({ routes }) => routes).map(({ method, path, operation }) => (
          <li>
            <a href={`#${operation.operationId}`}>
              <span class="method">{method.toUpperCase()}</span> <code>{path}</code>
            </a>{" "}
            {operation.summary}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Schemas({ schemas }: { readonly schemas: OpenApi["components"]["schemas"] }) {
  return (
    <section aria-labelledby="schemas">
      <h2 id="schemas">What the answers are made of</h2>
      {Object.entries(schemas).map(([name, schema]) => (
        <article id={`schema-${name}`} aria-labelledby={`schema-${name}-title`}>
          <h3 id={`schema-${name}-title`}>
            <code>{name}</code>
          </h3>
          {schema.items && (
            <p>
              <TypeName schema={schema} />
            </p>
          )}
          {schema.description && <p>{schema.description}</p>}
          <Properties schema={schema} />
        </article>
      ))}
    </section>
  );
}
