package dev.ristretto.jdk.share;

import dev.ristretto.devices.share.AttachedFolder;
import dev.ristretto.devices.share.FolderCards;
import dev.ristretto.jdk.io.MachineFiles;
import dev.ristretto.jdk.lang.SystemMessages;
import dev.ristretto.kernel.Power;
import dev.ristretto.storage.ninep.NinepException;
import dev.ristretto.storage.ninep.NinepSession;
import dev.ristretto.storage.ninep.transport.MessageTransport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The folders that this machine's host lends it, mounted. */
final class MachineShares {
    private MachineShares() {
    }

    /** Mounts all of them, or ends the image with a report: a program that misses its files had better not run. */
    static void mountAll() {
        List<AttachedFolder> folders = FolderCards.open(SystemMessages::say);
        if (folders == null) {
            fail("a folder that is lent to this machine cannot be used; the line above says why", "Do not lend it, or let the hypervisor offer it otherwise.");
            return;
        }
        Map<MessageTransport, NinepSession> sessions = new HashMap<>();
        for (AttachedFolder folder : folders) {
            mount(folder, sessions);
        }
    }

    private static void mount(AttachedFolder folder, Map<MessageTransport, NinepSession> sessions) {
        SharePlace place = SharePlace.of(folder.tag());
        if (place == null) {
            fail("a folder that is lent to this machine is called '" + folder.tag() + "', which is no path below /", "Let its mount tag be as in /share.");
            return;
        }
        if (!MachineFiles.isFree(place.path())) {
            fail("a folder of the host cannot be " + place.path() + ", where this image has files of its own, or another folder",
                    "Say another place: --share DIR:/host");
            return;
        }
        try {
            NinepSession session = sessions.get(folder.transport());
            if (session == null) {
                session = NinepSession.open(folder.transport());
                sessions.put(folder.transport(), session);
            }
            MachineFiles.mountAlso(place.path(), session.attach(folder.name(), place.readOnly()));
        } catch (NinepException e) {
            fail("the folder that is to be " + place.path() + ": " + e.getMessage(), "See that it still exists on the host.");
        }
    }

    private static void fail(String what, String hint) {
        SystemMessages.panic(what, hint);
        Power.exit(Power.PANIC_CODE);
    }
}
