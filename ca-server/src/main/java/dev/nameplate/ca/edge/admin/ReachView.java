package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.authority.FetchedChains;
import dev.nameplate.ca.pki.IssuerGeneration;

/**
 * How far the chain of a generation came.
 *
 * @param devices with a good certificate of this issuer, or of one below it
 * @param reached of these: fetched the chain, or were issued a certificate, since it was published
 * @param percent of the devices were reached, rounded down
 */
record ReachView(IssuerGeneration generation, Long devices, Long reached, Long percent) {
    static ReachView of(IssuerGeneration generation, FetchedChains.Reach reach) {
        return new ReachView(generation, reach.devices(), reach.reached(), (long) reach.percent());
    }
}
