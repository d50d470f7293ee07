/** Strings, formatting, regular expressions, charsets, locales and numbers as text. */
package dev.ristretto.imagetests.text;
