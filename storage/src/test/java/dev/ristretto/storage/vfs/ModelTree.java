package dev.ristretto.storage.vfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The plainest tree of files that answers the same questions as a {@link Vfs} of two file systems, the second mounted on {@code /m}:
 * the oracle of the random tests. No limits, no times, no locks; whole arrays for contents; recursion for paths.
 */
final class ModelTree {
    /** Something with a name: exactly one of the three contents is not null. */
    static final class Item {
        final int fileSystem;
        final Map<String, Item> children;
        final String target;
        byte[] bytes;
        Item parent;
        int names = 1;
        int permissions;

        Item(int fileSystem, Map<String, Item> children, String target, byte[] bytes, int permissions) {
            this.fileSystem = fileSystem;
            this.children = children;
            this.target = target;
            this.bytes = bytes;
            this.permissions = permissions;
        }

        boolean isDirectory() {
            return children != null;
        }

        void write(int place, byte[] data) {
            if (data.length > 0) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length, place + data.length));
                System.arraycopy(data, 0, bytes, place, data.length);
            }
        }

        String read(int place, int length) {
            return place >= bytes.length ? ""
                    : Arrays.hashCode(Arrays.copyOfRange(bytes, place, Math.min(bytes.length, place + length))) + "";
        }

        String describe() {
            int links = isDirectory() ? 2 + (int) children.values().stream().filter(Item::isDirectory).count() : names;
            long size = isDirectory() ? 4096 : target != null ? target.length() : bytes.length;
            return (isDirectory() ? "DIRECTORY" : target != null ? "SYMBOLIC_LINK" : "REGULAR") + " "
                    + Integer.toOctalString(permissions) + " "
                    + links + " " + size;
        }
    }

    private record Place(Item directory, String name, Item item, boolean slash) {
    }

    private final Item root = directory(1, null, 01777);
    private final Item[] handles = new Item[Op.HANDLES];
    private final int[] positions = new int[Op.HANDLES];

    ModelTree() {
        root.children.put("m", directory(2, root, 01777));
    }

    private static Item directory(int fileSystem, Item parent, int permissions) {
        Item item = new Item(fileSystem, new TreeMap<>(), null, null, permissions);
        item.parent = parent == null ? item : parent;
        return item;
    }

    /** Does one step and says what came of it. */
    String run(Op op) throws ErrnoException {
        return switch (op.kind()) {
            case MAKE_DIRECTORY -> {
                Place p = find(op.path(), false, true);
                check(p.item == null, Errno.EEXIST);
                p.directory.children.put(p.name, directory(p.directory.fileSystem, p.directory, 0750));
                yield "ok";
            }
            case CREATE -> {
                Place p = find(op.path(), false, true);
                check(!p.slash || !isName(p), Errno.EISDIR);
                check(p.item == null, Errno.EEXIST);
                p.directory.children.put(p.name, new Item(p.directory.fileSystem, null, null, new byte[0], 0644));
                yield "ok";
            }
            case WRITE -> {
                file(op.path()).write(op.place(), op.data());
                yield op.length() + "";
            }
            case APPEND -> {
                Item file = file(op.path());
                file.write(file.bytes.length, op.data());
                yield op.length() + "";
            }
            case READ -> {
                Item item = existing(find(op.path(), true, false));
                check(!item.isDirectory(), Errno.EISDIR);
                yield item.read(op.place(), op.length());
            }
            case TRUNCATE -> {
                Item file = file(op.path());
                file.bytes = Arrays.copyOf(file.bytes, op.place());
                yield "ok";
            }
            case UNLINK -> {
                Place p = find(op.path(), false, true);
                check(!existing(p).isDirectory(), Errno.EISDIR);
                check(!p.slash, Errno.ENOTDIR);
                p.item.names--;
                p.directory.children.remove(p.name);
                yield "ok";
            }
            case REMOVE_DIRECTORY -> {
                Place p = find(op.path(), false, true);
                Item item = existing(p);
                check(!p.name.equals("/") && !isMount(p), Errno.EBUSY);
                check(!p.name.equals("."), Errno.EINVAL);
                check(!p.name.equals(".."), Errno.ENOTEMPTY);
                check(item.isDirectory(), Errno.ENOTDIR);
                check(item.children.isEmpty(), Errno.ENOTEMPTY);
                p.directory.children.remove(p.name);
                yield "ok";
            }
            case RENAME -> rename(find(op.path(), false, true), find(op.other(), false, true));
            case LINK -> {
                Item item = existing(find(op.path(), false, false));
                Place p = newName(op.other());
                check(!item.isDirectory(), Errno.EPERM);
                check(item.fileSystem == p.directory.fileSystem, Errno.EXDEV);
                item.names++;
                p.directory.children.put(p.name, item);
                yield "ok";
            }
            case SYMBOLIC_LINK -> {
                Place p = newName(op.path());
                p.directory.children.put(p.name, new Item(p.directory.fileSystem, null, op.other(), null, 0777));
                yield "ok";
            }
            case READ_LINK -> {
                Item item = existing(find(op.path(), false, false));
                check(item.target != null, Errno.EINVAL);
                yield item.target;
            }
            case STATUS -> existing(find(op.path(), true, false)).describe();
            case LINK_STATUS -> existing(find(op.path(), false, false)).describe();
            case LIST -> {
                Item item = existing(find(op.path(), true, false));
                check(item.isDirectory(), Errno.ENOTDIR);
                yield item.children.keySet().toString();
            }
            case PERMISSIONS -> {
                existing(find(op.path(), true, false)).permissions = op.place() & 07777;
                yield "ok";
            }
            case REAL_PATH -> pathOf(existing(find(op.path(), true, false)), find(op.path(), true, false));
            case HANDLE_OPEN -> {
                handles[op.handle()] = null;
                handles[op.handle()] = file(op.path());
                positions[op.handle()] = 0;
                yield "ok";
            }
            case HANDLE_READ -> {
                Item file = handle(op);
                String result = file.read(positions[op.handle()], op.length());
                positions[op.handle()] = Math.max(positions[op.handle()],
                        Math.min(file.bytes.length, positions[op.handle()] + op.length()));
                yield result;
            }
            case HANDLE_WRITE -> {
                handle(op).write(positions[op.handle()], op.data());
                positions[op.handle()] += op.length();
                yield op.length() + "";
            }
            case HANDLE_TRUNCATE -> {
                Item file = handle(op);
                file.bytes = Arrays.copyOf(file.bytes, op.place());
                yield "ok";
            }
            case HANDLE_CLOSE -> {
                handle(op);
                handles[op.handle()] = null;
                yield "ok";
            }
        };
    }

    private String rename(Place from, Place to) throws ErrnoException {
        check(from.directory.fileSystem == to.directory.fileSystem, Errno.EXDEV);
        check(isName(from) && isName(to), Errno.EBUSY);
        Item item = existing(from);
        Item replaced = to.item;
        check(!isMount(from) && !isMount(to), Errno.EBUSY);
        check(item.isDirectory() || !to.slash && !from.slash, Errno.ENOTDIR);
        if (item == replaced) {
            return "ok";
        }
        for (Item above = from.directory; above != above.parent; above = above.parent) {
            check(above != replaced, Errno.ENOTEMPTY);
        }
        if (item.isDirectory()) {
            for (Item above = to.directory; ; above = above.parent) {
                check(above != item, Errno.EINVAL);
                if (above == above.parent) {
                    break;
                }
            }
            check(replaced == null || replaced.isDirectory(), Errno.ENOTDIR);
            check(replaced == null || replaced.children.isEmpty(), Errno.ENOTEMPTY);
            item.parent = to.directory;
        } else {
            check(replaced == null || !replaced.isDirectory(), Errno.EISDIR);
        }
        if (replaced != null) {
            replaced.names--;
        }
        from.directory.children.remove(from.name);
        to.directory.children.put(to.name, item);
        return "ok";
    }

    private Item handle(Op op) throws ErrnoException {
        check(handles[op.handle()] != null, Errno.EBADF);
        return handles[op.handle()];
    }

    private Item file(String path) throws ErrnoException {
        Item item = existing(find(path, true, false));
        check(!item.isDirectory(), Errno.EISDIR);
        return item;
    }

    private Place newName(String path) throws ErrnoException {
        Place p = find(path, false, true);
        check(p.item == null, Errno.EEXIST);
        check(!p.slash, Errno.ENOENT);
        return p;
    }

    private static boolean isName(Place p) {
        return !p.name.equals(".") && !p.name.equals("..") && !p.name.equals("/");
    }

    private static boolean isMount(Place p) {
        return isName(p) && p.item != null && p.item.fileSystem != p.directory.fileSystem;
    }

    private static Item existing(Place p) throws ErrnoException {
        check(p.item != null, Errno.ENOENT);
        return p.item;
    }

    private static void check(boolean condition, Errno otherwise) throws ErrnoException {
        if (!condition) {
            throw otherwise.exception();
        }
    }

    private String pathOf(Item item, Place place) {
        if (!item.isDirectory()) {
            return (place.directory == root ? "" : pathOf(place.directory, null)) + "/" + place.name;
        }
        if (item == root) {
            return "/";
        }
        String name = item.parent.children.entrySet().stream().filter(e -> e.getValue() == item).findFirst().orElseThrow().getKey();
        return (item.parent == root ? "" : pathOf(item.parent, null)) + "/" + name;
    }

    private Place find(String path, boolean follow, boolean name) throws ErrnoException {
        return find(root, path, follow, name, new int[1]);
    }

    private Place find(Item base, String path, boolean follow, boolean nameOnly, int[] links) throws ErrnoException {
        Item directory = path.startsWith("/") ? root : base;
        String relative = path.replaceAll("/+", "/").replaceAll("^/", "");
        boolean slash = relative.endsWith("/") || relative.isEmpty();
        String[] names = relative.replaceAll("/$", "").split("/");
        if (relative.isEmpty() || relative.equals("/")) {
            return new Place(directory, "/", directory, true);
        }
        for (int i = 0; ; i++) {
            boolean last = i == names.length - 1;
            if (names[i].equals(".") || names[i].equals("..")) {
                directory = names[i].equals("..") ? directory.parent : directory;
                if (last) {
                    return new Place(directory, names[i], directory, true);
                }
                continue;
            }
            Item item = directory.children.get(names[i]);
            if (item != null && item.target != null && (!last || follow || slash && !nameOnly)) {
                check(++links[0] <= 40, Errno.ELOOP);
                String rest = String.join("/", Arrays.copyOfRange(names, i + 1, names.length));
                String continued = item.target + (last ? "" : "/" + rest) + (slash ? "/" : "");
                return find(directory, continued, follow, nameOnly, links);
            }
            if (last) {
                check(item == null || !slash || nameOnly || item.isDirectory(), Errno.ENOTDIR);
                return new Place(directory, names[i], item, slash);
            }
            check(item != null, Errno.ENOENT);
            check(item.isDirectory(), Errno.ENOTDIR);
            directory = item;
        }
    }
}
