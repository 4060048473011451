import { createConnection, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import mqttClient, { type IClientOptions } from "mqtt/lib/client";
import type { StreamBuilder } from "mqtt/lib/shared";
import mqttPacket from "mqtt-packet";

/** A client of a broker, as `mqtt` gives it. */
export type MqttClient = InstanceType<typeof mqttClient.default>;

/** As the ports are registered: `mqtt` and `secure-mqtt`. */
const PORTS: Readonly<Record<string, number>> = { "mqtt:": 1883, "mqtts:": 8883 };

// Else the first message makes all 65,536 numbers of two bytes in advance, which takes 12 MB.
mqttPacket.writeToStream.cacheNumbers = false;

/**
 * Connects to `mqtt://` or `mqtts://`. The library's own `connect` does the same and loads what WebSockets and proxies need
 * with it, 3 MB of memory.
 */
export function openClient(url: string, options: IClientOptions): MqttClient {
  const { protocol, hostname, port, username, password } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const address = { host, port: Number(port) || PORTS[protocol]! };
  const login = {
    ...(username && { username: decoded(username) }),
    ...(password && { password: decoded(password) }),
  };
  // A certificate is for a name; an IP address is none (RFC 6066 section 3).
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const open: StreamBuilder = (client) => {
    const isSecure = protocol === "mqtts:";
    const stream = isSecure ? connectTls({ ...address, ...servername }) : createConnection(address);
    // The library keeps what it does not know to itself, such as a certificate that nobody has signed.
    stream.once("error", (error) => client.emit("error", error));
    return stream;
  };
  return new mqttClient.default(open, { ...options, ...login });
}

/** A user may have left a `%` as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
