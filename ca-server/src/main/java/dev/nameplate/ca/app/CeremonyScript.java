package dev.nameplate.ca.app;

import java.util.List;

/** What is read aloud, one step after the other. */
final class CeremonyScript {
    static final List<String> NEXT = List.of(
            "1. The operators name the program and the settings; their hashes are in the transcript.",
            "2. The operators compare the token's serial number and firmware with its label.",
            "3. The token makes the new key, and the new root is signed with it.",
            "4. The old root and the new one sign each other's key (OldWithNew, NewWithOld).",
            "5. The certificates are written out; the operators compare their hashes with what they see.");

    static final List<String> FIRST = List.of(
            "1. The operators name the program and the settings; their hashes are in the transcript.",
            "2. The operators compare the token's serial number and firmware with its label.",
            "3. The token makes the keys of the root and of the issuers below it; the root is signed with its own key, and signs them.",
            "4. The certificates are written out; the operators compare their hashes with what they see.");

    static final List<String> ELSEWHERE = List.of(
            "1. The operators name the program and the settings; their hashes are in the transcript.",
            "2. The operators compare the token's serial number and firmware with its label.",
            "3. The token makes the issuers' keys; a request for each is written out, to be carried to the CA above.",
            "4. What the CA above made is put beside the requests, as NAME-chain.pem: the issuer's certificate first, its root last. It is"
                    + " taken in.",
            "5. The certificates are written out; the operators compare their hashes with what they see.");

    private CeremonyScript() {}
}
