package dev.ristretto.jdk.lang;

import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

import com.oracle.svm.core.jdk.SystemPropertiesSupport;

/** The system properties of an image; see the package's description for the rules. */
public final class ImageProperties extends SystemPropertiesSupport {
    static final String USER_NAME = "root";

    private final String version;

    /** @param version the version of Ristretto */
    @Platforms(Platform.HOSTED_ONLY.class)
    public ImageProperties(String version) {
        this.version = version;
        initializeProperty("ristretto.version", version);
        // What the building machine prefers is not what the image has.
        for (String encoding : new String[] {"file.encoding", "native.encoding", "sun.jnu.encoding", "stdin.encoding", "stdout.encoding",
                        "stderr.encoding"}) {
            initializeProperty(encoding, "UTF-8");
        }
    }

    @Override
    protected String userNameValue() {
        return USER_NAME;
    }

    @Override
    protected String userHomeValue() {
        return "/";
    }

    @Override
    protected String userDirValue() {
        return "/";
    }

    @Override
    protected String osNameValue() {
        return "Linux";
    }

    @Override
    protected String osVersionValue() {
        return version;
    }

    @Override
    protected String javaIoTmpdirValue() {
        return "/tmp";
    }

    /** Empty: there is no library to look for. */
    @Override
    protected String javaLibraryPathValue() {
        return "";
    }
}
