package dev.nameplate.est;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
    @Test
    void sendsTheOneFormThatEveryClientReads() {
        assertThat(EstMediaTypes.CERTS_ONLY).isEqualTo("application/pkcs7-mime; smime-type=certs-only");
        assertThat(EstMediaTypes.PKCS10).isEqualTo("application/pkcs10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/pkcs10",
                "Application/PKCS10; name=\"r.p10\"; charset=us-ascii",
                "application/pkcs10;charset=utf-8",
                "application/pkcs10 ; charset=utf-8 ",
                "application/pkcs10;",
                "application/pkcs10; ;a=b;",
                " application/pkcs10",
                "application/pkcs10; name=\"a;b\\\"c\"",
            })
    void takesAPkcs10WhateverCaseAndParameters(String header) {
        assertThat(EstMediaTypes.isPkcs10(header)).isTrue();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "text/plain",
                "application/pkcs10x",
                "application/pkcs7-mime",
                "application",
                "application/",
                "/pkcs10",
                "application / pkcs10",
                "application/pkcs10, text/plain",
                "application/pkcs10 charset=utf-8",
                "application/pkcs10; charset",
                "application/pkcs10; charset=",
                "application/pkcs10; name=\"open",
                "application/pkcs10; name=a b",
                "application/pkcs10; na me=a",
                "application/pkcs10\u0000",
            })
    void doesNotMatchAnythingElseNorThrow(String header) {
        assertThat(EstMediaTypes.isPkcs10(header)).isFalse();
    }

    @Test
    void readsParameters() {
        MediaType type = MediaType.parse("application/pkcs7-mime;Smime-Type=\"CMC-request\" ; x=\"a\\\"\\\\;\"")
                .orElseThrow();
        assertThat(type.parameters()).containsOnly(entry("smime-type", "CMC-request"), entry("x", "a\"\\;"));
        assertThat(type.subtype()).isEqualTo("pkcs7-mime");
    }

    @Test
    void survivesGarbage() {
        var random = new Random(5);
        for (int i = 0; i < 50_000; i++) {
            var header = new StringBuilder(i % 2 == 0 ? "a/b" : "");
            for (int n = random.nextInt(40); n > 0; n--) {
                header.append("a;=\"\\ \t/é\0".charAt(random.nextInt(10)));
            }
            assertThat(MediaType.parse(header.toString())).isNotNull();
        }
        assertThat(MediaType.parse("a/b" + ";a=\"\\".repeat(300))).isEmpty();
    }
}
