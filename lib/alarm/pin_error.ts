import { SystemError } from "../libc.ts";

/** The code of a machine without any pins, to which nobody can have wired a buzzer. */
export const ABSENT = "absent";

/** A pin that cannot be used, in one sentence that names it and the remedy. */
export class PinError extends Error {
  override readonly name = "PinError";

  /** @param code what the kernel said, such as `EACCES`, or {@linkcode ABSENT}; `null` when it said nothing. */
  constructor(message: string, readonly code: string | null = null) {
    super(message);
  }
}

/** Does something with `subject`, such as `Pin 17`; a refusal of the kernel's becomes a {@linkcode PinError}. */
export function withPin<T>(subject: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof SystemError ? refusal(subject, error.code) : error;
  }
}

/** What the kernel's refusal of something with `subject` means. */
export function refusal(subject: string, code: string): PinError {
  return new PinError(`${subject} ${why(code)}`, code);
}

/** The kernel's errnos in words: Documentation/userspace-api/gpio/sysfs.rst, and what its drivers give. */
function why(code: string): string {
  switch (code) {
    case "EACCES":
      return "may not be used: add the user to the gpio group.";
    case "EBUSY":
      return "is held by another driver or program: free it, or choose another in the settings.";
    case "EINVAL":
    case "ENODEV":
    case "ENOENT":
      return "does not exist on this machine: choose another in the settings.";
    case "EPERM":
      return "has been made an input by another program: stop that one.";
    default:
      return `cannot be driven (${code}).`;
  }
}
