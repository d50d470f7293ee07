package dev.ristretto.storage.sealedfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.node.SymbolicLinkNode;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedTreeTest {
    private final SealedTree tree = new SealedTree("sealed", 42);

    @Test
    void holdsWhatWasDescribed() throws ErrnoException {
        FileSystem fileSystem = tree.file("a/b/file", Content.of(new byte[] {1, 2, 3}))
                .symbolicLink("/a/link", "b/file").directory("/a/b").seal();
        DirectoryNode a = assertInstanceOf(DirectoryNode.class, fileSystem.root().lookup("a"));
        DirectoryNode b = assertInstanceOf(DirectoryNode.class, a.lookup("b"));
        FileNode file = assertInstanceOf(FileNode.class, b.lookup("file"));
        assertEquals("b/file", assertInstanceOf(SymbolicLinkNode.class, a.lookup("link")).target());
        assertNull(a.lookup("other"));
        assertEquals(a, b.parent());
        assertEquals(3, a.attributes().links());
        assertEquals(42, file.attributes().modified());
        assertEquals(3, file.attributes().size());
        ByteBuffer buffer = ByteBuffer.allocateDirect(10);
        assertEquals(2, file.read(1, buffer));
        assertEquals(2, buffer.get(0));
        assertEquals(0, file.read(3, buffer));
        assertEquals(0, file.read(Long.MAX_VALUE, buffer));
        assertTrue(fileSystem.isReadOnly());
        assertEquals(0, fileSystem.statistics().freeBlocks());
        assertEquals(Errno.EROFS, assertThrows(ErrnoException.class, () -> file.append(buffer)).errno());
        assertEquals(Errno.EROFS, assertThrows(ErrnoException.class, () -> b.createFile("new", 0)).errno());
        assertEquals(Errno.EEXIST, assertThrows(ErrnoException.class, () -> b.createFile("file", 0)).errno());
        assertEquals(Errno.ENOENT, assertThrows(ErrnoException.class, () -> b.unlink("new")).errno());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "a/", "/", "", "a/./b", "../a", "taken", "taken/below", "x\0y"})
    void refusesWhatIsNoPathOrTaken(String path) {
        tree.file("taken", Content.of(new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> tree.file(path, Content.of(new byte[0])));
    }

    @Test
    void refusesToChangeOnceSealed() {
        tree.seal();
        assertThrows(IllegalStateException.class, () -> tree.directory("late"));
    }
}
