package dev.ristretto.jdk.io;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.InjectAccessors;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.storage.node.Names;
import java.io.File;
import java.io.IOException;

@TargetClass(className = "java.io.UnixFileSystem")
final class Target_java_io_UnixFileSystem {
    /** Set while the image is built, to the directory of the builder: replaced by the property of the running machine. */
    @Alias
    @InjectAccessors(UserDirectory.class)
    private String userDir;

    @Substitute
    private static void initIDs() {
        // The original looks up fields by name; there is nothing to look up here.
    }

    @Substitute
    private String canonicalize0(String path) throws IOException {
        return FileOperations.canonicalPath(path);
    }

    @Substitute
    private int getBooleanAttributes0(File f) {
        return FileOperations.booleanAttributes(f);
    }

    @Substitute
    private boolean checkAccess0(File f, int access) {
        return FileOperations.checkAccess(f, access);
    }

    @Substitute
    private long getLastModifiedTime0(File f) {
        return FileOperations.lastModifiedMillis(f);
    }

    @Substitute
    private long getLength0(File f) {
        return FileOperations.length(f);
    }

    @Substitute
    private boolean setPermission0(File f, int access, boolean enable, boolean owneronly) {
        return FileOperations.setPermission(f, access, enable, owneronly);
    }

    @Substitute
    private boolean setReadOnly0(File f) {
        return FileOperations.setPermission(f, FileOperations.ACCESS_WRITE, false, false);
    }

    @Substitute
    private boolean setLastModifiedTime0(File f, long time) {
        return FileOperations.setLastModifiedMillis(f, time);
    }

    @Substitute
    private boolean createFileExclusively0(String path) throws IOException {
        return FileOperations.createExclusively(path);
    }

    @Substitute
    private boolean delete0(File f) {
        return FileOperations.delete(f);
    }

    @Substitute
    private String[] list0(File f) {
        return FileOperations.list(f);
    }

    @Substitute
    private boolean createDirectory0(File f) {
        return FileOperations.createDirectory(f);
    }

    @Substitute
    private boolean rename0(File f1, File f2) {
        return FileOperations.rename(f1, f2);
    }

    @Substitute
    private long getSpace0(File f, int t) {
        return FileOperations.space(f, t);
    }

    @Substitute
    private long getNameMax0(String path) {
        return Names.MAXIMUM;
    }
}
