package dev.ristretto.jdk.net.descriptor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ristretto.jdk.net.descriptor.UnixSocketNames.FileId;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.vfs.DescriptorTable;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class UnixSocketTest {
    private static final FileId FILE = new FileId(3, 14);
    private static final byte[] PATH = {'/', 't'};

    private final DescriptorTable table = new DescriptorTable(16);
    private final UnixSocketNames names = new UnixSocketNames();
    private final UnixSocket server = new UnixSocket(names);
    private final UnixSocket client = new UnixSocket(names);

    private static Errno failure(org.junit.jupiter.api.function.Executable executable) {
        return assertThrows(ErrnoException.class, executable).errno();
    }

    private void listen(int backlog) throws ErrnoException {
        server.bind(PATH, FILE);
        server.listen(backlog);
    }

    @Test
    void bothSidesTalk() throws Exception {
        listen(5);
        client.connect(FILE);
        assertEquals(Readiness.IN, server.readiness());
        UnixSocket accepted = server.accept();
        client.write(ByteBuffer.wrap(new byte[] {1, 2}));
        accepted.write(ByteBuffer.wrap(new byte[] {3}));
        assertEquals(2, accepted.read(ByteBuffer.allocate(9)));
        assertEquals(1, client.read(ByteBuffer.allocate(9)));
        assertArrayEquals(PATH, client.peerPath());
        assertArrayEquals(PATH, accepted.path());
        assertEquals(0, accepted.peerPath().length);
    }

    @Test
    void whatWasSentBeforeTheEndIsReadFirst() throws Exception {
        listen(5);
        client.connect(FILE);
        int fd = table.add(client);
        client.write(ByteBuffer.wrap(new byte[] {1}));
        table.close(fd);
        UnixSocket accepted = server.accept();
        assertEquals(1, accepted.read(ByteBuffer.allocate(9)));
        assertEquals(0, accepted.read(ByteBuffer.allocate(9)));
        assertEquals(Errno.EPIPE, failure(() -> accepted.write(ByteBuffer.allocate(1))));
    }

    @Test
    void halfClosedStillReceives() throws Exception {
        listen(5);
        client.connect(FILE);
        UnixSocket accepted = server.accept();
        client.shutdown(SocketFile.SHUT_WR);
        assertEquals(0, accepted.read(ByteBuffer.allocate(1)));
        accepted.write(ByteBuffer.wrap(new byte[] {1}));
        assertEquals(1, client.read(ByteBuffer.allocate(1)));
        assertEquals(Errno.EPIPE, failure(() -> client.write(ByteBuffer.allocate(1))));
    }

    @Test
    void nobodyListens() throws Exception {
        assertEquals(Errno.ECONNREFUSED, failure(() -> client.connect(FILE)));
        server.bind(PATH, FILE);
        assertEquals(Errno.ECONNREFUSED, failure(() -> client.connect(FILE)));
        assertEquals(Errno.EINVAL, failure(server::accept));
        assertEquals(Errno.ENOTCONN, failure(client::finishConnect));
    }

    @Test
    void backlogIsALimit() throws Exception {
        listen(1);
        client.connect(FILE);
        assertEquals(Errno.ECONNREFUSED, failure(() -> new UnixSocket(names).connect(FILE)));
        server.accept();
        new UnixSocket(names).connect(FILE);
    }

    @Test
    void closingAServerHangsUpOnThoseThatWait() throws Exception {
        int fd = table.add(server);
        listen(5);
        client.connect(FILE);
        table.close(fd);
        assertEquals(0, client.read(ByteBuffer.allocate(1)));
        assertEquals(Errno.ECONNREFUSED, failure(() -> new UnixSocket(names).connect(FILE)));
    }

    @Test
    void withoutWaitingThereIsNothingToAccept() throws Exception {
        listen(5);
        server.setBlocking(false);
        assertEquals(Errno.EAGAIN, failure(server::accept));
    }
}
