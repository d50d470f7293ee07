/**
 * What the management beans ({@code java.lang.management}) ask of an operating system. Most of their answers come from SubstrateVM itself.
 */
package dev.ristretto.jdk.management;
