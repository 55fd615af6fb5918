package dev.nameplate.ca.edge.distribution;

/** How a published CRL is written. */
enum CrlForm {
    PLAIN(".crl"),
    GZIP(".crl.gz");

    private final String ending;

    CrlForm(String ending) {
        this.ending = ending;
    }

    /** Of its file's name. */
    String ending() {
        return ending;
    }
}
