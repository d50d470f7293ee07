package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryCursor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Reads a whole archive and compares it with its checksums. */
final class ArchiveCheck {
    private final Archive archive;
    private final ByteBuffer buffer = ByteBuffer.allocate(ArchiveHeader.CHUNK);
    private int files;
    private int directories;
    private int links;
    private long bytes;

    ArchiveCheck(Archive archive) {
        this.archive = archive;
    }

    Archive.Totals run() throws ArchiveException {
        try {
            check(archive.root(), "/");
            if (1L + files + directories + links != archive.index().nodes()) {
                throw new ArchiveException("the sealed files are damaged: some are in no directory");
            }
        } catch (ErrnoException e) {
            throw new ArchiveException("the sealed files are damaged: their index differs from its checksum", e);
        }
        return new Archive.Totals(files, directories, links, bytes);
    }

    private void check(ArchiveDirectory directory, String path) throws ArchiveException {
        try {
            int counted = directories;
            ArchiveIndex index = archive.index();
            ArchiveIndex.Children children = index.children(directory.number());
            DirectoryCursor cursor = directory.entries();
            String before = null;
            for (int i = 0; i < children.count(); i++) {
                String name = cursor.next();
                if (before != null && index.compareName(children.first() + i, before.getBytes(StandardCharsets.UTF_8)) <= 0) {
                    throw new ArchiveException("the sealed files are damaged: the names in " + path + " are not in order");
                }
                before = name;
                directories += index.type(children.first() + i) == ArchiveIndex.DIRECTORY ? 1 : 0;
            }
            if (directories - counted != index.directories(directory.number())) {
                throw new ArchiveException("the sealed files are damaged: " + path + " has not as many directories as it says");
            }
            for (int i = 0; i < children.count(); i++) {
                check(children.first() + i, directory, path);
            }
        } catch (ErrnoException e) {
            throw new ArchiveException("the sealed files are damaged at " + path, e);
        }
    }

    private void check(int number, ArchiveDirectory parent, String path) throws ArchiveException, ErrnoException {
        ArchiveIndex index = archive.index();
        String name = path + index.name(number);
        if (name.length() > ArchiveHeader.LONGEST_PATH) {
            throw new ArchiveException("the sealed files are damaged: a path is longer than any that can be named");
        }
        SealedNode node = archive.node(number, parent);
        if (node instanceof ArchiveDirectory directory) {
            check(directory, name + "/");
        } else if (node instanceof SealedFile file) {
            files++;
            bytes += file.size();
            if (index.type(number) == ArchiveIndex.STORED) {
                CRC32C sum = new CRC32C();
                sum.update(archive.stored(number).all());
                if ((int) sum.getValue() != index.checksum(number)) {
                    throw new ArchiveException("the sealed files are damaged: " + name + " differs from its checksum");
                }
            } else {
                readAll(file, name);
            }
        } else {
            links++;
        }
    }

    private void readAll(SealedFile file, String name) throws ArchiveException {
        try {
            for (long position = 0; position < file.size();) {
                position += file.read(position, buffer.clear());
            }
        } catch (ErrnoException e) {
            throw new ArchiveException("the sealed files are damaged: " + name + " differs from its checksums", e);
        }
    }
}
