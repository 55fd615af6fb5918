package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.IssuerGeneration;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * What a certificate says about where to ask, and under which policy it was issued. URLs may have {@code ${issuer}} and
 * {@code ${generation}}.
 *
 * @param policies object identifiers for certificatePolicies
 * @param crlUrls for cRLDistributionPoints
 * @param caIssuersUrls for authorityInfoAccess
 * @param ocspUrls for authorityInfoAccess
 */
public record Locations(
        List<String> policies, List<String> crlUrls, List<String> caIssuersUrls, List<String> ocspUrls) {
    public static final Locations NONE = new Locations(List.of(), List.of(), List.of(), List.of());

    public Locations {
        policies = List.copyOf(policies);
        crlUrls = checked("locations.crl-urls", crlUrls);
        caIssuersUrls = checked("locations.ca-issuers-urls", caIssuersUrls);
        ocspUrls = checked("locations.ocsp-urls", ocspUrls);
        for (String policy : policies) {
            if (ASN1ObjectIdentifier.tryFromID(policy) == null) {
                throw new IllegalArgumentException(
                        "locations.policies has a value that is not an object identifier: " + policy);
            }
        }
    }

    /** One of the lists with its variables replaced. */
    public static List<String> of(List<String> urls, IssuerGeneration issuer) {
        return urls.stream()
                .map(url -> new Template(url).with(Variables.of(issuer)))
                .toList();
    }

    private static List<String> checked(String key, List<String> urls) {
        for (String url : urls) {
            try {
                new Template(url).onlyWith(Variables::ofIssuers);
                requireHttp(url.replace("${issuer}", "i").replace("${generation}", "1"));
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
