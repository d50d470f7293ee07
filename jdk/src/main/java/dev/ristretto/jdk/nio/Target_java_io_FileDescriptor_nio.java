package dev.ristretto.jdk.nio;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;

@TargetClass(FileDescriptor.class)
final class Target_java_io_FileDescriptor_nio {
    @Alias
    int fd;
}
