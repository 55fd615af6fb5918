package dev.nameplate.est;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** What a certification request says (CertificationRequestInfo of RFC 2986, 4.1). */
record RequestInfo(X500Name subject, SubjectPublicKeyInfo publicKey, RequestAttributes attributes) {}
