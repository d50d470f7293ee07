/**
 * Formatting that costs an image nothing: {@link String#format} with a pattern known when the image is built, and simple.
 *
 * <p>{@link java.util.Formatter} knows numbers of any precision, calendars and locales, and whoever calls it brings half of
 * {@code java.text}, {@code java.time}, {@code java.math}, regular expressions and logging into an image: for hello, 7,500 of 16,900
 * methods. The JDK calls it for messages of exceptions, so that no image would be without. While code is parsed, calls whose pattern is a
 * constant that {@link dev.ristretto.jdk.format.SimpleFormat} understands are therefore made to call that class. What it answers is what
 * {@code Formatter} answers, to the letter and to the exception; patterns with anything else in them go to {@code Formatter} as ever.
 *
 * <p>Nothing else of {@code java.util} belongs here.
 */
package dev.ristretto.jdk.format;
