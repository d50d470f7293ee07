package dev.ristretto.storage.host.ninep;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;

/** What Java throws, as Linux's numbers. */
final class HostErrors {
    private HostErrors() {
    }

    static Errno of(Exception exception) {
        return switch (exception) {
            case ErrnoException e -> e.errno();
            case NoSuchFileException e -> Errno.ENOENT;
            case FileAlreadyExistsException e -> Errno.EEXIST;
            case DirectoryNotEmptyException e -> Errno.ENOTEMPTY;
            case NotDirectoryException e -> Errno.ENOTDIR;
            case AccessDeniedException e -> Errno.EACCES;
            case NotLinkException e -> Errno.EINVAL;
            case InvalidPathException e -> Errno.EILSEQ; // this JVM's locale cannot say it
            case UnsupportedOperationException e -> Errno.EOPNOTSUPP;
            case FileSystemException e -> byText(e.getReason());
            case IOException e -> byText(e.getMessage());
            default -> Errno.EIO;
        };
    }

    /** For all others Java tells a text only, which comes from the C library. */
    private static Errno byText(String text) {
        for (Errno errno : Errno.values()) {
            if (text != null && text.endsWith(errno.message())) {
                return errno;
            }
        }
        return Errno.EIO;
    }
}
