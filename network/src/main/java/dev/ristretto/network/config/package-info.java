/** What a card is to be configured with, what it then is, and the words of the command line that say so. */
package dev.ristretto.network.config;
