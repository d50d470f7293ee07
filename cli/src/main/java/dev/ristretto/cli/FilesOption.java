package dev.ristretto.cli;

import dev.ristretto.imager.files.SealedFiles;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what {@code --files} says. */
final class FilesOption implements ITypeConverter<SealedFiles> {
    @Override
    public SealedFiles convert(String text) {
        try {
            return SealedFiles.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
