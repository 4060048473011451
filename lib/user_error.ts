/** A failure that the user can mend: its message is the one sentence to show. */
export class UserError extends Error {
  override readonly name = "UserError";
}
