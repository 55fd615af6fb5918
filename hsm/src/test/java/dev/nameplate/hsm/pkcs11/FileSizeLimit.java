package dev.nameplate.hsm.pkcs11;

import java.io.IOException;

/** Makes every write to a file fail in this process, as a full disk does; a read-only directory would not stop root. */
final class FileSizeLimit {
    private FileSizeLimit() {}

    static void none() throws IOException, InterruptedException {
        set("0:");
    }

    static void lifted() throws IOException, InterruptedException {
        set("unlimited:");
    }

    private static void set(String soft) throws IOException, InterruptedException {
        String process = Long.toString(ProcessHandle.current().pid());
        int done = new ProcessBuilder("prlimit", "--pid", process, "--fsize=" + soft)
                .redirectErrorStream(true)
                .start()
                .waitFor();
        if (done != 0) {
            throw new AssertionError("prlimit (util-linux) did not set the file size limit, exit code " + done);
        }
    }
}
