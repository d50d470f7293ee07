package dev.ristretto.kernel.platform;

import com.oracle.svm.common.option.CommonOptionParser.BooleanOptionFormat;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.option.RuntimeOptionParser;

import jdk.graal.compiler.options.OptionKey;
import org.graalvm.collections.EconomicMap;

/**
 * The options {@code -XX:} are SubstrateVM's own, for tuning its insides. An image refuses them: their parser would bring formatting,
 * calendars, locales and regular expressions into images that need none of them. {@code -Xmx}, {@code -Xms}, {@code -Xmn},
 * {@code -Xss} and {@code -D} are read elsewhere.
 */
@TargetClass(RuntimeOptionParser.class)
final class Target_com_oracle_svm_core_option_RuntimeOptionParser {
    private Target_com_oracle_svm_core_option_RuntimeOptionParser() {
    }

    @Substitute
    @SuppressWarnings("unused")
    public void parseOptionAtRuntime(String arg, String optionPrefix, BooleanOptionFormat booleanOptionFormat,
            EconomicMap<OptionKey<?>, Object> values, boolean ignoreUnrecognized) {
        throw new IllegalArgumentException("the option " + arg + " means nothing to an image; it knows -Xmx, -Xms, -Xmn, -Xss and -Dkey=value");
    }
}
