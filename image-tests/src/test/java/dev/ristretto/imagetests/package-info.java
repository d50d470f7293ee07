/**
 * What users expect of Java, one topic a class. The same compiled tests run on HotSpot and inside an image, so they use nothing
 * but the JDK, JUnit and (in {@code libraries}) the libraries under test; what differs between the two comes in through system
 * properties that start with {@code ristretto.}. Each test is deterministic and short, for an emulated CPU is some 30 times slower.
 */
package dev.ristretto.imagetests;
