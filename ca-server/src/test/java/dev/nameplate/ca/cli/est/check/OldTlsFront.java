package dev.nameplate.ca.cli.est.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Passes connections on, but takes TLS 1.0 and 1.1 up itself, as far as the ServerHello. */
final class OldTlsFront implements AutoCloseable {
    private static final int HELLO = 11;

    private final ServerSocket door = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int behind;

    OldTlsFront(int behind) throws IOException {
        this.behind = behind;
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            byte[] begin = client.getInputStream().readNBytes(HELLO);
            if (begin.length == HELLO && begin[0] == 22 && begin[9] == 3 && begin[10] < 3) {
                client.getOutputStream().write(new byte[] {22, 3, begin[10], 0, 42, 2, 0, 0, 38, 3, begin[10]});
                client.getOutputStream().flush();
                client.getInputStream().readAllBytes();
            } else {
                pass(client, begin);
            }
        } catch (IOException gone) {
            // whoever it was hung up
        }
    }

    private void pass(Socket client, byte[] begin) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            server.getOutputStream().write(begin);
            threads.execute(() -> copy(client, server));
            InputStream in = server.getInputStream();
            in.transferTo(client.getOutputStream());
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.shutdownOutput();
        } catch (IOException gone) {
            // whoever it was hung up
        }
    }
}
