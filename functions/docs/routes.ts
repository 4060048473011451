import type { Operation } from "./operation.ts";
import { ACCESS_OPERATIONS } from "./operations/access.ts";
import { ALARM_OPERATIONS } from "./operations/alarm.ts";
import { DESCRIPTION_OPERATIONS } from "./operations/description.ts";
import { EXPORT_OPERATIONS } from "./operations/export.ts";
import { HOUSE_OPERATIONS } from "./operations/house.ts";
import { LIVE_OPERATIONS } from "./operations/live.ts";
import { PAGE_OPERATIONS } from "./operations/pages.ts";
import { QUERY_OPERATIONS } from "./operations/query.ts";
import { ALARM_SCHEMAS } from "./schemas/alarm.ts";
import { HOUSE_SCHEMAS } from "./schemas/house.ts";
import { LIVE_SCHEMAS } from "./schemas/live.ts";
import { QUERY_SCHEMAS } from "./schemas/query.ts";

/** Everything that can be asked of this service. */
export const OPERATIONS: readonly Operation[] = [
  ...LIVE_OPERATIONS,
  ...ALARM_OPERATIONS,
  ...QUERY_OPERATIONS,
  ...EXPORT_OPERATIONS,
  ...HOUSE_OPERATIONS,
  ...ACCESS_OPERATIONS,
  ...PAGE_OPERATIONS,
  ...DESCRIPTION_OPERATIONS,
];

/** The schemas that operations refer to, by name. */
export const SCHEMAS = { ...LIVE_SCHEMAS, ...ALARM_SCHEMAS, ...QUERY_SCHEMAS, ...HOUSE_SCHEMAS };
