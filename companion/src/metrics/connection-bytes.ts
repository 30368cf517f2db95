import type { Server, Socket } from 'node:net';

export interface ConnectionBytes {
  /** Counts what goes over the connections of a server. */
  watch(server: Server): void;
  /** Since the start. */
  totals(): { readonly received: number; readonly sent: number };
}

/** Counts bytes on connections, when somebody asks: nothing is done while they flow. */
export function createConnectionBytes(): ConnectionBytes {
  const open = new Set<Socket>();
  let [received, sent] = [0, 0];
  return {
    watch(server) {
      server.on('connection', (socket: Socket) => {
        open.add(socket);
        socket.once('close', () => {
          open.delete(socket);
          received += socket.bytesRead;
          sent += socket.bytesWritten;
        });
      });
    },
    totals() {
      const now = { received, sent };
      for (const { bytesRead, bytesWritten } of open) {
        now.received += bytesRead;
        now.sent += bytesWritten;
      }
      return now;
    },
  };
}
