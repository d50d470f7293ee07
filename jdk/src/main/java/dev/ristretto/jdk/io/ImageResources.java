package dev.ristretto.jdk.io;

import com.oracle.svm.core.jdk.Resources;
import com.oracle.svm.core.jdk.resources.ResourceStorageEntryBase;
import dev.ristretto.storage.sealedfs.Content;
import dev.ristretto.storage.sealedfs.SealedTree;
import java.util.HashSet;
import java.util.Set;

/**
 * The resources in the image as files. Those of the class path only: what modules hold is theirs. If several jars have a resource of
 * one name, the file is the first, as for {@code getResourceAsStream}.
 */
final class ImageResources {
    private ImageResources() {
    }

    static void addTo(SealedTree tree, String directory) {
        Set<String> names = new HashSet<>();
        Set<String> directories = new HashSet<>();
        for (Resources resources : Resources.layeredSingletons()) {
            resources.forEachResource((key, value) -> {
                ResourceStorageEntryBase entry = value.getValue();
                if (entry != null && key.module() == null && entry.hasData() && !entry.isDirectory()) {
                    add(tree, directory, key.resource(), entry.getData().getFirst(), names, directories);
                }
            });
        }
    }

    private static void add(SealedTree tree, String directory, String name, byte[] bytes, Set<String> names, Set<String> directories) {
        // Whatever cannot be the name of a file, or is a directory in one jar and a file in another, stays a resource only.
        if (name.isEmpty() || ("/" + name + "/").contains("//") || ("/" + name + "/").contains("/./") || ("/" + name + "/").contains("/../")
                || directories.contains(name)) {
            return;
        }
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            if (names.contains(name.substring(0, slash))) {
                return;
            }
        }
        if (names.add(name)) {
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                directories.add(name.substring(0, slash));
            }
            tree.file(directory + "/" + name, Content.of(bytes));
        }
    }
}
