package dev.ristretto.storage.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.DirectoryNode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.TreeSet;

/** Does the steps with a {@link Vfs}. */
final class VfsSteps {
    private final Vfs vfs;
    private final DirectoryNode base;
    private final DescriptorTable table = new DescriptorTable(100);
    private final int[] descriptors = new int[Op.HANDLES];

    /** @param base where relative paths begin */
    VfsSteps(Vfs vfs, DirectoryNode base) {
        this.vfs = vfs;
        this.base = base;
        Arrays.fill(descriptors, -1);
    }

    String run(Op op) throws ErrnoException {
        switch (op.kind()) {
            case MAKE_DIRECTORY -> vfs.makeDirectory(base, op.path(), 0770);
            case CREATE -> close(open(op.path(), OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_WRONLY));
            case WRITE -> {
                return using(open(op.path(), OpenFlags.O_WRONLY), file -> file.write(op.place(), ByteBuffer.wrap(op.data())) + "");
            }
            case APPEND -> {
                return using(open(op.path(), OpenFlags.O_WRONLY | OpenFlags.O_APPEND), file -> file.write(ByteBuffer.wrap(op.data())) + "");
            }
            case READ -> {
                return using(open(op.path(), OpenFlags.O_RDONLY), file -> {
                    ByteBuffer buffer = ByteBuffer.allocate(op.length());
                    // A directory can be opened; reading is what fails.
                    int length = file.node() instanceof DirectoryNode ? file.read(buffer) : file.read(op.place(), buffer);
                    return content(file.status().attributes(), op.place(), buffer, length);
                });
            }
            case TRUNCATE -> {
                return using(open(op.path(), OpenFlags.O_WRONLY), file -> {
                    file.truncate(op.place());
                    return "ok";
                });
            }
            case UNLINK -> vfs.unlink(base, op.path());
            case REMOVE_DIRECTORY -> vfs.removeDirectory(base, op.path());
            case RENAME -> vfs.rename(base, op.path(), base, op.other());
            case LINK -> vfs.link(base, op.path(), base, op.other());
            case SYMBOLIC_LINK -> vfs.makeSymbolicLink(base, op.path(), op.other());
            case READ_LINK -> {
                return vfs.readLink(base, op.path());
            }
            case STATUS -> {
                return describe(vfs.status(base, op.path(), true).attributes());
            }
            case LINK_STATUS -> {
                return describe(vfs.status(base, op.path(), false).attributes());
            }
            case LIST -> {
                return using(open(op.path(), OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY), directory -> {
                    TreeSet<String> names = new TreeSet<>();
                    for (String name = directory.nextName(); name != null; name = directory.nextName()) {
                        assertTrue(names.add(name), "listed twice");
                    }
                    return names.toString();
                });
            }
            case PERMISSIONS -> vfs.node(base, op.path(), true).setPermissions(op.place() & 07777);
            case REAL_PATH -> {
                return vfs.realPath(base, op.path());
            }
            case HANDLE_OPEN -> {
                if (descriptors[op.handle()] >= 0) {
                    table.close(descriptors[op.handle()]);
                    descriptors[op.handle()] = -1;
                }
                descriptors[op.handle()] = open(op.path(), OpenFlags.O_RDWR);
            }
            case HANDLE_READ -> {
                OpenFile file = table.get(descriptors[op.handle()]);
                ByteBuffer buffer = ByteBuffer.allocate(op.length());
                long position = file.position();
                return content(file.status().attributes(), position, buffer, file.read(buffer));
            }
            case HANDLE_WRITE -> {
                return table.get(descriptors[op.handle()]).write(ByteBuffer.wrap(op.data())) + "";
            }
            case HANDLE_TRUNCATE -> table.get(descriptors[op.handle()]).truncate(op.place());
            case HANDLE_CLOSE -> {
                table.close(descriptors[op.handle()]);
                descriptors[op.handle()] = -1;
            }
        }
        return "ok";
    }

    void closeAll() throws ErrnoException {
        for (int descriptor : descriptors) {
            if (descriptor >= 0) {
                table.close(descriptor);
            }
        }
        // If any step had leaked a descriptor, the lowest free one would not be the first.
        assertEquals(0, open("/", OpenFlags.O_RDONLY));
    }

    private static String content(Attributes attributes, long place, ByteBuffer buffer, int length) {
        return place >= attributes.size() ? "" : Arrays.hashCode(Arrays.copyOf(buffer.array(), length)) + "";
    }

    private static String describe(Attributes attributes) {
        return attributes.type() + " " + Integer.toOctalString(attributes.permissions())
                + " " + attributes.links() + " " + attributes.size();
    }

    private int open(String path, int flags) throws ErrnoException {
        return table.add(vfs.open(base, path, flags, 0666));
    }

    private void close(int descriptor) throws ErrnoException {
        table.close(descriptor);
    }

    private interface Use {
        String with(OpenFile file) throws ErrnoException;
    }

    private String using(int descriptor, Use use) throws ErrnoException {
        try {
            return use.with(table.get(descriptor));
        } finally {
            table.close(descriptor);
        }
    }
}
