import type { JsonSchema } from "./schema.ts";

const NULL: JsonSchema = { type: "null" };

/** What a value is: `integer, string or null`, a link to a named schema, or words of which one must stand. */
export function TypeName({ schema }: { readonly schema: JsonSchema }) {
  const { $ref, anyOf, items, enum: words, const: constant, pattern } = schema;
  if ($ref) return <SchemaLink name={$ref.split("/").at(-1) ?? ""} />;
  if (anyOf) {
    return (
      <>
        {anyOf.map((one, i) => (
          <>
            {i > 0 && " or "}
            <TypeName schema={one} />
          </>
        ))}
      </>
    );
  }
  if (items) {
    return (
      <>
        array of <TypeName schema={items} />
      </>
    );
  }
  if (constant !== undefined) return <code>{JSON.stringify(constant)}</code>;
  if (words) return <>{words.map((word) => <code key={word} class="word">{String(word)}</code>)}</>;
  return (
    <span title={pattern}>
      {typeof schema.type === "string" ? schema.type : schema.type?.join(" or ") ?? "any"}
    </span>
  );
}

/** The keys of an object, those of objects in it below their own. */
export function Properties({ schema }: { readonly schema: JsonSchema }) {
  const { properties, additionalProperties } = inner(schema);
  const required = new Set(inner(schema).required);
  if (!properties) {
    return typeof additionalProperties === "object"
      ? (
        <p>
          Any name: <TypeName schema={additionalProperties} />
        </p>
      )
      : null;
  }
  return (
    <dl class="properties">
      {Object.entries(properties).map(([name, property]) => (
        <div>
          <dt>
            <code>{name}</code> <small>{required.has(name) ? null : "may be absent, "}</small>
            <small>
              <TypeName schema={property} />
            </small>
          </dt>
          <dd>
            {meaning(property)}
            <Properties schema={property} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function SchemaLink({ name }: { readonly name: string }) {
  return <a href={`#schema-${name}`}>{name}</a>;
}

/** Of what may be `null` or stands in an array, that which is described. */
function inner(schema: JsonSchema): JsonSchema {
  const some = schema.anyOf?.find(({ type }) => type !== NULL.type);
  return some ?? (schema.items ? inner(schema.items) : schema);
}

/** What is said of the value, and of what it is where it is not `null` or stands in an array. */
function meaning(schema: JsonSchema): string {
  const said = [inner(schema).description, schema.description].filter((one) => one !== undefined);
  return [...new Set(said)].join("; ");
}
