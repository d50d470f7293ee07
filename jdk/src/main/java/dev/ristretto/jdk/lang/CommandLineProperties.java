package dev.ristretto.jdk.lang;

import com.oracle.svm.core.jdk.RuntimeSupport;
import com.oracle.svm.core.jdk.SystemPropertiesSupport;

import dev.ristretto.kernel.boot.BootArguments;

/** Sets the properties of the kernel command line before any of the program's code can ask for one. */
public final class CommandLineProperties implements RuntimeSupport.Hook {

    @Override
    public void execute(boolean isFirstIsolate) {
        for (String property : BootArguments.systemProperties()) {
            int separator = property.indexOf('=');
            String key = separator < 0 ? property : property.substring(0, separator);
            String value = separator < 0 ? "" : property.substring(separator + 1);
            if (!key.isEmpty()) {
                SystemPropertiesSupport.singleton().initializeProperty(key, value);
            }
        }
    }
}
