package dev.ristretto.cli;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Lets an option take the next word as its value only if that is a number, so that {@code --gdb DIR} means what it says. */
final class PortAfterFlag implements IParameterPreprocessor {
    private static final String DEFAULT_PORT = "1234";

    @Override
    public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
        if (args.isEmpty() || !args.peek().matches("\\d{1,5}")) {
            args.push(DEFAULT_PORT);
        }
        return false;
    }
}
