import type { MeterPort } from "./port.ts";
import { openSerial } from "./serial.ts";
import { openTcp } from "./tcp.ts";

/**
 * Opens what `SERIAL_PORT` names: `tcp://host:port`, or the path of a tty.
 * @param signal gives up an attempt that takes long; the error is its reason then
 * @throws PortError
 */
export async function openPort(address: string, signal?: AbortSignal): Promise<MeterPort> {
  return address.startsWith("tcp://") ? await openTcp(address, signal) : openSerial(address);
}
