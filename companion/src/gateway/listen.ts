import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Waits until a server listens, or fails. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // Exclusive: on Windows another program could otherwise share the port.
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      const address = server.address() as AddressInfo;
      resolve(address.port);
    });
  });
}

/** Ends a server and its connections. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
