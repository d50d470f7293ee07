package dev.ristretto.devices.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.devices.model.ModelQueue;
import dev.ristretto.network.device.Packet;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Devices that break rules: the card is stopped with one line, its packets come back, and the stack hears no more than that the link is down. */
class HostileDeviceTest {
    static Stream<Arguments> tricks() {
        return Stream.of(
            trick("an id that is none", "a buffer that it did not have", m -> use(m, ModelCard.RECEIVE, 999, 60)),
            trick("a negative id", "a buffer that it did not have", m -> use(m, ModelCard.RECEIVE, -1, 60)),
            trick("the same id twice", "a buffer that it did not have", m -> {
                use(m, ModelCard.TRANSMIT, 0, 0);
                use(m, ModelCard.TRANSMIT, 0, 0);
            }),
            trick("longer than the buffer", "more than there was room for", m -> use(m, ModelCard.RECEIVE, 0, 2049)),
            trick("a negative length", "more than there was room for", m -> use(m, ModelCard.RECEIVE, 0, -5)),
            trick("an index that jumps", "more buffers than it had", m -> {
                m.model.queues[ModelCard.RECEIVE].used += 5000;
                m.model.queues[ModelCard.RECEIVE].show();
            }),
            trick("an index that goes back", "more buffers than it had", m -> {
                m.model.queues[ModelCard.TRANSMIT].used = 0xFFFF;
                m.model.queues[ModelCard.TRANSMIT].show();
            }),
            trick("more buffers than it used", "announces more buffers for a frame", m -> {
                ModelQueue queue = m.model.queues[ModelCard.RECEIVE];
                ModelQueue.Chain chain = queue.take();
                byte[] bytes = new byte[100];
                bytes[10] = 3;
                queue.write(chain, bytes, 0);
                queue.use(chain.head(), 100);
                queue.show();
            }),
            trick("it needs a reset", "needs a reset", m -> {
                m.model.status |= 64;
                m.model.raiseConfiguration.run();
            }));
    }

    private static Arguments trick(String name, String complaint, Consumer<ModelCard> what) {
        return Arguments.of(name, complaint, what);
    }

    private static void use(ModelCard model, int queue, int id, int length) {
        model.model.queues[queue].use(id, length);
        model.model.queues[queue].show();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tricks")
    void theCardIsStopped(String name, String complaint, Consumer<ModelCard> trick) {
        ModelCard model = new ModelCard(ModelCard.ALL);
        model.card.transmit(model.packet(ModelCard.frame(60, 1)));
        model.card.transmit(model.packet(ModelCard.frame(60, 1)));
        model.card.flush();
        trick.accept(model);
        for (int i = 0; i < 3; i++) {
            model.serve();
        }
        assertTrue(model.card.isStopped());
        assertEquals(1, model.log.size(), model.log.toString());
        assertTrue(model.log.getFirst().contains(complaint), model.log.getFirst());
        assertFalse(model.card.linkUp());
        assertTrue(model.links.contains(false));
        assertEquals(0, model.pool.inUse());
        Packet late = model.packet(ModelCard.frame(60, 1));
        assertTrue(model.card.transmit(late));
        model.card.flush();
        assertEquals(0, model.pool.inUse());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tricks")
    void oneThatDoesNotResetKeepsItsPackets(String name, String complaint, Consumer<ModelCard> trick) {
        ModelCard model = new ModelCard(ModelCard.ALL);
        model.card.transmit(model.packet(ModelCard.frame(60, 1)));
        model.card.transmit(model.packet(ModelCard.frame(60, 1)));
        model.card.flush();
        trick.accept(model);
        model.model.neverResets = true;
        for (int i = 0; i < 3; i++) {
            model.serve();
        }
        assertTrue(model.card.isStopped());
        assertTrue(model.pool.inUse() >= 31, "packets that it may still write to are nobody else's");
    }

    /** Anything in what the device can write, at any time: nothing is thrown, no packet is lost, nobody gets a frame beyond its packet. */
    @Property(tries = 150)
    void anyNonsenseIsSurvived(@ForAll Random random) {
        ModelCard model = new ModelCard(ModelCard.ALL);
        for (int step = 0; step < 60; step++) {
            ModelQueue queue = model.model.queues[random.nextInt(2)];
            switch (random.nextInt(6)) {
                case 0 -> queue.use(random.nextInt(20) - 1, random.nextInt(4000) - 10);
                case 1 -> {
                    if (model.model.queues[ModelCard.RECEIVE].ready) {
                        ModelQueue receive = model.model.queues[ModelCard.RECEIVE];
                        ModelQueue.Chain chain = receive.take();
                        byte[] bytes = new byte[random.nextInt(2000)];
                        random.nextBytes(bytes);
                        if (chain != null) {
                            receive.use(chain.head(), receive.write(chain, bytes, 0));
                        }
                    }
                }
                case 2 -> model.model.configuration[random.nextInt(12)] = (byte) random.nextInt();
                case 3 -> model.model.raiseConfiguration.run();
                case 4 -> model.card.transmit(model.packet(ModelCard.frame(60, 1)));
                default -> {
                    if (queue.ready && random.nextInt(10) > 0) {
                        queue.show();
                    }
                }
            }
            model.card.flush();
            model.serve();
            if (model.card.isStopped()) {
                break;
            }
        }
        if (model.card.isStopped()) {
            model.serve();
            assertEquals(1, model.log.size(), model.log.toString());
            assertEquals(0, model.pool.inUse());
            assertEquals(0, model.large.inUse());
        }
    }
}
