package dev.ristretto.devices.share;

import dev.ristretto.devices.model.ModelHost;
import dev.ristretto.devices.model.ModelMmio;
import dev.ristretto.devices.model.ModelQueue;
import dev.ristretto.devices.model.VirtioModel;
import dev.ristretto.devices.virtio.MmioTransport;
import dev.ristretto.storage.host.ninep.FolderServer;
import dev.ristretto.storage.host.ninep.SharedFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A folder of this machine behind a device, which answers when it is notified. */
final class ModelFolder {
    static final long ALL = 1 | 1L << 28 | 1L << 29;
    private static final long REGISTERS = 0xFEB0_0000L;

    final ModelHost host = new ModelHost();
    final VirtioModel model;
    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final FolderServer server;
    /** What to do instead with a chain; true if it did. */
    Trick trick = (folder, chain) -> false;

    interface Trick {
        boolean play(ModelFolder folder, ModelQueue.Chain chain);
    }

    ModelFolder(Path folder, long features, String tag) throws IOException {
        host.isThreaded = true;
        server = new FolderServer(Map.of("", SharedFolder.of(folder, false)));
        byte[] name = tag.getBytes(StandardCharsets.UTF_8);
        model = new VirtioModel(host, FolderCard.TYPE, features, 1, 2 + name.length);
        model.configuration[0] = (byte) name.length;
        model.configuration[1] = (byte) (name.length >> 8);
        System.arraycopy(name, 0, model.configuration, 2, name.length);
        model.whenNotified = this::work;
        host.registers.put(REGISTERS, new ModelMmio(model, 512));
    }

    FolderCard start() {
        return FolderCard.start(MmioTransport.of(REGISTERS, 512, 5, host, log::add), host, "share0", log::add);
    }

    void work() {
        ModelQueue queue = model.queues[0];
        for (ModelQueue.Chain chain = queue.take(); chain != null; chain = queue.take()) {
            if (!trick.play(this, chain)) {
                byte[] answer = new byte[FolderServer.MAXIMUM];
                byte[] question = Arrays.copyOf(queue.read(chain), FolderServer.MAXIMUM);
                int length = server.answer(question, queue.read(chain).length, answer);
                answer(chain, chain.head(), answer, length);
            }
        }
        show();
    }

    void answer(ModelQueue.Chain chain, int id, byte[] bytes, int length) {
        model.queues[0].write(chain, Arrays.copyOf(bytes, Math.clamp(length, 0, chain.room())), 0);
        model.queues[0].use(id, length);
    }

    void show() {
        if (model.queues[0].ready && model.queues[0].show()) {
            model.raiseQueue.run();
        }
    }
}
