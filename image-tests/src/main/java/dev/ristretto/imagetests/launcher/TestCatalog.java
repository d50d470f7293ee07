package dev.ristretto.imagetests.launcher;

import java.util.List;

/**
 * The names of the test classes in this image. Found on the class path while the image is built ({@link TestCatalogFeature}),
 * because inside an image there is no class path to search.
 *
 * @param classNames binary names, sorted
 */
record TestCatalog(List<String> classNames) {

    TestCatalog {
        classNames = List.copyOf(classNames);
    }
}
