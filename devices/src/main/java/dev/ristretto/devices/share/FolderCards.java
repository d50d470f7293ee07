package dev.ristretto.devices.share;

import dev.ristretto.devices.bus.MachineDevices;
import dev.ristretto.devices.virtio.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The folders that are lent to this machine. An image that does not reach this class contains no driver. */
public final class FolderCards {
    private FolderCards() {
    }

    /**
     * Brings all of them up. Once.
     *
     * @param log takes a sentence about each that cannot be used, and later about one that is stopped or silent; from any thread
     * @return all of them in the order of their places; null if one cannot be used
     */
    public static List<AttachedFolder> open(Consumer<String> log) {
        List<AttachedFolder> folders = new ArrayList<>();
        for (Transport transport : MachineDevices.virtio(FolderCard.TYPE, log)) {
            FolderCard card = FolderCard.start(transport, MachineDevices.host(), "share" + folders.size(), log);
            if (card == null) {
                return null;
            }
            folders.add(new AttachedFolder(card.tag(), "", card));
        }
        StreamAccess stream = MachineDevices.folders();
        if (stream != null) {
            StreamTransport transport = new StreamTransport(stream);
            for (String tag : MachineDevices.folderTags()) {
                folders.add(new AttachedFolder(tag, tag, transport));
            }
        }
        return folders;
    }
}
