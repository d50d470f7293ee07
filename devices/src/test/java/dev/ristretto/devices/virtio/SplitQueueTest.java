package dev.ristretto.devices.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.devices.memory.DmaMemory;
import dev.ristretto.devices.model.ModelHost;
import dev.ristretto.devices.model.ModelQueue;
import dev.ristretto.devices.model.VirtioModel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitQueueTest {
    private final ModelHost host = new ModelHost();
    private ModelQueue device;
    private final DmaMemory data = host.allocate(1 << 16);

    private SplitQueue queue(int size, boolean eventIndex, int tableEntries) {
        SplitQueue queue = new SplitQueue(host.allocate(SplitQueue.bytes(size, tableEntries)), size, eventIndex, tableEntries);
        device = new VirtioModel(host, 1, 0, 1, 0).queues[0];
        device.size = size;
        device.eventIndex = eventIndex;
        device.descriptors = queue.descriptorsAddress();
        device.driverArea = queue.driverAddress();
        device.deviceArea = queue.deviceAddress();
        device.ready = true;
        return queue;
    }

    /** Everything is offered and comes back, in any order, for as long as the indexes need to wrap around several times. */
    @Property(tries = 60)
    void whatIsOfferedComesBack(@ForAll Random random, @ForAll boolean eventIndex, @ForAll boolean tables, @ForAll @IntRange(min = 1, max = 6) int shift) {
        int size = 1 << shift;
        SplitQueue queue = queue(size, eventIndex, tables ? 4 : 0);
        int[] rooms = new int[size];
        BitSet withDevice = new BitSet();
        List<ModelQueue.Chain> taken = new ArrayList<>();
        for (int step = 0; step < 4000; step++) {
            int free = queue.free();
            if (random.nextBoolean()) {
                int count = 1 + random.nextInt(Math.min(4, size));
                int readable = random.nextInt(count + 1);
                int descriptors = tables && count > 1 ? 1 : count;
                int head = offer(queue, count, readable, random, rooms);
                assertEquals(free >= descriptors, head >= 0);
                if (head >= 0) {
                    assertFalse(withDevice.get(head));
                    withDevice.set(head);
                    assertEquals(free - descriptors, queue.free());
                }
            } else if (random.nextBoolean()) {
                queue.publish();
                for (ModelQueue.Chain chain = device.take(); chain != null; chain = device.take()) {
                    assertEquals(rooms[chain.head()], chain.room());
                    taken.add(random.nextInt(taken.size() + 1), chain);
                }
            } else {
                while (!taken.isEmpty() && random.nextInt(3) > 0) {
                    ModelQueue.Chain chain = taken.removeLast();
                    device.use(chain.head(), chain.room() == 0 ? 0 : random.nextInt(chain.room() + 1));
                }
                device.show();
                for (int head = queue.poll(); head >= 0; head = queue.poll()) {
                    assertTrue(withDevice.get(head));
                    assertTrue(queue.length() <= rooms[head]);
                    withDevice.clear(head);
                }
                assertNull(queue.fault());
            }
            assertEquals(withDevice.cardinality(), queue.outstanding());
        }
    }

    private int offer(SplitQueue queue, int count, int readable, Random random, int[] rooms) {
        long[] addresses = new long[count];
        int[] lengths = new int[count];
        int room = 0;
        for (int i = 0; i < count; i++) {
            addresses[i] = data.busAddress(random.nextInt(1 << 15));
            lengths[i] = 1 + random.nextInt(1000);
            room += i < readable ? 0 : lengths[i];
        }
        int head = count == 1 ? queue.add(addresses[0], lengths[0], readable == 0) : queue.add(addresses, lengths, count, readable);
        if (head >= 0) {
            rooms[head] = room;
        }
        return head;
    }

    /** A device that writes anything into its area: nothing is thrown, no chain comes back that was not out, none longer than its room. */
    @Property(tries = 200)
    void nonsenseBreaksTheQueueAndNothingElse(@ForAll Random random, @ForAll boolean eventIndex) {
        SplitQueue queue = queue(8, eventIndex, 0);
        int[] rooms = new int[8];
        BitSet withDevice = new BitSet();
        for (int step = 0; step < 200; step++) {
            int head = offer(queue, 1 + random.nextInt(3), random.nextInt(2), random, rooms);
            if (head >= 0) {
                withDevice.set(head);
            }
            queue.publish();
            long at = device.deviceArea + random.nextInt(6 + 8 * 8) / 2 * 2;
            host.put16(at, random.nextInt(4) == 0 ? random.nextInt(1 << 16) : random.nextInt(10));
            for (int back = queue.poll(); back >= 0; back = queue.poll()) {
                assertTrue(withDevice.get(back));
                assertTrue(queue.length() >= 0 && queue.length() <= rooms[back]);
                withDevice.clear(back);
            }
            queue.enableInterrupts(1);
        }
        if (queue.fault() != null) {
            assertEquals(SplitQueue.NONE, queue.add(data.busAddress(0), 1, true));
            assertEquals(SplitQueue.NONE, queue.poll());
            assertFalse(queue.hasUsed());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 8, 1 << 20, Integer.MIN_VALUE, 5})
    void aChainThatWasNotOfferedBreaksIt(int id) {
        SplitQueue queue = queue(8, true, 0);
        queue.add(data.busAddress(0), 10, true);
        queue.publish();
        device.use(id, 0);
        device.show();
        assertEquals(SplitQueue.NONE, queue.poll());
        assertNotNull(queue.fault());
    }

    @ParameterizedTest
    @ValueSource(ints = {11, -1, Integer.MAX_VALUE})
    void moreThanThereWasRoomForBreaksIt(int length) {
        SplitQueue queue = queue(8, true, 0);
        int head = queue.add(data.busAddress(0), 10, true);
        queue.publish();
        device.use(head, length);
        device.show();
        assertEquals(SplitQueue.NONE, queue.poll());
        assertEquals("says that it wrote more than there was room for", queue.fault());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void notifiesWhenTheDeviceWantsIt(boolean eventIndex) {
        SplitQueue queue = queue(8, eventIndex, 0);
        assertFalse(queue.publish(), "nothing new");
        queue.add(data.busAddress(0), 10, false);
        assertTrue(queue.publish());
        device.wantNotifications(false);
        queue.add(data.busAddress(0), 10, false);
        assertFalse(queue.publish());
        while (device.take() != null) {
            continue;
        }
        device.wantNotifications(true);
        queue.add(data.busAddress(0), 10, false);
        assertTrue(queue.publish());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptsWhenTheDriverWantsIt(boolean eventIndex) {
        SplitQueue queue = queue(8, eventIndex, 0);
        for (int i = 0; i < 8; i++) {
            queue.add(data.busAddress(0), 10, false);
        }
        queue.publish();
        queue.poll();
        assertFalse(queue.enableInterrupts(1));
        use();
        assertTrue(device.show());
        assertTrue(queue.enableInterrupts(1), "it is there already");
        queue.poll();
        queue.disableInterrupts();
        use();
        assertFalse(device.show());
        queue.poll();
        assertFalse(queue.enableInterrupts(3));
        if (eventIndex) {
            use();
            assertFalse(device.show());
            use();
            assertFalse(device.show());
            use();
            assertTrue(device.show());
        }
    }

    private void use() {
        device.use(device.take().head(), 0);
    }
}
