package dev.ristretto.jdk.net;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;

@TargetClass(FileDescriptor.class)
final class Target_java_io_FileDescriptor_net {
    @Alias
    int fd;
}
