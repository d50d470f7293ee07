package dev.ristretto.storage.node;

/** A symbolic link. */
public interface SymbolicLinkNode extends Node {
    /** Returns the path that it stands for; relative to the directory that the link is in, unless it begins with a slash. */
    String target();
}
