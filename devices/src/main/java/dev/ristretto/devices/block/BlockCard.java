package dev.ristretto.devices.block;

import dev.ristretto.devices.host.DeviceHost;
import dev.ristretto.devices.virtio.SplitQueue;
import dev.ristretto.devices.virtio.Transport;
import dev.ristretto.devices.virtio.VirtioDevice;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.BlockDevice;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * A virtio disk (virtio 1.2 §5.2) with one queue, several requests in flight, and a thread of its own that finds what is done. Who reads or
 * writes sleeps until then. Data is copied to and from memory that the device reaches: Java's own moves about.
 *
 * <p>A disk whose device breaks a rule is stopped, with a line in the log: every call fails with {@code EIO} from then on. One that does not
 * answer at all is waited for, as long as it takes, and the log says so once.
 */
public final class BlockCard implements BlockDevice {
    /** Device type of §5. */
    public static final int TYPE = 2;

    private static final int QUEUE_LIMIT = 64;
    /** Most bytes in a request. Longer reads and writes are several, in flight together. */
    private static final int REQUEST_BYTES = 64 << 10;
    /** Bytes of a range to discard or zero, §5.2.6. */
    private static final int RANGE = 16;
    private static final int UNMAP = 1;
    /** Interrupts can get lost on some hypervisors: looks this often while something is in flight, and reminds the device. */
    private static final long BUSY_NANOS = 20_000_000;
    private static final long IDLE_NANOS = 1_000_000_000;
    private static final long SILENCE_NANOS = 30_000_000_000L;

    private final VirtioDevice device;
    private final DeviceHost host;
    private final String name;
    private final Consumer<String> log;
    private final RequestQueue requests;
    private final DiskLimits limits;
    private volatile long size;
    private volatile boolean discards;
    private volatile boolean zeroes;
    private long silentSince;
    private boolean silenceTold;

    private BlockCard(VirtioDevice device, DeviceHost host, String name, RequestQueue requests, DiskLimits limits, Consumer<String> log) {
        this.device = device;
        this.host = host;
        this.name = name;
        this.log = log;
        this.requests = requests;
        this.limits = limits;
        discards = limits.discardSectors() > 0;
        zeroes = limits.writeZeroesSectors() > 0;
        size = limits.capacity(device);
    }

    /**
     * Brings a disk up and starts its thread.
     *
     * @param name what the log calls it
     * @param log  takes a line when the disk cannot be used, when it is stopped, and when it does not answer; from any thread
     * @return null if the device cannot be used
     */
    public static BlockCard start(Transport transport, DeviceHost host, String name, Consumer<String> log) {
        VirtioDevice device = new VirtioDevice(transport, host, name, log);
        if (!device.begin(offered -> offered & (DiskLimits.ALL | VirtioDevice.EVENT_INDEX | VirtioDevice.INDIRECT))) {
            return null;
        }
        DiskLimits limits = DiskLimits.read(device, REQUEST_BYTES);
        if (limits == null) {
            device.stop(DiskLimits.complaint(device));
            return null;
        }
        SplitQueue queue = device.queue(0, QUEUE_LIMIT, RequestQueue.BUFFERS);
        if (queue == null) {
            return null;
        }
        RequestQueue requests = RequestQueue.create(queue, device.has(VirtioDevice.INDIRECT), transport, host, REQUEST_BYTES);
        if (requests == null) {
            device.stop("cannot be used: its queue is too short for a request, or no memory is left");
            return null;
        }
        device.ready();
        BlockCard card = new BlockCard(device, host, name, requests, limits, log);
        host.startThread(name, card::serve);
        return card;
    }

    /** What the log calls it, such as {@code vda}. */
    public String name() {
        return name;
    }

    /** True once it is stopped for good; the log said why. */
    public boolean isStopped() {
        return device.isStopped();
    }

    /** Features that driver and device agreed on: bits of virtio 1.2 §5.2.3 and §6. */
    public long negotiated() {
        return device.features();
    }

    @Override
    public int sectorSize() {
        return limits.sectorSize();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isReadOnly() {
        return limits.readOnly();
    }

    @Override
    public void read(long position, ByteBuffer destination) throws ErrnoException {
        checkRange(position, destination.remaining());
        Transfer transfer = new Transfer(requests, RequestQueue.READ, limits.requestBytes());
        transfer.read(position, destination);
        failIf(!transfer.finish());
    }

    @Override
    public void write(long position, ByteBuffer source) throws ErrnoException {
        writeAll(List.of(new Piece(position, source)));
    }

    @Override
    public void writeAll(List<Piece> pieces) throws ErrnoException {
        requireWritable();
        for (Piece piece : pieces) {
            checkRange(piece.position(), piece.content().remaining());
        }
        Transfer transfer = new Transfer(requests, RequestQueue.WRITE, limits.requestBytes());
        transfer.write(pieces);
        failIf(!transfer.finish());
    }

    private void requireWritable() throws ErrnoException {
        if (limits.readOnly()) {
            throw Errno.EROFS.exception();
        }
    }

    private static void failIf(boolean failed) throws ErrnoException {
        if (failed) {
            throw Errno.EIO.exception();
        }
    }

    /** {@inheritDoc} A device that offers no flush has no cache that could lose anything (§5.2.6.2). */
    @Override
    public void flush() throws ErrnoException {
        failIf(device.isStopped());
        if (limits.flush() && !limits.readOnly()) {
            failIf(simple(RequestQueue.FLUSH, 0, 0, 0) != RequestQueue.OK);
        }
    }

    @Override
    public void discard(long position, long length) throws ErrnoException {
        requireWritable();
        checkRange(position, length);
        for (long done = 0; done < length && discards;) {
            long part = Math.min(length - done, (long) limits.discardSectors() * DiskLimits.UNIT);
            int status = simple(RequestQueue.DISCARD, position + done, part, 0);
            failIf(status == RequestQueue.IO_ERROR);
            discards = status == RequestQueue.OK;
            done += part;
        }
    }

    @Override
    public void writeZeroes(long position, long length) throws ErrnoException {
        requireWritable();
        checkRange(position, length);
        long done = 0;
        while (done < length && zeroes) {
            long part = Math.min(length - done, (long) limits.writeZeroesSectors() * DiskLimits.UNIT);
            int status = simple(RequestQueue.WRITE_ZEROES, position + done, part, limits.mayUnmap() ? UNMAP : 0);
            failIf(status == RequestQueue.IO_ERROR);
            zeroes = status == RequestQueue.OK;
            done += zeroes ? part : 0;
        }
        if (done < length) {
            BlockDevice.super.writeZeroes(position + done, length - done);
        }
    }

    /** A request without data, or (if {@code length} is positive) with a range. */
    private int simple(int type, long position, long length, int flags) {
        RequestQueue.Slot slot = requests.take(true);
        if (slot == null) {
            return RequestQueue.IO_ERROR;
        }
        if (length > 0) {
            slot.data.put64(0, position / DiskLimits.UNIT);
            slot.data.put32(8, (int) (length / DiskLimits.UNIT));
            slot.data.put32(12, flags);
        }
        requests.submit(slot, type, 0, length > 0 ? RANGE : 0, false);
        requests.kick();
        int status = requests.await(slot, 0);
        requests.release(slot);
        return status;
    }

    /** The thread. */
    private void serve() {
        silentSince = host.nanoTime();
        while (!device.isStopped()) {
            serveOnce();
        }
    }

    private void serveOnce() {
        int events = device.transport().acknowledge();
        int done = requests.complete();
        if ((events & Transport.CONFIGURATION) != 0) {
            if (device.needsReset()) {
                stop("says that it needs a reset");
                return;
            }
            size = limits.capacity(device);
        }
        if (requests.fault() != null) {
            stop(requests.fault());
            return;
        }
        device.transport().rearm();
        if (requests.listen()) {
            return;
        }
        boolean busy = requests.outstanding() > 0;
        long now = host.nanoTime();
        watch(busy && done == 0, now);
        long patience = busy ? BUSY_NANOS : IDLE_NANOS;
        device.interrupt().await(now + patience);
        if (busy && host.nanoTime() - now >= patience) {
            device.transport().notifyQueue(0);
        }
    }

    /** Nobody notifies a device that is being reset. */
    private void stop(String why) {
        requests.close();
        device.stop(why);
    }

    private void watch(boolean silent, long now) {
        if (!silent) {
            silentSince = now;
            silenceTold = false;
        } else if (!silenceTold && now - silentSince >= SILENCE_NANOS) {
            silenceTold = true;
            log.accept(name + " (" + device.transport().place() + ") has not answered for " + SILENCE_NANOS / 1_000_000_000
                + " seconds; programs wait for it");
        }
    }
}
