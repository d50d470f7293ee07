package dev.ristretto.jdk.lang;

import java.nio.file.Path;
import java.util.Map;

import org.graalvm.word.PointerBase;

import com.oracle.svm.core.BaseProcessPropertiesSupport;

/** What {@link org.graalvm.nativeimage.ProcessProperties} says in an image: one process, and no other can be made or touched. */
public final class ImageProcess extends BaseProcessPropertiesSupport {

    /** Null: the image is not a file that the program could open. */
    @Override
    public String getExecutableName() {
        return null;
    }

    @Override
    public long getProcessID() {
        return OnlyProcess.ID;
    }

    @Override
    public long getProcessID(Process process) {
        throw unsupported("there is no process but the program's own");
    }

    @Override
    public String getObjectFile(String symbol) {
        return null;
    }

    @Override
    public String getObjectFile(PointerBase symbolAddress) {
        return null;
    }

    /** Null, which says that the locale of the C library cannot be changed. */
    @Override
    @Deprecated
    public String setLocale(String category, String locale) {
        return null;
    }

    @Override
    public boolean destroy(long processID) {
        return false;
    }

    @Override
    public boolean destroyForcibly(long processID) {
        return false;
    }

    @Override
    public boolean isAlive(long processID) {
        return processID == OnlyProcess.ID;
    }

    @Override
    public int waitForProcessExit(long processID) {
        return (int) OnlyProcess.NONE;
    }

    @Override
    public void exec(Path executable, String[] args) {
        throw unsupported("a sealed image cannot run " + executable);
    }

    @Override
    public void exec(Path executable, String[] args, Map<String, String> env) {
        throw unsupported("a sealed image cannot run " + executable);
    }

    private static UnsupportedOperationException unsupported(String reason) {
        return new UnsupportedOperationException(reason);
    }
}
