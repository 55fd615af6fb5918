package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.IssuerGeneration;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * What a certificate says about where to ask, and under which policy it was issued. URLs may have {@code ${issuer}} and
 * {@code ${generation}}, those of CRLs also {@code ${shard}}, the name of the CRL.
 *
 * @param policies object identifiers for certificatePolicies
 * @param crlUrls for cRLDistributionPoints
 * @param crlShards into how many the CRL of such certificates is split; 0 if they are listed in the full one only
 * @param caIssuersUrls for authorityInfoAccess
 * @param ocspUrls for authorityInfoAccess
 */
public record Locations(
        List<String> policies, List<String> crlUrls, int crlShards, List<String> caIssuersUrls, List<String> ocspUrls) {
    private static final String SHARD = "${shard}";

    public static final Locations NONE = new Locations(List.of(), List.of(), 0, List.of(), List.of());

    public Locations {
        policies = List.copyOf(policies);
        crlUrls = checked("locations.crl-urls", crlUrls, Variables::ofCrls);
        caIssuersUrls = checked("locations.ca-issuers-urls", caIssuersUrls, Variables::ofIssuers);
        ocspUrls = checked("locations.ocsp-urls", ocspUrls, Variables::ofIssuers);
        if (crlShards < 0 || crlShards > CrlScope.MAX_SHARDS) {
            throw new IllegalArgumentException(
                    "locations.crl-shards is not 1 to " + CrlScope.MAX_SHARDS + ": " + crlShards);
        }
        if (crlShards > 0 && (crlUrls.isEmpty() || !crlUrls.stream().allMatch(url -> url.contains(SHARD)))) {
            throw new IllegalArgumentException(
                    "locations.crl-shards needs locations.crl-urls, each with " + SHARD + " for the shard's name");
        }
        for (String policy : policies) {
            if (ASN1ObjectIdentifier.tryFromID(policy) == null) {
                throw new IllegalArgumentException(
                        "locations.policies has a value that is not an object identifier: " + policy);
            }
        }
    }

    /** One of the lists with its variables replaced. */
    public static List<String> of(List<String> urls, IssuerGeneration issuer) {
        return replaced(urls, Variables.of(issuer));
    }

    /** Where the CRL of this scope is. */
    public List<String> crlUrls(CrlScope scope) {
        return replaced(crlUrls, Variables.of(scope));
    }

    /** Where this generation's shards are, with {@code ${shard}} left in; none if there are no shards. */
    public List<String> shardUrls(IssuerGeneration issuer) {
        Variables all = Variables.of(issuer);
        return crlShards == 0
                ? List.of()
                : replaced(crlUrls, name -> name.equals("shard") ? Optional.of(SHARD) : all.value(name));
    }

    private static List<String> replaced(List<String> urls, Variables variables) {
        return urls.stream().map(url -> new Template(url).with(variables)).toList();
    }

    private static List<String> checked(String key, List<String> urls, Function<String, Boolean> known) {
        for (String url : urls) {
            try {
                new Template(url).onlyWith(known);
                requireHttp(url.replace("${issuer}", "i")
                        .replace("${generation}", "1")
                        .replace(SHARD, "g1"));
            } catch (IllegalArgumentException | URISyntaxException e) {
                throw new IllegalArgumentException(key + " has a value that is not an http URL: " + e.getMessage(), e);
            }
        }
        return List.copyOf(urls);
    }

    private static void requireHttp(String url) throws URISyntaxException {
        URI uri = new URI(url);
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new URISyntaxException(
                    url, "must be http://host..., because whoever fetches it checks no certificate");
        }
    }
}
