// Loaded once and for good: by the first test that needs it, it would be taken for a leak.
import "./libc_loaded.ts";
import { machineCalls } from "../../lib/doctor/machine_calls.ts";

machineCalls();
