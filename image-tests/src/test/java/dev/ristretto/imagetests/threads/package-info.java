/** Threads as {@code java.lang} and {@code java.util.concurrent} promise them. Time slices and fairness are in {@code scheduling}. */
package dev.ristretto.imagetests.threads;
