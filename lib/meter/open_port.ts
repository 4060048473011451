import type { MeterPort } from "./port.ts";
import { openSerial } from "./serial.ts";
import { openTcp } from "./tcp.ts";

/**
 * Opens what `SERIAL_PORT` names: `tcp://host:port`, or the path of a tty.
 * @throws PortError
 */
export async function openPort(address: string): Promise<MeterPort> {
  return address.startsWith("tcp://") ? await openTcp(address) : openSerial(address);
}
