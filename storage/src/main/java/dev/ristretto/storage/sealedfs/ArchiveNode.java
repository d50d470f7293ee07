package dev.ristretto.storage.sealedfs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeMap;

/** A node of an archive that is being written: what was described, then where it came to lie. */
final class ArchiveNode {
    final byte[] name;
    final byte type;
    /** Of a directory, sorted by the bytes of their names; else null. */
    final TreeMap<byte[], ArchiveNode> children;
    /** Of a file. */
    final ArchiveWriter.Source source;
    /** Of a link. */
    final byte[] target;
    final boolean staysAsItIs;

    int number;
    int parent;

    private ArchiveNode(String name, int type, ArchiveWriter.Source source, boolean staysAsItIs, String target) {
        this.name = name.getBytes(StandardCharsets.UTF_8);
        this.type = (byte) type;
        this.children = type == ArchiveIndex.DIRECTORY ? new TreeMap<>(Arrays::compareUnsigned) : null;
        this.source = source;
        this.staysAsItIs = staysAsItIs;
        this.target = target == null ? null : target.getBytes(StandardCharsets.UTF_8);
    }

    static ArchiveNode directory(String name) {
        return new ArchiveNode(name, ArchiveIndex.DIRECTORY, null, false, null);
    }

    static ArchiveNode file(String name, ArchiveWriter.Source source, boolean staysAsItIs) {
        return new ArchiveNode(name, ArchiveIndex.STORED, source, staysAsItIs, null);
    }

    static ArchiveNode link(String name, String target) {
        return new ArchiveNode(name, ArchiveIndex.LINK, null, false, target);
    }

    int directories() {
        return (int) children.values().stream().filter(child -> child.children != null).count();
    }
}
