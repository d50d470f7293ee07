package dev.ristretto.jdk.format;

import com.oracle.svm.core.ParsingReason;
import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.jdk.localization.LocalizationSupport;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import jdk.graal.compiler.java.BytecodeParser;
import jdk.graal.compiler.nodes.CallTargetNode.InvokeKind;
import jdk.graal.compiler.nodes.ValueNode;
import jdk.graal.compiler.nodes.graphbuilderconf.GraphBuilderConfiguration.Plugins;
import jdk.graal.compiler.nodes.graphbuilderconf.GraphBuilderContext;
import jdk.graal.compiler.nodes.graphbuilderconf.InvocationPlugin;
import jdk.graal.compiler.nodes.graphbuilderconf.InvocationPlugins.Registration;
import jdk.graal.compiler.phases.util.Providers;
import jdk.vm.ci.meta.ResolvedJavaMethod;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** Makes calls of {@link String#format} and {@link String#formatted} with simple constant patterns calls of {@link SimpleFormat}. */
@Platforms(Platform.HOSTED_ONLY.class)
public final class SimpleFormatFeature implements InternalFeature {
    /** Languages whose decimal digits are those of ASCII for certain; an image that has others leaves {@code %d} to the JDK. */
    private static final Set<String> ASCII_DIGITS = Set.of("", "en");

    private static final Method FORMAT = format();

    private Providers providers;

    @Override
    public String getDescription() {
        return "Formats simple constant patterns without java.util.Formatter";
    }

    @Override
    public void registerInvocationPlugins(Providers given, Plugins plugins, ParsingReason reason) {
        providers = given;
        Registration strings = new Registration(plugins.getInvocationPlugins(), String.class);
        strings.register(new InvocationPlugin.OptionalInvocationPlugin("format", String.class, Object[].class) {
            @Override
            public boolean apply(GraphBuilderContext b, ResolvedJavaMethod target, Receiver receiver, ValueNode pattern, ValueNode arguments) {
                return replace(b, pattern, arguments);
            }
        });
        strings.register(new InvocationPlugin.OptionalInvocationPlugin("formatted", InvocationPlugin.Receiver.class, Object[].class) {
            @Override
            public boolean apply(GraphBuilderContext b, ResolvedJavaMethod target, Receiver receiver, ValueNode arguments) {
                return replace(b, receiver.get(false), arguments);
            }
        });
    }

    private boolean replace(GraphBuilderContext b, ValueNode pattern, ValueNode arguments) {
        // Where a call is inlined, the builder decodes graphs instead of parsing code, and does not replace calls then.
        if (!(b instanceof BytecodeParser) || !pattern.isJavaConstant()) {
            return false;
        }
        String text = providers.getSnippetReflection().asObject(String.class, pattern.asJavaConstant());
        if (text == null || !SimpleFormat.understands(text) || SimpleFormat.hasDecimals(text) && !digitsAreAscii()) {
            return false;
        }
        b.handleReplacedInvoke(InvokeKind.Static, b.getMetaAccess().lookupJavaMethod(FORMAT), new ValueNode[] {pattern, arguments}, false);
        return true;
    }

    private static boolean digitsAreAscii() {
        return Arrays.stream(ImageSingletons.lookup(LocalizationSupport.class).allLocales)
                .allMatch(locale -> ASCII_DIGITS.contains(locale.getLanguage()));
    }

    private static Method format() {
        try {
            return SimpleFormat.class.getDeclaredMethod("format", String.class, Object[].class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
